"""The ledger: what counts is made of all that was said, in whatever order it came."""

import itertools
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st
from msgspec.structs import replace

from channels.base import Medium, Purpose
from hub.consent import ledger, repository
from hub.deps import Deps
from hub.people.getting import get_person
from hub.people.models import Basis, Consent, ConsentState, Person, Stage
from hub.settings import Settings
from hub.work.desk import Desk
from tests.clock import VirtualClock
from tests.hub.merging.known import ACCOUNT, MORNING, somebody
from tests.hubs import running_hub
from tests.people import Person as Member
from tests.people import code_of, found

GRANTED, REVOKED = ConsentState.GRANTED, ConsentState.REVOKED
SAID = {
    "inquiry": (GRANTED, Basis.INQUIRY),
    "contract": (GRANTED, Basis.CONTRACT),
    "yes": (GRANTED, Basis.OPT_IN),
    "no": (REVOKED, Basis.OPT_OUT),
}


@pytest.fixture
async def deps(settings: Settings, clock: VirtualClock) -> AsyncIterator[Deps]:
    async with running_hub(settings, clock=clock) as hub:
        yield hub.deps


def said(what: str, hour: int) -> Consent:
    state, basis = SAID[what]
    return Consent(medium=Medium.SMS, state=state, basis=basis, at=MORNING + timedelta(hours=hour))


async def record(deps: Deps, person: Person, what: str, hour: int = 0, **more: Any) -> Person:
    one = said(what, hour)
    about = {"medium": one.medium, "state": one.state, "basis": one.basis, "at": one.at, "by": "line:1"}
    return await ledger.record(deps, ACCOUNT, person.id, **{"evidence": "so they said", **about, **more})


@pytest.mark.parametrize(
    ("story", "state"),
    [
        (["inquiry"], GRANTED),
        (["no", "inquiry"], REVOKED),
        (["no", "contract"], REVOKED),
        (["inquiry", "no"], REVOKED),
        (["no", "yes"], GRANTED),
        (["yes", "no"], REVOKED),
        (["yes", "no", "inquiry"], REVOKED),
        (["no", "yes", "inquiry"], GRANTED),
    ],
)
def test_their_own_latest_word_counts_however_the_story_is_told(story: list[str], state: ConsentState) -> None:
    told = [said(what, hour) for hour, what in enumerate(story)]

    assert {ledger.heaviest(order).state for order in itertools.permutations(told)} == {state}


def test_of_two_words_at_one_moment_the_no_counts() -> None:
    assert ledger.heaviest([said("no", 1), said("yes", 1)]).state is REVOKED


@pytest.mark.parametrize(
    ("story", "offers", "all_else"),
    [
        (["no to offers"], REVOKED, ConsentState.NONE),
        (["inquiry", "no to offers"], REVOKED, GRANTED),
        (["no to offers", "yes to offers"], GRANTED, ConsentState.NONE),
        (["no to offers", "yes"], REVOKED, GRANTED),
        (["yes", "no to offers"], REVOKED, GRANTED),
        (["no to offers", "inquiry"], REVOKED, GRANTED),
        (["yes to offers", "no"], REVOKED, REVOKED),
    ],
)
def test_a_word_about_offers_leaves_everything_else_as_it_is(
    story: list[str], offers: ConsentState, all_else: ConsentState
) -> None:
    for order in itertools.permutations(told_of(story)):
        person = Person(id="1", account="a", stage=Stage.LEAD, identities=[], made_at=MORNING, updated_at=MORNING)
        for one in order:
            person = ledger.weighed_in(person, one)

        assert person.consent_on(Medium.SMS, Purpose.MARKETING) is offers
        assert person.consent_on(Medium.SMS) is all_else


def told_of(story: list[str]) -> list[Consent]:
    """An hour between two words."""
    words = [(one.removesuffix(" to offers"), one.endswith("offers")) for one in story]
    return [
        replace(said(what, hour), purpose=Purpose.MARKETING if is_narrow else Purpose.ALL)
        for hour, (what, is_narrow) in enumerate(words)
    ]


@settings_of(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(SAID)), st.integers(0, 9)), min_size=1), st.randoms())
def test_one_after_the_other_makes_the_same_as_all_at_once(story: list[tuple[str, int]], chance: Any) -> None:
    told = [said(*one) for one in story]
    shuffled = chance.sample(told, len(told))

    counted = shuffled[0]
    for one in shuffled:
        counted = ledger.heaviest([counted, one])

    assert counted == ledger.heaviest(told)


async def test_what_is_recorded_counts_at_once_on_its_channel_only(deps: Deps) -> None:
    person = await somebody(deps, 1)

    after = await record(deps, person, "no")

    assert after.consent_on(Medium.SMS) is REVOKED
    assert after.consent_on(Medium.EMAIL) is ConsentState.NONE


