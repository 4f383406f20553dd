import { type ReadonlySignal, signal } from "@preact/signals";
import type { Access, EntryShown, PersonShown, ThreadRow } from "../api";
import type { Session } from "../session";
import { withOlder } from "./answers";
import { type Around, NOBODY, noticed, tidied, withPresence, withWhoIsThere } from "./around";
import type { Asking } from "./ask";
import { Attention, TOUCHES } from "./attention";
import { Connection, type Standing } from "./connection";
import { keptIn, type Unsent } from "./kept";
import { socketLine } from "./line";
import { Outbox } from "./outbox";
import { Resume } from "./resume";
import { saying } from "./saying";
import { EMPTY, type Screen, type Told, withEntries } from "./screen";

const TICK_MS = 1_000;

/** What a page does for its live inbox. */
export interface Page {
  /** The conversations that it lists, by HTTP. */
  reload: () => Promise<readonly ThreadRow[]>;
  /** Others have written what the author of a message had not seen. */
  missed?: (thread: string, entries: readonly EntryShown[]) => void;
  /** Everything that is told, for what the screen does not hold. */
  heard?: (event: Told) => void;
}

/** The live inbox of one member at one page: a screen that is right, a connection that comes back, and messages that get
 * there. Make another one for another account. */
export class Live {
  readonly #screen = signal<Screen>(EMPTY);
  readonly #around = signal<Around>(NOBODY);
  readonly #standing = signal<Standing>({ state: "waiting" });
  readonly #unsent = signal<readonly Unsent[]>([]);
  readonly #connection: Connection;
  readonly #resume: Resume;
  readonly #attention: Attention;
  readonly outbox: Outbox;
  readonly #left = new AbortController();

  constructor(session: Session, { account_id, member_id }: Access, page: Page) {
    this.#connection = new Connection(session, (ear) => socketLine("/inbox", ear), {
      opened: () => this.#opened(),
      heard: (name, told) => this.#heard({ name, told } as Told, page),
      stands: (standing) => this.#stands(standing),
    });
    this.#resume = new Resume(this.#screen, {
      ask: this.ask,
      reload: page.reload,
      seen: ({ presence }) => (this.#around.value = withPresence(this.#around.value, presence, Date.now())),
      lookAround: () => this.#lookAround(),
    });
    this.#attention = new Attention((is_there) => this.ask("attention", { is_there }), Date.now());
    this.outbox = new Outbox(keptIn(() => localStorage, account_id, member_id), saying(this.ask, session), {
      changed: (unsent) => (this.#unsent.value = unsent),
      said: (thread, { message }) => message && this.#take(thread, [message]),
      missed: (thread, entries) => {
        this.#take(thread, entries);
        page.missed?.(thread, entries);
      },
    });
    this.#unsent.value = this.outbox.unsent;
  }

  get screen(): ReadonlySignal<Screen> {
    return this.#screen;
  }

  /** Who is there, who types, what agents are about to say. */
  get around(): ReadonlySignal<Around> {
    return this.#around;
  }

  get standing(): ReadonlySignal<Standing> {
    return this.#standing;
  }

  /** Written, and not said yet; what stands in a log with the same `client_id` is. */
  get unsent(): ReadonlySignal<readonly Unsent[]> {
    return this.#unsent;
  }

  get ask(): Asking {
    return this.#connection.ask;
  }

  start(): void {
    const heed = { signal: this.#left.signal };
    addEventListener("online", () => this.#connection.hurry(), heed);
    addEventListener("storage", () => this.outbox.changedElsewhere(), heed);
    document.addEventListener("visibilitychange", () => this.#turned(), heed);
    for (const touch of TOUCHES) {
      addEventListener(touch, () => this.#attention.touched(Date.now()), { ...heed, capture: true, passive: true });
    }
    const ticking = setInterval(() => this.#tick(), TICK_MS);
    this.#left.signal.addEventListener("abort", () => clearInterval(ticking));
    this.#connection.start();
  }

  watch(thread: string): void {
    this.#resume.watch(thread);
  }

  unwatch(thread: string): void {
    this.#resume.unwatch(thread);
  }

  /** These people, whom the page has loaded by HTTP, are shown now, and no others. */
  showPeople(loaded: readonly PersonShown[]): void {
    this.#resume.showPeople(loaded);
  }

  /** Shows older entries, which the page has loaded by HTTP. */
  takeOlder(thread: string, entries: readonly EntryShown[], hasMore: boolean): void {
    this.#screen.value = withOlder(this.#screen.value, thread, entries, hasMore);
  }

  /** The page is left. What is unsent stays kept. */
  stop(): void {
    this.#left.abort();
    this.outbox.stop();
    this.#connection.stop();
  }

  #opened(): void {
    this.#attention.online();
    this.#attend();
    this.#resume.online();
    this.outbox.flush();
  }

  #stands(standing: Standing): void {
    this.#standing.value = standing;
    if (standing.state !== "open") this.#resume.offline();
  }

  #heard(event: Told, page: Page): void {
    this.#resume.heard(event);
    this.#around.value = noticed(this.#around.value, event, Date.now());
    page.heard?.(event);
  }

  async #lookAround(): Promise<void> {
    this.#around.value = withWhoIsThere(this.#around.value, await this.ask("presence", {}), Date.now());
  }

  #tick(): void {
    this.#around.value = tidied(this.#around.value, Date.now());
    this.#attend();
  }

  /** Shown again, or hidden. */
  #turned(): void {
    if (!document.hidden) this.#seen();
    this.#attend();
  }

  #attend(): void {
    if (this.#connection.standing.state === "open") void this.#attention.look(document.hidden, Date.now());
  }

  // Browsers let hidden pages sleep: what they have missed is asked for as soon as somebody looks.
  #seen(): void {
    this.#attention.touched(Date.now());
    this.#connection.hurry();
    this.#resume.check();
  }

  #take(thread: string, entries: readonly EntryShown[]): void {
    this.#screen.value = withEntries(this.#screen.value, thread, entries);
  }
}
