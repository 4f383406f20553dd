import { beforeEach, expect, test, vi } from "vitest";
import type { MessageSaid } from "../api";
import type { Say } from "../events";
import { Refused, Unreachable } from "../refused";
import { keptIn } from "./kept";
import { entry, said } from "./making";
import { Outbox } from "./outbox";

beforeEach(() => void vi.useFakeTimers());

/** A browser's storage, which has its keys in any order. */
function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (place) => [...kept.keys()].reverse()[place] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
    clear: () => kept.clear(),
  };
}

/** A page with an outbox, and a hub that answers as the test says; it knows each message by its `client_id`. */
function page(kept: Storage, answer: (say: Say) => MessageSaid | Promise<MessageSaid> = stored) {
  const posted: string[] = [];
  const reactions = { changed: vi.fn(), said: vi.fn(), missed: vi.fn() };
  const post = async (say: Say) => {
    posted.push(say.text ?? "");
    return answer(say);
  };
  return { outbox: new Outbox(keptIn(() => kept, "acme", "asha"), post, reactions), posted, ...reactions };
}

const stored = ({ client_id }: Say) => said(entry(client_id, 1));
const offline = () => {
  throw new Unreachable("offline");
};
const refusing = (code: string, data = {}) => () => {
  throw new Refused(0, { code, message: code, data });
};
const settle = () => vi.advanceTimersByTimeAsync(0);
const says = (text: string, thread_id = "t") => ({ thread_id, text });

test("what is said is handed over and kept no more", async () => {
  const kept = storage();
  const { outbox, said } = page(kept);

  outbox.put(says("Hello"));
  await settle();

  expect(said).toHaveBeenCalledOnce();
  expect([outbox.unsent, kept.length]).toEqual([[], 0]);
});

test("what is written offline goes out once after a reload, in order", async () => {
  const kept = storage();
  const before = page(kept, offline);
  before.outbox.put(says("one"));
  before.outbox.put(says("two"));
  await settle();
  before.outbox.stop();

  const { outbox, posted } = page(kept);
  outbox.flush();
  outbox.flush();
  await settle();

  expect(posted).toEqual(["one", "two"]);
  expect(kept.length).toBe(0);
});

test("a message whose answer got lost is sent again under the same id", async () => {
  const ids: string[] = [];
  const { outbox } = page(storage(), (say) => (ids.push(say.client_id), ids.length === 1 ? offline() : stored(say)));

  outbox.put(says("Hello"));
  await vi.advanceTimersByTimeAsync(5_000);

  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

test("who writes elsewhere does not use up the tries of a message that waits", async () => {
  const { outbox, posted } = page(storage(), (say) => (say.text === "one" ? refusing("internal")() : stored(say)));

  outbox.put(says("one"));
  await settle();
  for (const text of ["two", "three", "four", "five", "six"]) outbox.put(says(text, "other"));
  await settle();

  expect(posted).toEqual(["one", "two", "three", "four", "five", "six"]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(posted.filter((text) => text === "one")).toHaveLength(2);
});

test("in a conversation one waits for the other, and conversations do not wait for each other", async () => {
  let arrive = () => {};
  const first = new Promise<void>((resolve) => (arrive = resolve));
  const { outbox, posted } = page(storage(), async (say) => {
    if (say.text === "one") await first;
    return stored(say);
  });

  for (const one of [says("one"), says("two"), says("three", "other")]) outbox.put(one);
  await settle();
  const meanwhile = [...posted];
  arrive();
  await settle();

  expect(meanwhile).toEqual(["one", "three"]);
  expect(posted).toEqual(["one", "three", "two"]);
});

test("what is refused stays with its reason, after a reload too, and those behind it go on", async () => {
  const kept = storage();
  const { outbox, posted } = page(kept, (say) => (say.text === "no" ? refusing("send_refused")() : stored(say)));

  outbox.put(says("no"));
  outbox.put(says("yes"));
  await settle();

  expect(posted).toEqual(["no", "yes"]);
  expect(page(kept).outbox.unsent.map(({ say, failure }) => [say.text, failure?.code])).toEqual([["no", "send_refused"]]);
});

test("what has failed goes out when it is tried again, and is forgotten when it is thrown away", async () => {
  const kept = storage();
  const failing = page(kept, refusing("send_refused"));
  const [first, second] = [failing.outbox.put(says("one")), failing.outbox.put(says("two"))];
  await settle();

  const { outbox, posted } = page(kept);
  outbox.discard(second);
  outbox.retry(first);
  await settle();

  expect(posted).toEqual(["one"]);
  expect(kept.length).toBe(0);
});

test("what is on its way cannot be thrown away", async () => {
  const { outbox } = page(storage(), offline);

  outbox.discard(outbox.put(says("Hello")));

  expect(outbox.unsent).toHaveLength(1);
});

test("whoever is asked to wait does so, and nothing has failed", async () => {
  let tries = 0;
  const { outbox, posted } = page(storage(), (say) =>
    tries++ ? stored(say) : refusing("too_many", { retry_after_s: 60 })(),
  );

  outbox.put(says("Hello"));
  await vi.advanceTimersByTimeAsync(59_000);
  const early = [...posted];
  await vi.advanceTimersByTimeAsync(2_000);

  expect(early).toHaveLength(1);
  expect(posted).toHaveLength(2);
  expect(outbox.unsent).toEqual([]);
});

test("what others had written meanwhile is handed to the page", async () => {
  const { outbox, missed } = page(storage(), ({ client_id }) => said(entry(client_id, 3), [entry("e2", 2)]));

  outbox.put(says("Hello"));
  await settle();

  expect(missed).toHaveBeenCalledWith("t", [entry("e2", 2)]);
});

test("what a tab that was closed could not send is sent by another one", async () => {
  const kept = storage();
  const closed = page(kept, offline);
  const { outbox, posted } = page(kept);
  closed.outbox.put(says("Hello"));
  closed.outbox.stop();

  outbox.changedElsewhere();
  await vi.advanceTimersByTimeAsync(20_000);

  expect(posted).toEqual(["Hello"]);
  expect(kept.length).toBe(0);
});

test("what another tab has just written is its to send", async () => {
  const kept = storage();
  const writing = page(kept);
  const { outbox, posted, changed } = page(kept);
  writing.outbox.put(says("Hello"));

  outbox.changedElsewhere();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(changed).toHaveBeenCalledOnce();
  expect([writing.posted, posted]).toEqual([["Hello"], []]);
});

test("another member of this browser sends nothing of it", async () => {
  const kept = storage();
  page(kept, offline).outbox.put(says("mine"));

  expect(keptIn(() => kept, "acme", "other").list()).toEqual([]);
});

test("where the browser keeps nothing, messages are sent all the same", async () => {
  const full = { ...storage(), length: 0, setItem: offline };
  const { outbox, posted } = page(full);

  outbox.put(says("Hello"));
  await settle();

  expect(posted).toEqual(["Hello"]);
});
