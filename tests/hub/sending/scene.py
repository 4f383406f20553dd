"""Somebody who has written to a business over the sandbox, and what the business says to them."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from channels.base import Address, Content, IdentityKind, Inbound, Mail, Status
from hub.consent import ledger
from hub.deps import Deps
from hub.files import actions as files
from hub.files.access import mark_of
from hub.lines import actions as lines
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.people.finding import find_or_make
from hub.people.models import Person as Someone
from hub.rooms import HOUSE
from hub.sending.delivery import KINDS as DELIVERY
from hub.sending.models import Said, Saying
from hub.sending.saying import say
from hub.sending.scheduled import KINDS as LATER
from hub.sending.statuses import record_status
from hub.threads import log
from hub.threads.delivering import get_entry
from hub.threads.models import Author, AuthorKind, Delivery, Entry, Thread
from hub.threads.receiving import receive
from hub.work.desk import Desk
from hub.work.kinds import Kind
from tests.clock import VirtualClock
from tests.fakes.sandbox.running import RunningSandbox
from tests.hub.files.samples import PNG
from tests.hub.lines.connected import connect
from tests.hubs import Hub
from tests.people import Person, sign_in

WINDOW = timedelta(hours=24)
NUMBERS = itertools.count(1)
PHONE = "+4915112345678"
AGENT = Author(AuthorKind.AGENT, "agent")
RULE = Author(AuthorKind.RULE, "rule")


@dataclass
class Scene:
    """A business, its lines at the sandbox, and one person."""

    hub: Hub
    owner: Person
    sandbox: RunningSandbox
    clock: VirtualClock
    line: Line
    someone: Someone

    @property
    def deps(self) -> Deps:
        """What the hub has opened."""
        return self.hub.deps

    @property
    def account(self) -> str:
        """The business."""
        return self.owner.account

    @property
    def member(self) -> Author:
        """The owner, as a log names them."""
        return Author(AuthorKind.MEMBER, self.owner.member)

    async def thread(self) -> Thread:
        """The conversation as it is by now."""
        found = await log.find_or_make(self.deps, self.account, self.someone.id)
        return await log.catch_up(self.deps, self.account, found.id)

    async def connect(self, provider: str, **more: Any) -> Line:
        """One line more."""
        return await connect_to(self.deps, self.account, self.sandbox, provider, **more)

    async def hears(self, text: str = "Hello", *, line: Line | None = None, mail: Mail | None = None) -> Entry:
        """The person writes."""
        line, now = line or self.line, self.clock.now()
        channel = channel_of(line)
        inbound = Inbound(
            id=f"in-{next(NUMBERS)}",
            sender=(Address(kind=channel.reaches[0], value=PHONE),),
            said_at=now,
            content=Content(text=text, mail=mail),
        )
        self.sandbox.line(await lines_address(self.deps, line)).windows[PHONE] = now + WINDOW
        await ledger.note_inquiry(self.deps, self.someone, line.medium, now)
        thread = await self.thread()
        _, entry = await receive(self.deps, thread, inbound, line=line.id, medium=line.medium, can=channel.capabilities)
        await self.deps.background.settle()
        return entry

    async def says(self, text: str = "Hi", *, author: Author | None = None, **more: Any) -> Said:
        """Somebody of the business writes."""
        saying = Saying(client_id=f"c{next(NUMBERS)}", text=text, **more)
        said = await say(self.deps, await self.thread(), saying, author or self.member)
        await self.deps.background.settle()
        return said

    async def asks_gate(self, text: str, **more: Any) -> Any:
        """What the gate would say to the owner."""
        path = f"/threads/{(await self.thread()).id}/messages/check"
        return await self.owner.does("POST", path, {"client_id": "check", "text": text, **more})

    async def work(self, kinds: Sequence[Kind] = DELIVERY) -> None:
        """Do all that is due now, and what comes due by that."""
        for _ in range(2):
            await work_off(self.deps, kinds)

    async def keep(self, name: str) -> str:
        """The id of a picture that the owner has uploaded."""
        return (await files.keep(self.deps, self.account, name, PNG, by=mark_of(self.member))).id

    def kinds(self, name: str) -> list[Kind]:
        """The one of this name."""
        return [kind for kind in HOUSE.kinds if kind.name == name]

    async def comes_back(self) -> None:
        """The owner signs in again: the time of an access token is over."""
        self.owner = await sign_in(self.hub, self.owner.email)

    async def later(self) -> None:
        """Say what is to be said now, and send it."""
        await self.work(LATER)
        await self.work()

    async def pass_time(self, **by: float) -> None:
        """Time passes; then what is due is done."""
        await self.clock.advance(**by)
        await self.work()

    async def entry(self, said: Said | Entry) -> Entry:
        """The message as it stands now."""
        entry = said.entry if isinstance(said, Said) else said
        return await get_entry(self.deps, self.account, entry.id)

    async def delivery(self, said: Said | Entry) -> Delivery:
        """How it fares."""
        found = (await self.entry(said)).delivery
        assert found is not None
        return found

    async def state(self, said: Said | Entry) -> str:
        """How far it has come."""
        return (await self.delivery(said)).state.value

    async def hears_of(self, id: str, state: Any, code: str = "", *, line: Line | None = None) -> None:
        """The provider says how a message of ours fares."""
        status = Status(id=id, state=state, at=self.clock.now(), code=code)
        await record_status(self.deps, line or self.line, status)

    def next_sent_id(self) -> str:
        """By which id the provider will call the next message that it takes."""
        run, _, number = self.sandbox.new_id("out").rpartition("-")
        return f"{run}-{int(number) + 1}"

    @property
    def texts(self) -> list[str]:
        """What has come to the person, in order."""
        return [sent.text for sent in self.sandbox.sent]


async def lines_address(deps: Deps, line: Line) -> str:
    """What people write to."""
    return (await lines.access_of(deps, line)).address


async def connect_to(deps: Deps, account: str, sandbox: RunningSandbox, provider: str, **more: Any) -> Line:
    """A line of the sandbox that runs."""
    values = {"url": sandbox.url, "key": sandbox.key, "webhook_secret": "secret"}
    return await connect(deps, provider, account=account, values=values, **more)


async def make_someone(deps: Deps, account: str, *, phone: str = PHONE) -> Someone:
    """A person who is known by a phone."""
    return await find_or_make(deps, account, [Address(kind=IdentityKind.PHONE, value=phone)], name="Maja")


async def work_off(deps: Deps, kinds: Sequence[Kind]) -> None:
    """Do whatever is due of these kinds."""
    for kind in kinds:
        desk = Desk(deps, kind)
        await desk.sweep()
        await desk.close(timeout_s=10)
