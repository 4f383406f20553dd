import { expect, test } from "vitest";
import { exampleDocument } from "./exampleDocument";
import { loadDocument } from "./load";

test("a description is loaded", async () => {
  const document = exampleDocument();

  expect(await loadDocument(async () => ({ status: 200, body: document }))).toEqual({ state: "loaded", document });
});

test("no answer is told as such", async () => {
  const loading = await loadDocument(() => Promise.reject(new TypeError("Failed to fetch")));

  expect(loading).toMatchObject({ state: "failed", reason: expect.stringContaining("does not answer") });
});

test("a failing hub is told with its status", async () => {
  const loading = await loadDocument(async () => ({ status: 500, body: {} }));

  expect(loading).toEqual({ state: "failed", reason: "Parley answered with status 500." });
});

test.each([undefined, null, {}, { openapi: "2.0", info: {} }, "3.1.0"])("%j is no description", async (body) => {
  expect(await loadDocument(async () => ({ status: 200, body }))).toMatchObject({ state: "failed" });
});
