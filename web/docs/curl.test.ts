import { expect, test } from "vitest";
import { curlFor } from "./curl";
import { exampleDocument } from "./exampleDocument";
import type { Document, OperationItem } from "./openapi";
import { sectionsOf } from "./operations";

const origin = "https://leads.example.com";

function curl(id: string, document: Document = exampleDocument()): string | undefined {
  const operation = sectionsOf(document)
    .flatMap(({ operations }) => operations)
    .find((one) => one.id === id);
  return operation && curlFor(operation, document, origin);
}

function curlOf(operation: OperationItem, path = "/x"): string | undefined {
  const paths = { [path]: { post: { ...operation, operationId: "it" } } };
  return curl("it", exampleDocument({ paths }));
}

test("a public read is one line", () => {
  expect(curl("get-live")).toBe("curl 'https://leads.example.com/live'");
});

test("a token comes from the shell and not from the command", () => {
  expect(curl("getPerson")).toBe(
    `curl 'https://leads.example.com/api/people/PERSON' \\\n  -H "Authorization: Bearer $API_TOKEN"`,
  );
});

test("a call with a body carries the key, the headers that are demanded and the shortest body", () => {
  expect(curl("say")).toBe(
    [
      "curl 'https://leads.example.com/api/threads/THREAD/messages'",
      '-H "X-Api-Key: $API_KEY"',
      "-H 'Idempotency-Key: IDEMPOTENCY_KEY'",
      "-H 'Content-Type: application/json'",
      `-d '{\n  "body": {\n    "kind": "text",\n    "text": "text"\n  }\n}'`,
    ].join(" \\\n  "),
  );
});

test("a call without a body names its method", () => {
  expect(curlOf({})).toBe("curl -X POST 'https://leads.example.com/x'");
});

test("a quote within a value cannot end the shell's word", () => {
  const content = { "application/json": { example: "it's" } };

  expect(curlOf({ requestBody: { content } })).toContain(`-d '"it'\\''s"'`);
});

test("a body that is not JSON comes from a file", () => {
  expect(curlOf({ requestBody: { content: { "text/csv": {} } } })).toContain("--data-binary @FILE");
});

test("a query that is demanded is in the address, with its example", () => {
  const parameters = [{ name: "since", in: "query" as const, required: true, example: "a b" }];

  expect(curlOf({ parameters })).toContain("/x?since=a%20b'");
});

test("the address of another server stands before the path", () => {
  expect(curl("get-live", exampleDocument({ servers: [{ url: "/hub/" }] }))).toContain(`${origin}/hub/live`);
});
