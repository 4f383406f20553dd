import { expect, test } from "vitest";
import { withSynced } from "./answers";
import { person, synced } from "./making";
import { knownPeople, peopleOf } from "./people";
import { apply, EMPTY, type Screen, type Told } from "./screen";

const COMMON = { account: "acme", thread: "" };
const renamed = (id: string, rev: number, name: string): Told => ({
  name: "person_changed",
  told: { ...COMMON, rev, person: person(id, rev, { name }) },
});
const hidden = (person_id: string, rev: number): Told => ({ name: "person_gone", told: { ...COMMON, rev, person_id } });
const showing: Screen = { ...EMPTY, people: peopleOf({}, [person("asha", 2)]) };
const after = (...events: Told[]) => events.reduce(apply, showing).people;

test("of two events about a person the one with the higher rev counts, and of whoever is not shown none does", () => {
  const people = after(renamed("asha", 4, "new"), renamed("asha", 3, "old"), renamed("other", 9, "Other"));

  expect(people.asha?.shown?.name).toBe("new");
  expect(Object.keys(people)).toEqual(["asha"]);
});

test("a person is gone if no higher and no equal rev of them is known", () => {
  expect(after(renamed("asha", 3, "new"), hidden("asha", 3)).asha?.shown?.name).toBe("new");
  expect(after(hidden("asha", 4), renamed("asha", 3, "old")).asha).toEqual({ rev: 4, shown: null });
  expect(after(hidden("asha", 3), renamed("asha", 3, "new")).asha?.shown?.name).toBe("new");
});

test("an answer hides who is gone, but nobody of whom was told since it was asked for", () => {
  const now = { ...showing, people: peopleOf(showing.people, [person("asha", 2), person("new", 1)]) };
  const told = apply(now, renamed("asha", 3, "new"));

  const { people } = withSynced(told, now, synced({ people: [person("asha", 2)], people_gone: ["asha", "new"] }));

  expect(people).toMatchObject({ asha: { shown: { name: "new" } }, new: { rev: 1, shown: null } });
});

test("whoever is not seen is named as not known, and more than a question can name are named in turn", () => {
  const many = peopleOf({}, Array.from({ length: 25 }, (_, n) => person(`p${n}`, 1)));

  expect(knownPeople(after(hidden("asha", 3)), 0)).toEqual({ asha: 0 });
  expect(new Set([0, 1].flatMap((turn) => Object.keys(knownPeople(many, turn)))).size).toBe(25);
  expect(Object.keys(knownPeople(many, 0))).toHaveLength(20);
});

test("what the page loaded earlier takes nothing back that was told", () => {
  const people = peopleOf(after(hidden("asha", 3)), [person("asha", 2)]);

  expect(people.asha).toEqual({ rev: 3, shown: null });
});
