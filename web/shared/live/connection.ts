import type { Access, FailureBody } from "../api";
import { isRefused, Refused } from "../refused";
import { askingOver, type Asking } from "./ask";
import type { Ear, Ending, Line } from "./line";
import { askedMs, Code, pauseMs } from "./pauses";

/** What a connection needs of the session: the token in hand, and a new one. */
export interface Tokens {
  readonly access: { readonly value: Access | undefined };
  refresh(): Promise<Access>;
}

/** `ended` is for good: nobody is signed in any more, or the hub does not want this page; `why` says so. */
export type Standing = { state: "connecting" | "open" | "waiting" | "ended"; why?: FailureBody };

export interface Reactions {
  opened(): void;
  heard(name: string, told: unknown): void;
  stands(standing: Standing): void;
}

// Whoever was let in and stays for so long is well: what was before counts no more.
const STEADY_MS = 30_000;
const PATIENCE_MS = 20_000;

/** The one socket of a page: it comes back by itself, with a token that is good. */
export class Connection {
  readonly ask: Asking;
  readonly #line: Line;
  readonly #tokens: Tokens;
  readonly #reactions: Reactions;
  #standing: Standing = { state: "waiting" };
  #tries = 0;
  /** Whether a token that is refused may be renewed: not a new one, until somebody was let in with it. */
  #mayRenew = true;
  /** Whether one that was let in and sent away may be: once, until they have stayed. */
  #mayComeAnew = true;
  /** The hub has asked not to be bothered before this. */
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tokens: Tokens, makeLine: (ear: Ear) => Line, reactions: Reactions) {
    this.#tokens = tokens;
    this.#reactions = reactions;
    this.#line = makeLine({
      opened: () => this.#opened(),
      heard: (name, told) => reactions.heard(name, told),
      ended: (ending) => void this.#ended(ending),
    });
    this.ask = askingOver(this.#line);
  }

  get standing(): Standing {
    return this.#standing;
  }

  start(): void {
    if (this.#standing.state === "waiting") void this.#connect();
  }

  /** The network is back, or somebody looks at the page again: no more waiting than the hub has asked for. */
  hurry(): void {
    if (Date.now() >= this.#notBefore) this.start();
  }

  stop(): void {
    this.#end({ code: "stopped", message: "The page has closed its connection.", data: {} });
  }

  async #connect(isNew = false): Promise<void> {
    this.#stand({ state: "connecting" });
    try {
      const access = (isNew ? undefined : this.#tokens.access.value) ?? (await this.#tokens.refresh());
      if (this.#standing.state !== "connecting") return;
      if (isNew) this.#mayRenew = false;
      this.#after(PATIENCE_MS, () => this.#giveUp());
      this.#line.open(access.access_token);
    } catch (error) {
      this.#noToken(error);
    }
  }

  #noToken(error: unknown): void {
    if (isRefused(error, "signed_out", "no_membership")) this.#end(failureOf(error));
    else this.#comeBack({ code: 0, ...(error instanceof Refused && { refusal: failureOf(error) }) });
  }

  #giveUp(): void {
    this.#line.close();
    this.#comeBack({ code: 0 });
  }

  #opened(): void {
    this.#stand({ state: "open" });
    this.#mayRenew = true;
    this.#after(STEADY_MS, () => {
      this.#tries = 0;
      this.#mayComeAnew = true;
    });
    this.#reactions.opened();
  }

  async #ended(ending: Ending): Promise<void> {
    if (this.#standing.state === "ended") return;
    const { code, refusal } = ending;
    if (code === Code.nobody) await this.#comeAnew();
    else if (isOfToken(refusal)) await this.#renew(refusal);
    else if (refusal && !isPassing(refusal)) this.#end(refusal);
    else this.#comeBack(ending);
  }

  /** A new token is had once: who is refused with that is out. */
  async #renew(refusal: FailureBody): Promise<void> {
    if (this.#mayRenew) await this.#connect(true);
    else this.#end(refusal);
  }

  /** Sent away: who is let in by a new token and sent away again is out. */
  async #comeAnew(): Promise<void> {
    if (!this.#mayComeAnew) return this.#end({ code: "signed_out", message: "Signed out.", data: {} });
    this.#mayComeAnew = false;
    await this.#connect(true);
  }

  #comeBack(ending: Ending): void {
    this.#stand({ state: "waiting" });
    this.#notBefore = Date.now() + (askedMs(ending) ?? 0);
    this.#after(pauseMs(ending, this.#tries++), () => this.start());
  }

  #end(why: FailureBody): void {
    this.#stand({ state: "ended", why });
    this.#line.close();
  }

  #stand(standing: Standing): void {
    clearTimeout(this.#timer);
    this.#standing = standing;
    this.#reactions.stands(standing);
  }

  #after(ms: number, task: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(task, ms);
  }
}

function isOfToken(refusal: FailureBody | undefined): refusal is FailureBody {
  return refusal !== undefined && ["unauthenticated", "token_expired"].includes(refusal.code);
}

/** Over by itself; any other refusal stays one however often it is asked. */
function isPassing({ code, data }: FailureBody): boolean {
  return typeof data.retry_after_s === "number" || ["internal", "too_many_sockets"].includes(code);
}

function failureOf({ code, message, data }: Refused): FailureBody {
  return { code, message, data };
}
