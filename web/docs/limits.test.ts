import { expect, test } from "vitest";
import { limitsOf } from "./limits";
import type { Schema } from "./openapi";

test.each<[Schema, string]>([
  [{ minLength: 1, maxLength: 320 }, "1 to 320 characters"],
  [{ minLength: 8 }, "at least 8 characters"],
  [{ maxLength: 1 }, "at most 1 character"],
  [{ minItems: 2, maxItems: 2 }, "exactly 2 items"],
  [{ minimum: 0, maximum: 100 }, "0 to 100"],
  [{ minimum: 0 }, "at least 0"],
  [{ exclusiveMinimum: 0 }, "more than 0"],
  [{ multipleOf: 5 }, "a multiple of 5"],
  [{ uniqueItems: true }, "no item twice"],
  [{ pattern: "^[a-z]+$" }, "matches ^[a-z]+$"],
  [{ format: "date-time" }, "format date-time"],
  [{ contentEncoding: "base64" }, "encoded as base64"],
])("%j reads as: %s", (schema, words) => {
  expect(limitsOf(schema)).toEqual([words]);
});

test("a schema without limits has none", () => {
  expect(limitsOf({ type: "string" })).toEqual([]);
});
