import type { PersonShown } from "../api";
import { inTurn, type Things } from "./things";

// No question names more.
const MOST_PEOPLE = 20;

/** Somebody whom the page shows, as of a `rev`: nobody, where they may be seen no more. */
export interface PersonHeld {
  rev: number;
  shown: PersonShown | null;
}

export type People = Things<PersonHeld>;

/** These, and no others; as the page has loaded them, unless as much is known already. */
export function peopleOf(people: People, loaded: readonly PersonShown[]): People {
  const known = (id: string, rev: number) => (people[id] && people[id].rev >= rev ? people[id] : undefined);
  return Object.fromEntries(loaded.map((shown) => [shown.id, known(shown.id, shown.rev) ?? { rev: shown.rev, shown }]));
}

/** As of which `rev` they are known. Of whoever is not seen the hub tells once they are. */
export function knownPeople(people: People, turn: number): Record<string, number> {
  const named = inTurn(Object.keys(people), turn, MOST_PEOPLE);
  return Object.fromEntries(named.map((id) => [id, people[id]?.shown ? people[id].rev : 0]));
}

/** Of whoever is not shown nothing is kept. */
export function peopleWith(people: People, shown: PersonShown): People {
  const { id, rev } = shown;
  return rev >= (people[id]?.rev ?? Number.POSITIVE_INFINITY) ? { ...people, [id]: { rev, shown } } : people;
}

/** Unless they are known to be there by then, or again. */
export function peopleWithout(people: People, id: string, rev: number): People {
  return rev > (people[id]?.rev ?? Number.POSITIVE_INFINITY) ? { ...people, [id]: { rev, shown: null } } : people;
}

/** They may be seen no more, as of what is known. */
export function peopleHidden(people: People, ids: readonly string[]): People {
  const hidden = ids.flatMap((id) => (people[id] ? [[id, { rev: people[id].rev, shown: null }]] : []));
  return { ...people, ...Object.fromEntries(hidden) };
}
