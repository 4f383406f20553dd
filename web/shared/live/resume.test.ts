import { beforeEach, expect, test, vi } from "vitest";
import { Refused, Unreachable } from "../refused";
import { person, row, synced } from "./making";
import { hello, screenOf, settle } from "./resuming";
import { EMPTY } from "./screen";
import { changed } from "./telling";

beforeEach(() => void vi.useFakeTimers());

const lost = () => {
  throw new Unreachable("lost");
};

test("the first connect loads the lists, and asks from then on for what has changed", async () => {
  const answers = [synced({ recovered: false, at: "10" }), synced({ at: "20" }), synced({ at: "30" })];
  const { resume, asked, reload, screen } = screenOf({ sync: () => answers.shift() }, async () => [row("t", 4)]);

  resume.online();
  await settle(30_000);

  expect(asked.map(({ body }) => body)).toEqual([
    { after: "", known: {}, people: {} },
    { after: "10", known: { t: 4 }, people: {} },
  ]);
  expect(reload).toHaveBeenCalledOnce();
  expect(screen.value.threads.t?.rev).toBe(4);
});

test("what could not be loaded is not taken for known", async () => {
  let tries = 0;
  const { resume, asked } = screenOf({ sync: () => synced({ recovered: false, at: "10" }) }, async () =>
    tries++ ? [] : lost(),
  );

  resume.online();
  await settle(5_000);

  expect(asked.map(({ body }) => body)).toEqual([
    { after: "", known: {}, people: {} },
    { after: "", known: {}, people: {} },
  ]);
});

test("whoever may see no conversations any more has none on the screen", async () => {
  let may = true;
  const refused = new Refused(0, { code: "forbidden", message: "", data: {} });
  const { resume, screen } = screenOf({
    sync: () => {
      if (!may) throw refused;
      return synced({ changed: [row("t", 1)] });
    },
  });
  resume.online();
  await settle();

  may = false;
  await settle(30_000);

  expect(screen.value).toEqual(EMPTY);
});

test("whoever may see no conversations any more sees nobody either, until the hub tells otherwise", async () => {
  const refused = new Refused(0, { code: "forbidden", message: "", data: {} });
  let may = false;
  const { resume, screen } = screenOf({
    sync: () => {
      if (!may) throw refused;
      return synced({ people: [person("asha", 2)] });
    },
  });
  resume.showPeople([person("asha", 2)]);
  resume.online();
  await settle();
  const meanwhile = screen.value.people;

  may = true;
  await settle(30_000);

  expect(meanwhile).toEqual({ asha: { rev: 2, shown: null } });
  expect(screen.value.people.asha?.shown?.name).toBe("Asha");
});

test("an answer that does not come is asked for again soon, and not while there is no connection", async () => {
  const { resume, names } = screenOf({ sync: lost });

  resume.online();
  await settle(5_000);
  const online = names().length;
  resume.offline();
  await settle(60_000);

  expect(online).toBe(2);
  expect(names()).toHaveLength(2);
});

test("whoever may do more or less than before asks at once, and looks anew at what is open", async () => {
  const { resume, names } = screenOf({ watch: hello });
  resume.online();
  resume.watch("t");
  await settle();
  const before = names().length;

  resume.heard({ name: "standing_changed", told: { account: "acme", thread: "", rev: 1 } });
  await settle();

  expect(names().slice(before)).toEqual(["sync", "watch"]);
});

test("what the member has of a conversation that came by an event alone is asked for", async () => {
  const answers = [synced(), synced({ changed: [row("t", 3, { is_unread: true })] })];
  const { resume, bodiesOf, screen } = screenOf({ sync: () => answers.shift() });
  resume.online();
  await settle();

  resume.heard(changed("t", 3));
  await settle(1_000);

  expect(bodiesOf("sync")[1]).toEqual({ after: "2", known: { t: 0 }, people: {} });
  expect(screen.value.marks.t?.is_unread).toBe(true);
});

test("what is missing is asked for however much else is heard", async () => {
  const { resume, names } = screenOf({});
  resume.online();
  await settle();
  const before = names().length;

  for (let n = 1; n < 12; n++) {
    resume.heard(changed("t", n));
    await settle(100);
  }

  expect(names().slice(before)).toEqual(["sync"]);
});

test("people who are shown are named, and those who are no more are not", async () => {
  const { resume, bodiesOf } = screenOf({});
  resume.online();
  await settle();

  resume.showPeople([person("asha", 0), person("other", 3)]);
  await settle();
  resume.showPeople([person("other", 3)]);
  await settle(30_000);

  expect(bodiesOf("sync").slice(1)).toMatchObject([{ people: { asha: 0, other: 3 } }, { people: { other: 3 } }]);
});
