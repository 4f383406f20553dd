import { expect, test } from "vitest";
import { withOlder, withWatched } from "./answers";
import { isWhole } from "./log";
import { draft, entry, later, watched } from "./making";
import { apply, EMPTY, type Screen, type Told } from "./screen";
import { ended, scheduled, typed, written } from "./telling";

const MORE = { has_more: true };
const open = (seqs: number[], more = {}): Screen =>
  withWatched(EMPTY, EMPTY, "t", watched("t", seqs.map((seq) => entry(`e${seq}`, seq)), more));
const after = (screen: Screen, ...events: Told[]) => events.reduce(apply, screen);
const shownIn = ({ logs }: Screen) => Object.keys(logs.t?.entries ?? {}).sort();
const laterIn = ({ logs }: Screen) => Object.values(logs.t?.scheduled ?? {}).map(({ id, rev }) => [id, rev]);

test("what changes above the beginning of a log is not shown there", () => {
  const screen = after(open([5, 6], MORE), written("t", entry("e3", 3, 2)), written("t", entry("e7", 7)));

  expect(shownIn(screen)).toEqual(["e5", "e6", "e7"]);
  expect(isWhole(screen.logs.t, 7)).toBe(true);
});

test("with older entries a log begins further up", () => {
  const older = withOlder(open([5, 6], MORE), "t", [entry("e3", 3), entry("e4", 4)], true);

  const screen = after(older, written("t", entry("e2", 2, 2)), written("t", entry("e3", 3, 2)));

  expect(shownIn(screen)).toEqual(["e3", "e4", "e5", "e6"]);
  expect(screen.logs.t?.entries.e3?.rev).toBe(2);
});

test("a log that begins anew shows nothing above its new beginning", () => {
  const before = open([1, 2]);
  const now = apply(before, written("t", entry("e1", 1, 2)));

  const screen = withWatched(now, before, "t", watched("t", [entry("e8", 8)], MORE));

  expect(shownIn(screen)).toEqual(["e8"]);
});

test("a log is whole without a hole from its beginning to its end", () => {
  const { t: log } = open([5, 6, 8], MORE).logs;

  expect([isWhole(log, 6), isWhole(open([5, 6]).logs.t, 6), isWhole(open([5, 6]).logs.t, 7)]).toEqual([false, true, false]);
  expect([isWhole(open([]).logs.t, 0), isWhole(open([]).logs.t, 1), isWhole(undefined, 0)]).toEqual([true, false, false]);
});

test("what adds to a log that was closed meanwhile is no log", () => {
  const screen = withWatched(EMPTY, open([1]), "t", watched("t", [entry("e2", 2)], { recovered: true }));

  expect(screen.logs).toEqual({});
});

test("what was said later or taken back never returns", () => {
  const before = open([1], { scheduled: [later("s1", 1)] });
  const now = after(before, ended("t", "s1"), scheduled("t", later("s1", 2)));
  const listed = { scheduled: [later("s1", 1)] };

  const recovered = withWatched(now, before, "t", watched("t", [], { recovered: true, ...listed }));
  const anew = withWatched(now, before, "t", watched("t", [], listed));

  expect([now, recovered, anew].map(laterIn)).toEqual([[], [], []]);
});

test("of what is to be said later the higher rev counts, whether it was told or answered", () => {
  const before = open([1], { scheduled: [later("a", 1), later("b", 1), later("c", 1)] });
  const now = after(before, scheduled("t", later("a", 2)), scheduled("t", later("b", 2)));

  const answer = { recovered: true, scheduled: [later("a", 3), later("b", 1)] };
  const screen = withWatched(now, before, "t", watched("t", [], answer));

  expect(laterIn(screen).sort()).toEqual([["a", 3], ["b", 2]]);
});

test("of two drafts the later counts, whether it was told or answered", () => {
  const now = after(open([1]), typed("t", "Hello you", 1_000), typed("t", "Hel", 900));
  const answered = (at: string) => withWatched(now, now, "t", watched("t", [], { at, draft: draft("t", "Hello") }));

  expect(now.drafts.t?.shown.text).toBe("Hello you");
  expect([answered("999"), answered("1001")].map(({ drafts }) => drafts.t?.shown.text)).toEqual(["Hello you", "Hello"]);
});

test("a conversation of which nothing has changed stays as it is known", () => {
  const before = open([1]);

  const { threads, marks } = withWatched(before, before, "t", watched("t", [], { recovered: true, thread: null }));

  expect([threads, marks]).toEqual([before.threads, before.marks]);
});
