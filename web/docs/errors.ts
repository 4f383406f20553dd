import type { Document, SchemaLike } from "./openapi";
import { type Response, sectionsOf } from "./operations";

export interface ErrorRow {
  status: string;
  code: string | undefined;
  meanings: string[];
}

/** The failures that the document lists by code, or else those that its operations answer with. */
export function errorsOf(document: Document): ErrorRow[] {
  const listed = document["x-errors"];
  if (!listed) return errorsOfOperations(document);
  return listed.map(({ status, code, description }) => ({ status: String(status), code, meanings: [description] }));
}

/** What a failed call answers: the schema that most failures of the operations share. */
export function errorSchemaOf(document: Document): SchemaLike | undefined {
  const schemas = failuresOf(document).flatMap(({ media }) => (media?.schema === undefined ? [] : [media.schema]));
  const uses = Map.groupBy(schemas, (schema) => JSON.stringify(schema));
  const [most] = [...uses.values()].sort((a, b) => b.length - a.length);
  return most?.[0];
}

/** Whether a response is a failure like all others, of which the page says once what it looks like. */
export function isCommonFailure({ status, media }: Response, errorSchema: SchemaLike | undefined): boolean {
  return isFailure(status) && JSON.stringify(media?.schema) === JSON.stringify(errorSchema);
}

function errorsOfOperations(document: Document): ErrorRow[] {
  const meanings = new Map<string, Set<string>>();
  for (const { status, text } of failuresOf(document)) {
    const known = meanings.get(status) ?? new Set();
    meanings.set(status, text ? known.add(text) : known);
  }
  return [...meanings]
    .map(([status, texts]) => ({ status, code: undefined, meanings: [...texts] }))
    .sort((a, b) => a.status.localeCompare(b.status));
}

function failuresOf(document: Document) {
  return sectionsOf(document)
    .flatMap(({ operations }) => operations)
    .flatMap(({ responses }) => responses)
    .filter(({ status }) => isFailure(status));
}

function isFailure(status: string): boolean {
  return /^([45]|default)/.test(status);
}
