import type { PushContent, PushMessage, PushTakenBack } from "./messages";

/** What of the worker's registration is needed here. */
export type Notifications = Pick<ServiceWorkerRegistration, "showNotification" | "getNotifications">;

/** Shows or closes what the hub says, as JSON. */
export async function tell(notifications: Notifications, text: string): Promise<void> {
  const message = JSON.parse(text) as PushMessage;
  await (message.kind === "show" ? show(notifications, message) : close(notifications, message));
}

async function show(notifications: Notifications, { title, body, tag, url }: PushContent): Promise<void> {
  // Without `renotify` something newer about the same conversation would take the old one's place without a sound.
  const options = { body, tag, renotify: true, data: url } satisfies NotificationOptions & { renotify: boolean };
  await notifications.showNotification(title, options);
}

async function close(notifications: Notifications, { tag }: PushTakenBack): Promise<void> {
  for (const notification of await notifications.getNotifications({ tag })) notification.close();
}

/** Where a click leads: a page of ours, whatever a notification says. */
export function wayOf(data: unknown, origin: string): string {
  const way = new URL(typeof data === "string" && URL.canParse(data, origin) ? data : "/", origin);
  return way.origin === origin ? way.href : origin;
}
