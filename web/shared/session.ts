import { type ReadonlySignal, signal } from "@preact/signals";
import type { Access, SignedIn, SignIn } from "./api";
import { answerOf, ask, type Method, reach, request, type Send } from "./ask";
import type { Hint } from "./hint";
import { isRefused } from "./refused";

const SESSION = "/api/v1/session";
const MOST_RACES = 5;
const RACE_S = 1;

/** What a session needs of the browser. */
export interface Surroundings {
  send: Send;
  hint: Hint;
  /** Runs one task at a time in all tabs together. */
  alone: <T>(task: () => Promise<T>) => Promise<T>;
  pause: (ms: number) => Promise<void>;
}

/** Being signed in. The access token lives in this object and nowhere else; a cookie that no script can read brings the
 * next one. */
export class Session {
  readonly #around: Surroundings;
  readonly #access = signal<Access | undefined>(undefined);
  #refreshing: Promise<Access> | undefined;

  constructor(around: Surroundings) {
    this.#around = around;
    around.hint.onCleared(() => (this.#access.value = undefined));
  }

  /** For whom the token speaks, while somebody is signed in here. */
  get access(): ReadonlySignal<Access | undefined> {
    return this.#access;
  }

  signIn(wanted: SignIn): Promise<SignedIn> {
    return this.enter(SESSION, wanted);
  }

  /** Any way in: what it answers is either in, or half way with a ticket for the second step. */
  async enter(path: string, body: unknown): Promise<SignedIn> {
    const answer = await ask<SignedIn>("POST", path, body, this.#around.send);
    if (answer.access) this.#take(answer.access);
    return answer;
  }

  /** Goes on where this browser was signed in before; false when it is not. */
  async resume(): Promise<boolean> {
    if (!this.#around.hint.isSet()) return false;
    try {
      await this.refresh();
      return true;
    } catch (error) {
      if (isRefused(error, "signed_out", "no_membership")) return false;
      throw error;
    }
  }

  /** A new token for the same account. Whoever asks meanwhile gets the same one. */
  refresh(): Promise<Access> {
    // Another tab may have gone over to another account: this one stays where it is.
    return (this.#refreshing ??= this.#renewAlone(this.#access.value?.account_id));
  }

  /** A token for another account of the same login. */
  async switchTo(account: string): Promise<Access> {
    await this.#settled();
    return (this.#refreshing = this.#renewAlone(account));
  }

  /** Like `fetch`, as whoever is signed in. A token that is too old is refreshed once. */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const used = this.#access.value ?? (await this.refresh());
    const response = await reach(this.#around.send, path, authorized(init, used));
    if (!(await isTooOld(response))) return response;
    // Of several requests that come back with the old token, the first has brought the new one already.
    const now = this.#access.value;
    const next = now && now.access_token !== used.access_token ? now : await this.refresh();
    return reach(this.#around.send, path, authorized(init, next));
  }

  /** Asks the API as whoever is signed in. */
  async ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
    return answerOf<T>(await this.fetch(path, request(method, body)));
  }

  /** Signs this browser out, in all of its tabs. */
  async signOut(): Promise<void> {
    await this.#settled();
    try {
      await ask("DELETE", SESSION, undefined, this.#around.send);
    } catch (error) {
      if (!isRefused(error, "signed_out")) throw error;
    }
    this.#forget();
  }

  /** The browser goes away to sign in elsewhere, and comes back with a cookie that no script has seen. */
  expectReturn(): void {
    this.#around.hint.set();
  }

  async #settled(): Promise<void> {
    while (this.#refreshing) await this.#refreshing.catch(() => {});
  }

  #renewAlone(account: string | undefined): Promise<Access> {
    return this.#around.alone(() => this.#renew(account)).finally(() => (this.#refreshing = undefined));
  }

  async #renew(account: string | undefined): Promise<Access> {
    for (let races = 1; ; races++) {
      try {
        return await this.#askForToken(account);
      } catch (error) {
        if (isRefused(error, "signed_out")) this.#forget();
        if (!isRefused(error, "refresh_race") || races === MOST_RACES) throw error;
        await this.#around.pause((error.waitS ?? RACE_S) * 1000);
      }
    }
  }

  async #askForToken(account: string | undefined): Promise<Access> {
    const init = request("POST", { account_id: account ?? null });
    // The old cookie is good no more, so the answer must arrive even if the page is closed or reloaded meanwhile.
    const response = await reach(this.#around.send, `${SESSION}/refresh`, { ...init, keepalive: true });
    const { access } = await answerOf<SignedIn>(response);
    if (!access) throw new TypeError("A refresh is answered without a token.");
    return this.#take(access);
  }

  #take(access: Access): Access {
    this.#around.hint.set();
    return (this.#access.value = access);
  }

  #forget(): void {
    this.#around.hint.clear();
    this.#access.value = undefined;
  }
}

function authorized(init: RequestInit, access: Access): RequestInit {
  const headers = new Headers(init.headers);
  headers.set("authorization", `Bearer ${access.access_token}`);
  return { ...init, headers };
}

// `unauthenticated` is what is said of a session that was ended elsewhere: asking for a new token tells for certain.
async function isTooOld(response: Response): Promise<boolean> {
  if (response.status !== 401) return false;
  try {
    await answerOf(response.clone());
  } catch (error) {
    return isRefused(error, "token_expired", "unauthenticated");
  }
  return false;
}
