import type { EntryShown, ScheduledShown, ThreadRow } from "../api";
import type { MarkChanged, ThreadChanged, ThreadGone } from "../events";
import { draft, row } from "./making";
import type { Told } from "./screen";

// What the hub tells, for tests.

export function changed(id: string, rev: number, more: Partial<ThreadRow> = {}): Told {
  const { read_seq: _, is_unread: __, is_mentioned: ___, ...state } = row(id, rev, more);
  const told: ThreadChanged = { account: "acme", thread: id, rev, state };
  return { name: "thread_changed", told };
}

export function gone(id: string, rev: number): Told {
  const told: ThreadGone = { account: "acme", thread: id, rev };
  return { name: "thread_gone", told };
}

export function marked(id: string, rev: number, more: Partial<MarkChanged> = {}): Told {
  const told = { account: "acme", thread: id, rev, read_seq: 0, is_unread: false, is_mentioned: false, ...more };
  return { name: "mark_changed", told };
}

export function written(thread: string, one: EntryShown): Told {
  return { name: "entry_changed", told: { account: "acme", thread, rev: one.rev, entry: one } };
}

export function counted(view: string, n: number, rev: number): Told {
  return { name: "count_changed", told: { account: "acme", thread: "", rev, of: "account", view, n } };
}

export function scheduled(thread: string, one: ScheduledShown): Told {
  return { name: "scheduled_changed", told: { account: "acme", thread, rev: one.rev, scheduled: one } };
}

export function ended(thread: string, id: string): Told {
  return { name: "scheduled_ended", told: { account: "acme", thread, rev: 0, scheduled_id: id } };
}

export function typed(thread: string, text: string, rev: number): Told {
  return { name: "draft_typed", told: { account: "acme", thread, rev, draft: draft(thread, text) } };
}
