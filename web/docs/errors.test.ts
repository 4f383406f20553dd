import { expect, test } from "vitest";
import { errorSchemaOf, errorsOf, isCommonFailure } from "./errors";
import { exampleDocument } from "./exampleDocument";

test("the errors that the document lists are shown by code", () => {
  const document = exampleDocument({ "x-errors": [{ code: "conflict", status: 409, description: "Look again." }] });

  expect(errorsOf(document)).toEqual([{ status: "409", code: "conflict", meanings: ["Look again."] }]);
});

test("without a list, the failures of the operations are shown by status", () => {
  expect(errorsOf(exampleDocument()).map(({ status, meanings }) => [status, meanings])).toEqual([
    ["404", ["No such person."]],
    ["409", ["Somebody has written since."]],
    ["503", []],
  ]);
});

test("the body of an error is what most failures answer, not what one of them does", () => {
  const document = exampleDocument({ tags: [{ name: "Other" }] });

  expect(errorSchemaOf(document)).toEqual({ $ref: "#/components/schemas/Error" });
});

const schema = { $ref: "#/components/schemas/Error" };

test.each([
  ["404", schema, true],
  ["404", { type: "object" }, false],
  ["404", undefined, false],
  ["200", schema, false],
])("a %s with the body %j is a failure like all others: %s", (status, body, isCommon) => {
  const media = body && { contentType: "application/json", schema: body, example: undefined };

  expect(isCommonFailure({ status, text: "", media }, schema)).toBe(isCommon);
});
