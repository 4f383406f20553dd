import type { Document, Json, Schema, SchemaLike } from "./openapi";
import { resolve } from "./references";
import { branchesOf, fieldsOf, isNull } from "./schemas";

type Extent = "required" | "all";

/** A value that the schema could take: with every field, or with those only that it demands. */
export function sampleOf(given: SchemaLike, document: Document, extent: Extent, within: string[] = []): Json {
  if (typeof given === "boolean") return {};
  if (given.$ref !== undefined) {
    if (within.includes(given.$ref)) return null;
    within = [...within, given.$ref];
  }
  const schema = resolve(given, document);
  return knownValue(schema) ?? composedValue(schema, document, extent, within);
}

/** A value that the schema itself names; null is passed over, because it shows nothing. */
export function knownValue({ examples, const: constant, enum: values, default: standard }: Schema): Json | undefined {
  return examples?.[0] ?? constant ?? values?.[0] ?? standard;
}

function composedValue(schema: Schema, document: Document, extent: Extent, within: string[]): Json {
  const branch = branchesOf(schema)?.find((one) => !isNull(one));
  if (branch !== undefined) return sampleOf(branch, document, extent, within);
  if (schema.prefixItems) return schema.prefixItems.map((item) => sampleOf(item, document, extent, within));
  if (schema.properties) return sampleObject(schema, document, extent, within);
  if (schema.type === "array") return sampleList(schema, document, extent, within);
  return scalarSample(schema);
}

function sampleObject(schema: Schema, document: Document, extent: Extent, within: string[]): Json {
  const fields = fieldsOf(schema, document);
  const demanded = fields.filter((field) => field.isRequired);
  // A body of which nothing is required still needs something in it to be an example.
  const shown = extent === "all" ? fields : demanded.length > 0 ? demanded : fields.slice(0, 1);
  return Object.fromEntries(shown.map(({ name, schema }) => [name, sampleOf(schema, document, extent, within)]));
}

function sampleList({ items = true }: Schema, document: Document, extent: Extent, within: string[]): Json {
  const isCycle = typeof items !== "boolean" && items.$ref !== undefined && within.includes(items.$ref);
  return isCycle || items === false ? [] : [sampleOf(items, document, extent, within)];
}

function scalarSample({ type, format, title, minimum, exclusiveMinimum }: Schema): Json {
  const kind = Array.isArray(type) ? type.find((one) => one !== "null") : type;
  switch (kind) {
    case "string":
      return formatSamples[format ?? ""] ?? title ?? "text";
    case "integer":
    case "number":
      return minimum ?? (exclusiveMinimum ?? 0) + 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return {};
  }
}

const formatSamples: Record<string, string> = {
  date: "2026-11-20",
  "date-time": "2026-11-20T09:30:00Z",
  email: "asha@example.com",
  uri: "https://example.com",
  uuid: "3f2b8c1e-5d44-4f0a-9a57-0c7f0d2f6b11",
};
