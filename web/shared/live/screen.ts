import type { DraftShown, EntryShown, ThreadRow } from "../api";
import type { InboxEvents, MarkChanged, ThreadState, ViewCount } from "../events";
import { type Log, logWith, logWithEnded, logWithScheduled } from "./log";
import { type People, peopleWith, peopleWithout } from "./people";
import { type Things, without } from "./things";

/** What a member has of a conversation, as of a `rev` of it. */
export type Mark = Pick<MarkChanged, "rev" | "read_seq" | "is_unread" | "is_mentioned">;

/** What a member has typed in a conversation, as of a time of the hub's. */
export interface DraftHeld {
  rev: number;
  shown: DraftShown;
}

/** Everything that a screen knows of the inbox. Nothing in it is ever changed in place: what is the same object is the
 * same. */
export interface Screen {
  threads: Things<ThreadState>;
  marks: Things<Mark>;
  /** As of which `rev` a conversation was gone. */
  gone: Things<number>;
  logs: Things<Log>;
  counts: Things<ViewCount>;
  /** Those whom the page shows. */
  people: People;
  drafts: Things<DraftHeld>;
}

export const EMPTY: Screen = { threads: {}, marks: {}, gone: {}, logs: {}, counts: {}, people: {}, drafts: {} };

/** Something that was told. */
export type Told = { [Name in keyof InboxEvents]: { name: Name; told: Parameters<InboxEvents[Name]>[0] } }[keyof InboxEvents];

/** The screen after an event. Events may be lost, doubled, and come in any order: of two about the same thing the one with
 * the higher `rev` counts, and of two with the same the later. */
export function apply(screen: Screen, event: Told): Screen {
  switch (event.name) {
    case "thread_changed":
      return withThread(screen, event.told.state);
    case "thread_gone":
      return withoutThread(screen, event.told.thread, event.told.rev);
    case "mark_changed":
      return withMark(screen, event.told.thread, event.told);
    case "entry_changed":
      return withEntries(screen, event.told.thread, [event.told.entry]);
    case "count_changed":
      return withCount(screen, event.told);
    case "scheduled_changed":
      return withLogOf(screen, event.told.thread, (log) => logWithScheduled(log, event.told.scheduled));
    case "scheduled_ended":
      return withLogOf(screen, event.told.thread, (log) => logWithEnded(log, event.told.scheduled_id));
    case "person_changed":
      return { ...screen, people: peopleWith(screen.people, event.told.person) };
    case "person_gone":
      return { ...screen, people: peopleWithout(screen.people, event.told.person_id, event.told.rev) };
    case "draft_typed":
      return withDraft(screen, event.told.thread, { rev: event.told.rev, shown: event.told.draft });
    default:
      return screen;
  }
}

/** Unless something newer is known, or it was gone later than this. */
export function withThread(screen: Screen, state: ThreadState): Screen {
  const { [state.id]: gone = -1, ...others } = screen.gone;
  if (state.rev < gone || state.rev < (screen.threads[state.id]?.rev ?? 0)) return screen;
  return { ...screen, gone: others, threads: { ...screen.threads, [state.id]: state } };
}

/** Whoever sees it by another way still is told of it with the same `rev`, sooner or later: then it stays. */
function withoutThread(screen: Screen, id: string, rev: number): Screen {
  if (rev <= (screen.threads[id]?.rev ?? -1) || rev <= (screen.gone[id] ?? -1)) return screen;
  const left = forgotten(screen, [id]);
  return { ...left, gone: { ...left.gone, [id]: rev } };
}

/** It is not there any more, for whatever reason. What was said of it before does not bring it back. */
export function forgotten(screen: Screen, ids: readonly string[]): Screen {
  const { threads, marks, logs, drafts, gone } = screen;
  const drop = <T>(of: Things<T>) => without(of, ids);
  const left = { threads: drop(threads), marks: drop(marks), logs: drop(logs), drafts: drop(drafts) };
  const since = ids.map((id) => [id, Math.max(threads[id]?.rev ?? 0, gone[id] ?? 0)] as const);
  return { ...screen, ...left, gone: { ...gone, ...Object.fromEntries(since) } };
}

export function withMark(screen: Screen, id: string, mark: Mark): Screen {
  if (mark.rev < Math.max(screen.marks[id]?.rev ?? 0, screen.gone[id] ?? 0)) return screen;
  const { rev, read_seq, is_unread, is_mentioned } = mark;
  return { ...screen, marks: { ...screen.marks, [id]: { rev, read_seq, is_unread, is_mentioned } } };
}

/** A row is both: what everybody sees, and what is the member's own. */
export function withRow(screen: Screen, row: ThreadRow): Screen {
  const { read_seq, is_unread, is_mentioned, ...state } = row;
  const seen = withThread(screen, state);
  return seen.threads[row.id] ? withMark(seen, row.id, { rev: row.rev, read_seq, is_unread, is_mentioned }) : seen;
}

/** Of a conversation that is open; others have no log here. */
export function withEntries(screen: Screen, thread: string, entries: readonly EntryShown[]): Screen {
  return withLogOf(screen, thread, (log) => logWith(log, entries));
}

export function withLogOf(screen: Screen, thread: string, change: (log: Log) => Log): Screen {
  const log = screen.logs[thread];
  return log ? { ...screen, logs: { ...screen.logs, [thread]: change(log) } } : screen;
}

export function withDraft(screen: Screen, thread: string, draft: DraftHeld): Screen {
  if (draft.rev < (screen.drafts[thread]?.rev ?? 0)) return screen;
  return { ...screen, drafts: { ...screen.drafts, [thread]: draft } };
}

export function withCount(screen: Screen, { of, view, n, rev }: ViewCount): Screen {
  const key = countKey(of, view);
  if (rev < (screen.counts[key]?.rev ?? 0)) return screen;
  return { ...screen, counts: { ...screen.counts, [key]: { of, view, n, rev } } };
}

export function countKey(of: string, view: string): string {
  return `${of} ${view}`;
}
