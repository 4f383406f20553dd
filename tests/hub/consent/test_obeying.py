"""Somebody says STOP: it is written down, stands in the log, and their address is left alone, whoever has it."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from msgspec.structs import replace

from channels.base import Address, Content, IdentityKind, Inbound, Medium
from hub.consent import own_words, repository
from hub.consent.models import Reason
from hub.consent.opting import obey
from hub.consent.shapes import OptWordsWanted, WordsWanted
from hub.consent.suppression import find_suppression, suppress
from hub.deps import Deps
from hub.people.changing import change
from hub.people.getting import get_person
from hub.people.models import Basis, ConsentState, Person
from hub.settings import Settings
from hub.threads import log
from hub.threads import repository as threads
from hub.threads.happenings import OptChanged
from tests.clock import VirtualClock
from tests.hub.merging.known import ACCOUNT, MORNING, act, phone, somebody
from tests.hubs import running_hub

PHONE = phone(1)
MAIL = Address(kind=IdentityKind.EMAIL, value="asha@example.com")


@pytest.fixture
async def deps(settings: Settings, clock: VirtualClock) -> AsyncIterator[Deps]:
    await clock.advance(seconds=(MORNING.replace(hour=20) - clock.now()).total_seconds())
    async with running_hub(settings, clock=clock) as hub:
        yield hub.deps


async def told(deps: Deps, text: str, *, id: str = "1", medium: Medium = Medium.SMS, **more: Any) -> bool:
    """They say it, on a line of ours."""
    person = await somebody(deps, 1)
    thread = await log.find_or_make(deps, ACCOUNT, person.id)
    said = Inbound(**{"id": id, "sender": (PHONE,), "said_at": MORNING, "content": Content(text=text), **more})
    return await obey(deps, person, thread, said, line="line", medium=medium)


async def person_of(deps: Deps) -> Person:
    return await somebody(deps, 1)


async def opts(deps: Deps) -> list[tuple[Medium, bool]]:
    """What stands about it in the log."""
    thread = await log.find_or_make(deps, ACCOUNT, (await person_of(deps)).id)
    entries = await threads.list_after(deps.mongo, ACCOUNT, thread.id, 0, limit=99)
    return [(one.event.medium, one.event.is_in) for one in entries if isinstance(one.event, OptChanged)]


async def is_suppressed(deps: Deps, medium: Medium = Medium.SMS, address: Address = PHONE) -> bool:
    return await find_suppression(deps, ACCOUNT, [address], medium) is not None


async def test_a_stop_is_obeyed_once_however_often_it_is_told(deps: Deps) -> None:
    ends = [await told(deps, "STOP") for _ in range(3)]

    person = await person_of(deps)
    assert ends == [True, True, True]
    assert person.consent_on(Medium.SMS) is ConsentState.REVOKED
    assert await opts(deps) == [(Medium.SMS, False)]
    assert len(await repository.list_records(deps.mongo, ACCOUNT, person.id)) == 1


async def test_it_holds_for_the_address_on_that_channel_and_for_no_other(deps: Deps) -> None:
    await told(deps, "STOP")

    assert await is_suppressed(deps)
    assert not await is_suppressed(deps, Medium.WHATSAPP)
    assert not await is_suppressed(deps, address=phone(2))


async def test_a_start_takes_it_back(deps: Deps) -> None:
    await told(deps, "STOP")

    assert await told(deps, "start", id="2", said_at=MORNING.replace(hour=10)) is True

    assert (await person_of(deps)).consent_on(Medium.SMS) is ConsentState.GRANTED
    assert not await is_suppressed(deps)
    assert await opts(deps) == [(Medium.SMS, False), (Medium.SMS, True)]


async def test_yes_means_something_only_after_a_stop(deps: Deps) -> None:
    before = await told(deps, "Yes", id="1")
    await told(deps, "STOP", id="2")
    ends = [await told(deps, "Yes", id="3", said_at=MORNING.replace(hour=10)) for _ in range(2)]

    assert (before, ends) == (False, [True, True])
    assert await opts(deps) == [(Medium.SMS, False), (Medium.SMS, True)]


async def test_a_start_by_somebody_who_never_left_is_an_opt_in_and_still_a_message(deps: Deps) -> None:
    assert await told(deps, "START") is False

    consents = (await person_of(deps)).consent
    assert [(one.state, one.basis) for one in consents] == [(ConsentState.GRANTED, Basis.OPT_IN)]


async def test_what_the_provider_has_understood_counts_whatever_the_words(deps: Deps) -> None:
    assert await told(deps, "arrête tout ça", opted="out") is True

    assert (await person_of(deps)).consent_on(Medium.SMS) is ConsentState.REVOKED


async def test_a_no_by_mail_counts_from_when_it_came_whatever_its_senders_clock_says(deps: Deps) -> None:
    opted_in = {"opted": "in", "said_at": MORNING.replace(hour=10)}
    await told(deps, "", id="1", medium=Medium.EMAIL, sender=(MAIL,), **opted_in)

    await told(deps, "unsubscribe", id="2", medium=Medium.EMAIL, sender=(MAIL,), said_at=MORNING.replace(year=2012))

    assert (await person_of(deps)).consent_on(Medium.EMAIL) is ConsentState.REVOKED
    assert await is_suppressed(deps, Medium.EMAIL, MAIL)


async def test_a_stop_told_late_changes_nothing_that_they_have_said_since(deps: Deps) -> None:
    await told(deps, "START", id="2", said_at=MORNING.replace(hour=10))

    await told(deps, "STOP", id="1")

    assert (await person_of(deps)).consent_on(Medium.SMS) is ConsentState.GRANTED
    assert not await is_suppressed(deps)


async def test_a_stop_told_again_changes_nothing_that_they_have_said_since(deps: Deps) -> None:
    await told(deps, "STOP", id="1")
    await told(deps, "START", id="2", said_at=MORNING.replace(hour=10))

    await told(deps, "STOP", id="1")

    assert not await is_suppressed(deps)


async def test_a_start_told_again_does_not_lift_a_later_stop(deps: Deps) -> None:
    await told(deps, "START", id="1")
    await told(deps, "STOP", id="2", said_at=MORNING.replace(hour=10))

    await told(deps, "START", id="1")

    assert await is_suppressed(deps)


async def test_other_words_change_nothing(deps: Deps) -> None:
    assert await told(deps, "please stop by tomorrow") is False

    assert (await person_of(deps)).consent == []
    assert await opts(deps) == []


async def test_a_mail_that_says_stop_is_an_answer_like_any_other(deps: Deps) -> None:
    ends = [await told(deps, text, id=text, medium=Medium.EMAIL) for text in ("Stop", "Unsubscribe")]

    assert ends == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "Unsubscribe\n\nOn Mon, Asha wrote:\n> Hello there",
        "Unsubscribe\nOn Mon, Asha wrote:\n> Hello there",
        "unsubscribe\n\nOn Mon, Asha\n<asha@example.test> wrote:\n\n> Hello there\n>> Hi",
        "Unsubscribe.\n\n-- \nSent from my phone",
        "Unsubscribe\n\n-----Original Message-----\nFrom: Asha",
    ],
    ids=["quoted", "close", "broken", "signed", "ruled"],
)
async def test_what_a_mail_quotes_is_not_what_they_say(deps: Deps, text: str) -> None:
    assert await told(deps, text, medium=Medium.EMAIL)


async def test_what_is_quoted_alone_was_not_said_by_them(deps: Deps) -> None:
    assert not await told(deps, "Thanks!\n\nOn Mon, Asha wrote:\n> unsubscribe", medium=Medium.EMAIL)
    assert not await told(deps, "> unsubscribe", id="2", medium=Medium.EMAIL)


async def test_a_guessed_language_does_not_narrow_what_is_understood(deps: Deps) -> None:
    person = await person_of(deps)
    await change(deps, ACCOUNT, person.id, lambda one: replace(one, locale="en"))

    guessed = await told(deps, "parar", id="1")
    await change(deps, ACCOUNT, person.id, lambda one: replace(one, is_locale_inferred=False, consent=[]))

    assert (guessed, await told(deps, "parar", id="2")) == (True, False)


async def test_the_accounts_own_words_are_heard(deps: Deps) -> None:
    await own_words.set_words(act(deps), OptWordsWanted(items=[WordsWanted(stop=["basta così"])]))

    assert await told(deps, "Basta cosi!") is True


async def test_a_start_does_not_lift_what_the_network_has_said(deps: Deps) -> None:
    await told(deps, "STOP")
    await suppress(deps, ACCOUNT, PHONE, medium=Medium.SMS, reason=Reason.HARD_BOUNCE, evidence="30003")

    await told(deps, "START", id="2", said_at=MORNING.replace(hour=10))

    found = await find_suppression(deps, ACCOUNT, [PHONE], Medium.SMS)
    assert found and found.reason is Reason.HARD_BOUNCE


async def test_the_lesser_reason_does_not_take_the_place_of_the_greater(deps: Deps) -> None:
    for reason in (Reason.COMPLAINT, Reason.OPT_OUT):
        await suppress(deps, ACCOUNT, PHONE, medium=Medium.SMS, reason=reason, evidence="")

    found = await find_suppression(deps, ACCOUNT, [PHONE], Medium.SMS)
    assert found and found.reason is Reason.COMPLAINT


async def test_an_address_is_found_however_it_is_written(deps: Deps) -> None:
    mail = Address(kind=IdentityKind.EMAIL, value="Asha@Example.test")
    await suppress(deps, ACCOUNT, mail, medium=Medium.EMAIL, reason=Reason.HARD_BOUNCE, evidence="550")

    assert await is_suppressed(deps, Medium.EMAIL, Address(kind=IdentityKind.EMAIL, value=" asha@example.TEST"))


async def test_a_merged_person_is_the_one_who_said_it(deps: Deps) -> None:
    from hub.merging import actions

    mine, theirs = await somebody(deps, 9), await person_of(deps)
    await actions.merge(act(deps), mine.id, theirs.id)

    await told(deps, "STOP")

    assert (await get_person(deps, ACCOUNT, mine.id)).consent_on(Medium.SMS) is ConsentState.REVOKED
