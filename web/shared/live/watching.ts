import type { Watched } from "../events";
import { isRefused } from "../refused";
import { withWatched } from "./answers";
import type { Asking } from "./ask";
import { isWhole } from "./log";
import { apply, forgotten, type Screen, type Told } from "./screen";
import { without } from "./things";

// The hub lets no socket hear more conversations at a time.
const MOST_OPEN = 20;

/** The conversations that are open at a screen, and their logs. */
export class Watching {
  readonly #screen: { value: Screen };
  readonly #ask: Asking;
  readonly #seen: (watched: Watched) => void;
  readonly #open = new Set<string>();
  /** For each answer that is on its way: what is heard meanwhile. */
  readonly #meanwhile = new Set<Told[]>();

  constructor(screen: { value: Screen }, ask: Asking, seen: (watched: Watched) => void) {
    this.#screen = screen;
    this.#ask = ask;
    this.#seen = seen;
  }

  /** Gives those that have to be closed for it. */
  open(id: string): string[] {
    this.#open.delete(id);
    this.#open.add(id);
    return [...this.#open].slice(0, -MOST_OPEN);
  }

  close(id: string): void {
    this.#open.delete(id);
    this.#screen.value = { ...this.#screen.value, logs: without(this.#screen.value.logs, [id]) };
  }

  heard(event: Told): void {
    for (const told of this.#meanwhile) told.push(event);
  }

  /** Whether something is missing in a log. */
  get hasHole(): boolean {
    return [...this.#open].some((id) => this.#screen.value.threads[id] && this.#isMissing(id));
  }

  async lookAtAll(): Promise<void> {
    for (const id of [...this.#open]) await this.look(id);
  }

  async look(id: string): Promise<void> {
    if (!this.#open.has(id)) return;
    try {
      const isRecovered = await this.#take(id, this.#screen.value.logs[id]?.at ?? "");
      // What a position counts as known may be missing all the same: it leans on clocks.
      if (isRecovered && this.#open.has(id) && this.#isMissing(id)) await this.#take(id, "");
    } catch (error) {
      if (!isRefused(error, "no_such_thread", "forbidden")) throw error;
      this.#screen.value = forgotten(this.#screen.value, [id]);
    }
  }

  /** Whether it was told what was missing, rather than the end of the log. */
  async #take(id: string, after: string): Promise<boolean> {
    const before = this.#screen.value;
    const told: Told[] = [];
    this.#meanwhile.add(told);
    try {
      const watched = await this.#ask("watch", { thread_id: id, after });
      this.#seen(watched);
      // What was told while there was no log yet belongs in it, too.
      if (this.#open.has(id)) this.#screen.value = told.reduce(apply, withWatched(this.#screen.value, before, id, watched));
      return watched.recovered;
    } finally {
      this.#meanwhile.delete(told);
    }
  }

  #isMissing(id: string): boolean {
    const { threads, logs } = this.#screen.value;
    return !isWhole(logs[id], threads[id]?.seq ?? 0);
  }
}
