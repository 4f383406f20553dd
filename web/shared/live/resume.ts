import type { PersonShown, ThreadRow } from "../api";
import type { Watched } from "../events";
import { isRefused, Refused } from "../refused";
import { knownOf, withReloaded, withSynced } from "./answers";
import type { Asking } from "./ask";
import { knownPeople, peopleHidden, peopleOf } from "./people";
import { apply, EMPTY, type Screen, type Told } from "./screen";
import { Watching } from "./watching";

const CHECK_MS = 30_000;
const AGAIN_MS = 5_000;
// What is missing may be on its way.
const GAP_MS = 1_000;

/** What a screen is made right by. */
export interface Sources {
  ask: Asking;
  /** The conversations that the page lists, by HTTP: asked for where the hub cannot tell what has changed. */
  reload: () => Promise<readonly ThreadRow[]>;
  /** A conversation was asked for: with it comes what no screen holds. */
  seen?: (watched: Watched) => void;
  /** What else is asked for each time. */
  lookAround?: () => Promise<void>;
}

/** Keeps a screen right: by what is told, by asking what was missed after each connect and every 30 s, and by loading anew
 * what cannot be told. */
export class Resume {
  readonly #screen: { value: Screen };
  readonly #sources: Sources;
  readonly #watching: Watching;
  #at = "";
  #turn = 0;
  #isOnline = false;
  #isBusy = false;
  #isAsked = false;
  #next: ReturnType<typeof setTimeout> | undefined;
  #gap: ReturnType<typeof setTimeout> | undefined;

  constructor(screen: { value: Screen }, sources: Sources) {
    this.#screen = screen;
    this.#sources = sources;
    this.#watching = new Watching(screen, sources.ask, (watched) => sources.seen?.(watched));
  }

  /** There is a connection: whatever was missed is asked for. */
  online(): void {
    this.#isOnline = true;
    this.check();
  }

  offline(): void {
    this.#isOnline = false;
  }

  heard(event: Told): void {
    this.#screen.value = apply(this.#screen.value, event);
    this.#watching.heard(event);
    if (event.name === "standing_changed") this.check();
    if (this.#hasGap()) this.#gap ??= setTimeout(() => this.#mind(), GAP_MS);
  }

  /** A conversation is looked at: its log comes, and stays right. */
  watch(id: string): void {
    for (const oldest of this.#watching.open(id)) this.unwatch(oldest);
    if (this.#isOnline) this.#watching.look(id).catch(() => this.check());
  }

  unwatch(id: string): void {
    this.#watching.close(id);
    if (this.#isOnline) this.#sources.ask("unwatch", { thread_id: id }).catch(() => {});
  }

  /** These people, whom the page has loaded, are shown now, and no others: they stay right. */
  showPeople(loaded: readonly PersonShown[]): void {
    const { people } = this.#screen.value;
    this.#screen.value = { ...this.#screen.value, people: peopleOf(people, loaded) };
    if (loaded.some(({ id }) => !people[id])) this.check();
  }

  /** Asks what was missed, now. */
  check(): void {
    this.#isAsked = true;
    if (this.#isOnline && !this.#isBusy) void this.#check();
  }

  async #check(): Promise<void> {
    this.#isBusy = true;
    clearTimeout(this.#next);
    let pause = CHECK_MS;
    try {
      while (this.#isAsked) {
        this.#isAsked = false;
        if (!(await this.#sync())) continue;
        await this.#watching.lookAtAll();
        await this.#sources.lookAround?.();
      }
    } catch (error) {
      pause = Math.max(AGAIN_MS, error instanceof Refused ? (error.waitS ?? 0) * 1000 : 0);
    }
    this.#isBusy = false;
    if (this.#isOnline) this.#next = setTimeout(() => this.check(), pause);
  }

  /** Whether there is anything to see. */
  async #sync(): Promise<boolean> {
    const before = this.#screen.value;
    const turn = this.#turn++;
    const known = { known: knownOf(before, turn), people: knownPeople(before.people, turn) };
    try {
      const synced = await this.#sources.ask("sync", { after: this.#at, ...known });
      this.#screen.value = withSynced(this.#screen.value, before, synced);
      if (!synced.recovered) await this.#reload();
      // Only now everything up to there is known.
      this.#at = synced.at;
      return true;
    } catch (error) {
      if (!isRefused(error, "forbidden")) throw error;
      const { people } = this.#screen.value;
      this.#screen.value = { ...EMPTY, people: peopleHidden(people, Object.keys(people)) };
      this.#at = "";
      return false;
    }
  }

  async #reload(): Promise<void> {
    const before = this.#screen.value;
    const rows = await this.#sources.reload();
    this.#screen.value = withReloaded(this.#screen.value, before, rows);
  }

  #mind(): void {
    this.#gap = undefined;
    if (this.#hasGap()) this.check();
  }

  /** Whether something is known to be missing: in a log, or what the member has of a conversation. */
  #hasGap(): boolean {
    const { threads, marks } = this.#screen.value;
    return this.#watching.hasHole || Object.keys(threads).some((id) => !marks[id]);
  }
}
