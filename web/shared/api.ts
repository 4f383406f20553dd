// Made by `make types` from the Python declarations; a test fails when the two differ.

/** Accepting an invitation: a password for a new login, or that of the login that the address has. */
export interface Acceptance {
  token: string;
  name: string;
  password: string;
}

/** An access token, whom it speaks for, and where else the login works. */
export interface Access {
  access_token: string;
  expires_in_s: number;
  account_id: string;
  member_id: string;
  accounts: AccountChoice[];
  needs_second_factor: boolean;
}

/** What is to be otherwise; what is left out stays. An empty region is that of the zone. */
export interface AccountChange {
  name?: string | null;
  zone?: string | null;
  region?: string | null;
}

/** An account that the login works for. */
export interface AccountChoice {
  id: string;
  name: string;
  role: string;
}

/** One account of the installation. A closed one has no name that could be read. */
export interface AccountLine {
  id: string;
  name: string;
  members: number;
  made_at: string;
  is_closed: boolean;
}

/** All accounts of the installation. */
export interface AccountList {
  items: AccountLine[];
}

/** Ids, a key that works at once and is shown this once, and a link where there is no password yet. */
export interface AccountMade {
  account_id: string;
  member_id: string;
  key_id: string;
  key: string;
  password_link: string | null;
}

/** The account that the credential belongs to. */
export interface AccountShown {
  id: string;
  name: string;
  owners: string[];
  requires_second_factor: boolean;
  zone: string;
  region: string;
  made_at: string;
}

/** A new account and its owner. Without a password the answer has a link to set one. */
export interface AccountWanted {
  name: string;
  owner: string;
  owner_name?: string;
  password?: string | null;
}

/** For colleagues only; with the same blanks. */
export interface AddNote {
  do: "note";
  text: string;
}

/** What stands in the link that was mailed to an address; mail programs add words of their own. */
export interface AddressLink {
  token: string;
}

/** Why two people may be one. */
export type Alike = "identity" | "name_and_company" | "name_and_domain" | "phone";

/** This process answers. `installation` is the same for all processes that share a database. */
export interface Alive {
  alive: boolean;
  version: string;
  installation: string;
}

/** What would be allowed instead. `use_template`: of any name where it has none. `wait`: until then, or until the person writes. */
export interface Alternative {
  do: "change_message" | "use_line" | "use_template" | "wait";
  line_id?: string | null;
  medium?: Medium | null;
  template?: string | null;
  until?: string | null;
}

/** How long people waited. `shares` sums up whose time the rounds were that ended. Without `is_complete` there was more than is counted: the latest of it. */
export interface AnswersReport {
  since: string;
  until: string;
  is_complete: boolean;
  first_answer: Figures;
  first_human_answer: Figures;
  next_answer: Figures;
  resolution: Figures;
  shares: SpentShown;
  members: MemberFigures[];
}

/** Whatever a provider adds to the webhook's address; its adapter reads it. */
export interface AsItCame {
}

/** To a member, to a team, or to a member with the work of a team. */
export interface Assign {
  do: "assign";
  member_id?: string | null;
  team_id?: string | null;
}

/** To a member, to a team, or to a member with the work of a team. */
export interface AssignWanted {
  member_id?: string | null;
  team_id?: string | null;
  word?: string;
}

/** What is to be otherwise; what is left out stays. The type never changes: values of it may stand everywhere. */
export interface AttributeChange {
  label?: string | null;
  options?: string[] | null;
}

/** All that the account has declared. */
export interface AttributeList {
  items: AttributeShown[];
}

/** Something that the account wants to know of people. */
export interface AttributeShown {
  id: string;
  key: string;
  label: string;
  type: AttributeType;
  options: string[];
}

/** What an attribute holds. */
export type AttributeType = "bool" | "choice" | "date" | "email" | "number" | "phone" | "text" | "url";

/** Something that the account wants to know of people. */
export interface AttributeWanted {
  key: string;
  label: string;
  type: AttributeType;
  options?: string[];
}

/** Who acted: a member, a key, the operator, or a stranger, who has no id. */
export interface AuditActor {
  kind: string;
  id: string;
}

/** One act. `target` names what was acted on, `request` the request in the process's log, `status` how it ended. `address`, `before` and `after` are null when they cannot be read, because they were damaged or their key erased. */
export interface AuditEntry {
  id: string;
  seq: number;
  at: string;
  actor: AuditActor;
  action: string;
  target: Record<string, string>;
  status: number;
  request: string;
  address: string | null;
  before: unknown;
  after: unknown;
  hash: string;
}

/** Which entries: whose acts, which action, on what, from `after` on and earlier than `before`. */
export interface AuditFilters {
  actor?: string;
  action?: string;
  target?: string;
  after?: string | null;
  before?: string | null;
}

/** Some of the log, the latest first; `next` is the cursor of the following page. */
export interface AuditPage {
  items: AuditEntry[];
  next: string | null;
}

/** Which page of them. */
export interface AuditQuery {
  actor?: string;
  action?: string;
  target?: string;
  after?: string | null;
  before?: string | null;
  cursor?: string;
  limit?: number;
}

/** Who it was. */
export interface Author {
  kind: AuthorKind;
  id?: string;
}

/** Who wrote an entry, or made it happen. */
export type AuthorKind = "agent" | "campaign" | "elsewhere" | "hub" | "key" | "member" | "person" | "rule";

/** Whether the member wants nothing new. */
export interface Availability {
  is_away: boolean;
}

/** Why we may write to somebody, or may not. */
export type Basis = "business" | "contract" | "inquiry" | "opt_in" | "opt_out";

/** With whom. */
export interface Begin {
  person_id: string;
}

/** What stands in a blank: something that is known of them, the fallback, or nothing, and then it cannot be sent without a word for it. */
export interface BlankFilled {
  key: string;
  value: string;
  by: "fallback" | "known" | "nothing";
}

/** A blank, and what fills it. */
export interface BlankShown {
  key: string;
  sample: string;
  source: string;
  fallback: string;
}

/** A blank of the body by its name; `header.` in front of that of the header, `button.` and its place, from 0, for that of a button's URL, or its code. `source` names what fills it where nothing is said: `person.first_name`, `person.name`, `account.name` or `attribute.` and a key; without one it is whatever is called as the blank is. */
export interface BlankWanted {
  key: string;
  sample?: string;
  source?: string;
  fallback?: string;
}

/** One piece of work that was given up, and why. */
export interface Buried {
  id: string;
  account: string;
  reason: string;
  attempts: number;
  at: string;
}

/** Some of it, the latest first; `next` is the cursor of the following page. */
export interface BuriedPage {
  items: Buried[];
  next: string | null;
}

/** What a button of a template does. */
export type ButtonKind = "code" | "other" | "phone" | "reply" | "url";

/** What one button of a template gets, such as the end of its URL. `at` counts the buttons from 0. */
export interface ButtonUse {
  at: number;
  kind: "code" | "reply" | "url";
  value: string;
  name?: string;
}

/** A button: `value` is the URL or the phone number that it has, or a code, which goes out where a message brings none of its own. */
export interface ButtonWanted {
  kind: ButtonKind;
  title: string;
  value?: string;
}

/** A member who may reply: whether the conversation could go there now, and why, or why not. */
export interface CandidateShown {
  member_id: string;
  is_fit: boolean;
  why: string;
  load: number;
  capacity: number;
}

/** What is to be otherwise; what is left out stays. */
export interface CannedChange {
  name?: string | null;
  shortcut?: string | null;
  text?: string | null;
}

/** Those that the caller may use; all, for whoever manages the account. */
export interface CannedList {
  items: CannedShown[];
}

/** A reply to be used often; `blanks` are what it asks for. */
export interface CannedShown {
  id: string;
  name: string;
  shortcut: string;
  text: string;
  blanks: string[];
  team_id: string | null;
  made_at: string;
}

/** The team whose it is; everybody's, without one. */
export interface CannedTeam {
  team_id: string | null;
}

/** A reply to be used often. Without a team it is everybody's. */
export interface CannedWanted {
  name: string;
  shortcut: string;
  text: string;
  team_id?: string | null;
}

/** Somebody whose address was passed on: a contact out of somebody's phone book. */
export interface Card {
  name: string;
  phones?: string[];
  emails?: string[];
  company?: string;
}

/** Somebody whose address is passed on. */
export interface CardWanted {
  name: string;
  phones?: string[];
  emails?: string[];
  company?: string;
}

/** Something that a line of the provider has to know. */
export interface ChannelField {
  name: string;
  label: string;
  is_secret: boolean;
  is_required: boolean;
  default: string | null;
}

/** All providers that Parley knows. */
export interface ChannelList {
  items: ChannelShown[];
}

/** A provider of one medium: what a line of it needs, and what it can do. `window_s`: free text is possible only for so long after the person's last message. `can_check`: the provider can be asked how a line stands; `can_point`: it can be told by its API where its webhooks go. `pointing` says where one enters that by hand; nowhere, when it is empty. */
export interface ChannelShown {
  provider: string;
  medium: Medium;
  fields: ChannelField[];
  longest_text: number;
  media_types: string[];
  media_bytes: number;
  most_media: number;
  window_s: number | null;
  has_templates: boolean;
  needs_opt_in: boolean;
  has_subject: boolean;
  counts_segments: boolean;
  most_choices: number;
  takes_place: boolean;
  takes_cards: boolean;
  takes_reactions: boolean;
  takes_replies: boolean;
  shows_read: boolean;
  per_second: number;
  can_check: boolean;
  can_point: boolean;
  pointing: string;
}

/** One thing that a line needs. Null where nobody can tell whether it is well. */
export interface CheckStep {
  about: string;
  is_well: boolean | null;
  words: string;
  advice: string;
}

/** A button or a line of a list: what it says, and what comes back when it is chosen. */
export interface Choice {
  title: string;
  payload: string;
}

/** Something that the person may choose. `payload` comes back in its place when they do; without one, the title. */
export interface ChoiceWanted {
  title: string;
  payload?: string;
}

/** An answer, or the end, was promised by a time that is over; `is_warning`: soon will be. */
export interface ClockBreached {
  name: "clock_breached";
  clock: "first_answer" | "next_answer" | "resolution";
  due_at: string;
  is_warning?: boolean;
}

