"""The same race on the whole way to the person: what an agent says goes through the gate and a desk to the provider,
while a member takes over, and sometimes hands back."""

import asyncio
import itertools
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from channels.base import Address, Content, IdentityKind, Inbound
from hub.deps import Deps
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.people.finding import find_or_make
from hub.sending.delivery import KINDS
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.threads import log, ownership
from hub.threads.delivering import get_entry
from hub.threads.errors import StaleEpoch
from hub.threads.happenings import OwnerChanged
from hub.threads.models import THE_HUB, Author, AuthorKind, Entry, Thread
from hub.threads.receiving import receive
from hub.work.desk import Desk
from tests.fakes.sandbox.running import RunningSandbox
from tests.faults.takeovers import AGENT

SEND = KINDS[0]
SPEAKER = Author(AuthorKind.AGENT, "agent")
NUMBERS = itertools.count(1)


@dataclass
class Stage:
    """Two processes, a line at the provider, and how the races have ended."""

    deps: Sequence[Deps]
    line: Line
    member: Author
    sandbox: RunningSandbox
    ends: Counter[str] = field(default_factory=Counter)
    # What was taken over before anybody had begun to send it.
    too_late: set[str] = field(default_factory=set)
    said: list[Entry] = field(default_factory=list)
    # How long it takes to say something and send it, as busy as this machine is: somewhere in it a member takes over.
    takes_s: float = 0.5

    async def hear(self, thread: Thread) -> Thread:
        """The person writes: whoever does not answer is soon left in peace by machines."""
        number, channel = next(NUMBERS), channel_of(self.line)
        inbound = Inbound(id=f"in-{number}", sender=(), said_at=self.deps[0].clock.now(), content=Content(text="Hi"))
        thread, _ = await receive(
            self.deps[0], thread, inbound, line=self.line.id, medium=self.line.medium, can=channel.capabilities
        )
        return thread


async def speak(stage: Stage, deps: Deps, seen: Thread) -> Entry | None:
    """The agent answers by what it has seen of the thread."""
    text = f"word {next(NUMBERS)}"
    try:
        said = await say(deps, seen, Saying(client_id=text, text=text), SPEAKER, epoch=seen.epoch)
    except StaleEpoch:
        return None
    stage.said.append(said.entry)
    return said.entry


async def take(stage: Stage, deps: Deps, seen: Thread, *, hands_back: bool) -> None:
    """A member takes over, and perhaps hands back at once: what was said before is over all the same."""
    thread = await ownership.take_over(deps, seen, stage.member, stage.member.id, from_other=True)
    if hands_back:
        given = OwnerChanged(owner=AGENT, why="handed_back")
        await ownership.change_owner(deps, thread, given, stage.member)


async def send(deps: Deps, entry: Entry) -> None:
    """A desk does this one."""
    desk = Desk(deps, SEND)
    await desk.offer(entry.id)
    await desk.close(timeout_s=30)


async def race(stage: Stage, thread: Thread, chance: random.Random) -> None:
    """The agent owns it. It speaks and a member takes over at once, and a desk sends it before, meanwhile or after."""
    here, there = chance.sample(stage.deps, 2)
    thread, _ = await ownership.change_owner(here, thread, OwnerChanged(owner=AGENT, why="handed_back"), THE_HUB)
    thread = await stage.hear(thread)
    hands_back, is_sent_after = chance.random() < 0.5, chance.random() < 0.5

    async def speaks() -> Entry | None:
        began = time.monotonic()
        entry = await speak(stage, here, thread)
        if entry and not is_sent_after:
            await send(here, entry)
        stage.takes_s = max(time.monotonic() - began, stage.takes_s * 0.9)
        return entry

    async def takes() -> None:
        await asyncio.sleep(chance.uniform(0, stage.takes_s))
        await take(stage, there, thread, hands_back=hands_back)

    entry, _ = await asyncio.gather(speaks(), takes())
    if entry is None:
        stage.ends["refused"] += 1
    elif is_sent_after:
        stage.too_late.add(entry.id)
        await send(there, entry)


async def races(stage: Stage, *, threads: int, rounds: int, seed: int = 7) -> Counter[str]:
    """So many in each of so many threads at once; how they have ended, by what came to the provider."""

    async def run(number: int) -> None:
        chance, deps = random.Random(seed + number), stage.deps[0]  # noqa: S311 - no secret
        address = Address(kind=IdentityKind.PHONE, value=f"+49151{number:08}")
        person = await find_or_make(deps, stage.line.account, [address], name=f"person {number}")
        thread = await log.find_or_make(deps, stage.line.account, person.id)
        for _ in range(rounds):
            await race(stage, await log.catch_up(deps, thread.account, thread.id), chance)

    await asyncio.gather(*(run(number) for number in range(threads)))
    for entry in stage.said:
        await judge(stage, entry)
    return stage.ends


async def judge(stage: Stage, entry: Entry) -> None:
    """Whether it came to the provider, and whether that was right."""
    came = [sent for sent in stage.sandbox.sent if sent.client_id.startswith(entry.id)]
    now = await get_entry(stage.deps[0], entry.account, entry.id)
    fares = now.delivery
    stage.ends["sent" if came else "stopped"] += 1
    stage.ends["late"] += bool(came) and entry.id in stage.too_late
    stage.ends["twice"] += len(came) > 1
    stage.ends["wrongly told"] += fares is None or (fares.state.value != "sent") is bool(came)
    stage.ends["without reason"] += not came and not (fares and fares.failure and fares.failure.code == "taken_over")
