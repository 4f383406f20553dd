import { signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Access } from "./api";
import { browserName, Push, type PushState } from "./push";

const KEY = "AQID";

interface Scene {
  push: Push;
  asked: string[];
  subscribed: string[];
}

/** A browser in which this member is signed in, and the hub's answers. */
function scene(of: { permission?: NotificationPermission; owner?: string; known?: string; possible?: boolean }): Scene {
  const asked: string[] = [];
  const subscribed: string[] = of.known === undefined ? [] : [of.known];
  let owner = of.owner ?? null;
  const current = () => {
    const key = subscribed.at(-1);
    return key === undefined ? null : subscriptionBy(key, () => void subscribed.pop());
  };
  const pushManager = {
    getSubscription: async () => current(),
    subscribe: async ({ applicationServerKey }: { applicationServerKey: string }) => {
      subscribed.push(applicationServerKey);
      return current();
    },
  } as unknown as PushManager;
  const ask = async (method: string, path: string) => {
    asked.push(`${method} ${path.replace("/api/v1/me/", "")}`);
    const items = [{ id: "mine", is_this: true }, { id: "elsewhere", is_this: false }];
    return (path.endsWith("push-key") ? { key: KEY } : { items }) as never;
  };
  const push = new Push(
    { ask, access: signal({ member_id: "asha" } as Access) },
    {
      registration: async () => (of.possible === false ? undefined : { pushManager }),
      permission: () => of.permission ?? "granted",
      requestPermission: async () => of.permission ?? "granted",
      name: () => "Firefox on Linux",
      owner: { get: () => owner, set: (member) => void (owner = member) },
    },
  );
  return { push, asked, subscribed };
}

function subscriptionBy(key: string, unsubscribe: () => void): PushSubscription {
  return {
    endpoint: "https://push.example.com/1",
    options: { applicationServerKey: bytesOf(key), userVisibleOnly: true },
    getKey: () => bytesOf(KEY),
    unsubscribe: async () => (unsubscribe(), true),
  } as unknown as PushSubscription;
}

function bytesOf(key: string): ArrayBuffer {
  return Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0)).buffer;
}

test.each<[string, Parameters<typeof scene>[0], PushState]>([
  ["a browser that knows no push", { possible: false }, "impossible"],
  ["a browser that was told no", { permission: "denied" }, "denied"],
  ["a browser that was not asked", { permission: "default" }, "off"],
  ["a browser of its own", { owner: "asha", known: KEY }, "on"],
  ["a browser that somebody else has switched on", { owner: "noor", known: KEY }, "off"],
])("%s", async (_, of, state) => {
  expect(await scene(of).push.state()).toBe(state);
});

test("switching on subscribes by the hub's key and tells the hub", async () => {
  const { push, asked, subscribed } = scene({});

  expect(await push.switchOn()).toBe("on");

  expect(subscribed).toEqual([KEY]);
  expect(asked).toEqual(["GET push-key", "POST push-subscriptions"]);
  expect(await push.state()).toBe("on");
});

test("who says no is not subscribed", async () => {
  const { push, asked } = scene({ permission: "denied" });

  expect(await push.switchOn()).toBe("denied");

  expect(asked).toEqual([]);
});

test("a subscription of another installation is replaced", async () => {
  const { push, subscribed } = scene({ owner: "asha", known: "BAUG" });

  await push.keep();

  expect(subscribed).toEqual([KEY]);
});

test("signing in goes on with it for whoever switched it on, and for nobody else", async () => {
  const own = scene({ owner: "asha", known: KEY });
  const foreign = scene({ owner: "noor", known: KEY });

  await own.push.keep();
  await foreign.push.keep();

  expect(own.asked).toEqual(["GET push-key", "POST push-subscriptions"]);
  expect(foreign.asked).toEqual([]);
});

test("switching off removes this browser and no other", async () => {
  const { push, asked, subscribed } = scene({ owner: "asha", known: KEY });

  expect(await push.switchOff()).toBe("off");

  expect(asked).toEqual(["GET push-subscriptions", "DELETE push-subscriptions/mine"]);
  expect(subscribed).toEqual([]);
});

const AGENTS = {
  "Chrome on Android": "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36",
  "Edge on Windows": "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150",
  "Firefox on Linux": "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
  "Safari on macOS": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15",
  "A browser": "curl/8",
};

test.each(Object.entries(AGENTS))("%s is called so", (name, agent) => {
  expect(browserName(agent)).toBe(name);
});
