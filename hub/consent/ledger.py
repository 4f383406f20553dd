"""The ledger of consent: who said what about being written to, when, and how we know. Nothing in it is ever taken back:
what counts now is made of all that was said, in whatever order it came to us."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from channels.base import Medium, Purpose
from hub.clock import whole_ms
from hub.consent import repository
from hub.consent.models import Record
from hub.deps import Deps
from hub.people.changing import change
from hub.people.getting import get_person
from hub.people.models import Basis, Consent, ConsentState, Person
from hub.store.ids import new_id
from hub.store.mongo import Document, Duplicate
from hub.work.kinds import Kind, Lease

PLACE = "consents.evidence"
# How long after it was written down a sweep lets it count, when the process that wrote it has died.
GRACE = timedelta(seconds=10)
# What people have said themselves. Everything else is concluded from what they did.
SAID = frozenset({Basis.OPT_IN, Basis.OPT_OUT})


async def record(
    deps: Deps,
    account: str,
    person_id: str,
    *,
    medium: Medium,
    state: ConsentState,
    basis: Basis,
    evidence: str,
    by: str,
    at: datetime | None = None,
    id: str = "",
    purpose: Purpose = Purpose.ALL,
) -> Person:
    """Write it down, and let it count. A repeat under the same `id` changes nothing."""
    now, person = deps.clock.now(), await get_person(deps, account, person_id)
    entry = Record(
        id=id or new_id(now),
        account=account,
        person=person.id,
        medium=medium,
        state=state,
        basis=basis,
        # What was said later than now would outweigh what is said until then.
        at=min(whole_ms(at.astimezone(UTC)), now) if at else now,
        recorded_at=now,
        by=by,
        evidence=await deps.sealer.seal(account, PLACE, evidence) if evidence else None,
        due_at=now + GRACE,
        purpose=purpose,
    )
    try:
        await repository.add_record(deps.mongo, entry)
    except Duplicate:
        entry = await repository.find_record(deps.mongo, account, entry.id) or entry
    return await count_in(deps, entry)


async def count_in(deps: Deps, entry: Record) -> Person:
    """What is known of the person says so from now on."""
    person = await change(deps, entry.account, entry.person, lambda seen: weighed_in(seen, entry.consent))
    await repository.count_in(deps.mongo, entry.account, entry.id)
    return person


def weighed_in(person: Person, said: Consent) -> Person:
    """The person, with this said."""
    others = [one for one in person.consent if one.about != said.about]
    before = [one for one in person.consent if one.about == said.about]
    after = heaviest([*before, said])
    return person if before == [after] else replace(person, consent=[*others, after])


def heaviest(consents: Iterable[Consent]) -> Consent:
    """What counts of all that was said of one thing: their own word over what we conclude, the later over the earlier,
    no over yes. In whatever order they come, it is the same one."""
    return max(consents, key=lambda one: (one.basis in SAID, one.at, one.state is ConsentState.REVOKED, one.basis))


async def note_inquiry(deps: Deps, person: Person, medium: Medium, at: datetime) -> Person:
    """They have written to us on it: we may answer, unless they have ever said something else."""
    if any(one.about == (medium, Purpose.ALL) for one in person.consent):
        return person
    return await record(
        deps,
        person.account,
        person.id,
        medium=medium,
        state=ConsentState.GRANTED,
        basis=Basis.INQUIRY,
        evidence="",
        by=f"person:{person.id}",
        at=at,
        id=f"{person.id}.{medium}",
    )


async def finish(deps: Deps, document: Document, _: Lease) -> None:
    """Whoever wrote it down has died before it counted."""
    entry = await repository.find_record(deps.mongo, document["account"], document["_id"])
    if entry and entry.due_at:
        await count_in(deps, entry)


KINDS = (Kind(name="consent.count_in", collection=repository.CONSENTS, handler=finish),)
