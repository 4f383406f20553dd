import { expect, test } from "vitest";
import { spokenIn, WORDS } from "./words";

const blanks = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
const english = WORDS.get("en")!;
const others = [...WORDS].filter(([language]) => language !== "en");

test.each(others)("in %s everything is said that is said in English, with the same names in it", (_, words) => {
  for (const [name, text] of Object.entries(english)) {
    const other = words[name as keyof typeof words];
    expect(blanks(other), name).toEqual(blanks(text));
    expect(other, name).not.toBe(text);
  }
});

test.each([
  [["pt-BR", "en"], "pt"],
  [["de_AT"], "de"],
  [[null, "hi", "FR"], "fr"],
  [["toString", "xx"], "en"],
  [[], "en"],
])("of %j it speaks %s", (languages, language) => {
  const spoken = spokenIn(languages);

  expect(spoken).toEqual({ language, words: WORDS.get(language) });
});
