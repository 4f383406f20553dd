import { expect, test } from "vitest";
import type { AgentDrafted } from "../events";
import { type Around, draftIn, NOBODY, noticed, tidied, withWhoIsThere } from "./around";
import { entry } from "./making";
import { apply, EMPTY, type Told } from "./screen";
import { changed, written } from "./telling";

const COMMON = { account: "acme", thread: "t" };
const after = (...events: Told[]) => events.reduce((around, event) => noticed(around, event, 0), NOBODY);
const online = (member: string, rev: number, is_online = true): Told => ({
  name: "member_presence",
  told: { ...COMMON, rev, member, is_online },
});
const typing = (rev: number, ...members: string[]): Told => ({
  name: "thread_presence",
  told: { ...COMMON, rev, looking: [], typing: members.map((member) => ({ member, is_note: false })), holder: null },
});
const leadTypes = (rev: number): Told => ({ name: "lead_types", told: { ...COMMON, rev, is_typing: true, preview: "Is it" } });
const drafted = (rev: number, at: number, text: string, more: Partial<AgentDrafted> = {}): Told => ({
  name: "agent_drafted",
  told: { ...COMMON, turn: "1", epoch: 1, rev, at, text, ...more },
});
const ended = (rev: number, said: string): Told => ({
  name: "agent_draft_ended",
  told: { ...COMMON, turn: "1", rev, outcome: said ? "said" : "withdrawn", entry: said },
});
const screen = apply(EMPTY, changed("t", 1, { epoch: 1 }));
const shown = (around: Around) => draftIn(around, screen, "t");

test("somebody is there as the higher rev says, and whoever is not named in the answer is not", () => {
  const around = after(online("asha", 2), online("asha", 1, false), online("late", 9));

  const asked = withWhoIsThere(around, { rev: 5, online: ["new"], threads: [] }, 0);

  expect(around.members.asha?.is_online).toBe(true);
  expect(asked.members).toMatchObject({
    asha: { is_online: false },
    late: { is_online: true },
    new: { is_online: true },
  });
});

test("typing that is not said again for ten seconds is over", () => {
  const around = after(typing(1, "asha"), leadTypes(1));

  expect(tidied(around, 9_999)).toBe(around);
  expect(tidied(around, 10_000)).toMatchObject({ threads: { t: { typing: [] } }, leads: { t: { is_typing: false } } });
});

test("what the person sends ends their typing", () => {
  expect(after(leadTypes(1), written("t", entry("e", 1))).leads.t).toMatchObject({ is_typing: false, preview: null });
});

test("a draft grows by what comes right behind it", () => {
  expect(shown(after(drafted(1, 0, "Hel"), drafted(2, 3, "lo")))).toBe("Hello");
});

test("a draft of which something is missing waits for the whole", () => {
  const missing = after(drafted(1, 0, "Hel"), drafted(3, 5, " you"));

  expect(shown(missing)).toBe("Hel");
  expect(shown(noticed(missing, drafted(4, 0, "Hello you"), 0))).toBe("Hello you");
});

test("a draft is seen until its entry is, and not when it is withdrawn", () => {
  const said = after(drafted(1, 0, "Hello"), ended(2, "e1"));
  const log = { at: "", begins: 1, entries: { e1: entry("e1", 1) }, scheduled: {}, ended: [], has_more: false };

  expect(shown(said)).toBe("Hello");
  expect(draftIn(said, { ...screen, logs: { t: log } }, "t")).toBeUndefined();
  expect(shown(after(drafted(1, 0, "Hello"), ended(2, "")))).toBeUndefined();
});

test("nothing that is told of a turn after its end counts", () => {
  expect(shown(after(ended(2, ""), drafted(3, 0, "Hello")))).toBeUndefined();
});

test("a draft is dropped after five silent seconds, and at once under another epoch", () => {
  const around = after(drafted(1, 0, "Hello"));

  expect(shown(tidied(around, 5_000))).toBeUndefined();
  expect(draftIn(around, apply(screen, changed("t", 2, { epoch: 2 })), "t")).toBeUndefined();
});
