"""What members do about consent: read how it came, write down what was said elsewhere, suppress addresses."""

from datetime import timedelta

from msgspec.structs import asdict

from channels.base import Address, Purpose
from hub.access import Caller, Permission
from hub.accounts.regions import find_region
from hub.act import Act
from hub.consent import ledger, repository, suppression
from hub.consent.errors import AlreadySuppressed, BadAddress, BadBasis, NeedsEvidence, NoSuchSuppression
from hub.consent.models import Record, Suppression
from hub.consent.shapes import (
    ConsentNow,
    ConsentPage,
    ConsentRecordShown,
    ConsentWanted,
    Page,
    SuppressionPage,
    SuppressionShown,
    SuppressionWanted,
)
from hub.deps import Deps
from hub.errors import Invalid
from hub.people.access import access_person
from hub.people.identities import normalized
from hub.people.models import Basis, ConsentState, Person
from hub.people.provenance import by_caller
from hub.store.mongo import Duplicate
from hub.store.paging import cursor_of, position_of

# Clocks differ: what was said a moment ahead of ours was said now.
AHEAD = timedelta(minutes=5)


async def list_consents(deps: Deps, caller: Caller, person_id: str, page: Page) -> ConsentPage:
    """How things stand with somebody, and how they came to."""
    person = await access_person(deps, caller, person_id, Permission.PEOPLE_VIEW)
    return await consents_of(deps, person, page)


async def consents_of(deps: Deps, person: Person, page: Page) -> ConsentPage:
    """One page of the ledger, under how things stand now."""
    position = position_of(page.cursor)
    found = await repository.list_records(deps.mongo, person.account, person.id, position=position, limit=page.limit)
    last = found[-1] if len(found) == page.limit else None
    return ConsentPage(
        now=[ConsentNow(**asdict(one)) for one in person.consent],
        items=[await shown(deps, one) for one in found],
        next=cursor_of(last.recorded_at, last.id) if last else None,
    )


async def record_consent(act: Act, person_id: str, wanted: ConsentWanted) -> ConsentPage:
    """What somebody has said outside of Parley, into the ledger."""
    deps = act.deps
    person = await access_person(deps, act.caller, person_id, Permission.PEOPLE_EDIT)
    check_sense(wanted)
    if wanted.at and wanted.at > deps.clock.now() + AHEAD:
        raise Invalid("Nobody has said this yet: the time is in the future.", field="at")
    person = await ledger.record(
        deps,
        act.account,
        person.id,
        medium=wanted.medium,
        state=wanted.state,
        basis=wanted.basis,
        evidence=wanted.evidence.strip(),
        by=by_caller(act.caller),
        at=wanted.at,
        id=act.new_id,
        purpose=wanted.purpose,
    )
    act.note.target = {"person": person.id, "consent": act.new_id}
    lifted = await let_through(deps, person, wanted)
    act.note.after = {
        "suppressions_lifted": lifted,
        "medium": wanted.medium,
        "purpose": wanted.purpose,
        "state": wanted.state,
        "basis": wanted.basis,
    }
    return await consents_of(deps, person, Page())


async def let_through(deps: Deps, person: Person, wanted: ConsentWanted) -> int:
    """Their own yes, told elsewhere, counts as if they had written it: how many addresses may be written to again."""
    is_theirs = wanted.basis is Basis.OPT_IN and wanted.purpose is Purpose.ALL
    if not is_theirs or person.consent_on(wanted.medium) is not ConsentState.GRANTED:
        return 0
    said_at = wanted.at or deps.clock.now()
    return await suppression.lift_opt_outs_of(deps, person, medium=wanted.medium, until=said_at)


def check_sense(wanted: ConsentWanted) -> None:
    """Raise when the basis says otherwise than the state, or a yes has nothing to show for it."""
    states = {Basis.OPT_OUT: ConsentState.REVOKED}
    if wanted.state is not states.get(wanted.basis, ConsentState.GRANTED):
        raise BadBasis("A no is recorded as `revoked` by `opt_out`, everything else as `granted`.", basis=wanted.basis)
    if wanted.basis is Basis.OPT_IN and not wanted.evidence.strip():
        raise NeedsEvidence("Say where it can be seen that they agreed: which form, when, in which words.")


async def shown(deps: Deps, entry: Record) -> ConsentRecordShown:
    """As the API shows it."""
    return ConsentRecordShown(
        id=entry.id,
        medium=entry.medium,
        purpose=entry.purpose,
        state=entry.state,
        basis=entry.basis,
        at=entry.at,
        recorded_at=entry.recorded_at,
        by=entry.by,
        evidence=await deps.sealer.text(entry.account, ledger.PLACE, entry.evidence) if entry.evidence else "",
    )


async def list_suppressions(deps: Deps, caller: Caller, page: Page) -> SuppressionPage:
    """All of the account's, the last first."""
    position = position_of(page.cursor)
    found = await repository.list_suppressions(deps.mongo, caller.account, position=position, limit=page.limit)
    last = found[-1] if len(found) == page.limit else None
    return SuppressionPage(
        items=[await suppression_shown(deps, one) for one in found],
        next=cursor_of(last.at, last.id) if last else None,
    )


async def add_suppression(act: Act, wanted: SuppressionWanted) -> SuppressionShown:
    """By hand; AlreadySuppressed when nothing goes there anyway."""
    deps, address = act.deps, Address(kind=wanted.kind, value=wanted.value)
    try:
        address = normalized(address, await find_region(deps, act.account))
    except ValueError as error:
        raise BadAddress(str(error), field="value") from None
    new = await suppression.made(
        deps,
        act.account,
        address,
        medium=wanted.medium,
        reason=wanted.reason,
        evidence=wanted.evidence.strip(),
        by=by_caller(act.caller),
        id=act.new_id,
    )
    act.note.target = {"suppression": new.id}
    try:
        await repository.add_suppression(deps.mongo, new)
    except Duplicate:
        # A repeat of this very request meets its own.
        if await repository.get_suppression(deps.mongo, act.account, new.id) is None:
            raise AlreadySuppressed("Nothing is sent to this address already.") from None
    act.note.after = await suppression_shown(deps, new)
    return await suppression_shown(deps, new)


async def remove_suppression(act: Act, id: str) -> None:
    """Something may go there again."""
    found = await repository.get_suppression(act.deps.mongo, act.account, id)
    if found is None:
        raise NoSuchSuppression("There is no such suppressed address.", id=id)
    act.note.target, act.note.before = {"suppression": id}, await suppression_shown(act.deps, found)
    if not await repository.remove_suppression(act.deps.mongo, act.account, id):
        raise NoSuchSuppression("There is no such suppressed address any more.", id=id)


async def suppression_shown(deps: Deps, one: Suppression) -> SuppressionShown:
    """As the API shows it."""
    return SuppressionShown(
        id=one.id,
        kind=one.kind,
        value=await deps.sealer.text(one.account, suppression.PLACE, one.value),
        medium=one.medium,
        reason=one.reason,
        evidence=await deps.sealer.text(one.account, suppression.EVIDENCE_PLACE, one.evidence) if one.evidence else "",
        at=one.at,
        by=one.by,
    )
