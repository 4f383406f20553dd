"""Somebody at a screen: a real socket, and the model of what stands on the screen."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2

from hub.deps import Deps
from tests.live.model import Held, Model, Shown
from tests.people import Person, sign_in
from tests.screens import Heard, Refused, Screen, screen

NOBODY, TOO_MANY = 401, 429
VIEWS = ("all", "snoozed", "closed")
# More than a screen asks for, one after the other, before it is right.
# So many can be asked about.
MOST_PEOPLE = 20
ROUNDS = 3
# What whoever may not ask is shown.
NOTHING: dict[str, Shown] = {
    "sync": {"recovered": True, "at": "", "changed": [], "gone": [], "numbers": [], "people": [], "people_gone": []},
    "notices": {"recovered": True, "at": "", "changed": []},
}
# How somebody is refused who may not see what they ask for.
UNSEEN = ("no_such_thread", "forbidden")
# Where something stands on a screen.
Place = tuple[str, ...]


class NotKnown(AssertionError):
    """A screen has asked again and again, and knows that it does not know all."""


@dataclass
class Seat:
    """One member's screen. `taken` is how much of what was heard stands in the model."""

    person: Person
    url: str
    stack: AsyncExitStack
    screen: Screen
    model: Model = field(default_factory=Model)
    taken: int = 0

    async def load(self, *, threads: Sequence[str] = (), people: Sequence[str] = ()) -> Model:
        """A snapshot: of lists, and of what is open."""
        self.taken = len(self.screen.heard)
        self.model = await self.fresh(threads=threads, people=people)
        return self.model

    async def fill(self, model: Model, threads: Sequence[str], people: Sequence[str]) -> None:
        """Up to date. What a position says nothing of is loaded."""
        model.close_people(MOST_PEOPLE)
        known = {"known": model.known, "people": model.known_people}
        if not model.synced(await self.asks("sync", {"after": model.at, **known})):
            model.loaded(await self.rows())
        if not model.noticed(await self.asks("notices", {"after": model.notices_at})):
            for one in await self.all_of("/me/notifications?"):
                model.notices[one["id"]] = Held(one["rev"], one)
        for id in threads:
            await self.open(model, id)
        for id in set(people) - model.people.keys():
            model.people[id] = await self.find_person(id)

    async def open(self, model: Model, id: str) -> None:
        """A conversation, where it may be seen."""
        after = model.logs[id].at if id in model.logs else ""
        answer = await self.asks("watch", {"thread_id": id, "after": after})
        if "error" in answer:
            model.lose(id, model.states[id].rev if id in model.states else 0)
            return
        model.watched(id, answer)
        if not after:
            found = await self.find(f"/threads/{id}/draft")
            model.drafts[id] = Held(int(answer["at"]), found.shown)

    async def find_person(self, id: str) -> Held:
        """Somebody; nobody, where another one is shown in their place: the two were found to be one."""
        found = await self.find(f"/people/{id}")
        return found if found.shown and found.shown["id"] == id else Held(0, None)

    async def find(self, path: str) -> Held:
        """Something by HTTP, or nothing."""
        answer = await self.read(path)
        shown = answer.json() if answer.is_success else None
        return Held(shown["rev"] if shown else 0, shown)

    async def read(self, path: str) -> httpx2.Response:
        """An answer by HTTP; as soon as the limits allow it. Whoever has been there for too long signs in anew."""
        while (answer := await self.person.asks("GET", path)).status_code in (TOO_MANY, NOBODY):
            if answer.status_code == NOBODY:
                await self.sign_in_anew()
            else:
                await asyncio.sleep(float(answer.headers["retry-after"]))
        return answer

    async def sign_in_anew(self) -> None:
        """A token is good for some minutes."""
        self.person = await sign_in(self.person.hub, self.person.email)

    async def rows(self) -> list[Shown]:
        """All lists, whole."""
        found: list[Shown] = []
        for view in VIEWS:
            found += await self.all_of(f"/threads?view={view}&")
        return found

    async def all_of(self, path: str) -> list[Shown]:
        """A list, whole."""
        found, cursor = [], ""
        while True:
            answer = await self.read(f"{path}limit=100&cursor={cursor}")
            page = answer.json() if answer.is_success else {"items": [], "next": None}
            found += page["items"]
            if not (cursor := page["next"]):
                return found

    async def asks(self, name: str, body: Any) -> Any:
        """A question, and its answer; as soon as the budget allows it."""
        while True:
            answer = await self.screen.ask(name, body)
            error = answer.get("error")
            if error is None:
                return answer["ok"]
            if error["code"] == "forbidden" and name in NOTHING:
                return NOTHING[name]
            if error["code"] in UNSEEN:
                return answer
            if error["code"] != "too_many":
                raise ConnectionError(error)
            await asyncio.sleep(error["data"]["retry_after_s"])

    async def told(self) -> list[Heard]:
        """What was heard since the last time. Whatever was published before this is asked comes before the answer."""
        await self.screen.ask("nothing")
        news, self.taken = self.screen.heard[self.taken :], len(self.screen.heard)
        return news

    async def take(self, news: Sequence[Heard]) -> None:
        """These stand on the screen now, and what is asked for because of them."""
        for one in news:
            self.model.hear(one.name, one.payload)
        for _ in range(ROUNDS):
            if not self.model.wants:
                return
            await self.catch_up()
        raise NotKnown("asked, and still something is not known")

    async def come_back(self) -> None:
        """Cut off, and connected anew."""
        await self.screen.line.close()
        try:
            self.screen, self.taken = await self.stack.enter_async_context(screen(self.url, self.person.token)), 0
        except Refused:
            await self.sign_in_anew()
            raise
        await self.catch_up()

    async def catch_up(self) -> None:
        """What was missed, since the position."""
        await self.fill(self.model, [*self.model.logs], [*self.model.people])

    async def fresh(self, *, threads: Sequence[str] = (), people: Sequence[str] = ()) -> Model:
        """What a screen shows that is opened now."""
        model = Model()
        await self.fill(model, threads, people)
        return model


