import type { Operation, Section } from "./operations";

/** The sections with those operations only that hold every one of the words. */
export function filterSections(sections: Section[], words: string): Section[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return sections
    .map((section) => ({ ...section, operations: section.operations.filter((one) => holds(one, wanted)) }))
    .filter((section) => section.operations.length > 0);
}

export function countOperations(sections: Section[]): number {
  return sections.reduce((sum, { operations }) => sum + operations.length, 0);
}

function holds({ method, path, title, id, tag, permission = "" }: Operation, words: string[]): boolean {
  const text = [method, path, title, id, tag, permission].join(" ").toLowerCase();
  return words.every((word) => text.includes(word));
}
