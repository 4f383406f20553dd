"""What happens in an account on a long day, in any order."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from bson.binary import Binary

from channels.base import Content
from hub.store.sealed import SUBTYPE
from hub.threads.delivering import set_delivery
from hub.threads.happenings import Followed, Offered, OfferPassed
from hub.threads.models import Author, AuthorKind, Delivery, DeliveryState, Thread
from tests.live.crew import FOLLOWER, OTHER_TEAM, OWN, OWNER, TEAM, Crew

MEMBERS = (OWNER, TEAM, OWN, FOLLOWER, OTHER_TEAM)
REFUSED = 500


@dataclass
class Day:
    """Conversations, and whatever comes to somebody's mind to do with them."""

    crew: Crew
    random: Random
    threads: list[Thread] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    # What has happened, to be read when a screen is wrong.
    told: list[str] = field(default_factory=list)

    async def begin(self) -> None:
        """Some have written already."""
        for _ in range(3):
            self.threads.append(await self.crew.thread())
            await self.writes_first()
            await self.is_answered()

    async def go_on(self) -> None:
        """A few things happen, one right after the other."""
        for _ in range(self.random.randint(1, 4)):
            act = self.random.choice(ACTS)
            self.told.append(act.__name__)
            await act(self)

    def thread(self) -> Thread:
        """One of them."""
        return self.random.choice(self.threads)

    def member(self) -> str:
        """One of them."""
        return self.crew.member(self.random.choice(MEMBERS))

    async def tries(self, path: str, body: Any) -> Any:
        """The owner does something that may not be possible just now."""
        answer = await self.crew.owner.asks("POST", path, body)
        assert answer.status_code < REFUSED, answer.text
        return answer.json() if answer.is_success else None

    async def does(self, what: str, body: Any = None) -> None:
        """With one of the conversations."""
        await self.tries(f"/threads/{self.thread().id}/{what}", body)

    async def writes_first(self) -> None:
        """Somebody new."""
        self.threads.append(await self.crew.talk.begin(says="Good morning"))

    async def writes(self) -> None:
        """Somebody who has written before."""
        await self.crew.talk.hear(self.thread(), "How much is it?")

    async def is_answered(self) -> None:
        """By a member; it waits to be sent."""
        author, to = Author(AuthorKind.MEMBER, self.member()), Binary(b"", SUBTYPE)
        delivery = Delivery(state=DeliveryState.QUEUED, to=to)
        said: dict[str, Any] = {"content": Content(text="Not much."), "direction": "out", "delivery": delivery}
        await self.crew.talk.write(self.thread(), author, **said)

    async def comes_further(self) -> None:
        """A message of ours, whichever was sent."""
        deps = self.crew.hub.deps
        sent = [entry for entry in await self.crew.talk.entries(self.thread()) if entry.delivery]
        if sent:
            state = self.random.choice([*DeliveryState])
            await set_delivery(deps, self.random.choice(sent), {}, {"$set": {"delivery.state": state}})

    async def is_noted(self) -> None:
        """To a colleague."""
        await self.crew.talk.note(self.thread(), "Look at this", self.member())

    async def is_assigned(self) -> None:
        """To somebody, to a team, or to both."""
        body = {"member_id": self.member(), "team_id": self.crew.team}
        await self.does("assign", {name: body[name] for name in self.random.choice(ASSIGNED)})

    async def is_taken_over(self) -> None:
        """From whoever had it."""
        who = self.crew.seats[self.random.choice((OWNER, OWN, TEAM))].person
        await who.asks("POST", f"/threads/{self.thread().id}/takeover", {"from_other": True})

    async def is_handed_back(self) -> None:
        """To whoever is next."""
        await self.does("handback", {"word": "They know what they want."})

    async def is_released(self) -> None:
        """To anybody."""
        await self.does("release")

    async def is_closed(self) -> None:
        """It is done."""
        await self.does("close", {})

    async def is_reopened(self) -> None:
        """It is not."""
        await self.does("reopen")

    async def is_snoozed(self) -> None:
        """Until tomorrow."""
        until = self.crew.hub.deps.clock.now() + timedelta(days=1)
        await self.does("snooze", {"until": until.isoformat()})

    async def is_woken(self) -> None:
        """Now."""
        await self.does("wake")

    async def is_tagged(self) -> None:
        """And the tag is taken off again."""
        await self.does("tags", {self.random.choice(("put", "take_off")): ["hot"]})

    async def is_urgent(self) -> None:
        """Or not."""
        await self.does("priority", {"priority": self.random.choice(("low", "urgent"))})

    async def is_followed(self) -> None:
        """Or no more."""
        event = Followed(member=self.member(), is_following=self.random.random() < 0.6)
        await self.crew.talk.happen(self.thread(), event)

    async def is_read(self) -> None:
        """By whoever sees it, to the end or not."""
        who = self.crew.seats[self.random.choice(MEMBERS)].person
        body = self.random.choice(({}, {"seq": 1}))
        await who.asks("POST", f"/threads/{self.thread().id}/read", body)

    async def is_marked_unread(self) -> None:
        """By whoever sees it."""
        who = self.crew.seats[self.random.choice(MEMBERS)].person
        await who.asks("POST", f"/threads/{self.thread().id}/unread", {})

    async def is_offered(self) -> None:
        """To somebody, who says no at another time."""
        until = self.crew.hub.deps.clock.now() + timedelta(minutes=5)
        offers = (Offered(member=self.member(), until=until), OfferPassed(member=self.member(), why="declined"))
        await self.crew.talk.happen(self.thread(), self.random.choice(offers))

    async def is_renamed(self) -> None:
        """The person is called otherwise."""
        name = f"Asha {self.random.randint(1, 99)}"
        await self.crew.owner.asks("PATCH", f"/people/{self.thread().person}", {"name": name})

    async def are_one(self) -> None:
        """Two people are found to be one, and so are their conversations."""
        one, other = self.random.sample(self.threads, 2)
        made = await self.tries(f"/people/{one.person}/merge", {"other_id": other.person})
        self.merges += [made["id"]] if made else []

    async def are_two(self) -> None:
        """After all they are not."""
        if self.merges:
            await self.tries(f"/merges/{self.merges.pop()}/undo", None)


ASSIGNED = (("member_id",), ("team_id",), ("member_id", "team_id"))
# What happens all day long happens more often.
USUAL = (Day.writes, Day.is_answered, Day.comes_further, Day.comes_further)
ACTS: Sequence[Callable[[Day], Awaitable[None]]] = [
    *(act for name, act in vars(Day).items() if name.startswith(("is_", "are_", "writes", "comes_"))),
    *USUAL,
    *USUAL,
]
