"""One run of sending one message: what it is about, and writing down how it goes as long as the claim on it is ours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from channels.base import Access, Address, Channel, Content
from hub.deps import Deps
from hub.lines.models import Line
from hub.sending import repository
from hub.sending.models import PartName
from hub.sending.progress import UNDER_WAY, Change, with_part
from hub.store.ids import new_id
from hub.store.mongo import Document, Duplicate
from hub.threads.delivering import get_entry, moved, set_delivery
from hub.threads.failing import note_failed
from hub.threads.models import TO_PLACE, Delivery, DeliveryState, Entry, Failing, PartSent
from hub.work.kinds import Later, Lease

How = Callable[[Delivery], Delivery]


@dataclass
class Record:
    """How one message fares, in writing, as long as the claim on it is ours. `entry` is as we have written or read it
    last. Nothing else is needed to write that it has failed."""

    deps: Deps
    lease: Lease
    entry: Entry

    @property
    def now(self) -> datetime:
        """The time."""
        return self.deps.clock.now()

    @property
    def delivery(self) -> Delivery:
        """How it fares."""
        return delivery_of(self.entry)

    def part(self, n: int) -> PartSent:
        """How one of its parts fares."""
        return self.delivery.parts[n]

    def later(self, wait: timedelta) -> Later:
        """Not now."""
        return Later(self.now + wait)

    async def change_part(self, n: int, change: Change, **more: object) -> None:
        """Write down how one part fares. What a provider has said of it meanwhile stands: nothing goes back."""
        await self.change(lambda delivery: with_part(delivery, n, while_under_way(change), self.now), **more)

    async def change(self, how: How, **more: object) -> None:
        """Write it down, and other fields of the entry with it: as long as the claim is ours, and whatever providers
        say meanwhile. When it is ours no more, whoever has it now goes on from what stands there."""
        while True:
            seen = self.delivery
            after = how(seen)
            update = moved(after)
            update["$set"] |= more
            async with self.lease.writing:
                where: Document = {**self.lease.where, "delivery.rev": seen.rev}
                is_written = await set_delivery(self.deps, self.entry, where, update)
            if is_written:
                self.entry = replace(self.entry, delivery=after)
                return
            self.entry = await get_entry(self.deps, self.entry.account, self.entry.id)
            if self.delivery.rev == seen.rev:
                raise Later(self.now)

    async def move(self, to: Line) -> None:
        """It goes over another line from now on, and begins anew there."""
        before = self.entry.line

        def gone_over(delivery: Delivery) -> Delivery:
            return replace(delivery, moved_from=before, tries=0, rev=delivery.rev + 1)

        await self.change(gone_over, line=to.id)
        self.entry = replace(self.entry, line=to.id)

    async def ask(self, n: int) -> None:
        """It is handed to the provider now: whoever finds this and no answer knows that nobody knows."""

        def asked(part: PartSent) -> PartSent:
            state = DeliveryState.SENDING if part.state is DeliveryState.QUEUED else part.state
            return replace(part, state=state, asked_at=self.now, failure=None, at=self.now)

        await self.change_part(n, asked)

    async def wait(self, n: int, failing: Failing) -> None:
        """It stays queued, and people see why."""
        if self.part(n).failure != failing:
            await self.change_part(n, lambda part: replace(part, failure=failing))

    async def take_back(self, n: int, failing: Failing | None = None) -> None:
        """Surely nothing was sent; where it is tried again later, people see why. Of what nobody knew for a while they
        see that: a reason beside it would ask them to decide."""

        def back(delivery: Delivery) -> Delivery:
            why = None if delivery.parts[n].state is DeliveryState.UNKNOWN else failing
            after = with_part(delivery, n, lambda part: replace(part, asked_at=None, failure=why), self.now)
            return replace(after, tries=delivery.tries + 1)

        await self.change(back)

    async def unknown(self, n: int, failing: Failing | None = None) -> None:
        """Nobody knows whether it was sent; with a failing nobody will, and people decide."""
        if self.part(n).state is DeliveryState.UNKNOWN and self.part(n).failure == failing:
            return
        if failing:
            await note_failed(self.deps, self.entry)
        await self.change_part(n, lambda part: replace(part, state=DeliveryState.UNKNOWN, failure=failing, at=self.now))

    async def failed(self, n: int, failing: Failing) -> None:
        """It will not be sent."""
        await note_failed(self.deps, self.entry)
        await self.change_part(
            n,
            lambda part: replace(part, state=DeliveryState.FAILED, failure=failing, asked_at=None, at=self.now),
        )


@dataclass
class Errand(Record):
    """One message on its way to the provider, with all that is needed to send it."""

    line: Line
    channel: Channel
    access: Access
    to: Address
    # Which of the line's names it comes from, where there is a choice.
    sender: str
    # What it goes out as.
    contents: list[Content]

    async def sent(self, n: int, provider_id: str) -> None:
        """The provider has it, and calls it so."""

        def taken(part: PartSent) -> PartSent:
            return replace(
                part,
                state=DeliveryState.SENT,
                provider_id=provider_id,
                asked_at=None,
                failure=None,
                at=self.now,
            )

        if n > 0:
            await self.name_part(n, provider_id)
        try:
            await self.change_part(n, taken, **({} if n else {"provider_id": provider_id}))
        except Duplicate:
            # The provider has given the same id to something else on this line: statuses will tell of that one.
            await self.change_part(n, taken)

    async def name_part(self, n: int, provider_id: str) -> None:
        """Statuses find the entry by this; the first part's name stands in the entry itself."""
        name = PartName(
            id=new_id(self.now),
            account=self.entry.account,
            line=self.line.id,
            provider_id=provider_id,
            entry=self.entry.id,
            part=n,
            client_id=self.part(n).client_id,
            stored_at=self.now,
        )
        await repository.add_part_name(self.deps.mongo, name)


def while_under_way(change: Change) -> Change:
    """What has ended, or was taken, stays as it is."""
    return lambda part: change(part) if part.state in UNDER_WAY else part


def delivery_of(entry: Entry) -> Delivery:
    """Of a message of ours."""
    if entry.delivery is None:
        raise ValueError(f"{entry.id} is no message of ours")
    return entry.delivery


async def to_of(deps: Deps, entry: Entry) -> Address:
    """Whom it goes to."""
    opened = await deps.sealer.unseal(entry.account, TO_PLACE, delivery_of(entry).to)
    return msgspec.json.decode(opened, type=Address)
