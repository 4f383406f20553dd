import type { PushKey, PushSubscriptionList, PushSubscriptionShown, PushSubscriptionWanted } from "./api";
import type { Session } from "./session";

const PATH = "/api/v1/me/push-subscriptions";
const WORKER = "/push-worker.js";
const OWNER = "parley.push";

export type PushState = "impossible" | "denied" | "off" | "on";

/** What of the browser's push is needed. */
export interface PushSurroundings {
  /** Undefined where the browser knows no push, or the page is not on HTTPS. */
  registration: () => Promise<Pick<ServiceWorkerRegistration, "pushManager"> | undefined>;
  permission: () => NotificationPermission;
  requestPermission: () => Promise<NotificationPermission>;
  name: () => string;
  /** Which member has switched it on in this browser. */
  owner: { get: () => string | null; set: (member: string | null) => void };
}

/** Notifications in this browser, while no page is open. */
export class Push {
  readonly #session: Pick<Session, "ask" | "access">;
  readonly #around: PushSurroundings;

  constructor(session: Pick<Session, "ask" | "access">, around: PushSurroundings) {
    this.#session = session;
    this.#around = around;
  }

  async state(): Promise<PushState> {
    const registration = await this.#around.registration();
    if (!registration) return "impossible";
    if (this.#around.permission() === "denied") return "denied";
    return this.#isMine && (await registration.pushManager.getSubscription()) ? "on" : "off";
  }

  /** Asks the person, then subscribes. Browsers want that to follow a click. */
  async switchOn(): Promise<PushState> {
    const registration = await this.#around.registration();
    if (!registration) return "impossible";
    const permission = await this.#around.requestPermission();
    if (permission !== "granted") return permission === "denied" ? "denied" : "off";
    await this.#tell(await this.#subscribe(registration.pushManager));
    this.#around.owner.set(this.#member);
    return "on";
  }

  async switchOff(): Promise<PushState> {
    const registration = await this.#around.registration();
    const subscription = await registration?.pushManager.getSubscription();
    const { items } = await this.#session.ask<PushSubscriptionList>("GET", PATH);
    for (const { id, is_this } of items) if (is_this) await this.#session.ask("DELETE", `${PATH}/${id}`);
    await subscription?.unsubscribe();
    this.#around.owner.set(null);
    return this.state();
  }

  /** Says again what this browser is reached by, for whoever has switched it on here: it may have changed, and every
   * sign-in is a session of its own. To be called once somebody has signed in. */
  async keep(): Promise<void> {
    if (!this.#isMine || this.#around.permission() !== "granted") return;
    const registration = await this.#around.registration();
    if (registration) await this.#tell(await this.#subscribe(registration.pushManager));
  }

  get #member(): string | null {
    return this.#session.access.value?.member_id ?? null;
  }

  get #isMine(): boolean {
    return this.#member !== null && this.#member === this.#around.owner.get();
  }

  async #subscribe(manager: PushManager): Promise<PushSubscription> {
    const { key } = await this.#session.ask<PushKey>("GET", "/api/v1/me/push-key");
    const known = await manager.getSubscription();
    if (known && spelled(known.options.applicationServerKey) === key) return known;
    // Of an installation that was here before: nobody can push by it any more.
    await known?.unsubscribe();
    return manager.subscribe({ applicationServerKey: key, userVisibleOnly: true });
  }

  async #tell(subscription: PushSubscription): Promise<PushSubscriptionShown> {
    const keys = { p256dh: spelled(subscription.getKey("p256dh")), auth: spelled(subscription.getKey("auth")) };
    const wanted: PushSubscriptionWanted = { endpoint: subscription.endpoint, keys, name: this.#around.name() };
    return this.#session.ask<PushSubscriptionShown>("POST", PATH, wanted);
  }
}

/** The push of this browser. */
export function browserPush(session: Session): Push {
  return new Push(session, {
    registration: registered,
    permission: () => Notification.permission,
    requestPermission: () => Notification.requestPermission(),
    name: () => browserName(navigator.userAgent),
    owner: {
      get: () => localStorage.getItem(OWNER),
      set: (member) => (member ? localStorage.setItem(OWNER, member) : localStorage.removeItem(OWNER)),
    },
  });
}

async function registered(): Promise<ServiceWorkerRegistration | undefined> {
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return undefined;
  await navigator.serviceWorker.register(WORKER);
  return navigator.serviceWorker.ready;
}

const BROWSERS = [["Edg", "Edge"], ["OPR", "Opera"], ["Firefox"], ["Chrome"], ["Safari"]] as const;
const SYSTEMS = [["iPhone"], ["iPad"], ["Android"], ["Windows"], ["Mac", "macOS"], ["CrOS", "ChromeOS"], ["Linux"]] as const;

/** As people call it: “Firefox on Linux”. Each of the names stands in those that came before it in the list. */
export function browserName(agent: string): string {
  const browser = named(BROWSERS, agent) ?? "A browser";
  const system = named(SYSTEMS, agent);
  return system ? `${browser} on ${system}` : browser;
}

function named(known: readonly (readonly [string, string?])[], agent: string): string | undefined {
  const found = known.find(([word]) => agent.includes(word));
  return found && (found[1] ?? found[0]);
}

function spelled(content: ArrayBuffer | null): string {
  const letters = String.fromCharCode(...new Uint8Array(content ?? new ArrayBuffer(0)));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
