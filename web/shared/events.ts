// Made by `make types` from the Python declarations; a test fails when the two differ.

import type {
  CardWanted,
  ChoiceWanted,
  DraftShown,
  EntryShown,
  MarkShown,
  Medium,
  MessageSaid,
  NoticeCounts,
  NoticeShown,
  Owner,
  PersonNamed,
  PersonShown,
  PlaceWanted,
  Preview,
  Priority,
  ScheduledShown,
  TemplateWanted,
  ThreadRow,
  ThreadStatus,
  WindowShown,
} from "./api";

/** The draft of a turn is over. What was said of it stands in the log as `entry`, which takes its place on the screen; otherwise it is withdrawn. Nothing that is told of the turn later counts. Whoever has the conversation open hears it. */
export interface AgentDraftEnded {
  turn: string;
  outcome: "said" | "withdrawn";
  entry: string;
  account: string;
  thread: string;
  rev: number;
}

/** An agent writes: `text` belongs at `at`, counted as browsers count (UTF-16), in what its turn has drafted so far. `rev` numbers what is told of a turn. Every second all of it is told, `at` 0: whoever has come later, or misses one of the numbers between, goes on from there. A draft of which nothing was heard for five seconds is dropped, and so is one whose `epoch` is not the conversation's any more. Whoever has the conversation open hears it. */
export interface AgentDrafted {
  turn: string;
  epoch: number;
  at: number;
  text: string;
  account: string;
  thread: string;
  rev: number;
}

/** Whether somebody sits before this screen. A socket counts as one of which that is so, until it says otherwise. */
export interface Attention {
  is_there: boolean;
}

/** How many conversations a view has now. `of` is `account`, whose `view` is `open` (all that are), `snoozed`, `closed` or `unassigned`, and whoever sees all of it hears that; or `teams`, whose `view` is a team's id, and the team hears it too; or the member's own id, whose `view` is `mine`, `unread` or `mentions`, and that one alone hears it. Where no number is known it is 0. Of two about the same the one with the higher `rev` counts. */
export interface CountChanged {
  of: string;
  view: string;
  n: number;
  account: string;
  thread: string;
  rev: number;
}

/** The member who hears it has typed something at another screen, or has thrown it away: then it is empty. `rev` is the time. */
export interface DraftTyped {
  draft: DraftShown;
  account: string;
  thread: string;
  rev: number;
}

/** An entry stands in the log, or is shown otherwise: how far it has come, a file that is there now. `rev` is the entry's. Whoever has the conversation open hears it. */
export interface EntryChanged {
  entry: EntryShown;
  account: string;
  thread: string;
  rev: number;
}

/** The person on the other side types, or does no more. `preview` is what stands there by now, where the account wants to see that; it is kept nowhere. What they send ends it, and so do ten seconds without another one. Whoever has the conversation open hears it. */
export interface LeadTypes {
  is_typing: boolean;
  preview: string | null;
  account: string;
  thread: string;
  rev: number;
}

/** What the member who hears it has read of a conversation, and whether there is more. */
export interface MarkChanged {
  read_seq: number;
  is_unread: boolean;
  is_mentioned: boolean;
  account: string;
  thread: string;
  rev: number;
}

/** A member is at some screen now, or at none any more. Whoever sees conversations hears it. */
export interface MemberPresence {
  member: string;
  is_online: boolean;
  account: string;
  thread: string;
  rev: number;
}

/** Nothing has to be said. */
export interface Nothing {
}

/** There is something new to know of, or more of it. `rev` is the notice's. The member whom it is for hears it. */
export interface NoticeChanged {
  notice: NoticeShown;
  account: string;
  thread: string;
  rev: number;
}

/** These are read, or over: wherever it was, it counts everywhere. Each with its `rev`: what is known of one with a higher `rev` stays. The member whose they are hears it. */
export interface NoticesRead {
  read: Record<string, number>;
  account: string;
  thread: string;
  rev: number;
}

/** What has changed since, what was read included, and up to where that is told: `at` is the next `after`. Whatever is not `recovered` has to be loaded anew. */
export interface NoticesSynced {
  recovered: boolean;
  at: string;
  changed: NoticeShown[];
  counts: NoticeCounts;
}

/** What the page knows: everything up to `after`, which is empty at first. */
export interface OpenVisit {
  after?: string;
}

/** Somebody is otherwise, or new; `rev` is the person's. Whoever may see that person hears it. */
export interface PersonChanged {
  person: PersonShown;
  account: string;
  thread: string;
  rev: number;
}

/** Whoever saw a person may see them no more, if a higher or the same `rev` of them is not known by then. Whoever has lost a way to see them hears it. */
export interface PersonGone {
  person_id: string;
  account: string;
  thread: string;
  rev: number;
}

