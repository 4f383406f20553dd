import type { EntryShown, ScheduledShown } from "../api";
import type { Watched } from "../events";
import { byId, type Things, toldSince, without } from "./things";

/** A conversation that is open, with as much of its log as is known; `at` is up to when that is so. */
export interface Log {
  at: string;
  /** The place from which on the log is here: what changes further up is not shown. */
  begins: number;
  entries: Things<EntryShown>;
  scheduled: Things<ScheduledShown>;
  /** What was said later, or taken back: it never returns. */
  ended: readonly string[];
  has_more: boolean;
}

/** With these entries, each as of its highest `rev`. */
export function logWith(log: Log, entries: readonly EntryShown[]): Log {
  const shown = entries.filter(({ id, seq, rev }) => seq >= log.begins && rev >= (log.entries[id]?.rev ?? 0));
  return { ...log, entries: { ...log.entries, ...byId(shown) } };
}

/** With older entries, and whether there are more: the log begins further up. */
export function logWithOlder(log: Log, entries: readonly EntryShown[], has_more: boolean): Log {
  const begins = Math.min(log.begins, ...entries.map(({ seq }) => seq));
  return logWith({ ...log, begins, has_more }, entries);
}

export function logWithScheduled(log: Log, one: ScheduledShown): Log {
  if (log.ended.includes(one.id) || one.rev < (log.scheduled[one.id]?.rev ?? 0)) return log;
  return { ...log, scheduled: { ...log.scheduled, [one.id]: one } };
}

export function logWithEnded(log: Log, id: string): Log {
  const others = log.ended.filter((other) => other !== id);
  return { ...log, scheduled: without(log.scheduled, [id]), ended: [...others, id] };
}

/** The log after a `watch`. Where it could not be told what is missing, it begins anew with its end. What has been told since
 * that was asked, `before` not being the same as `now`, may be newer than the answer. */
export function logAfter(now: Log | undefined, before: Log | undefined, watched: Watched): Log {
  const known = watched.recovered && now ? now : begun(now, before, watched);
  const told = { ...known, at: watched.at, scheduled: toldSince(now?.scheduled, before?.scheduled) };
  return logWith(watched.scheduled.reduce(logWithScheduled, told), watched.entries);
}

function begun(now: Log | undefined, before: Log | undefined, { at, entries, has_more }: Watched): Log {
  const begins = entries.length ? Math.min(...entries.map(({ seq }) => seq)) : 1;
  const empty: Log = { at, begins, entries: {}, scheduled: {}, ended: now?.ended ?? [], has_more };
  return logWith(empty, Object.values(toldSince(now?.entries, before?.entries)));
}

/** Whether nothing is missing between where the log begins and the last entry that there is. */
export function isWhole(log: Log | undefined, last: number): boolean {
  if (!log) return false;
  const places = new Set(Object.values(log.entries).map(({ seq }) => seq));
  return places.size > Math.max(last, ...places) - log.begins;
}
