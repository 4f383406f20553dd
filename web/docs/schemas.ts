import { limitsOf } from "./limits";
import type { Document, Json, Schema, SchemaLike } from "./openapi";
import { nameOf, resolve } from "./references";

export interface Field {
  name: string;
  isRequired: boolean;
  schema: SchemaLike;
}

/** An object that stands somewhere within a schema and has fields of its own to show. */
export interface Nested {
  name: string;
  schema: SchemaLike;
}

/** One level of a schema in words. What lies deeper is named in `nested` and described when somebody opens it. */
export interface Description {
  type: string;
  text: string | undefined;
  values: string[];
  limits: string[];
  standard: string | undefined;
  example: string | undefined;
  isDeprecated: boolean;
  nested: Nested[];
}

export function describe(given: SchemaLike, document: Document): Description {
  const schema = resolve(given, document);
  const core = coreOf(schema, document);
  const items = core.items === undefined ? undefined : coreOf(resolve(core.items, document), document);
  const example = schema.examples?.[0] ?? core.examples?.[0];

  return {
    type: typeOf(given, document),
    text: schema.description ?? core.description,
    values: (valuesOf(core) ?? valuesOf(items) ?? []).map(literal),
    limits: [...limitsOf(core), ...limitsOf(items ?? {}).map((limit) => `each ${limit}`)],
    standard: standardOf(schema),
    example: example === undefined ? undefined : literal(example),
    isDeprecated: schema.deprecated ?? false,
    nested: nestedIn(given, document),
  };
}

export function fieldsOf(given: SchemaLike, document: Document): Field[] {
  const { properties = {}, required = [] } = resolve(given, document);
  return Object.entries(properties).map(([name, schema]) => ({ name, schema, isRequired: required.includes(name) }));
}

export function typeOf(given: SchemaLike, document: Document): string {
  if (typeof given === "boolean") return given ? "any" : "nothing";
  if (given.$ref !== undefined && !isScalar(resolve(given, document))) return nameOf(given.$ref);

  const { $ref: _, ...own } = given;
  const schema = given.$ref === undefined && !given.allOf ? own : resolve(given, document);
  const branches = branchesOf(schema);
  if (branches) return joined(branches.map((branch) => typeOf(branch, document)));
  if (Array.isArray(schema.type)) return joined(schema.type.map((type) => typeOf({ ...schema, type }, document)));
  return plainTypeOf(schema, document);
}

export function branchesOf({ anyOf, oneOf }: Schema): SchemaLike[] | undefined {
  return anyOf ?? oneOf;
}

export function literal(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function plainTypeOf(schema: Schema, document: Document): string {
  const { type, properties, additionalProperties, items, prefixItems } = schema;
  if (prefixItems) return `[${prefixItems.map((item) => typeOf(item, document)).join(", ")}]`;
  if (type === "array") return items === undefined ? "list" : `list of ${typeOf(items, document)}`;
  const isMap = type === "object" && !properties && additionalProperties;
  if (isMap) return `map of ${typeOf(additionalProperties, document)}`;
  return scalarTypeOf(schema) ?? "any";
}

function scalarTypeOf({ type, enum: values, const: constant }: Schema): string | undefined {
  if (typeof type === "string") return type;
  const known = values ?? (constant === undefined ? [] : [constant]);
  if (known.length === 0) return undefined;
  return joined(known.map((value) => (value === null ? "null" : typeof value)));
}

function isScalar(schema: Schema): boolean {
  const type = scalarTypeOf(schema);
  return type !== undefined && type !== "object" && type !== "array";
}

function joined(types: string[]): string {
  return [...new Set(types)].join(" or ");
}

/** Where a schema only adds null to another one, that other one holds the limits and often the words. */
function coreOf(schema: Schema, document: Document): Schema {
  const [only, ...others] = branchesOf(schema)?.filter((branch) => !isNull(branch)) ?? [];
  return only !== undefined && others.length === 0 ? resolve(only, document) : schema;
}

export function isNull(schema: SchemaLike): boolean {
  return typeof schema !== "boolean" && schema.type === "null";
}

function valuesOf(schema: Schema | undefined): Json[] | undefined {
  return schema?.enum ?? (schema?.const === undefined ? undefined : [schema.const]);
}

function standardOf({ default: standard }: Schema): string | undefined {
  return standard === undefined ? undefined : literal(standard) || '""';
}

function nestedIn(given: SchemaLike, document: Document, visited: readonly SchemaLike[] = []): Nested[] {
  if (typeof given === "boolean" || visited.includes(given)) return [];
  const schema = resolve(given, document);
  if (schema.properties) return [{ name: given.$ref ? nameOf(given.$ref) : (schema.title ?? "object"), schema: given }];

  const { items, additionalProperties, prefixItems = [] } = schema;
  const inner = [...(branchesOf(schema) ?? []), ...prefixItems, items, additionalProperties];
  const nested = inner.flatMap((one) => (one === undefined ? [] : nestedIn(one, document, [...visited, given])));
  return [...new Map(nested.map((one) => [one.name, one])).values()];
}
