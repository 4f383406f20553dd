import { effect, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Entrance, SignedIn } from "../shared/api";
import type { Session } from "../shared/session";
import { type Address, type Path, readAddress } from "./address";
import { wordsForSingleSignOn } from "./singleSignOn";
import { explain, type Trouble } from "./trouble";

/** How far in somebody is. */
export type Stage =
  | { at: "waiting" }
  | { at: "away"; trouble: Trouble }
  | { at: "door" }
  | { at: "second step"; ticket: string }
  | { at: "inside" };

/** Something to say above a form: how what was done before has ended. */
export interface Said {
  tone: "good" | "bad";
  words: string;
}

export type AskEntrance = () => Promise<Entrance>;

/** One visit to the entrance, from the first look at the address until somebody is in. */
export class Visit {
  readonly session: Session;
  readonly stage = signal<Stage>({ at: "waiting" });
  readonly address: Signal<Address>;
  readonly said = signal<Said | undefined>(undefined);
  /** Which ways in there are; unknown until the hub has answered. */
  readonly entrance = signal<Entrance | undefined>(undefined);
  /** What was typed stays when somebody goes from one form to another. */
  readonly typed = { email: signal(""), password: signal(""), name: signal(""), accountName: signal("") };
  readonly #askEntrance: AskEntrance;

  constructor(session: Session, askEntrance: AskEntrance) {
    this.session = session;
    this.#askEntrance = askEntrance;
    this.address = signal(readAddress(location, history));
    addEventListener("popstate", () => this.#goBack());
    addEventListener("hashchange", () => this.#look());
    effect(() => this.#noticeSignOut());
  }

  /** The first look: whoever is signed in already is in. */
  async begin(): Promise<void> {
    void this.#learnWays();
    const { path, error } = this.address.peek();
    if (error) this.said.value = { tone: "bad", words: wordsForSingleSignOn(error) };
    if (path !== "/sign-in" || error) {
      this.stage.value = { at: "door" };
      return;
    }
    try {
      if (await this.session.resume()) this.comeIn();
      else this.stage.value = { at: "door" };
    } catch (failure) {
      this.stage.value = { at: "away", trouble: explain(failure) };
    }
  }

  /** To another page of the entrance, without loading it. */
  go(path: Path, said?: Said): void {
    history.pushState(null, "", path);
    this.#look();
    this.said.value = said;
    this.stage.value = { at: "door" };
  }

  /** What any way in has answered: in, or half way. */
  take({ access, ticket }: SignedIn): void {
    this.said.value = undefined;
    if (access) this.comeIn();
    else this.stage.value = { at: "second step", ticket: ticket ?? "" };
  }

  /** Somebody is in: a reload finds them there. */
  comeIn(): void {
    history.replaceState(null, "", "/sign-in");
    this.#look();
    this.typed.password.value = "";
    this.stage.value = { at: "inside" };
  }

  #goBack(): void {
    this.#look();
    if (this.stage.peek().at === "second step") this.stage.value = { at: "door" };
  }

  #look(): void {
    this.address.value = readAddress(location, history);
  }

  async #learnWays(): Promise<void> {
    try {
      this.entrance.value = await this.#askEntrance();
    } catch {
      // Whoever asks for what there is not is told so by the hub.
      this.entrance.value = { can_sign_up: true, mail_is_set_up: true };
    }
  }

  #noticeSignOut(): void {
    if (this.session.access.value !== undefined || this.stage.peek().at !== "inside") return;
    this.said.value = { tone: "good", words: "You are signed out." };
    this.stage.value = { at: "door" };
  }
}

const VisitContext = createContext<Visit | undefined>(undefined);

export const VisitProvider = VisitContext.Provider;

/** The visit that the page is about. */
export function useVisit(): Visit {
  const visit = useContext(VisitContext);
  if (!visit) throw new TypeError("There is no visit around this component.");
  return visit;
}
