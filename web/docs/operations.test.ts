import { expect, test } from "vitest";
import { exampleDocument } from "./exampleDocument";
import { countOperations, filterSections } from "./filter";
import { sectionsOf } from "./operations";

const sections = sectionsOf(exampleDocument());
const operations = sections.flatMap((section) => section.operations);

function operation(id: string) {
  return operations.find((one) => one.id === id);
}

test("sections stand in the order of the tags, without empty ones, and the untagged come last", () => {
  expect(sections.map(({ name }) => name)).toEqual(["Threads", "People", "Other"]);
});

test("an operation without an id is found by its method and path", () => {
  expect(operation("get-live")).toMatchObject({ title: "/live", path: "/live" });
});

test("a public operation asks for no credentials, whatever else is declared", () => {
  expect(operation("get-live")?.security).toEqual([]);
});

test("what is for browsers is not shown", () => {
  const paths = { "/": { get: { summary: "The start page", "x-internal": true } } };

  expect(sectionsOf(exampleDocument({ paths }))).toEqual([]);
});

test("a description that only repeats the summary is not said twice", () => {
  const paths = { "/": { get: { summary: "The start page", description: "The start page" } } };

  const [section] = sectionsOf(exampleDocument({ paths }));

  expect(section?.operations[0]).toMatchObject({ title: "The start page", text: undefined });
});

test("an operation has the parameters of its path", () => {
  expect(operation("getPerson")?.parameters.map(({ name }) => name)).toEqual(["person"]);
});

test("a parameter of the operation takes the place of the path's", () => {
  const own = { name: "id", in: "path" as const, description: "Its own." };
  const paths = { "/{id}": { parameters: [{ name: "id", in: "path" as const }], get: { parameters: [own] } } };

  const [section] = sectionsOf(exampleDocument({ paths }));

  expect(section?.operations[0]?.parameters).toEqual([own]);
});

test("JSON is shown where a body comes in several types", () => {
  const content = { "text/csv": {}, "application/json": { schema: { type: "object" } } };
  const paths = { "/": { post: { requestBody: { content } } } };

  const [section] = sectionsOf(exampleDocument({ paths }));

  expect(section?.operations[0]?.body?.media?.contentType).toBe("application/json");
});

test("a document without paths has no sections", () => {
  expect(sectionsOf({ openapi: "3.1.0", info: { title: "", version: "" } })).toEqual([]);
});

test.each([
  ["", 3],
  ["PERSON get", 1],
  ["people.read", 1],
  ["post messages", 1],
  ["nothing like it", 0],
])("the filter %j leaves %i calls", (words, count) => {
  expect(countOperations(filterSections(sections, words))).toBe(count);
});
