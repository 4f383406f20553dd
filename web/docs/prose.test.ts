import { expect, test } from "vitest";
import { readProse } from "./prose";

const plain = (text: string) => ({ kind: "text", text });

test("lines of a paragraph are joined and empty lines part paragraphs", () => {
  expect(readProse("One\n  line.\n\nTwo.\n")).toEqual([
    { kind: "paragraph", spans: [plain("One line.")] },
    { kind: "paragraph", spans: [plain("Two.")] },
  ]);
});

test("a list may follow its paragraph at once", () => {
  expect(readProse("Either:\n- this\n- or that,\n  in two lines")).toEqual([
    { kind: "paragraph", spans: [plain("Either:")] },
    { kind: "list", items: [[plain("this")], [plain("or that, in two lines")]] },
  ]);
});

test("code and strong words are told apart from the rest", () => {
  expect(readProse("Pass `next` **again**.")).toEqual([
    {
      kind: "paragraph",
      spans: [
        plain("Pass "),
        { kind: "code", text: "next" },
        plain(" "),
        { kind: "strong", text: "again" },
        plain("."),
      ],
    },
  ]);
});

test("markup stays text", () => {
  expect(readProse("<script>alert(1)</script>")).toEqual([
    { kind: "paragraph", spans: [plain("<script>alert(1)</script>")] },
  ]);
});

test("a dash or a star within a sentence starts no list", () => {
  expect(readProse("2 * 3 - 4")).toEqual([{ kind: "paragraph", spans: [plain("2 * 3 - 4")] }]);
});
