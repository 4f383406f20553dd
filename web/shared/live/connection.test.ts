import { beforeEach, expect, test, vi } from "vitest";
import type { Access } from "../api";
import { Refused, Unreachable } from "../refused";
import { Connection } from "./connection";
import type { Ear } from "./line";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});

const accessWith = (token: string) => ({ access_token: token }) as Access;
const refusal = (code: string, data = {}) => ({ code, message: code, data });

/** A page with a connection: the test plays the line, and sees with which tokens it was opened. */
function page(refresh: () => Promise<Access> = async () => accessWith("new")) {
  const opened: string[] = [];
  const reactions = { opened: vi.fn(), heard: vi.fn(), stands: vi.fn() };
  let ear: Ear | undefined;
  const line = { isOpen: true, open: (token: string) => void opened.push(token), close: vi.fn(), ask: vi.fn() };
  const makeLine = (ours: Ear) => ((ear = ours), line);
  const connection = new Connection({ access: { value: accessWith("old") }, refresh }, makeLine, reactions);
  connection.start();
  return { connection, opened, reactions, hub: ear as Ear };
}

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

test("it comes back after growing pauses", async () => {
  const { hub, opened } = page();
  await settle();

  hub.ended({ code: 1006 });
  await settle(750);
  const first = opened.length;
  hub.ended({ code: 1006 });
  await settle(750);
  const early = opened.length;
  await settle(750);

  expect([first, early, opened.length]).toEqual([2, 2, 3]);
});

test("a token that is refused is renewed once", async () => {
  const { hub, opened, connection } = page();
  await settle();

  hub.ended({ code: 0, refusal: refusal("token_expired") });
  await settle();
  hub.opened();

  expect(opened).toEqual(["old", "new"]);
  expect(connection.standing.state).toBe("open");
});

test("whoever is sent away with a new token too is out", async () => {
  const { hub, opened, connection } = page();
  await settle();

  hub.ended({ code: 4001 });
  await settle();
  hub.opened();
  hub.ended({ code: 4001 });
  await settle(600_000);

  expect(opened).toEqual(["old", "new"]);
  expect(connection.standing).toMatchObject({ state: "ended", why: { code: "signed_out" } });
});

test("whoever was let in for long may renew the token again", async () => {
  const { hub, opened } = page();
  await settle();

  for (let times = 0; times < 2; times++) {
    hub.ended({ code: 4001 });
    await settle();
    hub.opened();
    await settle(30_000);
  }

  expect(opened).toEqual(["old", "new", "new"]);
});

test("nobody is signed in any more: it is over", async () => {
  const { hub, connection } = page(async () => Promise.reject(new Refused(401, refusal("signed_out"))));
  await settle();

  hub.ended({ code: 4001 });
  await settle();

  expect(connection.standing.state).toBe("ended");
});

test("a hub that cannot be reached for a token is tried again", async () => {
  const { hub, connection } = page(async () => Promise.reject(new Unreachable("away")));
  await settle();

  hub.ended({ code: 4001 });
  await settle();

  expect(connection.standing.state).toBe("waiting");
});

test.each([
  ["too much was asked", { code: 4029 }, 89_000, 91_000],
  ["the hub names a time", { code: 0, refusal: refusal("too_many", { retry_after_s: 10 }) }, 14_000, 16_000],
  ["another process takes over", { code: 4000 }, 400, 600],
])("when %s, it waits accordingly", async (_, ending, early, late) => {
  const { hub, opened } = page();
  await settle();

  hub.ended(ending);
  await settle(early);
  const before = opened.length;
  await settle(late - early);

  expect([before, opened.length]).toEqual([1, 2]);
});

test("a refusal that stays one is not asked for again", async () => {
  const { hub, opened, connection } = page();
  await settle();

  hub.ended({ code: 0, refusal: refusal("forbidden") });
  await settle(600_000);

  expect(opened).toHaveLength(1);
  expect(connection.standing).toMatchObject({ state: "ended", why: { code: "forbidden" } });
});

test("a line that neither opens nor ends is given up", async () => {
  const { opened } = page();

  await settle(20_000 + 750);

  expect(opened).toHaveLength(2);
});

test("somebody who looks again waits no longer", async () => {
  const { hub, opened, connection } = page();
  await settle();
  hub.ended({ code: 4029 });

  connection.hurry();
  await settle();

  expect(opened).toHaveLength(2);
});
