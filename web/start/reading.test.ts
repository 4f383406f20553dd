import { expect, test } from "vitest";
import { takeReading } from "./reading";

const noon = new Date("2026-11-20T12:00:00Z");
const now = () => noon;
const database = { name: "database", state: "ok", detail: "" };

test("an answer of the hub is a reading with its time", async () => {
  const body = { state: "ready", version: "0.1.0", parts: [database] };

  const reading = await takeReading(async () => ({ status: 200, body }), now);

  expect(reading).toEqual({ ...body, checkedAt: noon });
});

test("a hub that is down still counts as answering", async () => {
  const body = { state: "down", version: "0.1.0", parts: [{ ...database, state: "down" }] };

  const reading = await takeReading(async () => ({ status: 503, body }), now);

  expect(reading.state).toBe("down");
});

test("no answer is unreachable", async () => {
  const reading = await takeReading(() => Promise.reject(new TypeError("Failed to fetch")), now);

  expect(reading).toEqual({ state: "unreachable", reason: "Nothing answers at this address." });
});

test.each([
  ["a page of a proxy", undefined],
  ["another server's JSON", { status: "up" }],
  ["an unknown state", { state: "fine", version: "1", parts: [] }],
  ["a part without a state", { state: "ready", version: "1", parts: [{ name: "redis", detail: "" }] }],
])("%s is not Parley", async (_, body) => {
  const reading = await takeReading(async () => ({ status: 502, body }), now);

  expect(reading).toEqual({
    state: "unreachable",
    reason: "Something answered with status 502, but it was not Parley.",
  });
});
