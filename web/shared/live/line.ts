import { io, type Socket } from "socket.io-client";
import type { FailureBody } from "../api";
import { Unreachable } from "../refused";

/** Why a line has ended, or never came about: the code of its close frame (0 without one), or what the hub has refused. */
export interface Ending {
  code: number;
  refusal?: FailureBody;
}

/** Whoever is on our side of a line. */
export interface Ear {
  opened(): void;
  heard(name: string, told: unknown): void;
  ended(ending: Ending): void;
}

/** What carries questions and events. */
export interface Line {
  readonly isOpen: boolean;
  open(token: string): void;
  /** Ends it, of which the ear hears nothing. */
  close(): void;
  /** The answer as it came; throws Unreachable when none comes. */
  ask(name: string, body: unknown, patienceMs: number): Promise<unknown>;
}

/** A line to the hub of this page, by Socket.IO: it neither comes back nor keeps anything by itself. */
export function socketLine(namespace: string, ear: Ear): Line {
  let token = "";
  const socket: Socket = io(namespace, {
    transports: ["websocket"],
    autoConnect: false,
    reconnection: false,
    forceNew: true,
    auth: (answer) => answer({ token }),
  });
  const ended = (ending: Ending) => {
    socket.disconnect();
    ear.ended(ending);
  };
  socket.on("connect", () => ear.opened());
  socket.onAny((name: string, told: unknown) => ear.heard(name, told));
  socket.on("connect_error", (error) => ended({ code: 0, ...refusalOf(error) }));
  socket.on("disconnect", (reason, details) => {
    if (reason !== "io client disconnect") ended({ code: codeOf(details) });
  });
  return {
    get isOpen() {
      return socket.connected;
    },
    open(fresh) {
      token = fresh;
      socket.connect();
    },
    close: () => void socket.disconnect(),
    async ask(name, body, patienceMs) {
      // The library would keep the question and ask it later, when nobody waits for the answer any more.
      if (!socket.connected) throw new Unreachable("There is no connection.");
      try {
        return (await socket.timeout(patienceMs).emitWithAck(name, body)) as unknown;
      } catch (error) {
        throw new Unreachable("No answer has come.", { cause: error });
      }
    },
  };
}

// A refusal has the hub's own failure in `data`; what the network does has none.
function refusalOf(error: Error & { data?: unknown }): { refusal?: FailureBody } {
  const { data } = error;
  return typeof data === "object" && data !== null && "code" in data ? { refusal: data as FailureBody } : {};
}

function codeOf(details: unknown): number {
  if (typeof details !== "object" || details === null || !("context" in details)) return 0;
  const { context } = details;
  return typeof context === "object" && context !== null && "code" in context && typeof context.code === "number"
    ? context.code
    : 0;
}
