import { vi } from "vitest";
import type { ThreadRow } from "../api";
import type { Asking } from "./ask";
import { entry, synced, watched } from "./making";
import { Resume } from "./resume";
import { EMPTY, type Screen } from "./screen";

type Answers = Partial<Record<string, (body: never) => unknown>>;

/** A screen, and a hub that answers as the test says; `asked` is what it was asked. */
export function screenOf(answers: Answers, rows: () => Promise<ThreadRow[]> = async () => []) {
  const asked: { name: string; body: unknown }[] = [];
  const screen: { value: Screen } = { value: EMPTY };
  const ask = (async (name: string, body: never) => {
    asked.push({ name, body });
    return answers[name]?.(body) ?? synced();
  }) as Asking;
  const reload = vi.fn(rows);
  const resume = new Resume(screen, { ask, reload });
  const names = () => asked.map(({ name }) => name);
  const bodiesOf = (wanted: string) => asked.filter(({ name }) => name === wanted).map(({ body }) => body);
  return { screen, resume, asked, names, bodiesOf, reload };
}

export const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
export const hello = () => watched("t", [entry("e1", 1)]);