/** A clock that runs. Without a promise there is no `due_at`. */
export interface ClockShown {
  clock: "first_answer" | "next_answer" | "resolution";
  since: string;
  due_at: string | null;
  warn_at: string | null;
  is_warned: boolean;
  is_breached: boolean;
}

/** The clocks of a conversation: what runs, and its round, which is the last one while nothing is to do. */
export interface ClocksShown {
  thread_id: string;
  seq: number;
  round: RoundShown | null;
  clocks: ClockShown[];
}

/** Nothing more to do, until somebody writes. */
export interface Close {
  do: "close";
}

/** Why there is nothing more to do. */
export interface CloseWanted {
  why?: "done" | "spam";
}

/** It is done, until somebody writes again. */
export interface Closed {
  name: "closed";
  why?: "done" | "merged" | "rule" | "silence" | "spam";
}

/** The account's name, typed again, so that nobody closes the wrong one. */
export interface Closing {
  name: string;
}

/** What an authenticator app is set up by: as a URI for a QR code, and to type. Confirm with its first code. */
export interface CodesBegun {
  ticket: string;
  secret: string;
  uri: string;
}

/** The ticket, and the first code that the app shows. */
export interface CodesConfirmed {
  ticket: string;
  code: string;
}

/** One thing that must be so. Several values mean any of them. */
export interface Condition {
  field: "failed" | "follower" | "line" | "made_at" | "medium" | "mentioned" | "moved_at" | "owner" | "owner_kind" | "priority" | "snoozed_until" | "status" | "tag" | "team" | "unread" | "waiting" | "waiting_since";
  op: "after" | "before" | "has_all" | "is" | "is_not" | "newer_than_h" | "older_than_h";
  values: string[];
}

/** How things stand on one channel: with all messages there, or with offers alone. */
export interface ConsentNow {
  medium: Medium;
  purpose: Purpose;
  state: ConsentState;
  basis: Basis;
  at: string;
}

/** How things stand on each channel, and a page of how it came, the last written first. */
export interface ConsentPage {
  now: ConsentNow[];
  items: ConsentRecordShown[];
  next: string | null;
}

/** One line of the ledger: what was said, when, and how we know. */
export interface ConsentRecordShown {
  id: string;
  medium: Medium;
  purpose: Purpose;
  state: ConsentState;
  basis: Basis;
  at: string;
  recorded_at: string;
  by: string;
  evidence: string;
}

/** What somebody has said of being written to on a channel: of all messages there, or of offers alone. */
export interface ConsentShown {
  medium: Medium;
  purpose: Purpose;
  state: ConsentState;
  basis: Basis;
  at: string;
}

/** What somebody has said of being written to on a channel. */
export type ConsentState = "granted" | "none" | "revoked";

/** What somebody has said, or what may be concluded. Without a time it was now. With `marketing` it is about offers alone, and everything else stays as it is. */
export interface ConsentWanted {
  medium: Medium;
  state: ConsentState;
  basis: Basis;
  evidence?: string;
  at?: string | null;
  purpose?: Purpose;
}

/** What an entry says. `chosen` is the payload of the choice that it is; `reaction` an emoji that is put to the entry `reply_to`, or taken away from it when it is empty; `referral` the advertisement that they came by. `unsupported` names a kind of message that Parley cannot show; with `is_cut` it was longer than what is kept. */
export interface ContentShown {
  text: string;
  subject: string;
  media: MediaShown[];
  place: Place | null;
  choices: Choice[];
  chosen: string;
  cards: Card[];
  referral: Referral | null;
  reaction: string | null;
  template: TemplateUse | null;
  unsupported: string;
  is_cut: boolean;
  mail: MailShown | null;
}

/** How many conversations the views show to whoever asks; null where nobody counts: a saved view, or a view of which the permission reaches a part. `teams` has those of the caller's reach that have open ones. */
export interface Counts {
  mine: number;
  unassigned: number | null;
  all: number | null;
  unread: number;
  mentions: number;
  snoozed: number | null;
  closed: number | null;
  teams: Record<string, number>;
}

/** What would be done, and why not, where that can be known before: the code of the gate or of the error, or `hidden` where it would tell of a person whom whoever asks may not see. */
export interface DeedForeseen {
  do: string;
  refused: string | null;
}

/** How far a message of ours has come, and why not further, in words with what to do. */
export interface DeliveryShown {
  state: DeliveryState;
  steps: DeliveryStep[];
  failure: Failing | null;
  parts: DeliveryState[];
  moved_from_line_id?: string | null;
}

/** How far a message of ours has come. It only moves forward; docs/gate.md draws it. */
export type DeliveryState = "cancelled" | "delivered" | "failed" | "queued" | "read" | "sending" | "sent" | "unknown";

/** When it came so far. */
export interface DeliveryStep {
  state: DeliveryState;
  at: string;
}

/** How long letters wait, so that one tells of all that has come meanwhile. */
export type Digest = "day" | "hour" | "quarter_hour";

/** All of the account's. */
export interface DomainList {
  items: DomainShown[];
}

/** What proves the domain, as it is entered where the domain's names are kept. Leave it there. */
export interface DomainRecord {
  type: string;
  name: string;
  content: string;
}

/** A domain, the record that proves it, and since when it is proved. */
export interface DomainShown {
  id: string;
  domain: string;
  record: DomainRecord;
  made_at: string;
  proved_at: string | null;
}

/** A domain of the account's own. */
export interface DomainWanted {
  domain: string;
}

/** What was typed, and not sent yet; nothing, with `rev` 0, where there is no draft. */
export interface DraftShown {
  thread_id: string;
  rev: number;
  text: string;
  subject: string;
  is_note: boolean;
  cc: string[];
  bcc: string[];
  saved_at: string | null;
}

/** What was typed. `rev` is that of the draft as it was seen, 0 where there was none. In `cc` and `bcc` may stand what is no address yet. */
export interface DraftWanted {
  rev: number;
  text: string;
  subject?: string;
  is_note?: boolean;
  cc?: string[];
  bcc?: string[];
}

/** What a rule would have done in the conversations that moved last, of those that whoever asks may read. */
export interface DryRun {
  items: Tried[];
  matched: number;
}

/** One page, the latest first. A page may be short, where others settle or may not be seen. */
export interface DuplicatePage {
  items: DuplicateShown[];
  next: string | null;
}

/** Two people who may be one, and why. */
export interface DuplicateShown {
  id: string;
  people: PersonRow[];
  why: Alike;
  made_at: string;
}

/** Which ways in there are: whether anybody may make an account now, and whether a forgotten password can be mailed for. */
export interface Entrance {
  can_sign_up: boolean;
  mail_is_set_up: boolean;
}

/** What an entry of a log is. */
export type EntryKind = "event" | "message" | "note";

/** One entry of a conversation's log: a message, a note, or an event. `reply_to` is the entry that it answers, where that is known. */
export interface EntryShown {
  id: string;
  seq: number;
  kind: EntryKind;
  author: Author;
  said_at: string;
  stored_at: string;
  client_id: string;
  line_id: string | null;
  medium: Medium | null;
  direction: "in" | "out" | null;
  content: ContentShown | null;
  event: OwnerChanged | Closed | Reopened | Snoozed | Woken | PrioritySet | Tagged | Followed | Offered | OfferPassed | Merged | MergedInto | PersonMerged | LeadChanged | StageChanged | OptChanged | ClockBreached | SurveyAsked | SurveyAnswered | RuleRan | null;
  mentions: string[];
  delivery: DeliveryShown | null;
  seen_seq: number | null;
  reply_to: string | null;
  rev: number;
}

/** The event with what the provider has sent, as text, its first megabyte: for those who may read all conversations, null to others. */
export interface EventOpened {
  event: EventShown;
  raw: string | null;
}

/** Some events, the latest first; `next` is the cursor of the following page. */
export interface EventPage {
  items: EventShown[];
  next: string | null;
}

/** One event, and what has become of it. `is_due`: it will be tried again by itself. */
export interface EventShown {
  id: string;
  line_id: string;
  event_id: string;
  state: IntakeState;
  reason: string;
  elements: number;
  failed: TroubleShown[];
  unsupported: string[];
  repeats: number;
  at: string;
  is_due: boolean;
}

/** Who would get the conversation now, in the order in which they would. `because` is why routing last gave or offered it to whom it did. */
export interface ExplanationShown {
  thread_id: string;
  is_on: boolean;
  mode: RoutingMode;
  team_id: string | null;
  language: string | null;
  skills: string[];
  last_rep_id: string | null;
  waits_since: string | null;
  offered_to: string | null;
  offered_until: string | null;
  because: string | null;
  candidates: CandidateShown[];
}

/** For programs, or to be read. */
export interface ExportQuery {
  format?: "json" | "txt";
}

/** The provider's last no to something of ours, in words, and what to do about it. */
export interface FailedShown {
  at: string;
  code: string;
  words: string;
  advice: string;
}

/** Why it was not sent, as the catalogue of the line's channel has it in words. */
export interface Failing {
  code: string;
  words: string;
  advice: string;
  is_passing?: boolean;
}

/** The one shape of every failure. */
export interface Failure {
  error: FailureBody;
}

/** What went wrong: a code for programs, a sentence for people, and what belongs to it. */
export interface FailureBody {
  code: string;
  message: string;
  data: Record<string, unknown>;
}

/** Why a model has not done what it was asked for. */
export type Fault = "address" | "away" | "broken" | "busy" | "no_credit" | "too_large" | "unknown_model" | "unreadable" | "wrong_key";

/** How often, how long in the middle and for nine of ten, and how often later than was promised. */
export interface Figures {
  count: number;
  p50_s: number | null;
  p90_s: number | null;
  late: number;
}

/** A file that was. */
export interface FileGone {
  id: string;
  name: string;
  type: string;
  size: number;
}

/** What the file is called. What it is, is told by its content. */
export interface FileName {
  name?: string;
}

