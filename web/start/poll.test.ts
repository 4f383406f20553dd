import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pollWhileVisible } from "./poll";

class FakePage extends EventTarget {
  hidden = false;

  turn(hidden: boolean) {
    this.hidden = hidden;
    this.dispatchEvent(new Event("visibilitychange"));
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(page: FakePage, check = vi.fn(async () => {})) {
  pollWhileVisible(page, check, 5000);
  return check;
}

test("checks at once and after each pause", async () => {
  const check = start(new FakePage());

  await vi.advanceTimersByTimeAsync(10_000);

  expect(check).toHaveBeenCalledTimes(3);
});

test("a hidden page is not checked, and is checked at once when it shows again", async () => {
  const page = new FakePage();
  const check = start(page);

  page.turn(true);
  await vi.advanceTimersByTimeAsync(60_000);
  const whileHidden = check.mock.calls.length;
  page.turn(false);

  expect(whileHidden).toBe(1);
  expect(check).toHaveBeenCalledTimes(2);
});

test("a page that was hidden for a moment is not checked more often afterwards", async () => {
  const page = new FakePage();
  const check = start(page);
  await vi.advanceTimersByTimeAsync(3000);

  page.turn(true);
  page.turn(false);
  await vi.advanceTimersByTimeAsync(9999);

  expect(check).toHaveBeenCalledTimes(3);
});

test("a slow check is never overtaken by a second one", async () => {
  const page = new FakePage();
  const check = start(
    page,
    vi.fn(() => new Promise<void>(() => {})),
  );

  page.turn(true);
  page.turn(false);
  await vi.advanceTimersByTimeAsync(60_000);

  expect(check).toHaveBeenCalledTimes(1);
});
