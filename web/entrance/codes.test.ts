import { expect, test } from "vitest";
import { appCode, inGroups, recoveryFile } from "./codes";

test.each(["123456", "123 456", " 123\u00a0456\n", "123-456", "123–456"])("%j is a whole code", (typed) => {
  expect(appCode(typed)).toBe("123456");
});

test.each(["", "12345", "1234567", "abcdef", "12345a", "１２３４５６"])("%j is none", (typed) => {
  expect(appCode(typed)).toBe("");
});

test("a secret is shown in groups of four", () => {
  expect(inGroups("ABCDEFGHIJ")).toBe("ABCD EFGH IJ");
  expect(inGroups("")).toBe("");
});

test("the file of recovery codes says whose they are, and for what", () => {
  const lines = recoveryFile(["aaaaa-bbbbb", "ccccc-ddddd"], "asha@example.test", "https://parley.test").split("\r\n");

  expect(lines[0]).toBe("Recovery codes of asha@example.test for Parley at https://parley.test");
  expect(lines.slice(3)).toEqual(["aaaaa-bbbbb", "ccccc-ddddd", ""]);
});
