"""What happens to a rep and the owner of a business, and what each of them is told."""

from dataclasses import dataclass
from typing import Any

from hub.mail.jobs import KINDS as MAILING
from hub.notices.errands import KINDS as TELLING
from hub.notices.numbers import KINDS as CODES
from hub.push.jobs import KINDS as PUSHING
from hub.threads.models import Thread
from tests.clock import VirtualClock
from tests.hub.inbox.talking import Talk
from tests.hub.sending.scene import work_off
from tests.hubs import Hub
from tests.people import Person, sign_in

PATH = "/me/notifications"


@dataclass
class Desk:
    """Two members, and the people who write to them."""

    hub: Hub
    clock: VirtualClock
    owner: Person
    rep: Person
    talk: Talk

    async def notices(self, who: Person, **query: str) -> Any:
        """What is in the list of this one."""
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        return (await who.does("GET", f"{PATH}?{asked}"))["items"]

    async def told(self, who: Person) -> list[tuple[str, int]]:
        """Of which kinds is unread, and how many."""
        return [(one["kind"], one["count"]) for one in await self.notices(who, unread="true")]

    async def wants(self, who: Person, *, ways: tuple[str, ...] = (), kind: str = "message", **more: Any) -> Any:
        """How this one is told from now on."""
        kinds = [{"kind": kind, "ways": ["in_app", *ways]}]
        return await who.does("PUT", f"{PATH}/preferences", {"kinds": kinds, **more})

    async def a_talk_of_the_rep(self, says: str = "Hello") -> Thread:
        """A conversation that the rep has, has read, and was told of."""
        thread = await self.talk.give(await self.talk.begin("Maja", says=says), self.rep.member)
        return await self.reads(self.rep, thread)

    async def reads(self, who: Person, thread: Thread) -> Thread:
        """Everything there is of the conversation."""
        await who.does("POST", f"/threads/{thread.id}/read", {})
        await self.hub.deps.bus.settle()
        return thread

    async def work(self) -> None:
        """Whatever is due is done, and what comes of it."""
        for kinds in (CODES, TELLING, PUSHING, MAILING):
            await work_off(self.hub.deps, kinds)

    async def pass_time(self, **by: float) -> None:
        """And what is due by then is done."""
        await self.clock.advance(**by)
        await self.work()

    async def comes_back(self, who: Person) -> Person:
        """The time of an access token is over."""
        return await sign_in(self.hub, who.email)
