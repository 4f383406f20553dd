import { expect, test } from "vitest";
import { exampleDocument } from "./exampleDocument";
import type { Json, SchemaLike } from "./openapi";
import { sampleOf } from "./samples";

const document = exampleDocument();
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test.each<[SchemaLike, Json]>([
  [{ type: "string", examples: ["+15550100"] }, "+15550100"],
  [{ enum: ["lead"] }, "lead"],
  [{ type: "boolean", default: false }, false],
  [{ type: "integer", minimum: 5 }, 5],
  [{ type: "string", format: "date" }, "2026-11-20"],
  [{ type: ["null", "string"] }, "text"],
  [{ type: "array", items: { type: "integer" } }, [1]],
  [{ type: "object" }, {}],
  [{}, {}],
])("a sample of %j is %j", (schema, value) => {
  expect(sampleOf(schema, document, "all")).toEqual(value);
});

test("a sample shows what a value may be rather than null", () => {
  expect(sampleOf({ anyOf: [{ type: "null" }, { type: "integer" }], default: null }, document, "all")).toBe(1);
});

test("only the fields that are demanded are in the shortest sample", () => {
  expect(sampleOf(ref("Person"), document, "required")).toEqual({ name: "text" });
});

test("a body that demands nothing shows its first field", () => {
  expect(sampleOf(ref("Error"), document, "required")).toEqual({ error: "text" });
});

test("a list of what it stands in is empty", () => {
  expect(sampleOf(ref("Person"), document, "all")).toEqual({ name: "text", merged_from: [] });
});

test("a union of which one part holds the union itself ends", () => {
  expect(sampleOf(ref("Body"), document, "all")).toEqual({ of: null });
});

test("a list of lists of itself ends", () => {
  expect(sampleOf(ref("Tree"), document, "all")).toEqual([]);
});

test("a reference that only leads to itself ends", () => {
  expect(sampleOf(ref("Loop"), document, "all")).toEqual({});
});
