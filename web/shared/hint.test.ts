import { expect, test, vi } from "vitest";
import { hintIn } from "./hint";

function storageOf(kept: Map<string, string>): Storage {
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  } as Storage;
}

const nowhere = () => {
  throw new DOMException("denied", "SecurityError");
};

test("what was set is set until it is cleared", () => {
  const kept = new Map<string, string>();
  const hint = hintIn(() => storageOf(kept), new EventTarget());

  const before = hint.isSet();
  hint.set();
  const after = hint.isSet();
  hint.clear();

  expect([before, after, hint.isSet()]).toEqual([false, true, false]);
});

test("where a browser keeps nothing, it may always be signed in", () => {
  const hint = hintIn(nowhere, new EventTarget());

  hint.clear();

  expect(hint.isSet()).toBe(true);
});

test("another tab is heard when it clears the hint, and not when it sets it", () => {
  const page = new EventTarget();
  const react = vi.fn();
  hintIn(nowhere, page).onCleared(react);

  for (const newValue of ["yes", null])
    page.dispatchEvent(Object.assign(new Event("storage"), { key: "parley.signed-in", newValue }));

  expect(react).toHaveBeenCalledTimes(1);
});
