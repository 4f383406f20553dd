import { expect, test } from "vitest";
import { knownOf, withReloaded, withSynced, withWatched } from "./answers";
import { entry, row, synced, watched } from "./making";
import { apply, EMPTY, type Screen, type Told } from "./screen";
import { changed, counted, gone, marked, written } from "./telling";

const after = (...events: Told[]) => events.reduce(apply, EMPTY);
const open = (...seqs: number[]): Screen =>
  withWatched(EMPTY, EMPTY, "t", watched("t", seqs.map((seq) => entry(`e${seq}`, seq))));

test("of two events about a conversation the one with the higher rev counts", () => {
  const screen = after(changed("t", 2, { tags: ["new"] }), changed("t", 1, { tags: ["old"] }));

  expect(screen.threads.t?.tags).toEqual(["new"]);
});

test("a conversation that is gone by one way and seen by another stays, whichever is told first", () => {
  expect(after(gone("t", 2), changed("t", 2)).threads.t?.rev).toBe(2);
  expect(after(changed("t", 2), gone("t", 2)).threads.t?.rev).toBe(2);
});

test("what is gone does not come back by an older event, and does by a newer one", () => {
  expect(after(changed("t", 1), gone("t", 3), changed("t", 2)).threads).toEqual({});
  expect(after(gone("t", 3), changed("t", 4)).threads.t?.rev).toBe(4);
});

test("with a conversation its log and its mark go", () => {
  const screen = apply(open(1), gone("t", 5));

  expect([screen.threads, screen.marks, screen.logs]).toEqual([{}, {}, {}]);
});

test("an entry is shown as of its highest rev, and in a log that is open only", () => {
  const screen = [written("t", entry("e1", 1, 3)), written("t", entry("e1", 1, 2)), written("u", entry("x", 1))];

  const { logs } = screen.reduce(apply, open(1));

  expect(logs.t?.entries.e1?.rev).toBe(3);
  expect(logs.u).toBeUndefined();
});

test("a mark and a count go by their own revs", () => {
  const screen = after(marked("t", 2, { read_seq: 9 }), marked("t", 1), counted("open", 5, 7), counted("open", 4, 6));

  expect(screen.marks.t?.read_seq).toBe(9);
  expect(screen.counts["account open"]?.n).toBe(5);
});

test("known is a conversation as of the rev up to which its mark is known, too", () => {
  expect(knownOf(after(changed("t", 5), marked("t", 3)), 0)).toEqual({ t: 3 });
});

test("a conversation that has just begun is not named before its mark is known", () => {
  expect(knownOf(after(changed("t", 0)), 0)).toEqual({});
  expect(knownOf(after(changed("t", 0), marked("t", 0)), 0)).toEqual({ t: 0 });
});

test("all of many conversations are named in turn", () => {
  const many = after(...Array.from({ length: 700 }, (_, n) => changed(`t${n}`, 1)));

  const named = new Set([0, 1].flatMap((turn) => Object.keys(knownOf(many, turn))));

  expect(named.size).toBe(700);
});

test("an answer takes away what is gone, but nothing that was told since it was asked for", () => {
  const before = after(changed("a", 1), changed("b", 1), counted("open", 2, 1), counted("snoozed", 2, 1));
  const now = [changed("b", 2), counted("snoozed", 3, 2)].reduce(apply, before);

  const screen = withSynced(now, before, synced({ gone: ["a", "b"] }));

  expect(Object.keys(screen.threads)).toEqual(["b"]);
  expect(Object.keys(screen.counts)).toEqual(["account snoozed"]);
});

test("lists that are loaded anew hold what was loaded, what was told meanwhile, and what is open", () => {
  const before = [changed("old", 1), changed("moved", 1), changed("kept", 1)].reduce(apply, open(1));
  const now = [changed("moved", 2), changed("new", 1)].reduce(apply, before);

  const screen = withReloaded(now, before, [row("kept", 2, { is_unread: true })]);

  expect(Object.keys(screen.threads).sort()).toEqual(["kept", "moved", "new", "t"]);
  expect([screen.threads.kept?.rev, screen.marks.kept?.is_unread]).toEqual([2, true]);
});

test("a log that could not be made good begins anew, with what was told meanwhile", () => {
  const before = open(1, 2);
  const now = apply(before, written("t", entry("e9", 9)));

  const screen = withWatched(now, before, "t", watched("t", [entry("e7", 7), entry("e8", 8)], { has_more: true }));

  expect(Object.keys(screen.logs.t?.entries ?? {}).sort()).toEqual(["e7", "e8", "e9"]);
  expect(screen.logs.t?.has_more).toBe(true);
});

test("what an answer calls gone is not brought back by what was said before, and is by what was said later", () => {
  const held = after(changed("t", 7));
  const left = withSynced(held, held, synced({ gone: ["t"] }));
  const asked = withSynced(left, left, synced());

  expect(after(changed("t", 7), gone("t", 8)).gone).toEqual({ t: 8 });
  expect([left, asked].map((screen) => apply(screen, changed("t", 5)).threads)).toEqual([{}, {}]);
  expect(apply(asked, changed("t", 7)).threads.t?.rev).toBe(7);
});

test("a mark from before a conversation was gone is not taken for what the member has of it", () => {
  expect(after(gone("t", 5), marked("t", 4), changed("t", 6)).marks).toEqual({});
});
