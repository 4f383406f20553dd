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

/** What is to be otherwise; what is left out stays. */
export interface AccountChange {
  name?: string | null;
  zone?: string | null;
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
  made_at: string;
}

/** A new account and its owner. Without a password the answer has a link to set one. */
export interface AccountWanted {
  name: string;
  owner: string;
  owner_name?: string;
  password?: string | null;
}

/** What stands in the link that was mailed to an address; mail programs add words of their own. */
export interface AddressLink {
  token: string;
}

/** This process answers. `installation` is the same for all processes that share a database. */
export interface Alive {
  alive: boolean;
  version: string;
  installation: string;
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

/** Which ways in there are: whether anybody may make an account now, and whether a forgotten password can be mailed for. */
export interface Entrance {
  can_sign_up: boolean;
  mail_is_set_up: boolean;
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

/** Whose password was forgotten. */
export interface Forgotten {
  email: string;
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

/** What is to be otherwise; what is left out stays. */
export interface MemberChange {
  role?: string | null;
  teams?: string[] | null;
  name?: string | null;
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

/** Which page. */
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

/** Everything that can be allowed or not. Each is explained in docs/api.md. */
export type Permission = "account.manage" | "account.own" | "account.view" | "accounts.manage" | "accounts.view" | "agents.manage" | "analytics.view" | "audit.view" | "billing.manage" | "campaigns.manage" | "integrations.manage" | "keys.manage" | "lines.manage" | "magnets.write" | "me" | "me.membership" | "members.manage" | "members.view" | "metrics.view" | "people.edit" | "people.erase" | "people.export" | "people.view" | "public" | "roles.manage" | "teams.manage" | "threads.assign" | "threads.reply" | "threads.view" | "work.manage" | "work.view";

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

/** What somebody has shown when signing in. */
export type Proof = "code" | "passkey" | "password" | "recovery_code" | "sso";

/** The whole and its parts. */
export interface Readiness {
  state: ReadyState;
  version: string;
  parts: Part[];
}

/** How the whole does. Only `down` means: send nobody here. */
export type ReadyState = "degraded" | "down" | "ready";

/** Ten codes for when the app is lost, each good once. They are shown this once. */
export interface RecoveryCodes {
  codes: string[];
}

/** A new access token, for this account or for the one before. */
export interface Refresh {
  account_id?: string | null;
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

/** How far a permission reaches: what is one's own, what is of one's teams, everything of the account. */
export type Scope = "all" | "own" | "team";

/** The ticket that the password has earned, and a code of the app or a recovery code. */
export interface SecondFactor {
  ticket: string;
  code: string;
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

/** Either in, with `access`; or half way, with a `ticket` for the second step and the ways to take it. */
export interface SignedIn {
  state: "second_factor" | "signed_in";
  access?: Access | null;
  ticket?: string | null;
  ways?: Proof[];
}

/** Open from one time of a day until another. One that passes midnight is written as two: until "24:00", and from "00:00" on the following day. */
export interface Span {
  opens: string;
  closes: string;
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

/** What is to be otherwise; what is left out stays. */
export interface TeamChange {
  name?: string | null;
}

/** All teams that the caller may see. */
export interface TeamList {
  items: TeamShown[];
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

/** Who owns the account from now on in the caller's place. */
export interface Transfer {
  member_id: string;
}

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

/** All kinds. */
export interface WorkReport {
  kinds: KindReport[];
}
