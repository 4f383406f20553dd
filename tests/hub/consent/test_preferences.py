"""A provider tells what somebody wants who has not written to us: it counts as if they had, and makes nobody known."""

from collections.abc import AsyncIterator

import pytest

from channels.base import Address, IdentityKind, Medium, Preference, Purpose
from hub.consent.preferences import heed
from hub.consent.suppression import find_suppression
from hub.deps import Deps
from hub.people.getting import find_known_by, get_person
from hub.people.models import ConsentState
from hub.settings import Settings
from hub.threads import log
from hub.threads import repository as threads
from hub.threads.happenings import OptChanged
from tests.clock import VirtualClock
from tests.hub.merging.known import ACCOUNT, MORNING, phone, somebody
from tests.hubs import running_hub

PHONE = phone(1)
STRANGER = Address(kind=IdentityKind.EMAIL, value="ravi@example.com")


@pytest.fixture
async def deps(settings: Settings, clock: VirtualClock) -> AsyncIterator[Deps]:
    await clock.advance(seconds=(MORNING.replace(hour=20) - clock.now()).total_seconds())
    async with running_hub(settings, clock=clock) as hub:
        yield hub.deps


async def told(deps: Deps, address: Address, *wants: str, purpose: Purpose = Purpose.ALL) -> None:
    """One after the other, an hour between."""
    for hour, want in enumerate(wants):
        at = MORNING.replace(hour=MORNING.hour + hour)
        one = Preference(id=f"p-{hour}", address=address, wants=want, at=at, purpose=purpose)  # type: ignore[arg-type]
        await heed(deps, ACCOUNT, one, line="line", medium=Medium.SMS)


async def reason(deps: Deps, address: Address) -> str:
    """Why nothing goes there; empty where it may."""
    found = await find_suppression(deps, ACCOUNT, [address], Medium.SMS)
    return found.reason.value if found else ""


async def opts(deps: Deps, person: str) -> list[bool]:
    """What stands about it in the log."""
    thread = await log.find_or_make(deps, ACCOUNT, person)
    entries = await threads.list_after(deps.mongo, ACCOUNT, thread.id, 0, limit=100)
    return [entry.event.is_in for entry in entries if isinstance(entry.event, OptChanged)]


@pytest.mark.parametrize(
    ("wants", "why", "is_revoked"),
    [
        (["out"], "opt_out", True),
        (["complaint"], "complaint", True),
        (["out", "in"], "", False),
        (["out", "complaint"], "complaint", True),
        (["complaint", "in"], "complaint", False),
    ],
    ids=range(5),
)
async def test_it_is_done_for_whoever_is_known_without_a_conversation_too(
    deps: Deps, wants: list[str], why: str, is_revoked: bool
) -> None:
    person = await somebody(deps, 1)

    await told(deps, PHONE, *wants)

    known = await find_known_by(deps, ACCOUNT, PHONE)
    assert known is not None
    assert (known.id, await reason(deps, PHONE)) == (person.id, why)
    assert (known.consent_on(Medium.SMS) is ConsentState.REVOKED) is is_revoked


async def test_it_stands_in_the_conversation_once_however_often_it_is_told(deps: Deps) -> None:
    person = await somebody(deps, 1)
    await log.find_or_make(deps, ACCOUNT, person.id)

    for _ in range(3):
        await told(deps, PHONE, "out")

    assert await opts(deps, person.id) == [False]


@pytest.mark.parametrize(
    ("wants", "why"),
    [(["out"], "opt_out"), (["complaint"], "complaint"), (["out", "in"], ""), (["in"], "")],
    ids=range(4),
)
async def test_of_whom_nobody_knows_it_is_about_the_address_alone(deps: Deps, wants: list[str], why: str) -> None:
    await told(deps, STRANGER, *wants)

    assert await reason(deps, STRANGER) == why
    assert await find_known_by(deps, ACCOUNT, STRANGER) is None


@pytest.mark.parametrize(
    ("wants", "state", "logged"),
    [(["out"], ConsentState.REVOKED, [False]), (["out", "in"], ConsentState.GRANTED, [False, True])],
    ids=range(2),
)
async def test_a_no_to_offers_suppresses_nothing_and_stands_in_the_conversation(
    deps: Deps, wants: list[str], state: ConsentState, logged: list[bool]
) -> None:
    person = await somebody(deps, 1)
    await log.find_or_make(deps, ACCOUNT, person.id)

    await told(deps, PHONE, *wants, purpose=Purpose.MARKETING)

    known = await get_person(deps, ACCOUNT, person.id)
    assert known.consent_on(Medium.SMS, Purpose.MARKETING) is state
    assert known.consent_on(Medium.SMS) is ConsentState.NONE
    assert (await reason(deps, PHONE), await opts(deps, person.id)) == ("", logged)


async def test_what_a_stranger_thinks_of_offers_makes_them_nobody(deps: Deps) -> None:
    await told(deps, STRANGER, "out", purpose=Purpose.MARKETING)

    assert (await reason(deps, STRANGER), await find_known_by(deps, ACCOUNT, STRANGER)) == ("", None)
