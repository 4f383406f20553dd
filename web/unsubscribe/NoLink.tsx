import { Step } from "./Step";
import type { Words } from "./words";

/** The link is none of ours, or too old: there is another way that always works. */
export function NoLink({ words }: { words: Words }) {
  return <Step title={words.gone} lead={words.goneLead} />;
}
