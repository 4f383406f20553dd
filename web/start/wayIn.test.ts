import { expect, test } from "vitest";
import { findWayIn } from "./wayIn";

const says = (body: unknown) => async () => ({ status: 200, body });

test.each([
  ["an open sign-up", { can_sign_up: true }, false, "Sign up"],
  ["a closed sign-up", { can_sign_up: false }, false, "Sign in"],
  ["a browser that was in before", { can_sign_up: true }, true, "Sign in"],
  ["the page of a proxy", undefined, false, "Sign in"],
])("%s leads on", async (_, body, wasHere, way) => {
  expect(await findWayIn(says(body), wasHere)).toBe(way);
});

test("no answer leads to where one can always go", async () => {
  expect(await findWayIn(() => Promise.reject(new TypeError("Failed to fetch")), false)).toBe("Sign in");
});
