import { expect, test, vi } from "vitest";
import { Refused, Unreachable } from "../refused";
import { askingOver } from "./ask";
import { saying } from "./saying";

const answering = (answer: unknown) => askingOver({ ask: async () => answer });
const say = (text: string) => ({ thread_id: "t", client_id: "1", text });

test("an answer is what is in it", async () => {
  expect(await answering({ ok: null })("unwatch", { thread_id: "t" })).toBeNull();
});

test("a refusal is thrown with its code and how long to wait", async () => {
  const error = { code: "too_many", message: "Slow down.", data: { retry_after_s: 3 } };

  const asked = answering({ error })("presence", {});

  await expect(asked).rejects.toBeInstanceOf(Refused);
  await expect(asked).rejects.toMatchObject({ code: "too_many", waitS: 3 });
});

test.each([undefined, "no", { well: 1 }])("%o is not the hub's answer", async (answer) => {
  await expect(answering(answer)("presence", {})).rejects.toBeInstanceOf(Unreachable);
});

test("a message goes over the socket, and one that no frame holds by HTTP, under the same id", async () => {
  const [ask, http] = [vi.fn(), vi.fn()];
  const post = saying(ask, { ask: http });

  void post(say("Hello"));
  void post(say("€".repeat(25_000)));

  expect(ask.mock.calls).toEqual([["say", say("Hello")]]);
  expect(http.mock.calls).toMatchObject([["POST", "/api/v1/threads/t/messages", { client_id: "1" }]]);
});
