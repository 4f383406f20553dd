import type { MessageSaid } from "../api";
import type { Say } from "../events";
import type { Session } from "../session";
import type { Asking } from "./ask";

// The hub ends a socket that sends a frame of more than 64 kB; something is to be said beside the message.
const FRAME_BYTES = 60_000;

/** Says a message over the socket, or, where it is too long for that, by HTTP: the `client_id` is the same there. */
export function saying(ask: Asking, session: Pick<Session, "ask">): (say: Say) => Promise<MessageSaid> {
  return (say) => {
    if (new TextEncoder().encode(JSON.stringify(say)).length <= FRAME_BYTES) return ask("say", say);
    const { thread_id, ...wanted } = say;
    return session.ask("POST", `/api/v1/threads/${thread_id}/messages`, wanted);
  };
}
