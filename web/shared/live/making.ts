import type { DraftShown, EntryShown, MessageSaid, PersonShown, ScheduledShown, ThreadRow } from "../api";
import type { Synced, Watched } from "../events";

// What the hub answers, for tests.

const AT = "2026-11-20T12:00:00Z";

export function row(id: string, rev: number, more: Partial<ThreadRow> = {}): ThreadRow {
  return {
    id,
    rev,
    person: { id: `person of ${id}`, name: "Asha" },
    status: "open",
    owner: { kind: "nobody", id: "" },
    epoch: 0,
    team_id: null,
    priority: "normal",
    tags: [],
    followers: [],
    media: [],
    line_ids: [],
    waiting_since: null,
    heard_at: null,
    answered_seq: 0,
    snoozed_until: null,
    closed_at: null,
    offered_to: null,
    has_failed: false,
    last: null,
    windows: [],
    made_at: AT,
    moved_at: AT,
    seq: 0,
    merged_into: null,
    read_seq: 0,
    is_unread: false,
    is_mentioned: false,
    ...more,
  };
}

export function entry(id: string, seq: number, rev = 1, more: Partial<EntryShown> = {}): EntryShown {
  return {
    id,
    seq,
    rev,
    kind: "message",
    author: { kind: "person", id: "asha" },
    said_at: AT,
    stored_at: AT,
    client_id: "",
    line_id: null,
    medium: null,
    direction: "in",
    content: null,
    event: null,
    mentions: [],
    delivery: null,
    seen_seq: null,
    reply_to: null,
    ...more,
  };
}

export function synced(more: Partial<Synced> = {}): Synced {
  return { recovered: true, at: "2", changed: [], gone: [], numbers: [], people: [], people_gone: [], ...more };
}

export function watched(id: string, entries: EntryShown[], more: Partial<Watched> = {}): Watched {
  const seq = entries.at(-1)?.seq ?? 0;
  const presence = { thread: id, rev: 0, looking: [], typing: [], holder: null };
  const thread = row(id, 1, { seq });
  return { recovered: false, at: "2", thread, entries, has_more: false, scheduled: [], presence, draft: null, ...more };
}

export function said(message: EntryShown, missed: EntryShown[] = []): MessageSaid {
  return { message, scheduled: null, missed, warnings: [], seq: message.seq, rev: 1 };
}

export function later(id: string, rev: number, more: Partial<ScheduledShown> = {}): ScheduledShown {
  return {
    id,
    rev,
    author: { kind: "member", id: "asha" },
    text: "",
    subject: "",
    cc: [],
    bcc: [],
    line_id: null,
    attachment_ids: [],
    send_at: AT,
    unless_answered: false,
    state: "waiting",
    failure: null,
    made_at: AT,
    ...more,
  };
}

export function draft(thread_id: string, text: string): DraftShown {
  return { thread_id, rev: 1, text, subject: "", is_note: false, cc: [], bcc: [], saved_at: AT };
}

export function person(id: string, rev: number, more: Partial<PersonShown> = {}): PersonShown {
  return {
    id,
    rev,
    name: "Asha",
    label: "Asha",
    stage: "contact",
    lead: { status: "new", intent: null, score: null, source: "", assignee_id: null },
    identities: [],
    tags: [],
    is_blocked: false,
    made_at: AT,
    updated_at: AT,
    attributes: {},
    steps: [],
    consent: [],
    provenance: [],
    zone: null,
    is_zone_inferred: true,
    locale: null,
    is_locale_inferred: true,
    blocked_at: null,
    ...more,
  };
}
