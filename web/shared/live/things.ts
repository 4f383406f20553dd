/** Things by their ids. Nothing in it is ever changed in place: what is the same object is the same. */
export type Things<T> = Readonly<Record<string, T>>;

export function byId<T extends { id: string }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.id, item]));
}

export function without<T>(of: Things<T>, ids: readonly string[]): Record<string, T> {
  const left = { ...of };
  for (const id of ids) delete left[id];
  return left;
}

/** Those of which something was told since. */
export function toldSince<T>(now: Things<T> = {}, before: Things<T> = {}): Things<T> {
  return Object.fromEntries(Object.entries(now).filter(([id]) => !isSame(now, before, id)));
}

export function isSame<T>(now: Things<T>, before: Things<T>, id: string): boolean {
  return now[id] === before[id];
}

/** As many as a question can name. Where there are more, every turn names others. */
export function inTurn(ids: readonly string[], turn: number, most: number): string[] {
  const from = ids.length > most ? (turn * most) % ids.length : 0;
  return [...ids].sort().slice(from, from + most);
}
