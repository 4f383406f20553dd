import { expect, test } from "vitest";
import type { PushMessage } from "./messages";
import { type Notifications, tell, wayOf } from "./showing";

const message = { kind: "show", title: "Asha", body: "Hello", thread: "t1", tag: "t1", url: "/inbox/t1" } as const;

/** A browser's notifications by their tag. */
function browser(): { shown: Map<string, string>; notifications: Notifications } {
  const shown = new Map<string, string>();
  const close = (tag: string) => ({ close: () => void shown.delete(tag) }) as Notification;
  const notifications: Notifications = {
    showNotification: async (title, options) => void shown.set(options?.tag ?? "", `${title}: ${options?.body}`),
    getNotifications: async (filter) => (shown.has(filter?.tag ?? "") ? [close(filter?.tag ?? "")] : []),
  };
  return { shown, notifications };
}

async function toldOf(...messages: PushMessage[]): Promise<[string, string][]> {
  const { shown, notifications } = browser();
  for (const one of messages) await tell(notifications, JSON.stringify(one));
  return [...shown];
}

test("what is pushed is shown", async () => {
  expect(await toldOf(message)).toEqual([["t1", "Asha: Hello"]]);
});

test("something newer about the same takes its place", async () => {
  expect(await toldOf(message, { ...message, body: "Are you there?" })).toEqual([["t1", "Asha: Are you there?"]]);
});

test("what is taken back is closed, and nothing else", async () => {
  const other = { ...message, tag: "t2" };

  expect(await toldOf(message, other, { kind: "take_back", tag: "t1" })).toEqual([["t2", "Asha: Hello"]]);
});

test.each([
  ["/inbox/t1", "https://parley.test/inbox/t1"],
  ["https://parley.test/inbox/t1", "https://parley.test/inbox/t1"],
  ["https://elsewhere.test/inbox/t1", "https://parley.test"],
  ["//elsewhere.test/", "https://parley.test"],
  ["javascript:alert(1)", "https://parley.test"],
  [undefined, "https://parley.test/"],
])("a click on %s leads to %s", (data, way) => {
  expect(wayOf(data, "https://parley.test")).toBe(way);
});