/** A file. Its type is what it is found to be, whatever it was called; `url` is good for a quarter of an hour. Of a picture that can be shown there is a small one at `preview_url`, and how large it is; of a sound that is or was to be written down there is its `transcript`. */
export interface FileShown {
  id: string;
  name: string;
  type: string;
  size: number;
  url: string;
  preview_url: string | null;
  width: number | null;
  height: number | null;
  transcript: TranscriptShown | null;
}

/** Where it is to be used. */
export interface FillQuery {
  thread_id: string;
}

/** The text, without blanks. */
export interface Filled {
  text: string;
}

/** What a view shows: three levels of groups at most. */
export interface Filter {
  match?: "and" | "or";
  conditions?: Condition[];
  groups?: Inner[];
}

/** The member hears of the conversation from now on. */
export interface Follow {
  do: "follow";
  member_id: string;
}

/** A member wants to hear of it, or no more. */
export interface Followed {
  name: "followed";
  member: string;
  is_following?: boolean;
}

/** Scripts say for which member they do it. */
export interface Following {
  member_id?: string | null;
}

/** Whose password was forgotten. */
export interface Forgotten {
  email: string;
}

/** What was found: messages the latest first. A page may be short, or empty, and have a next one all the same. */
export interface Found {
  people: PersonHit[];
  messages: MessageHit[];
  next: string | null;
}

/** One permission, and how far it reaches. */
export interface Grant {
  permission: Permission;
  scope?: Scope;
}

/** One permission, and how far it reaches. */
export interface GrantShown {
  permission: Permission;
  scope: Scope;
}

/** What the next one, an agent too, should know; nobody outside reads it. */
export interface HandBack {
  word?: string;
}

/** What stands above the words. */
export type HeaderKind = "" | "document" | "image" | "place" | "text" | "video";

/** One line of a mail's head. */
export interface HeaderShown {
  name: string;
  value: string;
}

/** When something came and went last, and what is wrong with the line. */
export interface HealthShown {
  heard_at: string | null;
  sent_at: string | null;
  refused: RefusedShown | null;
  failed: FailedShown | null;
}

/** A date that is not like others of its weekday: closed, or open for these spans only. */
export interface Holiday {
  date: string;
  name: string;
  spans?: Span[];
}

/** When somebody is there: a zone by its IANA name, the usual week, and what departs from it. */
export interface Hours {
  zone: string;
  week: Week;
  holidays?: Holiday[];
}

/** From when until when somebody is there; null takes the hours away. */
export interface HoursWanted {
  hours: Hours | null;
}

/** By what somebody is known. None of them is ever certain to be there. */
export type IdentityKind = "custom" | "email" | "lead_ad" | "phone" | "visitor" | "whatsapp";

/** By what somebody is known. */
export interface IdentityShown {
  id: string;
  kind: IdentityKind;
  value: string;
  is_verified: boolean;
  line_id: string | null;
  seen_at: string | null;
}

/** By what somebody is known. */
export interface IdentityWanted {
  kind: IdentityKind;
  value: string;
}

/** The same, with groups of conditions among them. */
export interface Inner {
  match?: "and" | "or";
  conditions?: Condition[];
  groups?: Innermost[];
}

/** Conditions that must all be so, or of which one must. */
export interface Innermost {
  match?: "and" | "or";
  conditions?: Condition[];
}

/** Which page of which events: those of one line, or in one state, or all. */
export interface IntakeQuery {
  line?: string;
  state?: IntakeState | null;
  cursor?: string;
  limit?: number;
}

/** What has become of an event. It says what is worst of its elements. */
export type IntakeState = "blocked" | "done" | "failed" | "unsupported" | "waiting";

/** How much somebody wants it. */
export type Intent = "cold" | "hot" | "warm";

/** All that were not accepted yet. */
export interface InvitationList {
  items: InvitationShown[];
}

/** What the link leads to. `needs` is what accepting it takes: a new password, or signing in. */
export interface InvitationLook {
  account: string;
  email: string;
  role: string;
  expires_at: string;
  needs: string;
}

/** An invitation that was not accepted yet. */
export interface InvitationShown {
  id: string;
  email: string;
  role: string;
  teams: string[];
  by: string;
  was_mailed: boolean;
  made_at: string;
  expires_at: string;
}

/** What stands in the link behind the #. */
export interface InvitationToken {
  token: string;
}

/** Whom to invite as what. */
export interface Invite {
  email: string;
  role: string;
  teams?: string[];
  lasts_days?: number;
}

/** The invitation, and its link when no mail could be sent: hand it on yourself, it is shown once. */
export interface Invited {
  invitation: InvitationShown;
  link: string | null;
}

/** All keys of the account. */
export interface KeyList {
  items: KeyShown[];
}

/** A new key with its secret, which is shown this once. */
export interface KeyMade {
  key: KeyShown;
  secret: string;
}

/** An API key, without its secret. */
export interface KeyShown {
  id: string;
  name: string;
  grants: GrantShown[];
  made_at: string;
  by: string;
  expires_at: string | null;
  used_at: string | null;
  successor: string | null;
  is_ended: boolean;
}

/** A key for a script: what it is for, what it may do, how long it is good. */
export interface KeyWanted {
  name: string;
  grants: Grant[];
  lasts_days?: number | null;
}

/** One kind of work: how much waits, how much was given up. Counted up to a thousand. */
export interface KindReport {
  kind: string;
  overdue: number;
  buried: number;
}

/** How one kind is told. Without any way it is not told at all. */
export interface KindWays {
  kind: NoticeKind;
  ways: NoticeWay[];
}

/** Some of them, whatever is late longest first; `next` is the cursor of the following page. */
export interface LatePage {
  items: LateShown[];
  next: string | null;
}

/** Which: those that were warned of, or that are late; both, without. */
export interface LateQuery {
  state?: "breached" | "warned" | null;
  cursor?: string;
  limit?: number;
}

/** A conversation of which a clock is, or soon will be, late. */
export interface LateShown {
  thread_id: string;
  state: "breached" | "warned";
  late_at: string;
  clocks: ClockShown[];
}

/** What is to be otherwise; what is left out stays, and null is nothing. */
export interface LeadChange {
  status?: LeadStatus;
  intent?: Intent | null;
  score?: number | null;
  source?: string;
  assignee_id?: string | null;
  quote?: string;
}

/** What is known of the person as a lead is otherwise now: the fields that changed, as plain text. */
export interface LeadChanged {
  name: "lead_changed";
  changed: Record<string, string>;
}

/** What is known of somebody as a lead. */
export interface LeadShown {
  status: LeadStatus;
  intent: Intent | null;
  score: number | null;
  source: string;
  assignee_id: string | null;
}

/** Where a lead stands in the sale. */
export type LeadStatus = "contacted" | "lost" | "meeting_scheduled" | "new" | "proposal_sent" | "qualified" | "won";

/** How mails look. */
export interface LetterheadShown {
  from_name: string;
  footer: string;
  accent: string;
  has_signatures: boolean;
  is_html: boolean;
}

/** How mails are to look. `from_name` is how a member is called as the sender, with `{member}` and `{account}` in the place of those names; everybody else is called as the account is. `accent` is the colour of links, as in `#7d2f65`. Without `is_html` mails are plain text. */
export interface LetterheadWanted {
  from_name?: string;
  footer?: string;
  accent?: string;
  has_signatures?: boolean;
  is_html?: boolean;
}

/** What is to be otherwise; what is left out stays, among the values too. Another address is another line. */
export interface LineChange {
  name?: string | null;
  values?: Record<string, string> | null;
  answered_by?: "agent" | "nobody" | null;
  per_second?: number | null;
  shows_read?: boolean | null;
}

/** What a line needs, in the order in which one sees to it. It is well when nothing is missing. */
export interface LineChecked {
  is_well: boolean;
  items: CheckStep[];
}

/** All of the account's. */
export interface LineList {
  items: LineShown[];
}

/** A line. Of a secret it is only told whether there is one. The webhook URL is what the provider must know, and the mail webhook URL is that for mails that come in, where it has another for them: in braces stands the name of the secret that belongs there. By the mail address a mail server can hand in what is for the line; it is empty where nothing is taken that way. */
export interface LineShown {
  id: string;
  provider: string;
  medium: Medium;
  name: string;
  address: string;
  webhook_url: string;
  mail_webhook_url: string;
  mail_address: string;
  values: Record<string, string>;
  has_secrets: Record<string, boolean>;
  team_id: string | null;
  answered_by: string;
  per_second: number;
  is_paused: boolean;
  shows_read: boolean;
  made_at: string;
  health: HealthShown;
  second_line_id: string | null;
  wrong: LineWrong[];
  down_since: string | null;
}

/** The team that is asked first about what comes in; none, without one. */
export interface LineTeam {
  team_id: string | null;
}

/** Whom a test message goes to: a phone number with its country code, or an e-mail address. */
export interface LineTestWanted {
  to: string;
}

/** A number, mailbox or site, and what its provider needs; `GET /api/v1/channels` says what that is. */
export interface LineWanted {
  provider: string;
  name: string;
  address: string;
  values?: Record<string, string>;
  team_id?: string | null;
  answered_by?: "agent" | "nobody";
  per_second?: number;
}

/** Something that was wrong with the line when it was looked at last, and what to do about it. */
export interface LineWrong {
  about: string;
  words: string;
  advice: string;
}

/** A part of a log in the order of `seq`, without gaps. `reading_order` has the same places in the order in which the two sides have said it: a provider may tell us late of what was said before. `seq` and `rev` are the thread's: a screen that has a lower one has missed something. */
export interface LogPage {
  items: EntryShown[];
  reading_order: number[];
  seq: number;
  rev: number;
  has_more: boolean;
}

/** Which part of the log: behind a place, or in front of one; without either, its end. */
export interface LogQuery {
  after?: number | null;
  before?: number | null;
  limit?: number;
}

/** The picture that stands above the words of mails, as an address that is the picture itself, and as large as it is seen there; null where there is none. */
export interface LogoShown {
  url: string | null;
  width: number;
  height: number;
}

/** The picture that is to stand above the words of mails: a file that was uploaded. */
export interface LogoWanted {
  file_id: string;
}

/** How a mail of whoever asks looks: its sender's name, as text, and as HTML, which is empty where mails are plain text. */
export interface MailPreview {
  sender_name: string;
  text: string;
  html: string;
}

