"""Somebody has said to a member that they may be written to again: it counts as if they had written it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from channels.base import Medium, Purpose
from hub.consent import suppression
from hub.consent.actions import record_consent
from hub.consent.models import Reason
from hub.consent.shapes import ConsentWanted
from hub.deps import Deps
from hub.people.models import Basis, ConsentState
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.merging.known import ACCOUNT, act, phone, somebody
from tests.hubs import running_hub

PHONE = phone(1)


@pytest.fixture
async def deps(settings: Settings, clock: VirtualClock) -> AsyncIterator[Deps]:
    async with running_hub(settings, clock=clock) as hub:
        yield hub.deps


async def suppress(deps: Deps, reason: Reason = Reason.OPT_OUT, medium: Medium = Medium.SMS) -> None:
    await suppression.suppress(deps, ACCOUNT, PHONE, medium=medium, reason=reason, evidence="")


async def record(
    deps: Deps, basis: Basis = Basis.OPT_IN, *, at: datetime | None = None, purpose: Purpose = Purpose.ALL
) -> None:
    """What they have said on the phone, of texts."""
    person, state = await somebody(deps, 1), ConsentState.REVOKED if basis is Basis.OPT_OUT else ConsentState.GRANTED
    wanted = ConsentWanted(medium=Medium.SMS, state=state, basis=basis, evidence="on the phone", at=at, purpose=purpose)
    await record_consent(act(deps), person.id, wanted)


async def reason(deps: Deps, medium: Medium = Medium.SMS) -> Reason | None:
    """Why nothing goes there."""
    found = await suppression.find_suppression(deps, ACCOUNT, [PHONE], medium)
    return found.reason if found else None


async def test_their_yes_lifts_what_they_have_said_before_on_that_channel_only(deps: Deps) -> None:
    await suppress(deps)
    await suppress(deps, medium=Medium.WHATSAPP)

    await record(deps)

    assert (await reason(deps), await reason(deps, Medium.WHATSAPP)) == (None, Reason.OPT_OUT)


@pytest.mark.parametrize("why", [why for why in Reason if why is not Reason.OPT_OUT])
async def test_what_is_not_theirs_to_say_stays(deps: Deps, why: Reason) -> None:
    await suppress(deps, why)

    await record(deps)

    assert await reason(deps) is why


@pytest.mark.parametrize("basis", [basis for basis in Basis if basis is not Basis.OPT_IN])
async def test_what_is_concluded_lifts_nothing(deps: Deps, basis: Basis) -> None:
    await suppress(deps)

    await record(deps, basis)

    assert await reason(deps) is Reason.OPT_OUT


async def test_a_yes_to_offers_lifts_nothing(deps: Deps) -> None:
    await suppress(deps)

    await record(deps, purpose=Purpose.MARKETING)

    assert await reason(deps) is Reason.OPT_OUT


async def test_a_yes_from_before_they_said_no_lifts_nothing(deps: Deps, clock: VirtualClock) -> None:
    yesterday = clock.now() - timedelta(days=1)
    await suppress(deps)

    await record(deps, at=yesterday)

    assert await reason(deps) is Reason.OPT_OUT


async def test_a_yes_that_a_later_no_outweighs_lifts_nothing(deps: Deps, clock: VirtualClock) -> None:
    an_hour_ago = clock.now() - timedelta(hours=1)
    await suppress(deps)
    await record(deps, Basis.OPT_OUT)

    await record(deps, at=an_hour_ago)

    assert await reason(deps) is Reason.OPT_OUT
