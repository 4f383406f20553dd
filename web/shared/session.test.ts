import { expect, test, vi } from "vitest";
import type { Access } from "./api";
import { Refused, Unreachable } from "./refused";
import { Session } from "./session";

interface Asked {
  method: string;
  path: string;
  token: string;
  body: unknown;
  keepalive: boolean;
}

type Answering = (asked: Asked) => Response | Promise<Response>;

function access(token: string, account = "acme"): Access {
  return {
    access_token: token,
    expires_in_s: 600,
    account_id: account,
    member_id: `m-${account}`,
    accounts: [{ id: account, name: account, role: "owner" }],
    needs_second_factor: false,
  };
}

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const signedIn = (token: string, account?: string) => json(200, { state: "signed_in", access: access(token, account) });
const refusal = (status: number, code: string, data = {}) => json(status, { error: { code, message: code, data } });

/** A browser with a hub behind it that answers as the test says. */
function browser(answering: Answering, { wasHere = true } = {}) {
  const asked: Asked[] = [];
  const hint = { isSet: () => wasHere, set: vi.fn(), clear: vi.fn(), onCleared: vi.fn() };
  const pause = vi.fn(async () => {});
  const session = new Session({ send, hint, pause, alone: (task) => task() });

  async function send(path: string, init: RequestInit): Promise<Response> {
    const token = new Headers(init.headers).get("authorization")?.replace("Bearer ", "") ?? "";
    const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const one = { method: init.method ?? "GET", path, token, body, keepalive: init.keepalive ?? false };
    asked.push(one);
    return answering(one);
  }

  const refreshes = () => asked.filter(({ path }) => path.endsWith("/refresh"));
  return { session, asked, refreshes, hint, pause };
}

const wanted = { email: "asha@example.test", password: "correct horse battery" };

/** Takes only the newest token, and gives newer ones for the cookie. */
function hubOf(newest: { token: number }): Answering {
  return ({ path, token }) => {
    if (path.endsWith("/session")) return signedIn("1");
    if (path.endsWith("/refresh")) return signedIn(String(++newest.token));
    return token === String(newest.token) ? json(200, { name: "Asha" }) : refusal(401, "token_expired");
  };
}

test("whoever signs in is who asks from then on", async () => {
  const { session, asked, hint } = browser(hubOf({ token: 1 }));

  await session.signIn(wanted);
  const me = await session.ask("GET", "/api/v1/me");

  expect(me).toEqual({ name: "Asha" });
  expect(asked.map(({ token }) => token)).toEqual(["", "1"]);
  expect(hint.set).toHaveBeenCalled();
});

test("whoever is half way is not in", async () => {
  const { session } = browser(() => json(200, { state: "second_factor", ticket: "t", ways: ["code"] }));

  const answer = await session.signIn(wanted);

  expect(answer.ticket).toBe("t");
  expect(session.access.value).toBeUndefined();
});

test("a wrong password is refused with its code, and changes nothing", async () => {
  const { session } = browser(() => refusal(401, "wrong_credentials"));

  await expect(session.signIn(wanted)).rejects.toMatchObject({ code: "wrong_credentials", status: 401 });
  expect(session.access.value).toBeUndefined();
});

test("a token that has expired is refreshed, and the request repeated", async () => {
  const { session, asked } = browser(hubOf({ token: 2 }));
  await session.signIn(wanted);

  const response = await session.fetch("/api/v1/x", { method: "POST", body: '{"a":1}' });

  expect(response.status).toBe(200);
  expect(asked.map(({ path, token }) => [path, token]).slice(1)).toEqual([
    ["/api/v1/x", "1"],
    ["/api/v1/session/refresh", ""],
    ["/api/v1/x", "3"],
  ]);
  expect(asked.at(-1)?.body).toEqual({ a: 1 });
});

test("a new token that is refused too is not refreshed again", async () => {
  const { session, refreshes } = browser(({ path }) =>
    path.includes("session") ? signedIn("1") : refusal(401, "token_expired"),
  );
  await session.signIn(wanted);

  const response = await session.fetch("/api/v1/x");

  expect(response.status).toBe(401);
  expect(refreshes()).toHaveLength(1);
});

test("a refusal of another kind is left to whoever asked", async () => {
  const { session, refreshes } = browser(({ path }) =>
    path.endsWith("/session") ? signedIn("1") : refusal(401, "wrong_code"),
  );
  await session.signIn(wanted);

  await expect(session.ask("POST", "/api/v1/me/codes/confirm")).rejects.toMatchObject({ code: "wrong_code" });
  expect(refreshes()).toHaveLength(0);
});

test("many requests with an old token bring one new one", async () => {
  const { session, refreshes } = browser(hubOf({ token: 2 }));
  await session.signIn(wanted);

  const responses = await Promise.all([1, 2, 3].map(() => session.fetch("/api/v1/x")));

  expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(refreshes()).toHaveLength(1);
});