/** What a mail has beside its words. `proof` is what a trusted server says of its sender: `fail` is most likely forged. With `is_shortened` it quotes earlier mails that the text leaves out; the whole of it, as it came, is shown by the endpoint for originals where `has_original`. */
export interface MailShown {
  sender: PartyShown | null;
  to: PartyShown[];
  cc: PartyShown[];
  bcc: PartyShown[];
  is_shortened: boolean;
  is_automatic: boolean;
  proof: "" | "fail" | "pass";
  has_original: boolean;
}

/** How far the member has read, and whether there is more. */
export interface MarkShown {
  id: string;
  seq: number;
  rev: number;
  read_seq: number;
  is_unread: boolean;
  is_following: boolean;
}

/** Whoever asks, as member of the account. */
export interface Me {
  member_id: string;
  account_id: string;
  name: string;
  email: string;
  role: string;
  teams: string[];
  permissions: Record<string, Scope>;
  needs_second_factor: boolean;
  has_codes: boolean;
  recovery_codes_left: number;
  passkeys: number;
}

/** A file of a message. In: where the provider keeps it. Out: where the provider may fetch it, or its bytes. */
export interface Media {
  type: string;
  name?: string;
  url?: string;
  provider_id?: string;
  size?: number | null;
  file?: string;
  content?: string;
}

/** Why there is no file, and will be none. */
export interface MediaMissing {
  code: Missing;
  words: string;
}

/** A file of a message. Once it is `kept`, its type and size are what it is found to be, and `url` is good for some minutes; before that they are what its sender says. A picture that can be shown has a small one at `preview_url`, and is so wide and high; a sound that is or was to be written down has its `transcript`. */
export interface MediaShown {
  type: string;
  name: string;
  size: number | null;
  file_id: string | null;
  url: string | null;
  preview_url: string | null;
  width: number | null;
  height: number | null;
  transcript: TranscriptShown | null;
  state: MediaState;
  reason: MediaMissing | null;
}

/** Whether the hub has a file: it fetches from the provider what people send. */
export type MediaState = "failed" | "fetching" | "kept";

/** What people call a channel: over which of these a conversation goes. */
export type Medium = "chat" | "email" | "sms" | "whatsapp";

/** What is to be otherwise; what is left out stays. */
export interface MemberChange {
  role?: string | null;
  teams?: string[] | null;
  name?: string | null;
}

/** What one member has done. */
export interface MemberFigures {
  member_id: string;
  first_answers: Figures;
  next_answers: Figures;
  resolutions: Figures;
}

/** When a member is there: `hours` are the own ones; without them those of the teams count. `opens_at` is null while the member is there, and when that is not to be within 400 days. */
export interface MemberHours {
  hours: Hours | null;
  is_open: boolean;
  opens_at: string | null;
}

/** All members that the caller may see. */
export interface MemberList {
  items: MemberShown[];
}

/** What routing goes by, of a member. `load`: how many open conversations are the member's or on the way there, counted a little further than the capacity at most. */
export interface MemberRoutingShown {
  member_id: string;
  capacity: number;
  languages: string[];
  skills: string[];
  line_ids: string[];
  is_away: boolean;
  is_there: boolean;
  load: number;
}

/** How many open conversations routing gives the member at most, and which. Without lines: those of all. */
export interface MemberRoutingWanted {
  capacity?: number;
  languages?: string[];
  skills?: string[];
  line_ids?: string[];
}

/** What people said whose conversations this member has closed. */
export interface MemberScores {
  member_id: string;
  asked: number;
  answered: number;
  average: number | null;
}

/** Somebody who works for the account. */
export interface MemberShown {
  id: string;
  name: string;
  email: string;
  role: string;
  teams: string[];
  is_disabled: boolean;
  made_at: string;
}

/** Some of them, the last first. A page may be short, where others may not be seen; `next` is null at the end. */
export interface MergePage {
  items: MergeShown[];
  next: string | null;
}

/** Which page. */
export interface MergeQuery {
  cursor?: string;
  limit?: number;
}

/** Two people who became one; or, with `undone_at`, two again. The names are those that they had. */
export interface MergeShown {
  id: string;
  person_id: string;
  name: string;
  other_id: string;
  other_name: string;
  at: string;
  by: string;
  undone_at: string | null;
  undone_by: string;
}

/** Who is the same person. */
export interface MergeWanted {
  other_id: string;
}

/** Another thread goes on in this one; or, `is_undone`, goes its own way again. */
export interface Merged {
  name: "merged";
  thread: string;
  is_undone?: boolean;
}

/** This thread goes on in another one; or, `is_undone`, by itself again. */
export interface MergedInto {
  name: "merged_into";
  thread: string;
  is_undone?: boolean;
}

/** The message as it is now. */
export interface MessageChanged {
  message: EntryShown;
  rev: number;
}

/** A message or note that was found. `marks` are the places of the hits in the snippet: of the first letter, and of the one behind the last. */
export interface MessageHit {
  entry_id: string;
  thread_id: string;
  seq: number;
  person: PersonNamed;
  author: Author;
  is_note: boolean;
  at: string;
  snippet: string;
  marks: ([number, number])[];
}

/** The message as it stands in the log, or what is to be said later. `missed`: what others have written that the sender had not seen by `seen_seq`. `seq` and `rev` are the conversation's. */
export interface MessageSaid {
  message: EntryShown | null;
  scheduled: ScheduledShown | null;
  missed: EntryShown[];
  warnings: string[];
  seq: number;
  rev: number;
}

/** What is to be otherwise; what is left out stays, among the blanks too. Of what the provider has approved only `blanks`: they are for Parley alone. */
export interface MessageTemplateChange {
  category?: "authentication" | "marketing" | "utility" | null;
  body?: string | null;
  header_kind?: HeaderKind | null;
  header?: string | null;
  header_media?: string | null;
  header_file_id?: string | null;
  footer?: string | null;
  buttons?: ButtonWanted[] | null;
  blanks?: BlankWanted[] | null;
}

/** Templates, the youngest first. */
export interface MessageTemplatePage {
  items: MessageTemplateShown[];
  next: string | null;
}

/** Which of them: of one line, of one name, in one state. Deleted ones only where they are asked for. */
export interface MessageTemplateQuery {
  cursor?: string;
  limit?: number;
  line_id?: string | null;
  name?: string;
  state?: State | null;
}

/** A template of a line, in one language. `reason` is why it is not approved, in the provider's words. */
export interface MessageTemplateShown {
  id: string;
  line_id: string;
  name: string;
  language: string;
  category: string;
  state: State;
  quality: string;
  reason: string;
  body: string;
  header_kind: HeaderKind;
  header: string;
  header_media: string;
  footer: string;
  buttons: TemplateButton[];
  blanks: BlankShown[];
  made_at: string;
  changed_at: string;
}

/** A template, to be handed in later. `header_file_id` is a file that was kept by `POST /api/v1/files`: an example of the one above the words, which the provider gets at once. `header_media` is what the provider calls an example that it has already. */
export interface MessageTemplateWanted {
  line_id: string;
  name: string;
  language: string;
  category: "authentication" | "marketing" | "utility";
  body: string;
  header_kind?: HeaderKind;
  header?: string;
  header_media?: string;
  header_file_id?: string | null;
  footer?: string;
  buttons?: ButtonWanted[];
  blanks?: BlankWanted[];
}

/** What to say. `client_id` is the sender's own: a repeat of it says nothing again. Without `line_id` it goes where the person wrote last. A note is for colleagues only; `mention_ids` has effect in notes. With `send_at` it is said then, and with `unless_answered` not at all if they write before. `choices`, `place` and `cards` stand in the text where the channel has no other way for them. `reply_to` is the entry that it answers; a `reaction` is put to that one, goes alone, and takes the one before away when it is empty. The addresses of `cc` and `bcc` get a copy of what goes by e-mail. */
export interface MessageWanted {
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
}

/** Whether the model did something small, and if not, why. */
export interface MindChecked {
  is_well: boolean;
  words: string;
}

/** The models of the account. */
export interface MindList {
  items: MindShown[];
}

/** A model, without its key. */
export interface MindShown {
  use: MindUse;
  url: string;
  model: string;
  has_key: boolean;
  per_day: number;
  changed_at: string;
  wrong: MindWrong | null;
}

/** What a model is for. */
export type MindUse = "transcription";

/** A model, at any endpoint that speaks OpenAI's protocol; `url` ends in front of `/audio/transcriptions`. Without a `model` it is the usual one of its use. Without a `key` the one that was entered before stays, as long as the `url` does; an empty one is none. It is asked `per_day` times a day at most, whoever writes. */
export interface MindWanted {
  url?: string;
  model?: string;
  key?: string | null;
  per_day?: number;
}

/** What was wrong when the model was asked last, and since when it has been. */
export interface MindWrong {
  code: Fault;
  words: string;
  since: string;
}

/** Why there is no file. */
export type Missing = "given_up" | "gone" | "refused" | "too_large" | "unreachable";

/** Whether members may sign in by the provider, or must. */
export type Mode = "off" | "offered" | "required";

/** How one is called here. */
export interface MyChange {
  name: string;
}

/** A passkey that was just made: `toJSON()` of what `navigator.credentials.create` gives. */
export interface NewCredential {
  id: string;
  rawId: string;
  type: "public-key";
  response: NewCredentialResponse;
}

/** What the device has answered to the options for a new passkey. */
export interface NewCredentialResponse {
  clientDataJSON: string;
  attestationObject: string;
  transports?: string[];
}

/** The ticket, what to call the passkey, and what the browser has given. */
export interface NewPasskey {
  ticket: string;
  name: string;
  credential: NewCredential;
}

/** One page, the latest first. */
export interface NotePage {
  items: NoteShown[];
  next: string | null;
}

/** A note on somebody. */
export interface NoteShown {
  id: string;
  person_id: string;
  by: string;
  text: string;
  made_at: string;
}

/** Something for colleagues only. */
export interface NoteWanted {
  text: string;
}

/** How many are unread, counted as far as `most`, and how many of each kind that there is. */
export interface NoticeCounts {
  unread: number;
  most: number;
  kinds: Record<string, number>;
}

