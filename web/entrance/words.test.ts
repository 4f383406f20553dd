import { expect, test } from "vitest";
import { clockWords } from "./clockWords";
import { roleTitle } from "./roles";
import { wordsForSingleSignOn } from "./singleSignOn";

test.each([
  [84, "1:24"],
  [5, "0:05"],
  [0.2, "0:01"],
  [-3, "0:00"],
  [900, "15:00"],
])("%d seconds are %s on a clock", (seconds, words) => {
  expect(clockWords(seconds)).toBe(words);
});

test.each(["constructor", "01h2x"])("a role that is not known (%s) is the account's own", (role) => {
  expect(roleTitle(role)).toBe("A role of the account's own");
});

test("a code that is known has its words, and each has a way on", () => {
  expect(wordsForSingleSignOn("sso_not_invited")).toContain("invitation");
  expect(wordsForSingleSignOn("slip_spent")).toContain("Try again");
});

test.each(["toString", "call +1 555 0100 now"])(
  "what somebody has written into the address (%s) is not repeated",
  (code) => {
    expect(wordsForSingleSignOn(code)).toBe("Single sign-on did not work. Try again, or sign in another way.");
  },
);
