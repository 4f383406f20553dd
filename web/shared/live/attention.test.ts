import { expect, test } from "vitest";
import { Refused, Unreachable } from "../refused";
import { Attention } from "./attention";

const MINUTE = 60_000;

/** A page that was opened at 0, and what it has told. */
function page(answer: () => Promise<unknown> = async () => null) {
  const told: boolean[] = [];
  const tell = (isThere: boolean) => (told.push(isThere), answer());
  return { attention: new Attention(tell, 0), told };
}

test("while somebody sits before the page nothing is told", async () => {
  const { attention, told } = page();

  await attention.look(false, 4 * MINUTE);

  expect(told).toEqual([]);
});

test("a page that nobody has touched for five minutes says so once, and once when somebody is back", async () => {
  const { attention, told } = page();

  await attention.look(false, 5 * MINUTE);
  await attention.look(false, 6 * MINUTE);
  attention.touched(7 * MINUTE);
  await attention.look(false, 7 * MINUTE);
  await attention.look(false, 8 * MINUTE);

  expect(told).toEqual([false, true]);
});

test("a page that is hidden says so at once", async () => {
  const { attention, told } = page();

  await attention.look(true, 1);
  await attention.look(false, 2);

  expect(told).toEqual([false, true]);
});

test("to a new connection it is told again", async () => {
  const { attention, told } = page();
  await attention.look(true, 1);

  attention.online();
  await attention.look(true, 2);

  expect(told).toEqual([false, false]);
});

test("what the hub does not want to know is not told again and again", async () => {
  const { attention, told } = page(async () => {
    throw new Refused(0, { code: "no_such_ask", message: "", data: {} });
  });

  await attention.look(true, 1);
  await attention.look(true, 2);

  expect(told).toEqual([false]);
});

test("what could not be told is told the next time", async () => {
  let isAway = true;
  const { attention, told } = page(async () => {
    if (isAway) throw new Unreachable("away");
  });

  await attention.look(true, 1);
  isAway = false;
  await attention.look(true, 2);
  await attention.look(true, 3);

  expect(told).toEqual([false, false]);
});
