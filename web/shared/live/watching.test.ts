import { beforeEach, expect, test, vi } from "vitest";
import { Refused } from "../refused";
import { entry, row, watched } from "./making";
import { hello, screenOf, settle } from "./resuming";
import { changed, gone, written } from "./telling";

beforeEach(() => void vi.useFakeTimers());

test("a conversation that is open is asked for after every connect, from where its log is known", async () => {
  const { resume, asked } = screenOf({ watch: hello });
  resume.watch("t");

  resume.online();
  await settle();
  resume.offline();
  resume.online();
  await settle();

  const watches = asked.filter(({ name }) => name === "watch").map(({ body }) => body);
  expect(watches).toEqual([
    { thread_id: "t", after: "" },
    { thread_id: "t", after: "2" },
  ]);
});

test("a place in the log that is missing is asked for within a second or so", async () => {
  const { resume, names } = screenOf({ watch: hello });
  resume.online();
  resume.watch("t");
  await settle();
  const before = names().length;

  resume.heard(written("t", entry("e3", 3)));
  resume.heard(changed("t", 3, { seq: 3 }));
  await settle(1_000);

  expect(names().slice(before)).toEqual(["sync", "watch"]);
});

test("what comes in order is asked for by nobody", async () => {
  const { resume, names } = screenOf({ watch: hello });
  resume.online();
  resume.watch("t");
  await settle();
  const before = names().length;

  resume.heard(changed("t", 2, { seq: 2 }));
  resume.heard(written("t", entry("e2", 2)));
  await settle(1_000);

  expect(names().slice(before)).toEqual([]);
});

test("a conversation that may not be seen any more goes from the screen, and its place is looked at again", async () => {
  let sees = true;
  const refused = new Refused(0, { code: "no_such_thread", message: "", data: {} });
  const { resume, screen } = screenOf({
    watch: () => {
      if (!sees) throw refused;
      return hello();
    },
  });
  resume.online();
  resume.watch("t");
  await settle();

  sees = false;
  resume.check();
  await settle();
  const meanwhile = screen.value.logs;
  sees = true;
  await settle(30_000);

  expect(meanwhile).toEqual({});
  expect(screen.value.logs.t?.entries.e1?.seq).toBe(1);
});

test("no more conversations are open than the hub lets a socket hear", async () => {
  const { resume, asked } = screenOf({ watch: ({ thread_id }: { thread_id: string }) => watched(thread_id, []) });
  resume.online();

  for (let n = 0; n < 21; n++) resume.watch(`t${n}`);
  await settle();

  expect(asked.filter(({ name }) => name === "unwatch").map(({ body }) => body)).toEqual([{ thread_id: "t0" }]);
});

test("a log that has a hole after it was made good begins anew, once", async () => {
  const row3 = { thread: row("t", 3, { seq: 3 }) };
  const answers = [
    watched("t", [entry("e1", 1)]),
    watched("t", [entry("e3", 3)], { recovered: true, ...row3 }),
    watched("t", [entry("e2", 2), entry("e3", 3)], row3),
  ];
  const { resume, bodiesOf, screen } = screenOf({ watch: () => answers.shift() });
  resume.watch("t");
  resume.online();
  await settle();

  resume.check();
  await settle(1_000);

  expect(bodiesOf("watch").map((body) => (body as { after: string }).after)).toEqual(["", "2", ""]);
  expect(Object.keys(screen.value.logs.t?.entries ?? {})).toEqual(["e2", "e3"]);
});

test("what is told while a conversation is opened for the first time stands in its log", async () => {
  const { resume, screen } = screenOf({
    watch: () => {
      resume.heard(written("t", entry("e1", 1, 2)));
      resume.heard(changed("t", 2, { seq: 2 }));
      resume.heard(written("t", entry("e2", 2)));
      return hello();
    },
  });
  resume.watch("t");

  resume.online();
  await settle();

  expect(Object.values(screen.value.logs.t?.entries ?? {}).map(({ id, rev }) => [id, rev])).toEqual([
    ["e1", 2],
    ["e2", 1],
  ]);
});

test("a conversation that is gone by one way and seen by another has its log again", async () => {
  const { resume, screen } = screenOf({ watch: () => watched("t", [entry("e1", 1)], { thread: row("t", 2, { seq: 1 }) }) });
  resume.online();
  resume.watch("t");
  await settle();

  resume.heard(gone("t", 3));
  resume.heard(changed("t", 3, { seq: 1 }));
  await settle(1_000);

  expect(screen.value.logs.t?.entries.e1?.seq).toBe(1);
});
