import type { EntryShown, FailureBody, MessageSaid } from "../api";
import type { Say } from "../events";
import { Refused } from "../refused";
import type { Keeping, Unsent } from "./kept";

const AGAIN_MS = 5_000;
// Longer than another tab asks for one message: what is there still is nobody's.
const ELSEWHERE_MS = 20_000;
// What goes wrong on the hub's side so often is worth a person's look.
const MOST_TRIES = 5;
const PASSING = ["unavailable", "unauthenticated", "token_expired"];

export interface OutboxReactions {
  /** What the page shows of unsent messages is otherwise. */
  changed(unsent: readonly Unsent[]): void;
  /** It stands in the log, or waits for its time. */
  said(thread: string, said: MessageSaid): void;
  /** What others had written that the author did not see. */
  missed(thread: string, entries: readonly EntryShown[]): void;
}

/** Messages on their way to the hub: in order within a conversation, never lost, and, by their `client_id`, never said
 * twice. What the hub refuses steps aside with its reason, and those behind it go on. */
export class Outbox {
  readonly #keeping: Keeping;
  readonly #post: (say: Say) => Promise<MessageSaid>;
  readonly #reactions: OutboxReactions;
  readonly #going = new Set<string>();
  readonly #tries = new Map<string, number>();
  /** Conversations whose next message waits for a while. */
  readonly #pausing = new Map<string, ReturnType<typeof setTimeout>>();
  #taking: ReturnType<typeof setTimeout> | undefined;
  #isStopped = false;

  constructor(keeping: Keeping, post: (say: Say) => Promise<MessageSaid>, reactions: OutboxReactions) {
    this.#keeping = keeping;
    this.#post = post;
    this.#reactions = reactions;
  }

  /** All of them, in the order in which they were written. */
  get unsent(): readonly Unsent[] {
    return this.#keeping.list();
  }

  /** From here on it is not lost. Gives its `client_id`. */
  put(wanted: Omit<Say, "client_id">): string {
    const say = { ...wanted, client_id: newId() };
    this.#keep({ say, at: this.#lastPlace(), failure: null });
    if (!this.#pausing.has(say.thread_id)) void this.#go(say.thread_id);
    return say.client_id;
  }

  /** Goes on with whatever waits: called when there is a connection, too. */
  flush(): void {
    for (const { say } of this.#waiting()) void this.#go(say.thread_id);
  }

  /** Another tab has sent something, or has written something that it may not get to send: then we do, after a while. */
  changedElsewhere(): void {
    this.#reactions.changed(this.unsent);
    this.#taking ??= setTimeout(() => {
      this.#taking = undefined;
      this.flush();
    }, ELSEWHERE_MS);
  }

  /** Once more, behind what was written meanwhile. */
  retry(clientId: string): void {
    const failed = this.#find(clientId);
    if (!failed?.failure) return;
    this.#tries.delete(clientId);
    this.#keep({ ...failed, at: this.#lastPlace(), failure: null });
    void this.#go(failed.say.thread_id);
  }

  /** The author wants it no more; only what has failed can be thrown away. */
  discard(clientId: string): void {
    if (this.#find(clientId)?.failure) this.#drop(clientId);
  }

  /** Tries no more. What is unsent stays kept. */
  stop(): void {
    this.#isStopped = true;
    this.#pausing.forEach(clearTimeout);
    clearTimeout(this.#taking);
  }

  async #go(thread: string): Promise<void> {
    if (this.#going.has(thread)) return;
    this.#going.add(thread);
    clearTimeout(this.#pausing.get(thread));
    this.#pausing.delete(thread);
    let pause = 0;
    for (let next = this.#nextIn(thread); next && !pause && !this.#isStopped; next = this.#nextIn(thread)) {
      pause = await this.#send(next.say);
    }
    this.#going.delete(thread);
    if (pause && !this.#isStopped) this.#pausing.set(thread, setTimeout(() => void this.#go(thread), pause));
  }

  /** After how many ms to try again; 0 when there is nothing more to do about it. */
  async #send(say: Say): Promise<number> {
    try {
      const said = await this.#post(say);
      this.#reactions.said(say.thread_id, said);
      this.#drop(say.client_id);
      if (said.missed.length) this.#reactions.missed(say.thread_id, said.missed);
      return 0;
    } catch (error) {
      return error instanceof Refused ? this.#refused(say, error) : AGAIN_MS;
    }
  }

  #refused(say: Say, error: Refused): number {
    const tries = (this.#tries.get(say.client_id) ?? 0) + 1;
    this.#tries.set(say.client_id, tries);
    if (error.waitS !== undefined) return Math.max(error.waitS * 1000, 1);
    if (PASSING.includes(error.code) || (error.code === "internal" && tries < MOST_TRIES)) return AGAIN_MS;
    const { code, message, data } = error;
    this.#fail(say.client_id, { code, message, data });
    return 0;
  }

  #fail(clientId: string, failure: FailureBody): void {
    const one = this.#find(clientId);
    if (one) this.#keep({ ...one, failure });
  }

  #keep(one: Unsent): void {
    this.#keeping.put(one);
    this.#reactions.changed(this.unsent);
  }

  #drop(clientId: string): void {
    this.#keeping.drop(clientId);
    this.#tries.delete(clientId);
    this.#reactions.changed(this.unsent);
  }

  #find(clientId: string): Unsent | undefined {
    return this.unsent.find(({ say }) => say.client_id === clientId);
  }

  #waiting(): Unsent[] {
    return this.unsent.filter(({ failure }) => !failure);
  }

  #nextIn(thread: string): Unsent | undefined {
    return this.#waiting().find(({ say }) => say.thread_id === thread);
  }

  #lastPlace(): number {
    return Math.max(Date.now(), ...this.unsent.map(({ at }) => at + 1));
  }
}

// `crypto.randomUUID` is for HTTPS and localhost only.
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
