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

test("a token that expires on a line that never lasts is renewed each time", async () => {
  const { hub, opened, connection } = page();
  await settle();

  for (let times = 0; times < 3; times++) {
    hub.ended({ code: 0, refusal: refusal("token_expired") });
    await settle();
    hub.opened();
    hub.ended({ code: 1006 });
    await settle(10_000);
  }

  expect(opened.filter((token) => token === "new")).toHaveLength(3);
  expect(connection.standing.state).toBe("connecting");
});

test("a new token that could not be had is asked for again", async () => {
  let isAway = true;
  const { hub, opened } = page(async () => {
    if (isAway) throw new Unreachable("away");
    return accessWith("new");
  });
  await settle();
  hub.ended({ code: 0, refusal: refusal("token_expired") });
  await settle(750);

  isAway = false;
  hub.ended({ code: 0, refusal: refusal("token_expired") });
  await settle();

  expect(opened).toEqual(["old", "old", "new"]);
});

test("whoever is refused with a new token too is out", async () => {
  const { hub, opened, connection } = page();
  await settle();

  hub.ended({ code: 0, refusal: refusal("token_expired") });
  await settle();
  hub.ended({ code: 0, refusal: refusal("unauthenticated") });
  await settle(600_000);

  expect(opened).toEqual(["old", "new"]);
  expect(connection.standing).toMatchObject({ state: "ended", why: { code: "unauthenticated" } });
});

test("whoever could not say in time who they are comes back", async () => {
  const { hub, opened, connection } = page();
  await settle();

  for (let times = 0; times < 2; times++) {
    hub.ended({ code: 4008 });
    await settle(10_000);
  }

  expect(opened).toEqual(["old", "old", "old"]);
  expect(connection.standing.state).toBe("connecting");
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
  ["the hub is without its database", { code: 0, refusal: refusal("database_away", { retry_after_s: 2 }) }, 2_900, 3_100],
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
  hub.ended({ code: 1006 });

  connection.hurry();
  await settle();

  expect(opened).toHaveLength(2);
});

test.each([
  ["too much was asked", { code: 4029 }, 60_000],
  ["there are too many sockets", { code: 0, refusal: refusal("too_many_sockets") }, 60_000],
  ["the hub names a time", { code: 0, refusal: refusal("too_many", { retry_after_s: 10 }) }, 10_000],
])("whoever looks again waits as long as the hub has asked for when %s", async (_, ending, ms) => {
  const { hub, opened, connection } = page();
  await settle();
  hub.ended(ending);

  await settle(ms - 1);
  connection.hurry();
  await settle();
  const early = opened.length;
  await settle(1);
  connection.hurry();
  await settle();

  expect([early, opened.length]).toEqual([1, 2]);
});
