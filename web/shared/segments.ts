/**
 * How many segments a text takes as an SMS, while it is written. The hub counts the same way (channels/segments.py);
 * tests/channels/segments.json holds for both.
 */

export interface Segments {
  encoding: "gsm7" | "ucs2";
  /** As the encoding has them: some are two. */
  letters: number;
  count: number;
  /** How many more fit into the last segment, or into the only one. */
  left: number;
}

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Each of these is an escape and a letter: two, which stay together. */
const EXTENDED = new Set("\f^{}\\[~]|€");
const SEVEN_BITS = { encoding: "gsm7", alone: 160, each: 153 } as const;
const SIXTEEN_BITS = { encoding: "ucs2", alone: 70, each: 67 } as const;

export function countSegments(text: string): Segments {
  const letters = [...text];
  const isBasic = letters.every((letter) => BASIC.has(letter) || EXTENDED.has(letter));
  if (isBasic) return counted(SEVEN_BITS, letters.map((letter) => (EXTENDED.has(letter) ? 2 : 1)));
  return counted(SIXTEEN_BITS, letters.map((letter) => letter.length));
}

function counted({ encoding, alone, each }: typeof SEVEN_BITS | typeof SIXTEEN_BITS, widths: number[]): Segments {
  const letters = widths.reduce((sum, width) => sum + width, 0);
  if (letters <= alone) return { encoding, letters, count: Math.min(letters, 1), left: alone - letters };
  let [count, last] = [1, 0];
  for (const width of widths) {
    // No letter of two is cut in half.
    if (last + width > each) [count, last] = [count + 1, 0];
    last += width;
  }
  return { encoding, letters, count, left: each - last };
}
