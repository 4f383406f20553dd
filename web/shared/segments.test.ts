import { expect, test } from "vitest";
import cases from "../../tests/channels/segments.json";
import { countSegments } from "./segments";

test.each(cases)("$name", ({ parts, encoding, letters, count, left }) => {
  const text = parts.map(([part, times]) => String(part).repeat(Number(times))).join("");

  expect(countSegments(text)).toEqual({ encoding, letters, count, left });
});
