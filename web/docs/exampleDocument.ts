import type { Document } from "./openapi";

/** A document with what makes reading one hard: schemas that hold themselves, unions, shared parameters. */
export function exampleDocument(changes: Partial<Document> = {}): Document {
  return {
    openapi: "3.1.0",
    info: { title: "Parley", version: "0.1.0" },
    tags: [{ name: "Threads" }, { name: "Unused" }, { name: "People", description: "Who writes." }],
    paths: {
      "/api/people/{person}": {
        parameters: [{ name: "person", in: "path", required: true, schema: { type: "string" } }],
        get: {
          operationId: "getPerson",
          summary: "Get one person",
          tags: ["People"],
          "x-permission": "people.read",
          security: [{ bearer: [] }],
          responses: { "200": answer("Person"), "404": answer("Error", "No such person.") },
        },
      },
      "/api/threads/{thread}/messages": {
        post: {
          operationId: "say",
          summary: "Send a message",
          tags: ["Threads"],
          security: [{ key: [] }],
          parameters: [
            { name: "thread", in: "path", required: true },
            { name: "Idempotency-Key", in: "header", required: true },
            { name: "dry", in: "query", schema: { type: "boolean" } },
          ],
          requestBody: { required: true, content: json("Say") },
          responses: { "409": answer("Error", "Somebody has written since.") },
        },
      },
      "/live": {
        get: { "x-permission": "public", security: [{ bearer: [] }], responses: { "503": answer("Person") } },
      },
    },
    components: {
      schemas: {
        Person: {
          type: "object",
          description: "Somebody the account talks with.",
          properties: {
            name: { anyOf: [{ type: "string", description: "As they write it.", maxLength: 80 }, { type: "null" }] },
            merged_from: { type: "array", items: { $ref: "#/components/schemas/Person" } },
          },
          required: ["name"],
        },
        Text: {
          type: "object",
          properties: { kind: { enum: ["text"] }, text: { type: "string" } },
          required: ["kind", "text"],
        },
        Quote: { type: "object", properties: { of: { $ref: "#/components/schemas/Body" } }, required: ["of"] },
        Body: { anyOf: [{ $ref: "#/components/schemas/Quote" }, { $ref: "#/components/schemas/Text" }] },
        Say: { type: "object", properties: { body: { $ref: "#/components/schemas/Text" } }, required: ["body"] },
        Stage: { enum: ["lead", "customer"] },
        Tree: { anyOf: [{ type: "array", items: { $ref: "#/components/schemas/Tree" } }, { type: "string" }] },
        Loop: { $ref: "#/components/schemas/Loop" },
        Error: { type: "object", properties: { error: { type: "string" } } },
      },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        key: { type: "apiKey", in: "header", name: "X-Api-Key" },
      },
    },
    ...changes,
  };
}

function answer(name: string, description = "") {
  return { description, content: json(name) };
}

function json(name: string) {
  return { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } };
}