@dataclass
class Page(Seat):
    """A page of a site, open in a visitor's browser."""

    async def fill(self, model: Model, threads: Sequence[str], people: Sequence[str]) -> None:
        """Its conversation, and nothing else."""
        model.opened(await self.asks("open", {"after": model.at}))


def difference(seat: Seat, fresh: Model) -> dict[Place, Any]:
    """What the screen shows otherwise than a fresh one, with the same conversations open: this one, and that."""
    both = seat.model.logs.keys() & fresh.logs.keys()
    # A long log is read from its end: who has had it open for longer shows more of it.
    begins = {id: max(seat.model.logs[id].begins, fresh.logs[id].begins) for id in both}
    mine = {id: log.since(begins.get(id, 0)) for id, log in seat.model.logs.items()}
    theirs = {id: fresh.logs[id].since(begins[id]) for id in both}
    shown, wanted = image(replace(seat.model, logs=mine)), image(replace(fresh, logs=theirs))
    places = {place for place in shown.keys() | wanted.keys() if shown.get(place) != wanted.get(place)}
    return {place: (shown.get(place), wanted.get(place)) for place in places}


def image(model: Model) -> dict[Place, Any]:
    """All that can be seen, each by its place, but for addresses that are signed anew each time."""
    shown: list[tuple[Place, Any]] = [(("row", id), row) for id, row in model.rows().items()]
    shown += [(("number", *key), held.shown or None) for key, held in model.numbers.items()]
    for id, log in model.logs.items():
        shown += [(("entry", id, one), held.shown) for one, held in log.entries.items()]
        shown += [(("later", id, one), held.shown) for one, held in log.scheduled.items()]
    shown += [(("person", id), held.shown) for id, held in model.people.items()]
    shown += [(("notice", id), notice) for id, notice in model.noticed_by_now().items()]
    shown += [(("message", id), held.shown) for id, held in model.messages.items()]
    shown += [(("draft", id), held.shown) for id, held in model.drafts.items() if held.shown and held.shown["text"]]
    return {place: value for at, what in shown for place, value in parts(at, what) if place[-1] != "url"}


def parts(place: Place, shown: Any) -> Iterator[tuple[Place, Any]]:
    """What it is made of."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            yield from parts((*place, name), value)
    elif isinstance(shown, list):
        for number, value in enumerate(shown):
            yield from parts((*place, str(number)), value)
    else:
        yield place, shown


async def all_told(deps: Deps) -> None:
    """Whatever follows from what was done is done, and told."""
    await deps.background.settle()
    await deps.bus.settle()
    await deps.background.settle()
    await deps.bus.settle()


@asynccontextmanager
async def seated(url: str, person: Person) -> AsyncIterator[Seat]:
    """A member at a screen."""
    async with AsyncExitStack() as stack:
        yield Seat(person, url, stack, await stack.enter_async_context(screen(url, person.token)))
