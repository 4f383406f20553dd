import type { FailureBody } from "../api";
import type { Say } from "../events";

/** A message that the hub has not taken yet; with a `failure` it will not be, unless it is tried again. */
export interface Unsent {
  say: Say;
  /** Its place in the order in which it was written. */
  at: number;
  failure: FailureBody | null;
}

/** Where unsent messages stand. */
export interface Keeping {
  list(): Unsent[];
  put(one: Unsent): void;
  drop(clientId: string): void;
}

/** Kept over a reload, for one member of one account. Each message has a key of its own, so that two tabs never write over
 * each other's. Where the browser keeps nothing, they last as long as the page. */
export function keptIn(storage: () => Storage, account: string, member: string): Keeping {
  const prefix = `parley.unsent.${account}.${member}.`;
  const unkept = new Map<string, Unsent>();
  return {
    list() {
      const found = [...(attempt(() => stored(storage(), prefix)) ?? []), ...unkept.values()];
      return found.sort((one, other) => one.at - other.at);
    },
    put(one) {
      const { client_id: id } = one.say;
      const isKept = attempt(() => (storage().setItem(prefix + id, JSON.stringify(one)), true));
      if (isKept) unkept.delete(id);
      else unkept.set(id, one);
    },
    drop(id) {
      unkept.delete(id);
      attempt(() => storage().removeItem(prefix + id));
    },
  };
}

function stored(storage: Storage, prefix: string): Unsent[] {
  const keys = Array.from({ length: storage.length }, (_, place) => storage.key(place) ?? "");
  const texts = keys.filter((key) => key.startsWith(prefix)).map((key) => storage.getItem(key) ?? "");
  return texts.flatMap((text) => attempt(() => [JSON.parse(text) as Unsent]) ?? []);
}

// Browsers throw where a person has switched storage off, or where it is full.
function attempt<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