/** What has happened. Each is explained in docs/notifications.md. */
export type NoticeKind = "assigned" | "clock" | "failed" | "handed_back" | "mentioned" | "message" | "offered" | "survey" | "waiting";

/** A page of notices. It may show fewer than were asked for, where some are of conversations that cannot be seen any more; as long as there is a `next`, there are more. */
export interface NoticePage {
  items: NoticeShown[];
  next: string | null;
}

/** How a member is told. `has_mail`: this installation can send letters. */
export interface NoticePreferencesShown {
  kinds: KindWays[];
  quiet: Quiet | null;
  zone: string | null;
  digest: Digest;
  number: OwnNumberShown | null;
  has_mail: boolean;
}

/** How to be told. Kinds that are not named are told as usual. In the quiet hours, by the clock of `zone` or else of the account, nothing but the screens tells anything; what has come meanwhile is told when they end. */
export interface NoticePreferencesWanted {
  kinds?: KindWays[];
  quiet?: Quiet | null;
  zone?: string | null;
  digest?: Digest;
}

/** Something to know of. `last` is the entry that it tells of, as a list shows it; `count`: how many there are. */
export interface NoticeShown {
  id: string;
  kind: NoticeKind;
  thread_id: string;
  person: PersonNamed;
  count: number;
  first_entry_id: string;
  last: Preview | null;
  at: string;
  is_read: boolean;
  rev: number;
}

/** How a member is told. */
export type NoticeWay = "in_app" | "mail" | "phone" | "push";

/** Which page of the notices, the latest first. */
export interface NoticesQuery {
  cursor?: string;
  limit?: number;
  unread?: boolean;
}

/** What was read: these, all of a conversation, or, with neither, all there are. */
export interface NoticesReadWanted {
  ids?: string[];
  thread_id?: string | null;
}

/** Over which lines notifications may go to members' own phones, and into which countries; without any, into the account's own. */
export interface NotificationPolicyShown {
  phone_line_ids: string[];
  phone_countries: string[];
}

/** Over which lines, of SMS or WhatsApp, notifications may go to members' own phones: over none, where none is named. And into which countries, by two letters: the account's own, where none is named. */
export interface NotificationPolicyWanted {
  phone_line_ids?: string[];
  phone_countries?: string[];
}

/** Scripts say for which member they answer. */
export interface OfferAnswer {
  member_id?: string | null;
}

/** The member has not taken it in time, or has said no. */
export interface OfferPassed {
  name: "offer_passed";
  member: string;
  why: "declined" | "gone" | "time";
}

/** Routing has asked a member to take it, for so long. */
export interface Offered {
  name: "offered";
  member: string;
  until: string;
  because?: string;
}

/** The person has asked us to write no more on a channel, or to write again; or so of what advertises alone. */
export interface OptChanged {
  name: "opt_changed";
  medium: Medium;
  is_in: boolean;
  purpose?: Purpose;
}

/** The account's own words, and those that are always heard, as they are compared: without accents, capitals, spaces and signs. */
export interface OptWordsShown {
  items: WordsShown[];
  known: WordsShown[];
}

/** All words of an account's own. */
export interface OptWordsWanted {
  items: WordsWanted[];
}

/** Rules by id: these first, in this order; the others stay behind them, in theirs. */
export interface OrderWanted {
  rule_ids: string[];
}

/** `images` shows pictures that the mail does not bring along. Parley fetches them, so that their sender learns nothing of who looks, but may learn that the mail was opened. */
export interface OriginalQuery {
  images?: boolean;
}

/** A mail as it came. `text` has all that is written, quotes and signature included. `html` is a whole document for `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc>`; null, where the mail has none. Without `is_readable` nobody can make sense of it, and `text` is what the conversation has. With `is_cut` there is more than is shown. `raw_url`, good for a quarter of an hour, has all of it that was kept, to be saved: without `is_whole` that is the beginning alone, for the mail was too large. */
export interface OriginalShown {
  id: string;
  headers: HeaderShown[];
  text: string;
  html: string | null;
  files: MediaShown[];
  has_remote_images: boolean;
  is_readable: boolean;
  is_cut: boolean;
  is_whole: boolean;
  raw_url: string;
}

/** The code that has come to the phone. */
export interface OwnNumberProof {
  code: string;
}

/** A member's own phone. `failure` says why the last text to it has not left, and `advice` what to do. */
export interface OwnNumberShown {
  number: string;
  line_id: string;
  is_verified: boolean;
  failure: string | null;
  advice: string | null;
  failed_at: string | null;
}

/** A phone of one's own, and the line of the account that writes to it. */
export interface OwnNumberWanted {
  number: string;
  line_id: string;
}

/** Who it is. */
export interface Owner {
  kind?: OwnerKind;
  id?: string;
}

/** Somebody else speaks for the account now, or another team is asked; every such change raises the epoch. A word to the next one is the entry's text. */
export interface OwnerChanged {
  name: "owner_changed";
  owner: Owner;
  why: "assigned" | "handed_back" | "left" | "merged" | "released" | "replied" | "routed" | "rule" | "silence" | "took_over";
  team?: string | null;
  because?: string;
}

/** Who may speak for the account now. */
export type OwnerKind = "agent" | "member" | "nobody";

/** Which page. */
export interface Page {
  cursor?: string;
  limit?: number;
}

/** Which page of a list. */
export interface PageQuery {
  cursor?: string;
  limit?: number;
}

/** One thing that the hub stands on. */
export interface Part {
  name: string;
  state: PartState;
  detail: string;
}

/** How one part does. `degraded`: it is away, and the hub goes on without it. */
export type PartState = "degraded" | "down" | "ok";

/** Somebody whom a mail names. */
export interface PartyShown {
  address: string;
  name: string;
}

/** What the browser is asked: `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` reads the options. It answers only on a page that is open at `origin`. The ticket is good once, for five minutes. */
export interface PasskeyBegun {
  ticket: string;
  origin: string;
  options: Record<string, unknown>;
}

/** What to call it. */
export interface PasskeyChange {
  name: string;
}

/** All passkeys of the login. */
export interface PasskeyList {
  items: PasskeyShown[];
}

/** A passkey. One that `is_backed_up` is on all devices of its owner; one that `is_locked` opens nothing any more, because its device has counted backwards. */
export interface PasskeyShown {
  id: string;
  name: string;
  transports: string[];
  is_backed_up: boolean;
  is_locked: boolean;
  made_at: string;
  used_at: string | null;
}

/** The ticket, and what the browser has given; `account_id` says where to, when there are several. */
export interface PasskeySignIn {
  ticket: string;
  credential: ShownCredential;
  account_id?: string | null;
}

/** The present password, where the login has one. */
export interface PasskeyWanted {
  password?: string | null;
}

/** The present password, because what is asked for matters. */
export interface PasswordAgain {
  password: string;
}

/** The present password and the new one. */
export interface PasswordChange {
  current: string;
  new: string;
}

/** Which people. `assignee` is a member's id. */
export interface PeopleQuery {
  cursor?: string;
  limit?: number;
  stage?: Stage | null;
  status?: LeadStatus | null;
  tag?: string;
  assignee?: string;
}

/** Everything that can be allowed or not. Each is explained in docs/api.md. */
export type Permission = "account.manage" | "account.own" | "account.view" | "accounts.manage" | "accounts.view" | "agents.manage" | "analytics.view" | "audit.view" | "billing.manage" | "campaigns.manage" | "integrations.manage" | "keys.manage" | "lines.manage" | "magnets.write" | "me" | "me.membership" | "members.manage" | "members.view" | "metrics.view" | "people.edit" | "people.erase" | "people.export" | "people.view" | "public" | "roles.manage" | "teams.manage" | "templates.manage" | "threads.assign" | "threads.follow" | "threads.reply" | "threads.view" | "visit" | "work.manage" | "work.view";

/** Everything that roles and keys can be made of. */
export interface PermissionList {
  items: PermissionShown[];
}

/** Something that a role can allow. Without scopes it reaches the whole account. */
export interface PermissionShown {
  permission: Permission;
  about: string;
  has_scopes: boolean;
}

/** What is to be otherwise; what is left out stays. An attribute that is null goes; an empty zone or locale is guessed again. `quote` is what was said, in whose words it was. */
export interface PersonChange {
  name?: string | null;
  attributes?: Record<string, string | number | number | boolean | null>;
  zone?: string | null;
  locale?: string | null;
  quote?: string;
}

/** Somebody who was found. */
export interface PersonHit {
  id: string;
  name: string;
}

/** The person of the thread was found to be somebody we know already, or, `is_undone`, not to be. */
export interface PersonMerged {
  name: "person_merged";
  person: string;
  other: string;
  is_undone?: boolean;
}

/** Whom a conversation is with. */
export interface PersonNamed {
  id: string;
  name: string;
}

/** One page, whoever changed last first. */
export interface PersonPage {
  items: PersonRow[];
  next: string | null;
}

/** Somebody, as a list shows them. `label` is the name, or else the number or address that they are known by. */
export interface PersonRow {
  id: string;
  name: string;
  label: string;
  stage: Stage;
  lead: LeadShown;
  identities: IdentityShown[];
  tags: string[];
  is_blocked: boolean;
  made_at: string;
  updated_at: string;
}

/** Somebody, with all that is known of them. */
export interface PersonShown {
  id: string;
  name: string;
  label: string;
  stage: Stage;
  lead: LeadShown;
  identities: IdentityShown[];
  tags: string[];
  is_blocked: boolean;
  made_at: string;
  updated_at: string;
  attributes: Record<string, string | number | number | boolean>;
  steps: StepShown[];
  consent: ConsentShown[];
  provenance: ProvenanceShown[];
  zone: string | null;
  is_zone_inferred: boolean;
  locale: string | null;
  is_locale_inferred: boolean;
  blocked_at: string | null;
  rev: number;
}

/** Somebody to be made. Nobody is known by what somebody else is known by. */
export interface PersonWanted {
  name?: string;
  identities?: IdentityWanted[];
  stage?: Stage;
  tags?: string[];
  attributes?: Record<string, string | number | number | boolean | null>;
  zone?: string;
  locale?: string;
  source?: string;
  assignee_id?: string | null;
}

