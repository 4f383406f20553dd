import type { EntryShown, ThreadRow } from "../api";
import type { Synced, Watched } from "../events";
import { logAfter, logWithOlder } from "./log";
import { type People, peopleHidden, peopleWith } from "./people";
import { countKey, forgotten, type Screen, withCount, withDraft, withLogOf, withRow } from "./screen";
import { inTurn, isSame, without } from "./things";

// No question names more.
const MOST_KNOWN = 500;

/** Which conversations are known, and as of which `rev` all of it is: a mark may be older than what everybody sees. One that
 * has just begun has a `rev` of 0, as if its mark were known: without a mark it is not named. */
export function knownOf({ threads, marks }: Screen, turn: number): Record<string, number> {
  const known = Object.keys(threads).filter((id) => marks[id] || threads[id]?.rev);
  const named = inTurn(known, turn, MOST_KNOWN);
  return Object.fromEntries(named.map((id) => [id, Math.min(threads[id]?.rev ?? 0, marks[id]?.rev ?? 0)]));
}

/** The screen after a `sync`. Whatever has been told since it was asked, `before` not being the same as now, may be newer than
 * the answer: of that only a higher `rev` counts. */
export function withSynced(now: Screen, before: Screen, synced: Synced): Screen {
  const { changed, gone, numbers, recovered } = synced;
  const rows = changed.reduce(withRow, { ...now, people: peopleAfter(now.people, before.people, synced) });
  const left = forgotten(rows, gone.filter((id) => isSame(now.threads, before.threads, id)));
  const counted = numbers.reduce(withCount, left);
  if (!recovered) return counted;
  const told = new Set(numbers.map(({ of, view }) => countKey(of, view)));
  const stale = Object.keys(before.counts).filter((key) => !told.has(key) && isSame(now.counts, before.counts, key));
  return { ...counted, counts: without(counted.counts, stale) };
}

function peopleAfter(now: People, before: People, { people, people_gone }: Synced): People {
  const hidden = peopleHidden(now, people_gone.filter((id) => isSame(now, before, id)));
  return people.reduce(peopleWith, hidden);
}

/** The screen after its lists were loaded anew: what is not among the rows is known no more, but what was told meanwhile. */
export function withReloaded(now: Screen, before: Screen, rows: readonly ThreadRow[]): Screen {
  const kept = new Set(rows.map(({ id }) => id));
  const open = new Set(Object.keys(now.logs));
  const stale = Object.keys(before.threads).filter(
    (id) => !kept.has(id) && !open.has(id) && isSame(now.threads, before.threads, id),
  );
  return rows.reduce(withRow, forgotten(now, stale));
}

/** The screen after a `watch`: what is missing in the log is there now. What adds to a log that is here no more is no log. */
export function withWatched(now: Screen, before: Screen, id: string, watched: Watched): Screen {
  const { at, thread, draft, recovered } = watched;
  const seen = thread ? withRow(now, thread) : now;
  const shown = draft ? withDraft(seen, id, { rev: Number(at), shown: draft }) : seen;
  if (recovered && !now.logs[id]) return shown;
  return { ...shown, logs: { ...shown.logs, [id]: logAfter(now.logs[id], before.logs[id], watched) } };
}

/** The screen with older entries of a log, and whether there are more. */
export function withOlder(screen: Screen, id: string, entries: readonly EntryShown[], has_more: boolean): Screen {
  return withLogOf(screen, id, (log) => logWithOlder(log, entries, has_more));
}
