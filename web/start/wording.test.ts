import { expect, test } from "vitest";
import type { Part, PartState, Readiness } from "../shared/api";
import { explain, partTitle } from "./wording";

function part(name: string, state: PartState): Part {
  return { name, state, detail: "" };
}

function reading(state: Readiness["state"], ...parts: Part[]) {
  return { state, version: "0.1.0", parts, checkedAt: new Date(0) };
}

test("a ready hub is explained without naming parts", () => {
  const text = explain(reading("ready", part("database", "ok")));

  expect(text).toBe("Every part of this installation is working.");
});

test("a degraded hub names the part that needs attention", () => {
  const text = explain(reading("degraded", part("database", "ok"), part("redis", "degraded")));

  expect(text).toBe("Needs attention: Redis. The rest is working.");
});

test("a degraded hub never counts a part as working that is not", () => {
  const text = explain(reading("degraded", part("worker", "degraded"), part("redis", "down")));

  expect(text).toBe("Needs attention: Worker and Redis. The rest is working.");
});

test("several parts that are down are named in one sentence", () => {
  const text = explain(reading("down", part("database", "down"), part("redis", "down"), part("worker", "down")));

  expect(text).toBe("Parley cannot work without Database, Redis and Worker.");
});

test("a hub that is down without saying why still gets a sentence", () => {
  expect(explain(reading("down"))).toBe("Parley cannot work without one of its parts.");
});

test("an unreachable hub says that the page recovers by itself", () => {
  const text = explain({ state: "unreachable", reason: "Nothing answers at this address." });

  expect(text).toBe("Nothing answers at this address. This page keeps trying and recovers by itself.");
});

test("a part that this page has never heard of gets a readable title", () => {
  expect(partTitle(part("mail_listener", "ok"))).toBe("Mail listener");
});
