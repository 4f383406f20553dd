import type { Document, Reference, Schema, SchemaLike } from "./openapi";

/** What a reference points at, or the value itself. A reference to nothing, or to itself, gives undefined. */
export function follow<T extends object>(value: T | Reference | undefined, document: Document): T | undefined {
  const visited = new Set<string>();
  let found: unknown = value;
  while (isReference(found)) {
    if (visited.has(found.$ref)) return undefined;
    visited.add(found.$ref);
    found = lookUp(found.$ref, document);
  }
  return found as T | undefined;
}

/** A schema without references or `allOf` at its top: words that stand beside a reference win over those behind it. */
export function resolve(given: SchemaLike, document: Document, visited: readonly SchemaLike[] = []): Schema {
  if (typeof given === "boolean" || visited.includes(given)) return {};
  const { $ref, allOf = [], ...own } = given;
  const sources = [...($ref === undefined ? [] : [lookUpSchema($ref, document)]), ...allOf];
  return sources.map((source) => resolve(source, document, [...visited, given])).reduceRight(merge, own);
}

export function nameOf(reference: string): string {
  return unescape(reference.slice(reference.lastIndexOf("/") + 1));
}

function merge(own: Schema, inherited: Schema): Schema {
  const merged = { ...inherited, ...own };
  if (inherited.properties) merged.properties = { ...inherited.properties, ...own.properties };
  if (inherited.required) merged.required = [...new Set([...inherited.required, ...(own.required ?? [])])];
  return merged;
}

function lookUpSchema(reference: string, document: Document): SchemaLike {
  return (lookUp(reference, document) as SchemaLike | undefined) ?? true;
}

function lookUp(reference: string, document: Document): unknown {
  const [start, ...steps] = reference.split("/").map(unescape);
  if (start !== "#") return undefined;
  return steps.reduce<unknown>((place, step) => (isRecord(place) ? place[step] : undefined), document);
}

function unescape(step: string): string {
  return decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
}

function isReference(value: unknown): value is Reference {
  return isRecord(value) && typeof value.$ref === "string";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