test("an answer to the old token that comes late finds the new one there", async () => {
  const late = Promise.withResolvers<void>();
  const hub = hubOf({ token: 2 });
  const { session, refreshes } = browser(async (asked) => {
    const answer = hub(asked);
    if (asked.path === "/api/v1/slow" && asked.token === "1") await late.promise;
    return answer;
  });
  await session.signIn(wanted);

  const slow = session.fetch("/api/v1/slow");
  await session.fetch("/api/v1/x");
  late.resolve();

  expect((await slow).status).toBe(200);
  expect(refreshes()).toHaveLength(1);
});

test("the loser of a race waits as long as the hub says, and comes again", async () => {
  const answers = [refusal(409, "refresh_race", { retry_after_s: 2 }), signedIn("2")];
  const { session, pause } = browser(() => answers.shift()!);

  await session.refresh();

  expect(session.access.value?.access_token).toBe("2");
  expect(pause).toHaveBeenCalledWith(2000);
});

test("a race that does not end is given up, and nobody is signed out by it", async () => {
  const { session, refreshes, hint } = browser(() => refusal(409, "refresh_race"));

  await expect(session.refresh()).rejects.toBeInstanceOf(Refused);
  expect(refreshes()).toHaveLength(5);
  expect(hint.clear).not.toHaveBeenCalled();
});

test("a refresh outlives the page that asked for it", async () => {
  const { session, refreshes } = browser(() => signedIn("1"));

  await session.refresh();

  expect(refreshes()[0]?.keepalive).toBe(true);
});

test("a tab stays with its account, whatever another tab has gone over to", async () => {
  const { session, refreshes } = browser(() => signedIn("1", "beta"));

  await session.refresh();
  await session.refresh();

  expect(refreshes().map(({ body }) => body)).toEqual([{ account_id: null }, { account_id: "beta" }]);
});

test("going over to another account waits for a refresh that has begun", async () => {
  const { session, refreshes } = browser(({ body }) =>
    signedIn("1", (body as { account_id: string | null }).account_id ?? "acme"),
  );

  const refreshed = session.refresh();
  await session.switchTo("beta");

  expect((await refreshed).account_id).toBe("acme");
  expect(session.access.value?.account_id).toBe("beta");
  expect(refreshes()).toHaveLength(2);
});

test("a session that has ended is forgotten", async () => {
  const { session, hint } = browser(({ path }) =>
    path.endsWith("/session")
      ? signedIn("1")
      : refusal(401, path.endsWith("/refresh") ? "signed_out" : "unauthenticated"),
  );
  await session.signIn(wanted);

  await expect(session.ask("GET", "/api/v1/me")).rejects.toMatchObject({ code: "signed_out" });
  expect(session.access.value).toBeUndefined();
  expect(hint.clear).toHaveBeenCalled();
});

test.each([
  ["no answer", () => Promise.reject(new TypeError("Failed to fetch"))],
  ["the page of a proxy", () => new Response("<h1>Bad gateway</h1>", { status: 502 })],
  ["a page in place of JSON", () => new Response("<h1>Welcome</h1>", { status: 200 })],
])("%s signs nobody out", async (_, answering) => {
  const { session, hint } = browser(answering);

  await expect(session.resume()).rejects.toBeInstanceOf(Unreachable);
  expect(hint.clear).not.toHaveBeenCalled();
});

test("a browser that was never signed in does not ask", async () => {
  const { session, asked } = browser(() => signedIn("1"), { wasHere: false });

  expect(await session.resume()).toBe(false);
  expect(asked).toHaveLength(0);
});

test("a browser that was signed in goes on, or learns that it is not", async () => {
  const stays = browser(() => signedIn("1"));
  const ended = browser(() => refusal(401, "signed_out"));

  expect(await stays.session.resume()).toBe(true);
  expect(await ended.session.resume()).toBe(false);
});

test("signing out forgets the token, also where the session had ended before", async () => {
  const answers = [signedIn("1"), new Response(null, { status: 204 }), signedIn("2"), refusal(401, "signed_out")];
  const { session } = browser(() => answers.shift()!);

  for (const _ of [1, 2]) {
    await session.signIn(wanted);
    await session.signOut();
    expect(session.access.value).toBeUndefined();
  }
});

test("signing out that does not reach the hub is not done, and says so", async () => {
  const { session } = browser(({ method }) =>
    method === "DELETE" ? Promise.reject(new TypeError("Failed to fetch")) : signedIn("1"),
  );
  await session.signIn(wanted);

  await expect(session.signOut()).rejects.toBeInstanceOf(Unreachable);
  expect(session.access.value).toBeDefined();
});

test("signing out in one tab counts in all", async () => {
  const { session, hint } = browser(() => signedIn("1"));
  await session.signIn(wanted);

  hint.onCleared.mock.calls[0]?.[0]();

  expect(session.access.value).toBeUndefined();
});