/** Who is at a conversation. See the event `thread_presence`. */
export interface PresenceShown {
  thread: string;
  rev: number;
  looking: string[];
  typing: Typist[];
  holder: string | null;
}

/** Which conversation was read, and up to where. */
export interface ReadThread {
  seq?: number | null;
  member_id?: string | null;
  thread_id: string;
}

/** What to say, and in which conversation. */
export interface Say {
  client_id: string;
  text?: string;
  subject?: string;
  cc?: string[];
  bcc?: string[];
  line_id?: string | null;
  seen_seq?: number | null;
  note?: boolean;
  mention_ids?: string[];
  attachment_ids?: string[];
  template?: TemplateWanted | null;
  choices?: ChoiceWanted[];
  place?: PlaceWanted | null;
  cards?: CardWanted[];
  reply_to?: string | null;
  reaction?: string | null;
  send_at?: string | null;
  unless_answered?: boolean;
  thread_id: string;
}

/** Something is to be said later, or otherwise, or was not said. Whoever has the conversation open hears it. */
export interface ScheduledChanged {
  scheduled: ScheduledShown;
  account: string;
  thread: string;
  rev: number;
}

/** It was said, and stands in the log; or was taken back. Whoever has the conversation open hears it. */
export interface ScheduledEnded {
  scheduled_id: string;
  account: string;
  thread: string;
  rev: number;
}

/** Something that an account has set is otherwise: whoever shows this area loads it anew. Areas are what the actions of the audit log begin with, as far as all members share them: `member`, `team`, `line`, `view`, `canned`… All members hear it, and keys with `account.view`. `rev` is the time. */
export interface SettingChanged {
  area: string;
  account: string;
  thread: string;
  rev: number;
}

/** Somebody of the account writes a reply to the visitor who hears it, or does no more: not who, and nothing of notes. Ten seconds without another one end it, and so does a message. It names neither account nor conversation. */
export interface SomebodyTypes {
  is_typing: boolean;
  account: string;
  thread: string;
  rev: number;
}

/** The member who hears it may do more, or less, than before: ask by `sync`, and `watch` anew what is open. `rev` is the time. */
export interface StandingChanged {
  account: string;
  thread: string;
  rev: number;
}

/** What a screen knows: everything up to `after`, which is empty at first, and these conversations and people, each as of a `rev`. */
export interface Sync {
  after?: string;
  known?: Record<string, number>;
  people?: Record<string, number>;
}

/** What a screen knows: everything up to `after`, which is empty at first. */
export interface SyncNotices {
  after?: string;
}

/** What has changed since, and up to where that is told: `at` is the next `after`. Whatever is not `recovered` has to be loaded anew. Those that are `gone` may be seen no more, or are not there. Of people nothing is told that was not asked for. */
export interface Synced {
  recovered: boolean;
  at: string;
  changed: ThreadRow[];
  gone: string[];
  numbers: ViewCount[];
  people: PersonShown[];
  people_gone: string[];
}

/** A conversation is otherwise. Whoever sees it in a list hears it, and so whoever has it open does. */
export interface ThreadChanged {
  state: ThreadState;
  account: string;
  thread: string;
  rev: number;
}

/** Whoever saw a conversation may see it no more, if a higher or the same `rev` of it is not known by then. Whoever has lost a way to see it hears it. */
export interface ThreadGone {
  account: string;
  thread: string;
  rev: number;
}

/** Who has a conversation open, and who types there. `holder` is the one of those who writes a reply and began first: others are told, and nobody is kept from writing. Whoever has the conversation open hears it. */
export interface ThreadPresence {
  looking: string[];
  typing: Typist[];
  holder: string | null;
  account: string;
  thread: string;
  rev: number;
}

/** A conversation, as everybody has it who sees it. */
export interface ThreadState {
  id: string;
  person: PersonNamed;
  status: ThreadStatus;
  owner: Owner;
  epoch: number;
  team_id: string | null;
  priority: Priority;
  tags: string[];
  followers: string[];
  media: Medium[];
  line_ids: string[];
  waiting_since: string | null;
  heard_at: string | null;
  answered_seq: number;
  snoozed_until: string | null;
  closed_at: string | null;
  offered_to: string | null;
  has_failed: boolean;
  last: Preview | null;
  windows: WindowShown[];
  made_at: string;
  moved_at: string;
  seq: number;
  rev: number;
  merged_into: string | null;
}

/** Somebody types in a conversation, or does no more: a reply, or a note. To be said again every three seconds as long as it goes on; what is said there ends it. */
export interface TypingNow {
  thread_id: string;
  is_typing: boolean;
  is_note?: boolean;
}

