import type { AgentDrafted, AgentDraftEnded, LeadTypes, MemberPresence, PresenceShown, WhoIsThere } from "../events";
import type { Screen, Told } from "./screen";

// Typing that is not said again for so long is over; so is a draft.
const TYPING_MS = 10_000;
const DRAFT_MS = 5_000;
// Nobody tells anything of a turn any more that was over so long ago.
const FORGET_MS = 60_000;

/** When it was heard, by our own clock. */
interface Heard {
  heardAt: number;
}

/** What an agent's turn has drafted so far. */
interface AgentDraft extends Heard {
  thread: string;
  turn: string;
  epoch: number;
  rev: number;
  text: string;
  /** What became of it; the id of an entry, or of none when it is withdrawn. */
  ended?: { entry: string };
}

/** What is going on at this moment, and stored nowhere: who is there, who types, what an agent is about to say. */
export interface Around {
  members: Readonly<Record<string, Pick<MemberPresence, "rev" | "is_online">>>;
  threads: Readonly<Record<string, PresenceShown & Heard>>;
  leads: Readonly<Record<string, LeadTypes & Heard>>;
  drafts: Readonly<Record<string, AgentDraft>>;
}

export const NOBODY: Around = { members: {}, threads: {}, leads: {}, drafts: {} };

/** After an event that was told at this moment. */
export function noticed(around: Around, event: Told, now: number): Around {
  switch (event.name) {
    case "member_presence":
      return withMember(around, event.told);
    case "thread_presence":
      return withPresence(around, event.told, now);
    case "lead_types":
      return withLead(around, event.told, now);
    case "agent_drafted":
      return withDraft(around, event.told, now);
    case "agent_draft_ended":
      return withEnd(around, event.told, now);
    case "entry_changed":
      return event.told.entry.direction === "in" ? withoutLead(around, event.told.thread) : around;
    default:
      return around;
  }
}

/** After the answer to `presence`: whoever is not named is not there, unless that was told later. */
export function withWhoIsThere(around: Around, { rev, online, threads }: WhoIsThere, now: number): Around {
  const named = [...new Set([...Object.keys(around.members), ...online])];
  const known = named.map((member) => ({ member, rev, is_online: online.includes(member) })).reduce(withMember, around);
  return threads.reduce((all, one) => withPresence(all, one, now), known);
}

function withMember(around: Around, { member, rev, is_online }: Pick<MemberPresence, "member" | "rev" | "is_online">): Around {
  if (rev < (around.members[member]?.rev ?? 0)) return around;
  return { ...around, members: { ...around.members, [member]: { rev, is_online } } };
}

export function withPresence(around: Around, { thread, rev, looking, typing, holder }: PresenceShown, now: number): Around {
  if (rev < (around.threads[thread]?.rev ?? 0)) return around;
  const shown = { thread, rev, looking, typing, holder, heardAt: now };
  return { ...around, threads: { ...around.threads, [thread]: shown } };
}

function withLead(around: Around, told: LeadTypes, now: number): Around {
  if (told.rev < (around.leads[told.thread]?.rev ?? 0)) return around;
  return { ...around, leads: { ...around.leads, [told.thread]: { ...told, heardAt: now } } };
}

function withoutLead(around: Around, thread: string): Around {
  const told = around.leads[thread];
  return told ? { ...around, leads: { ...around.leads, [thread]: { ...told, is_typing: false, preview: null } } } : around;
}

/** All of it at place 0; elsewhere only what comes right behind what is known. What is missing comes with the next whole. */
function withDraft(around: Around, { thread, turn, epoch, rev, at, text }: AgentDrafted, now: number): Around {
  const known = around.drafts[turn];
  if (known && (known.ended || rev <= known.rev)) return around;
  const follows = known !== undefined && rev === known.rev + 1 && at === known.text.length;
  if (at !== 0 && !follows) return around;
  const draft = { thread, turn, epoch, rev, text: at === 0 ? text : (known?.text ?? "") + text, heardAt: now };
  return { ...around, drafts: { ...around.drafts, [turn]: draft } };
}

function withEnd(around: Around, { thread, turn, rev, entry }: AgentDraftEnded, now: number): Around {
  const known = around.drafts[turn] ?? { thread, turn, epoch: -1, text: "" };
  return { ...around, drafts: { ...around.drafts, [turn]: { ...known, rev, heardAt: now, ended: { entry } } } };
}

/** Without what nobody has said again for long enough. The same object where nothing is over. */
export function tidied(around: Around, now: number): Around {
  const isOld = ({ heardAt }: Heard, ms: number) => now - heardAt >= ms;
  const threads = mapped(around.threads, (one) =>
    one.typing.length && isOld(one, TYPING_MS) ? { ...one, typing: [], holder: null } : one,
  );
  const leads = mapped(around.leads, (one) =>
    one.is_typing && isOld(one, TYPING_MS) ? { ...one, is_typing: false, preview: null } : one,
  );
  const drafts = mapped(around.drafts, (one) => (isOld(one, one.ended ? FORGET_MS : DRAFT_MS) ? undefined : one));
  const isSame = threads === around.threads && leads === around.leads && drafts === around.drafts;
  return isSame ? around : { ...around, threads, leads, drafts };
}

function mapped<T>(of: Readonly<Record<string, T>>, map: (one: T) => T | undefined): Readonly<Record<string, T>> {
  const after = Object.entries(of).map(([key, one]) => [key, one, map(one)] as const);
  if (after.every(([, one, mapped]) => one === mapped)) return of;
  return Object.fromEntries(after.flatMap(([key, , one]) => (one === undefined ? [] : [[key, one]])));
}

/** What an agent is about to say in a conversation, until it stands in the log or is its turn no more. */
export function draftIn(around: Around, { threads, logs }: Screen, thread: string): string | undefined {
  const isSeen = ({ epoch, ended }: AgentDraft) =>
    ended ? ended.entry !== "" && !logs[thread]?.entries[ended.entry] : epoch === threads[thread]?.epoch;
  return Object.values(around.drafts).find((draft) => draft.thread === thread && isSeen(draft))?.text;
}
