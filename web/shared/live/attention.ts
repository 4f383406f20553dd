import { Refused } from "../refused";

const IDLE_MS = 5 * 60_000;

/** What shows that somebody sits before a page. */
export const TOUCHES = ["pointermove", "pointerdown", "wheel", "keydown"] as const;

/** Whether somebody sits before the page: the hub pushes nothing and writes no letters to whoever does. */
export class Attention {
  readonly #tell: (isThere: boolean) => Promise<unknown>;
  #touchedAt: number;
  #told = true;
  #isTelling = false;

  constructor(tell: (isThere: boolean) => Promise<unknown>, now: number) {
    this.#tell = tell;
    this.#touchedAt = now;
  }

  touched(now: number): void {
    this.#touchedAt = now;
  }

  /** To the hub a new socket is one that somebody sits before. */
  online(): void {
    this.#told = true;
  }

  /** Tells what is otherwise by now; what could not be told is told the next time. */
  async look(isHidden: boolean, now: number): Promise<void> {
    const isThere = !isHidden && now - this.#touchedAt < IDLE_MS;
    if (this.#isTelling || isThere === this.#told) return;
    this.#isTelling = true;
    try {
      await this.#tell(isThere);
      this.#told = isThere;
    } catch (error) {
      // Where there is no connection, or too much is asked, it is told again; what is not wanted is not.
      if (error instanceof Refused && error.waitS === undefined) this.#told = isThere;
    } finally {
      this.#isTelling = false;
    }
  }
}