/** Somewhere on earth. */
export interface Place {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

/** Somewhere on earth. */
export interface PlaceWanted {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
}

/** After how many minutes without an answer a member loses a conversation; null: never. */
export interface PolicyShown {
  release_after_minutes: number | null;
}

/** After how many minutes without an answer a member loses a conversation; null: never. */
export interface PolicyWanted {
  release_after_minutes: number | null;
}

/** Whether members see what a visitor types before it is sent. */
export interface PresencePolicyShown {
  shows_previews: boolean;
}

/** Whether members see what a visitor types before it is sent. */
export interface PresencePolicyWanted {
  shows_previews: boolean;
}

/** The last message of a conversation, as much of it as a list shows. */
export interface Preview {
  entry_id: string;
  text: string;
  says: "card" | "choice" | "media" | "nothing" | "place" | "reaction" | "template" | "text" | "unsupported";
  author: Author;
  direction: "in" | "out" | null;
  at: string;
  delivery: DeliveryState | null;
}

/** A mail to look at before it is sent; with another letterhead or signature, as it would look with those. */
export interface PreviewWanted {
  text: string;
  letterhead?: LetterheadWanted | null;
  signature?: string | null;
}

/** How urgent a thread is. */
export type Priority = "high" | "low" | "normal" | "urgent";

/** More urgent, or less. */
export interface PrioritySet {
  name: "priority_set";
  priority: Priority;
}

/** How urgent it is. */
export interface PriorityWanted {
  priority: Priority;
}

/** Within how many minutes, for which conversations. */
export interface PromiseShown {
  team_id: string | null;
  line_id: string | null;
  priority: Priority | null;
  first_answer_minutes: number | null;
  next_answer_minutes: number | null;
  resolution_minutes: number | null;
}

/** Within how many minutes, for conversations of this team, line and priority; for all, where none is named. Nothing is promised of a clock without minutes. */
export interface PromiseWanted {
  team_id?: string | null;
  line_id?: string | null;
  priority?: Priority | null;
  first_answer_minutes?: number | null;
  next_answer_minutes?: number | null;
  resolution_minutes?: number | null;
}

/** What somebody has shown when signing in. */
export type Proof = "code" | "passkey" | "password" | "recovery_code" | "sso";

/** Who said a field, when, and in which words. */
export interface ProvenanceShown {
  field: string;
  by: string;
  at: string;
  quote: string;
}

/** What has become of what a provider was asked. `taken`: it has done it, and of a message this is what it calls it. `refused`: it was not done, and `words` and `advice` say why. `unreachable`: surely nothing was done. `unsure`: the answer was lost, and it may have been. */
export interface ProviderSaid {
  outcome: "refused" | "taken" | "unreachable" | "unsure";
  words: string;
  advice: string;
  provider_id: string | null;
}

/** What somebody says yes or no to: all messages on a medium, or those alone that advertise. */
export type Purpose = "all" | "marketing";

/** The installation's public key, in base64url: what a browser takes as `applicationServerKey`. */
export interface PushKey {
  key: string;
}

/** The browser's own keys, in base64url, as its PushSubscription has them. */
export interface PushKeys {
  p256dh: string;
  auth: string;
}

/** All browsers of the member that are pushed to. */
export interface PushSubscriptionList {
  items: PushSubscriptionShown[];
}

/** A browser that is pushed to. `is_this`: the session that asks has subscribed it. */
export interface PushSubscriptionShown {
  id: string;
  name: string;
  is_this: boolean;
  made_at: string;
}

/** A browser's PushSubscription, and what its owner calls the browser. */
export interface PushSubscriptionWanted {
  endpoint: string;
  keys: PushKeys;
  name: string;
}

/** From when until when by the person's clock nobody is written to by a machine, over midnight where it ends before it begins. */
export interface Quiet {
  begins: string;
  ends: string;
}

/** Up to which entry; to the end, without one. Scripts say for which member they do it. */
export interface Read {
  seq?: number | null;
  member_id?: string | null;
}

/** The whole and its parts. */
export interface Readiness {
  state: ReadyState;
  version: string;
  parts: Part[];
}

/** How the whole does. Only `down` means: send nobody here. */
export type ReadyState = "degraded" | "down" | "ready";

/** Why nothing goes to an address any more, the reasons that outweigh others last. */
export type Reason = "blocked" | "complaint" | "hard_bounce" | "manual" | "opt_out";

/** When the counters are next compared with what they count. */
export interface RecountShown {
  due_at: string;
}

/** Ten codes for when the app is lost, each good once. They are shown this once. */
export interface RecoveryCodes {
  codes: string[];
}

/** The advertisement or post from which they began to write. `click` is what the platform counts them by. */
export interface Referral {
  url?: string;
  kind?: string;
  id?: string;
  headline?: string;
  body?: string;
  click?: string;
}

/** A new access token, for this account or for the one before. */
export interface Refresh {
  account_id?: string | null;
}

/** Events that were refused since the last good one: their signature, or all of them as too large. */
export interface RefusedShown {
  count: number;
  since: string;
  last_at: string;
  why: string;
}

/** It goes on: by hand, or because the person wrote. */
export interface Reopened {
  name: "reopened";
  why?: "by_hand" | "merge_undone" | "message" | "rule";
}

/** The account's, the latest first. */
export interface ReplayList {
  items: ReplayShown[];
}

/** How far a replay has come. */
export interface ReplayShown {
  id: string;
  line_id: string;
  since: string;
  until: string;
  state: "done" | "given_up" | "running";
  total: number;
  done: number;
  failed: number;
  made_at: string;
}

/** Everything that came on the line from `since` on and before `until`. */
export interface ReplayWanted {
  line_id: string;
  since: string;
  until: string;
}

/** From when until when, 400 days at most; the last 30 days, without. Of which team, and of which member. */
export interface ReportQuery {
  from?: string | null;
  to?: string | null;
  team_id?: string | null;
  member_id?: string | null;
}

/** What stands in the link behind the #, and the new password. */
export interface Reset {
  token: string;
  password: string;
}

/** It is due again. */
export interface Revived {
  id: string;
  due_at: string;
}

/** What is to be otherwise; what is left out stays. */
export interface RoleChange {
  name?: string | null;
  grants?: Grant[] | null;
}

/** The four that come with every account, then its own. */
export interface RoleList {
  items: RoleShown[];
}

/** What a member of this role may do, and how far each permission reaches. The four that come with every account do not change. */
export interface RoleShown {
  id: string;
  name: string;
  is_built_in: boolean;
  grants: GrantShown[];
  made_at: string | null;
}

/** A role that an account makes itself. */
export interface RoleWanted {
  name: string;
  grants: Grant[];
}

/** How long the old key stays good beside its successor. */
export interface Rotation {
  overlap_hours?: number;
}

/** From when there was something to do until it was done. */
export interface RoundShown {
  opened_at: string;
  closed_at: string | null;
  asked_at: string | null;
  first_answer_at: string | null;
  first_human_answer_at: string | null;
  spent: SpentShown;
}

/** Whether members are asked. */
export type RoutingMode = "assign" | "offer";

/** How conversations find somebody. Of a team without a policy of its own (`is_own`), that of the account. */
export interface RoutingShown {
  is_on: boolean;
  mode: RoutingMode;
  offer_seconds: number;
  ways: Way[];
  language: Wish;
  skills: Wish;
  default_team_id: string | null;
  is_own: boolean;
}

/** How conversations find somebody, where their team says nothing of its own. The default team is asked where neither conversation nor line name one; without one, everybody is. */
export interface RoutingWanted {
  is_on: boolean;
  mode?: RoutingMode;
  offer_seconds?: number;
  ways?: Way[];
  language?: Wish;
  skills?: Wish;
  default_team_id?: string | null;
}

/** What is to be otherwise; what is left out stays. Switching it on forgets why it was switched off. */
export interface RuleChange {
  name?: string | null;
  when?: When | null;
  if?: RuleFilter | null;
  then?: (Assign | SetPriority | Tag | Close | Snooze | Send | SendCanned | AddNote | SetLead | SetStage | TagPerson | Follow)[] | null;
  is_on?: boolean | null;
  stop_here?: boolean | null;
}

/** One thing that must be so. With `is` and `in` any of the values will do. */
export interface RuleCondition {
  field: string;
  op: "contains" | "contains_any" | "exists" | "gt" | "has_words" | "in" | "is" | "is_not" | "lt";
  values: string[];
}

/** What must be so: three levels of groups at most. Without conditions it always is. */
export interface RuleFilter {
  match?: "and" | "or";
  conditions?: RuleCondition[];
  groups?: RuleInner[];
}

/** The same, with groups of conditions among them. */
export interface RuleInner {
  match?: "and" | "or";
  conditions?: RuleCondition[];
  groups?: RuleInnermost[];
}

/** Conditions that must all be so, or of which one must. */
export interface RuleInnermost {
  match?: "and" | "or";
  conditions?: RuleCondition[];
}

/** All rules, in the order in which they run. */
export interface RuleList {
  items: RuleShown[];
}

/** An automation rule has acted. What it was to do and could not stands in `refused`, with the code of why. */
export interface RuleRan {
  name: "rule_ran";
  rule: string;
  did: string[];
  refused?: string[];
}

/** A rule. `failures` is how often it has failed without a success between; `stopped_because` is why it was switched off, if it was not a member who did so. */
export interface RuleShown {
  id: string;
  name: string;
  when: When;
  if: RuleFilter;
  then: (Assign | SetPriority | Tag | Close | Snooze | Send | SendCanned | AddNote | SetLead | SetStage | TagPerson | Follow)[];
  is_on: boolean;
  stop_here: boolean;
  failures: number;
  stopped_because: string | null;
  made_at: string;
}

/** When something happens, if it is so, then do this. `stop_here`: where it has run, the rules behind it do not. */
export interface RuleWanted {
  name: string;
  when: When;
  if?: RuleFilter;
  then: (Assign | SetPriority | Tag | Close | Snooze | Send | SendCanned | AddNote | SetLead | SetStage | TagPerson | Follow)[];
  is_on?: boolean;
  stop_here?: boolean;
}

/** What is to be otherwise; what is left out stays. */
export interface ScheduledChange {
  text?: string | null;
  send_at?: string | null;
}

/** What is to be said later in a conversation, the next first. */
export interface ScheduledList {
  items: ScheduledShown[];
}

/** Something that is to be said later. `failure` says why it was not, or what it still waits for. */
export interface ScheduledShown {
  id: string;
  author: Author;
  text: string;
  subject: string;
  cc: string[];
  bcc: string[];
  line_id: string | null;
  attachment_ids: string[];
  send_at: string;
  unless_answered: boolean;
  state: ScheduledState;
  failure: Failing | null;
  made_at: string;
  rev: number;
}

/** What became of something that was to be said later. What was said is a message, and stands here no more. */
export type ScheduledState = "answered" | "going" | "refused" | "waiting";

/** How far a permission reaches: what is one's own, what is of one's teams, everything of the account. */
export type Scope = "all" | "own" | "team";

/** Words, or how they begin; all of them must be there. */
export interface SearchQuery {
  q: string;
  kind?: "all" | "messages" | "people";
  cursor?: string;
  limit?: number;
}

/** The ticket that the password has earned, and a code of the app or a recovery code. */
export interface SecondFactor {
  ticket: string;
  code: string;
}

/** The line that messages go over while this one's provider is down; none, without one. */
export interface SecondLine {
  line_id: string | null;
}

/** What a text takes where it is sent, and paid for, in segments: how many, in which encoding. `letters` are counted as the encoding has them, where some are two; `left` is how many more fit into the last segment. */
export interface SegmentsShown {
  encoding: "gsm7" | "ucs2";
  letters: number;
  count: number;
  left: number;
}

/** A message to the person, with the blanks of canned replies; without a line, where they wrote last. */
export interface Send {
  do: "send";
  text: string;
  subject?: string;
  line_id?: string | null;
}

/** A canned reply to the person; without a line, where they wrote last. */
export interface SendCanned {
  do: "send_canned";
  canned_id: string;
  line_id?: string | null;
}

/** What the account asks of messages that no person sends. */
export interface SendingPolicyShown {
  quiet: Quiet | null;
  cap: number;
}

/** Quiet hours, by the person's clock, in which no machine writes (null: none); and how many automated messages somebody gets within a day without having answered. */
export interface SendingPolicyWanted {
  quiet: Quiet | null;
  cap: number;
}

/** All browsers that are signed in with this login. */
export interface SessionList {
  items: SessionShown[];
}

/** A browser that is signed in. */
export interface SessionShown {
  id: string;
  is_this: boolean;
  proofs: Proof[];
  made_at: string;
  refreshed_at: string;
  address: string;
  agent: string;
}

/** What is known of the person as a lead; what is left out stays. */
export interface SetLead {
  do: "set_lead";
  status?: LeadStatus | null;
  intent?: Intent | null;
  score?: number | null;
  source?: string | null;
  assignee_id?: string | null;
}

/** More urgent, or less. */
export interface SetPriority {
  do: "set_priority";
  priority: Priority;
}

/** The person is further along, or is put back. */
export interface SetStage {
  do: "set_stage";
  stage: Stage;
}

/** A passkey that is shown: `toJSON()` of what `navigator.credentials.get` gives. */
export interface ShownCredential {
  id: string;
  rawId: string;
  type: "public-key";
  response: ShownCredentialResponse;
}

/** What the device has signed. */
export interface ShownCredentialResponse {
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
  userHandle: string;
}

/** An address and its password; `account_id` says where to, when there are several. */
export interface SignIn {
  email: string;
  password: string;
  account_id?: string | null;
}

/** What the account asks of its members when they sign in. */
export interface SignInRules {
  requires_second_factor: boolean;
}

/** A new account and its owner. */
export interface SignUp {
  account_name: string;
  name: string;
  email: string;
  password: string;
}

/** What stands under one's mails. */
export interface SignatureShown {
  text: string;
}

/** What is to stand under one's mails; empty for nothing. */
export interface SignatureWanted {
  text: string;
}

/** Either in, with `access`; or half way, with a `ticket` for the second step and the ways to take it. */
export interface SignedIn {
  state: "second_factor" | "signed_in";
  access?: Access | null;
  ticket?: string | null;
  ways?: Proof[];
}

/** What the account promises. It is warned of when `warn_percent` of the time are over. */
export interface SlaPolicyShown {
  promises: PromiseShown[];
  warn_percent: number;
  hours: Hours | null;
}

/** The first promise that fits a conversation counts. Time counts within the hours of its team, or else these. */
export interface SlaPolicyWanted {
  promises: PromiseWanted[];
  warn_percent?: number;
  hours?: Hours | null;
}

/** Not now, for so long. */
export interface Snooze {
  do: "snooze";
  minutes: number;
}

/** When it comes back. */
export interface SnoozeWanted {
  until: string;
}

/** Not now: it comes back by itself at that time, or when the person writes. */
export interface Snoozed {
  name: "snoozed";
  until: string;
}

/** Open from one time of a day until another. One that passes midnight is written as two: until "24:00", and from "00:00" on the following day. */
export interface Span {
  opens: string;
  closes: string;
}

/** Whose time it was, in seconds; together they are all of it. */
export interface SpentShown {
  agent_s: number;
  queue_s: number;
  human_s: number;
  person_s: number;
  snoozed_s: number;
}

/** Where the browser goes to sign in. */
export interface SsoBegun {
  authorization_url: string;
}

/** What the provider has sent the browser back with. */
export interface SsoBrought {
  state?: string;
  code?: string;
  iss?: string;
  error?: string;
}

/** The account's identity provider, without the secret. The redirect URI is what the provider must know. */
export interface SsoShown {
  mode: Mode;
  redirect_uri: string;
  issuer?: string | null;
  client_id?: string | null;
  has_secret?: boolean;
  default_role?: string | null;
  changed_at?: string | null;
}

/** An identity provider, and how Parley is registered there. A secret that is left out stays as it is, as long as the issuer and the client id do; without any, Parley is a public client. */
export interface SsoWanted {
  issuer: string;
  client_id: string;
  mode: Mode;
  client_secret?: string | null;
  default_role?: string;
}

/** Where to sign in: to this account, or to the one that this address's domain belongs to. */
export interface SsoWay {
  account_id?: string | null;
  email?: string | null;
}

/** How far we have come with somebody. A contact is unverified; who answers or asks becomes a lead. */
export type Stage = "anonymous" | "contact" | "customer" | "lead";

/** The person is further along, or was put back. */
export interface StageChanged {
  name: "stage_changed";
  stage: string;
}

/** How far somebody is. */
export interface StageWanted {
  stage: Stage;
}

/** How far a template has come, and what its provider says of it. */
export type State = "approved" | "deleted" | "disabled" | "draft" | "paused" | "rejected" | "submitted";

/** A change of stage, and who has made it. */
export interface StepShown {
  stage: Stage;
  at: string;
  by: string;
}

/** Whose mails they are, to which address they go, as far as its owner needs to know it again, whether they have been ended, and in which language whoever gets them is spoken to, where that is known. Without `can_resume` the way back leads nowhere: nothing goes to the address for another reason, such as mails that came back. */
export interface SubscriptionShown {
  account_name: string;
  address: string;
  is_ended: boolean;
  can_resume: boolean;
  locale: string | null;
}

/** Some of them, the last first. */
export interface SuppressionPage {
  items: SuppressionShown[];
  next: string | null;
}

/** An address that nothing goes to, and why. */
export interface SuppressionShown {
  id: string;
  kind: IdentityKind;
  value: string;
  medium: Medium;
  reason: Reason;
  evidence: string;
  at: string;
  by: string;
}

/** An address that nothing is to go to. */
export interface SuppressionWanted {
  kind: IdentityKind;
  value: string;
  medium: Medium;
  reason?: Reason;
  evidence?: string;
}

/** How it went, from 1 to 5. What they wrote beside is the entry's text. */
export interface SurveyAnswered {
  name: "survey_answered";
  score: number;
}

/** The person was asked how it went. */
export interface SurveyAsked {
  name: "survey_asked";
  message: string;
}

/** Whether, when, where and how people are asked how it went. */
export interface SurveyPolicyShown {
  is_on: boolean;
  texts: SurveyText[];
  after_minutes: number;
  media: Medium[];
}

/** Whether people are asked how it went, from 1 to 5: so long after a member has closed the conversation, where they wrote on one of these channels; on any, without. */
export interface SurveyPolicyWanted {
  is_on: boolean;
  texts: SurveyText[];
  after_minutes?: number;
  media?: Medium[];
}

/** How people found it. `counts` says how often each score was given, from 1 to 5. */
export interface SurveyReport {
  since: string;
  until: string;
  is_complete: boolean;
  asked: number;
  answered: number;
  average: number | null;
  counts: number[];
  members: MemberScores[];
}

/** How it is asked in a language. The first text is for everybody whose language is not among them. */
export interface SurveyText {
  locale: string;
  text: string;
}

/** The line whose templates are to be looked up at its provider. */
export interface SyncWanted {
  line_id: string;
}

/** Tags to put on the conversation, and to take off. */
export interface Tag {
  do: "tag";
  put?: string[];
  take_off?: string[];
}

/** Tags to put on and to take off. */
export interface TagChange {
  put?: string[];
  take_off?: string[];
}

/** Tags to put on the person, and to take off. */
export interface TagPerson {
  do: "tag_person";
  put?: string[];
  take_off?: string[];
}

/** Tags were put on, or taken off. */
export interface Tagged {
  name: "tagged";
  put?: string[];
  taken?: string[];
}

/** Tags to put on, and to take off. */
export interface TagsChange {
  put?: string[];
  taken?: string[];
}

/** `from_other`: also from another member who speaks there. Scripts say for which member they do it. */
export interface TakeOver {
  from_other?: boolean;
  member_id?: string | null;
}

/** What is to be otherwise; what is left out stays. */
export interface TeamChange {
  name?: string | null;
}

/** All teams that the caller may see. */
export interface TeamList {
  items: TeamShown[];
}

/** How conversations of a team find somebody. */
export interface TeamRoutingWanted {
  is_on: boolean;
  mode?: RoutingMode;
  offer_seconds?: number;
  ways?: Way[];
  language?: Wish;
  skills?: Wish;
}

/** Members who work together. `opens_at` is null while it is open, and when it does not open within 400 days. */
export interface TeamShown {
  id: string;
  name: string;
  member_ids: string[];
  hours: Hours | null;
  is_open: boolean;
  opens_at: string | null;
  made_at: string;
}

/** A new team; without hours it is always there. */
export interface TeamWanted {
  name: string;
  hours?: Hours | null;
}

/** A button under a template: `value` is the URL or the phone number that it has, or a code, which goes out where a message brings none of its own. */
export interface TemplateButton {
  kind: ButtonKind;
  title: string;
  value?: string;
}

/** A template by its name on a line, and whom it is for. */
export interface TemplateChoiceQuery {
  line_id: string;
  name: string;
  person_id: string;
}

/** In which of its languages it goes to them, and why: it is just theirs (`locale`), it is their language, it is the account's, or there is no other. */
export interface TemplateChosen {
  template: MessageTemplateShown;
  why: "default" | "language" | "locale" | "other";
  preview: TemplatePreview;
}

/** A template that the provider has approved, and how many blanks it has. */
export interface TemplateKnown {
  name: string;
  language: string;
  blanks?: number;
}

/** The language for people in whose own there is no template. */
export interface TemplatePolicyShown {
  language: string;
}

/** The language for people in whose own there is no template. */
export interface TemplatePolicyWanted {
  language: string;
}

/** What they would read. */
export interface TemplatePreview {
  text: string;
  footer: string;
  buttons: TemplateButton[];
  blanks: BlankFilled[];
}

/** Whom it would go to. */
export interface TemplatePreviewQuery {
  person_id: string;
}

/** A template that the provider has approved, with its blanks filled: `values` are those of the body, in order. */
export interface TemplateUse {
  name: string;
  language: string;
  id?: string;
  values?: string[];
  names?: string[];
  header?: string;
  header_name?: string;
  header_media?: Media | null;
  header_place?: Place | null;
  buttons?: ButtonUse[];
}

/** An approved template; without a language, in that of the person. `values` fill its blanks, in their order or by their names; those that are left out are filled with what is known of the person, or their fallbacks. A file that is attached stands above its words, where it has a place for one. What it says is the message's text. */
export interface TemplateWanted {
  name: string;
  language?: string | null;
  values?: string[] | Record<string, string>;
}

/** All approved templates of a line; null when nobody has told which there are, and the provider decides. */
export interface TemplatesShown {
  items: TemplateKnown[] | null;
}

/** What the provider has: how many, and how many of them are new here, otherwise, or not there any more. */
export interface TemplatesSynced {
  found: number;
  added: number;
  changed: number;
  gone: number;
}

/** All approved templates of a line. */
export interface TemplatesWanted {
  items: TemplateKnown[];
}

/** The conversation that ends: it goes on in the one of the path. */
export interface ThreadMergeWanted {
  other_id: string;
}

/** A page of conversations. Without `next` it is the last one. */
export interface ThreadPage {
  items: ThreadRow[];
  next: string | null;
}

/** A conversation, as a list shows it. What whoever asks has read of it, and whether there is more, is theirs alone. */
export interface ThreadRow {
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
  read_seq: number;
  is_unread: boolean;
  is_mentioned: boolean;
}

/** A conversation, as the member who asks has it. `seq` is its last entry, `rev` changes with whatever is shown. */
export interface ThreadShown {
  id: string;
  person_id: string;
  status: ThreadStatus;
  owner: Owner;
  epoch: number;
  team_id: string | null;
  priority: Priority;
  tags: string[];
  followers: string[];
  media: Medium[];
  line_ids: string[];
  windows: WindowShown[];
  seq: number;
  rev: number;
  read_seq: number;
  is_unread: boolean;
  is_mentioned: boolean;
  is_following: boolean;
  waiting_since: string | null;
  heard_at: string | null;
  answered_seq: number;
  snoozed_until: string | null;
  closed_at: string | null;
  offered_to: string | null;
  merged_into: string | null;
  made_at: string;
  moved_at: string;
}

/** Whether there is something to do. */
export type ThreadStatus = "closed" | "open" | "snoozed";

/** Which conversations, in which order: a view by its name, `team:` and a team's id, or a saved view's id. A saved view has an order of its own, unless one is asked for. */
export interface ThreadsQuery {
  view?: string;
  sort?: "longest_waiting" | "newest" | "oldest" | "priority" | null;
  cursor?: string;
  limit?: number;
}

/** A page of all that was said and has happened, the latest first. Without `is_whole` the person has more conversations than a timeline joins: those that moved last are here, and the others can be opened one by one. */
export interface Timeline {
  items: TimelineEntry[];
  next: string | null;
  is_whole: boolean;
}

/** An entry, and in which of the person's conversations it stands. */
export interface TimelineEntry {
  thread_id: string;
  entry: EntryShown;
}

/** Where to go on. */
export interface TimelineQuery {
  cursor?: string;
  limit?: number;
}

/** Why there are no words of a sound; a member may ask for them again. */
export interface TranscriptFailed {
  code: Untold;
  words: string;
}

/** What a sound says, written down by a model once it is `done`; a text that is empty has no words. `language` is as the model calls it, where it does. */
export interface TranscriptShown {
  state: TranscriptState;
  text: string | null;
  language: string | null;
  reason: TranscriptFailed | null;
}

/** How far one is with the words of a sound. */
export type TranscriptState = "done" | "failed" | "waiting";

/** Who owns the account from now on in the caller's place. */
export interface Transfer {
  member_id: string;
}

/** What a rule would have done in one conversation, at the last entry of the kind that it waits for. `because` says why it would have done nothing: `no_entry`, `condition` (`failed` is the first that was not so), `own_entry`, or `chain_too_long`; or `hidden`: the rule asks about a person whom whoever asks may not see. */
export interface Tried {
  thread_id: string;
  person_id: string;
  person_name: string;
  entry: EntryShown | null;
  is_match: boolean;
  because: "" | "chain_too_long" | "condition" | "hidden" | "no_entry" | "own_entry";
  failed: RuleCondition | null;
  would: DeedForeseen[];
}

/** An element that could not be taken in: its place in the event, from 0, and why. */
export interface TroubleShown {
  element: number;
  reason: string;
}

/** Why there are no words of a sound. */
export type Untold = "day_full" | "given_up" | "long" | "no_model" | "refused" | "too_large" | "too_many" | "unreachable" | "unreadable";

/** What the gate says: yes; or no, why, and what would be allowed instead. `line_id` is where it would go; `segments` what its text takes there, where the channel counts them. */
export interface VerdictShown {
  is_allowed: boolean;
  code: Why | null;
  reason: string;
  alternatives: Alternative[];
  warnings: string[];
  line_id: string;
  medium: Medium;
  segments: SegmentsShown | null;
}

/** What is to be otherwise; what is left out stays. */
export interface ViewChange {
  name?: string | null;
  filter?: Filter | null;
  sort?: "longest_waiting" | "newest" | "oldest" | "priority" | null;
  is_shared?: boolean | null;
}

/** One's own, and those that are shared. */
export interface ViewList {
  items: ViewShown[];
}

/** A saved view. Whoever it belongs to may change it; shared ones also those who manage the account. */
export interface ViewShown {
  id: string;
  name: string;
  owner: string;
  filter: Filter;
  sort: "longest_waiting" | "newest" | "oldest" | "priority";
  is_shared: boolean;
  made_at: string;
}

/** A view to keep: for oneself, or for everybody. */
export interface ViewWanted {
  name: string;
  filter: Filter;
  sort?: "longest_waiting" | "newest" | "oldest" | "priority";
  is_shared?: boolean;
}

/** A token for the socket, good until `expires_at`; the next one is had by the `secret`, which is told once. */
export interface VisitBegun {
  visitor_id: string;
  token: string;
  expires_at: string;
  secret: string | null;
}

/** To come as the visitor whose secret it is; without one, as somebody new. */
export interface VisitWanted {
  secret?: string;
}

/** How one of several is chosen. */
export type Way = "last_rep" | "least_loaded" | "longest_waiting" | "round_robin";

/** When each day is open; a day without spans is closed. */
export interface Week {
  monday?: Span[];
  tuesday?: Span[];
  wednesday?: Span[];
  thursday?: Span[];
  friday?: Span[];
  saturday?: Span[];
  sunday?: Span[];
}

/** What a rule waits for. docs/rules.md says of each what it is. */
export type When = "clock_breached" | "clock_warning" | "first_message" | "lead_changed" | "message_received" | "message_sent" | "note_written" | "opted_out" | "owner_changed" | "priority_set" | "stage_changed" | "survey_answered" | "tagged" | "thread_closed" | "thread_opened" | "thread_reopened" | "thread_snoozed";

/** Why the gate says no. Each is explained in docs/gate.md. */
export type Why = "cap_reached" | "choices_refused" | "copies_refused" | "empty" | "line_paused" | "line_removed" | "media_refused" | "no_address" | "no_marketing" | "no_opt_in" | "opted_out" | "person_blocked" | "quiet_hours" | "reaction_refused" | "subject_needed" | "subject_refused" | "suppressed" | "template_incomplete" | "template_needed" | "template_not_approved" | "template_unknown" | "too_long" | "window_closed";

/** Until when we may write freely on a line. */
export interface WindowShown {
  line_id: string;
  until: string;
}

/** How much it matters. */
export type Wish = "ignored" | "preferred" | "required";

/** The time of a snooze is over, or was ended. */
export interface Woken {
  name: "woken";
  why?: "by_hand" | "time";
}

/** Words of one language. */
export interface WordsShown {
  locale: string;
  stop: string[];
  start: string[];
}

/** Words for those who speak one language; without a locale, for everybody. */
export interface WordsWanted {
  locale?: string;
  stop?: string[];
  start?: string[];
}

/** All kinds. */
export interface WorkReport {
  kinds: KindReport[];
}
