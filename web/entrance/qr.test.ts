import { encode } from "uqr";
import { expect, test } from "vitest";
import { squares } from "./qr";

test("each dark square is drawn once, within the margin", () => {
  const path = squares(
    [
      [true, false],
      [false, true],
    ],
    4,
  );

  expect(path).toBe("M4 4h1v1h-1zM5 5h1v1h-1z");
});

test("the library leaves the margin to us", () => {
  const { data, size } = encode("otpauth://totp/Parley:asha@example.test?secret=ABC", { ecc: "M", border: 0 });

  expect(data.length).toBe(size);
  expect(data[0]?.slice(0, 8)).toEqual([true, true, true, true, true, true, true, false]);
});
