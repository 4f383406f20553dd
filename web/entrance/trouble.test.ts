import { expect, test } from "vitest";
import { Refused, Unreachable } from "../shared/refused";
import { explain, missing } from "./trouble";

const refused = (status: number, code: string, data = {}, message = "What the hub says.") =>
  new Refused(status, { code, message, data }, "r-1");

test.each([
  ["wrong_credentials", 401, "password"],
  ["weak_password", 422, "password"],
  ["not_an_email", 400, "email"],
  ["wrong_code", 401, "code"],
])("%s is said at the field where it can be put right", (code, status, field) => {
  expect(explain(refused(status, code)).field).toBe(field);
});

test("what is not known here is said in the hub's own words", () => {
  expect(explain(refused(422, "weak_password", {}, "Take a longer one.")).words).toBe("Take a longer one.");
  expect(explain(refused(409, "something_new"))).toEqual({ words: "What the hub says." });
});

test("too many tries say how long to wait", () => {
  expect(explain(refused(429, "too_many", { retry_after_s: 84 })).waitS).toBe(84);
  expect(explain(refused(429, "too_many")).waitS).toBe(1);
});

test("nobody waits for the clock while only the database is away", () => {
  const trouble = explain(refused(503, "database_away", { retry_after_s: 5 }));

  expect(trouble.waitS).toBeUndefined();
  expect(trouble.words).toContain("in a little while");
});

test("a failure on our side names the request, for whoever looks into the log", () => {
  expect(explain(refused(500, "internal")).words).toContain("request r-1");
});

test("no answer, and a failure of the page, each have a way on", () => {
  expect(explain(new Unreachable("x")).words).toContain("connection");
  expect(explain(new TypeError("x")).words).toContain("Load the page again");
});

test("what is left out is named; spaces are nothing", () => {
  expect(missing("name", "Write your name.", "  ")).toEqual({ field: "name", words: "Write your name." });
  expect(missing("name", "Write your name.", "Asha")).toBeUndefined();
});