/** Who is at the conversation by now; and who else writes a reply there and began first, when a reply is typed: it is for the two of them to agree. */
export interface TypingSeen {
  held_by: string | null;
  presence: PresenceShown;
}

/** A member who types: a reply, or a note to colleagues. */
export interface Typist {
  member: string;
  is_note: boolean;
}

/** A conversation to be told of no more. */
export interface Unwatch {
  thread_id: string;
}

/** A message, and all to the visitor that stand in front of it. */
export interface UpTo {
  message_id: string;
}

/** How many conversations a view has. See the event `count_changed`. */
export interface ViewCount {
  of: string;
  view: string;
  n: number;
  rev: number;
}

/** The messages that are new or otherwise since `after`; or, not `recovered`, the last ones. `at` is the next `after`. */
export interface VisitOpened {
  recovered: boolean;
  at: string;
  messages: VisitorMessage[];
}

/** A message stands in the visitor's conversation, or has come further. `rev` is the message's. The visitor hears it, and is told neither account nor conversation. */
export interface VisitorEntryChanged {
  message: VisitorMessage;
  account: string;
  thread: string;
  rev: number;
}

/** A message as a visitor sees it. `name` is a member's first name, `client_id` the id of what the visitor has said, and `state` how far a message to the visitor has come. */
export interface VisitorMessage {
  id: string;
  by: "agent" | "member" | "you";
  name: string;
  text: string;
  at: string;
  client_id: string;
  state: "delivered" | "read" | "sent" | null;
  rev: number;
}

/** A message. Under one `client_id` something is said once. `language` is that of the page, such as `pt-BR`. */
export interface VisitorSays {
  client_id: string;
  text: string;
  language?: string;
}

/** What stands in the field by now; empty, when nothing does. */
export interface VisitorTypes {
  text: string;
}

/** A conversation to be told of. With `after`, what a screen knows of it already is not told again. */
export interface Watch {
  thread_id: string;
  after?: string;
}

/** The conversation and its log: what has changed since `after`, or, not `recovered`, the end of it. Without a `thread` nothing of that has changed. `draft` is the member's own. */
export interface Watched {
  recovered: boolean;
  at: string;
  thread: ThreadRow | null;
  entries: EntryShown[];
  has_more: boolean;
  scheduled: ScheduledShown[];
  presence: PresenceShown;
  draft: DraftShown | null;
}

/** The members who are at some screen, as of `rev`; and who is at the conversations that this screen has open. */
export interface WhoIsThere {
  rev: number;
  online: string[];
  threads: PresenceShown[];
}

/** What is told in `/inbox`. */
export interface InboxEvents {
  agent_draft_ended: (told: AgentDraftEnded) => void;
  agent_drafted: (told: AgentDrafted) => void;
  count_changed: (told: CountChanged) => void;
  draft_typed: (told: DraftTyped) => void;
  entry_changed: (told: EntryChanged) => void;
  lead_types: (told: LeadTypes) => void;
  mark_changed: (told: MarkChanged) => void;
  member_presence: (told: MemberPresence) => void;
  notice_changed: (told: NoticeChanged) => void;
  notices_read: (told: NoticesRead) => void;
  person_changed: (told: PersonChanged) => void;
  person_gone: (told: PersonGone) => void;
  scheduled_changed: (told: ScheduledChanged) => void;
  scheduled_ended: (told: ScheduledEnded) => void;
  setting_changed: (told: SettingChanged) => void;
  standing_changed: (told: StandingChanged) => void;
  thread_changed: (told: ThreadChanged) => void;
  thread_gone: (told: ThreadGone) => void;
  thread_presence: (told: ThreadPresence) => void;
}

/** What can be asked in `/inbox`, and what is answered. */
export interface InboxAsks {
  attention: { body: Attention; answer: null };
  notices: { body: SyncNotices; answer: NoticesSynced };
  presence: { body: Nothing; answer: WhoIsThere };
  read: { body: ReadThread; answer: MarkShown };
  say: { body: Say; answer: MessageSaid };
  sync: { body: Sync; answer: Synced };
  typing: { body: TypingNow; answer: TypingSeen };
  unwatch: { body: Unwatch; answer: null };
  watch: { body: Watch; answer: Watched };
}

/** What is told in `/widget`. */
export interface WidgetEvents {
  somebody_types: (told: SomebodyTypes) => void;
  visitor_entry_changed: (told: VisitorEntryChanged) => void;
}

/** What can be asked in `/widget`, and what is answered. */
export interface WidgetAsks {
  open: { body: OpenVisit; answer: VisitOpened };
  read: { body: UpTo; answer: null };
  say: { body: VisitorSays; answer: VisitorMessage };
  seen: { body: UpTo; answer: null };
  typing: { body: VisitorTypes; answer: null };
}