async def test_a_repeat_is_recorded_once(deps: Deps) -> None:
    person = await somebody(deps, 1)

    for _ in range(2):
        await record(deps, person, "no", id="the same")

    assert len(await repository.list_records(deps.mongo, ACCOUNT, person.id)) == 1


async def test_whoever_writes_first_may_be_answered_until_they_say_no(deps: Deps) -> None:
    person = await somebody(deps, 1)

    asked = await ledger.note_inquiry(deps, person, Medium.SMS, MORNING)
    again = await ledger.note_inquiry(deps, asked, Medium.SMS, MORNING + timedelta(hours=1))
    out = await record(deps, again, "no", hour=2)
    still = await ledger.note_inquiry(deps, out, Medium.SMS, MORNING + timedelta(hours=3))

    assert [one.basis for one in again.consent] == [Basis.INQUIRY]
    assert len(await repository.list_records(deps.mongo, ACCOUNT, person.id)) == 2
    assert still.consent_on(Medium.SMS) is REVOKED


async def test_a_message_after_a_stop_adds_nothing_to_the_ledger(deps: Deps) -> None:
    out = await record(deps, await somebody(deps, 1), "no")

    await ledger.note_inquiry(deps, out, Medium.SMS, MORNING + timedelta(hours=1))

    assert len(await repository.list_records(deps.mongo, ACCOUNT, out.id)) == 1


async def test_what_was_written_down_counts_also_when_its_writer_died(deps: Deps, clock: VirtualClock) -> None:
    person = await somebody(deps, 1)
    recorded = await record(deps, person, "yes", id="first")
    entry = await repository.find_record(deps.mongo, ACCOUNT, "first")
    assert entry
    orphan = {"_id": "orphan", "account": ACCOUNT, "due_at": clock.now()}
    await deps.mongo["consents"].insert(as_no(entry, **orphan))

    desk = Desk(deps, ledger.KINDS[0])
    await desk.sweep()
    await desk.close(timeout_s=5)

    assert recorded.consent_on(Medium.SMS) is GRANTED
    assert (await get_person(deps, ACCOUNT, person.id)).consent_on(Medium.SMS) is REVOKED
    assert (await repository.find_record(deps.mongo, ACCOUNT, "orphan")).due_at is None  # type: ignore[union-attr]


def as_no(entry: Any, **more: Any) -> dict[str, Any]:
    """The same person's no, an hour later."""
    no = said("no", 1)
    plain = {"person": entry.person, "medium": no.medium, "state": no.state, "basis": no.basis, "at": no.at}
    return {**plain, "recorded_at": no.at, "by": "line:1", **more}


@pytest.fixture
async def owner(deps: Deps, settings: Settings) -> AsyncIterator[Member]:
    async with running_hub(settings) as hub:
        yield await found(hub, "acme")


async def a_person(owner: Member) -> str:
    return str((await owner.does("POST", "/people", {"name": "Asha"}))["id"])


async def test_a_member_records_what_was_said_elsewhere(owner: Member) -> None:
    path = f"/people/{await a_person(owner)}/consents"
    yes = {"medium": "whatsapp", "state": "granted", "basis": "opt_in", "evidence": "paper form of 3 March"}

    await owner.does("POST", path, yes)
    shown = await owner.does("GET", path)

    assert [(one["medium"], one["state"]) for one in shown["now"]] == [("whatsapp", "granted")]
    assert [(one["evidence"], one["by"]) for one in shown["items"]] == [
        ("paper form of 3 March", f"member:{owner.member}")
    ]


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"state": "granted", "basis": "opt_in"}, "needs_evidence"),
        ({"state": "granted", "basis": "opt_in", "evidence": "  "}, "needs_evidence"),
        ({"state": "revoked", "basis": "opt_in", "evidence": "form"}, "bad_basis"),
        ({"state": "granted", "basis": "opt_out"}, "bad_basis"),
        ({"state": "none", "basis": "opt_out"}, "bad_basis"),
        ({"state": "revoked", "basis": "opt_out", "at": "2999-01-01T00:00:00Z"}, "invalid"),
        ({"state": "revoked", "basis": "opt_out", "at": "2020-01-01T00:00:00"}, "invalid"),
    ],
)
async def test_what_makes_no_sense_is_refused(owner: Member, wanted: dict[str, str], code: str) -> None:
    path = f"/people/{await a_person(owner)}/consents"

    refused = await owner.asks("POST", path, {"medium": "sms", **wanted})

    assert code_of(refused) == (400, code)


async def test_a_yes_of_the_future_does_not_outweigh_the_no_that_comes_before_it(
    deps: Deps, clock: VirtualClock
) -> None:
    person = await somebody(deps, 1)
    await record(deps, person, "yes", at=clock.now() + timedelta(minutes=4))

    await clock.advance(minutes=1)
    person = await record(deps, person, "no", at=None)

    assert person.consent_on(Medium.SMS) is REVOKED
