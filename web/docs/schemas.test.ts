import { expect, test } from "vitest";
import { exampleDocument } from "./exampleDocument";
import type { SchemaLike } from "./openapi";
import { describe as describeSchema, fieldsOf, typeOf } from "./schemas";

const document = exampleDocument();
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test.each<[SchemaLike, string]>([
  [{ type: "string" }, "string"],
  [ref("Person"), "Person"],
  [ref("Stage"), "string"],
  [{ type: "array", items: ref("Person") }, "list of Person"],
  [{ type: "object", additionalProperties: { type: "integer" } }, "map of integer"],
  [{ anyOf: [ref("Text"), ref("Quote"), { type: "null" }] }, "Text or Quote or null"],
  [{ type: ["string", "null"] }, "string or null"],
  [{ type: "array", prefixItems: [{ type: "number" }, { type: "number" }], items: false }, "[number, number]"],
  [{ enum: ["a", 1] }, "string or number"],
  [{ const: true }, "boolean"],
  [{}, "any"],
  [true, "any"],
])("the type of %j is %s", (schema, type) => {
  expect(typeOf(schema, document)).toBe(type);
});

test("a field that may be null keeps the words and the limits of what it else is", () => {
  const name = fieldsOf(ref("Person"), document).find((field) => field.name === "name");

  const { type, text, limits } = describeSchema(name?.schema ?? false, document);

  expect([type, text, limits]).toEqual(["string or null", "As they write it.", ["at most 80 characters"]]);
});

test("the values of a named enumeration are shown where it is used", () => {
  expect(describeSchema(ref("Stage"), document).values).toEqual(["lead", "customer"]);
});

test("the values of a list are those of its items", () => {
  expect(describeSchema({ type: "array", items: ref("Stage") }, document).values).toEqual(["lead", "customer"]);
});

test("the limits of a list and of its items are told apart", () => {
  const { limits } = describeSchema({ type: "array", maxItems: 3, items: { type: "string", minLength: 1 } }, document);

  expect(limits).toEqual(["at most 3 items", "each at least 1 character"]);
});

test("a default of false is a default", () => {
  expect(describeSchema({ type: "boolean", default: false }, document).standard).toBe("false");
});

test("words beside a reference win over the words behind it", () => {
  expect(describeSchema({ ...ref("Person"), description: "The writer." }, document).text).toBe("The writer.");
});

test("the fields of allOf are the fields of all its parts", () => {
  const schema = { allOf: [ref("Text"), { properties: { at: { type: "string" } }, required: ["at"] }] };

  const fields = fieldsOf(schema, document);

  expect(fields.map(({ name, isRequired }) => [name, isRequired])).toEqual([
    ["kind", true],
    ["text", true],
    ["at", true],
  ]);
});

test("a schema that holds itself names itself once as nested", () => {
  const mergedFrom = fieldsOf(ref("Person"), document).find((field) => field.name === "merged_from");

  const { nested } = describeSchema(mergedFrom?.schema ?? false, document);

  expect(nested.map(({ name }) => name)).toEqual(["Person"]);
});

test("a union names each of its objects as nested", () => {
  expect(describeSchema(ref("Body"), document).nested.map(({ name }) => name)).toEqual(["Quote", "Text"]);
});

test("a list of lists of itself has nothing to open", () => {
  expect(describeSchema(ref("Tree"), document)).toMatchObject({ type: "Tree", nested: [] });
});

test("a reference that only leads to itself is any value", () => {
  expect(describeSchema(ref("Loop"), document)).toMatchObject({ type: "Loop", nested: [], values: [] });
});

test("a reference to nothing is any value", () => {
  expect(fieldsOf(ref("Missing"), document)).toEqual([]);
});
