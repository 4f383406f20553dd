"""What two people are together, and what they are again: without a database."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from channels.base import Medium, Purpose
from hub.merging.joining import WAYS, as_kept, attributes_of, joined, sign
from hub.merging.models import Images
from hub.merging.parting import parted
from hub.people.models import Basis, Consent, ConsentState, Lead, LeadStatus, Person, Provenance, Stage, Step
from tests.hub.merging.known import MORNING, identity, of, opened

HOUR = timedelta(hours=1)


def said(state: ConsentState, basis: Basis, hour: int = 0, medium: Medium = Medium.SMS) -> Consent:
    return Consent(medium=medium, state=state, basis=basis, at=MORNING + hour * HOUR)


NO = said(ConsentState.REVOKED, Basis.OPT_OUT)
LATER_YES = said(ConsentState.GRANTED, Basis.OPT_IN, 5)
NO_TO_OFFERS = replace(NO, purpose=Purpose.MARKETING)
INQUIRY = said(ConsentState.GRANTED, Basis.INQUIRY, 9)


def undone(survivor: Person, other: Person, **since: Any) -> tuple[Person, Person]:
    """After a merge, and what was changed since."""
    after = joined(survivor, other)
    now = replace(after, **since)
    return parted(Images(survivor=survivor, other=other, after=after), now, sign(survivor, other))


def test_every_field_of_a_person_has_a_way() -> None:
    assert WAYS.keys() == {field.name for field in msgspec.structs.fields(Person)}


@pytest.mark.parametrize(
    ("field", "mine", "theirs", "together"),
    [
        ("name", opened("Asha"), opened("A. Rao"), opened("Asha")),
        ("name", None, opened("A. Rao"), opened("A. Rao")),
        ("stage", Stage.CONTACT, Stage.CUSTOMER, Stage.CUSTOMER),
        ("stage", Stage.LEAD, Stage.CONTACT, Stage.LEAD),
        ("tags", ["vip", "north"], ["loan", "vip"], ["vip", "north", "loan"]),
        ("attributes", as_kept({"a": "1"}), as_kept({"a": "2", "b": 3}), as_kept({"a": "1", "b": 3})),
        ("attributes", None, as_kept({"city": "Goa"}), as_kept({"city": "Goa"})),
        ("lead", Lead(score=4), Lead(score=9, status=LeadStatus.WON), Lead(score=4, status=LeadStatus.WON)),
        ("lead", Lead(assignee="ben"), Lead(assignee="eva", source="ad"), Lead(assignee="ben", source="ad")),
        ("consent", [LATER_YES], [NO], [NO]),
        ("consent", [NO], [LATER_YES], [NO]),
        ("consent", [INQUIRY], [LATER_YES], [LATER_YES]),
        ("consent", [LATER_YES], [NO_TO_OFFERS], [LATER_YES, NO_TO_OFFERS]),
        ("consent", [], [INQUIRY], [INQUIRY]),
        ("blocked_at", None, MORNING, MORNING),
        ("zone", None, "Asia/Kolkata", "Asia/Kolkata"),
        ("made_at", MORNING, MORNING - HOUR, MORNING - HOUR),
        ("made_at", MORNING, MORNING + HOUR, MORNING),
    ],
)  # fmt: skip
def test_what_is_known_of_two_comes_together(field: str, mine: Any, theirs: Any, together: Any) -> None:
    both = joined(of("mine", **{field: mine}), of("theirs", **{field: theirs}))

    assert getattr(both, field) == together


def test_what_somebody_has_said_of_their_zone_outweighs_what_was_guessed() -> None:
    guessed, told = of("mine", zone="Europe/Paris"), of("theirs", zone="Asia/Kolkata", is_zone_inferred=False)

    both = joined(guessed, told)

    assert (both.zone, both.is_zone_inferred) == ("Asia/Kolkata", False)


def test_all_that_leads_to_either_leads_to_the_survivor_but_the_others_own_id() -> None:
    mine, theirs = of("mine", identities=[identity("mine"), identity("+1")]), of("theirs")
    theirs = replace(theirs, identities=[identity("theirs"), identity("+2")])

    assert [one.key for one in joined(mine, theirs).identities] == [b"mine", b"+1", b"+2"]
    assert [one.key for one in sign(mine, theirs).identities] == [b"theirs"]
    assert sign(mine, theirs).merged_into == "mine"


def test_it_is_remembered_who_has_said_what_counts() -> None:
    def said_by(who: str, *fields: str) -> list[Provenance]:
        return [Provenance(field=field, by=who, at=MORNING) for field in fields]

    mine = of("mine", name=opened("Asha"), provenance=said_by("me", "name"))
    theirs = of("theirs", name=opened("A."), attributes=as_kept({"city": "Goa"}))
    theirs = replace(theirs, provenance=said_by("them", "name", "attributes.city", "lead.score"))

    assert [(one.field, one.by) for one in joined(mine, theirs).provenance] == [
        ("name", "me"), ("attributes.city", "them"), ("lead.score", "them")
    ]  # fmt: skip


def test_steps_stand_in_the_order_of_time() -> None:
    early, late = Step(stage=Stage.CONTACT, at=MORNING, by="hub"), Step(stage=Stage.LEAD, at=MORNING + HOUR, by="hub")

    assert joined(of("mine", steps=[late]), of("theirs", steps=[early, late])).steps == [early, late]


def a_pair() -> tuple[Person, Person]:
    """Two of whom much is known."""
    mine = of("mine", name=opened("Asha"), tags=["vip"], consent=[INQUIRY], lead=Lead(score=4))
    theirs = of("theirs", at=MORNING - HOUR, name=opened("A."), tags=["loan"], consent=[LATER_YES], zone="Asia/Kolkata")
    theirs = replace(theirs, attributes=as_kept({"city": "Goa"}), lead=Lead(source="ad", assignee="eva"))
    return replace(mine, identities=[identity("mine"), identity("+1")]), replace(
        theirs, identities=[identity("theirs"), identity("+2"), identity("+3")]
    )


def test_what_nobody_has_touched_is_as_it_was() -> None:
    pair = a_pair()

    assert undone(*pair) == pair


@pytest.mark.parametrize(
    ("field", "since"),
    [
        ("name", opened("Asha Rao")),
        ("name", None),
        ("stage", Stage.CUSTOMER),
        ("zone", "Europe/Paris"),
        ("blocked_at", MORNING),
    ],
)  # fmt: skip
def test_what_was_changed_since_stays_with_the_survivor(field: str, since: Any) -> None:
    mine, theirs = undone(*a_pair(), **{field: since})

    assert getattr(mine, field) == since
    assert theirs == a_pair()[1]


def test_a_tag_put_on_since_stays_and_one_taken_off_stays_off() -> None:
    mine, theirs = undone(*a_pair(), tags=["loan", "new"])

    assert (mine.tags, theirs.tags) == (["new"], ["loan"])


def test_of_attributes_and_leads_each_field_goes_its_own_way() -> None:
    lead = Lead(score=8, source="ad", assignee="ben")

    mine, theirs = undone(*a_pair(), attributes=as_kept({"city": "Goa", "age": 3}), lead=lead)

    assert attributes_of(mine) == {"age": 3}
    assert mine.lead == Lead(score=8, assignee="ben")
    assert (attributes_of(theirs), theirs.lead) == ({"city": "Goa"}, Lead(source="ad", assignee="eva"))


def test_an_identity_that_came_since_stays_and_one_that_is_gone_is_nobodys() -> None:
    since = [identity("mine"), identity("+1"), identity("+2"), identity("+9")]

    mine, theirs = undone(*a_pair(), identities=since)

    assert [one.key for one in mine.identities] == [b"mine", b"+1", b"+9"]
    assert [one.key for one in theirs.identities] == [b"theirs", b"+2"]


def test_a_no_that_came_since_counts_for_both() -> None:
    refused = replace(NO, at=MORNING + 7 * HOUR)

    mine, theirs = undone(*a_pair(), consent=[refused])

    assert (mine.consent, theirs.consent) == ([refused], [refused])


def test_a_no_to_offers_that_came_since_leaves_what_else_both_have_said() -> None:
    mine, theirs = undone(*a_pair(), consent=[LATER_YES, NO_TO_OFFERS])

    assert (mine.consent, theirs.consent) == ([INQUIRY, NO_TO_OFFERS], [LATER_YES, NO_TO_OFFERS])


def test_a_yes_that_came_since_counts_for_the_survivor_only() -> None:
    agreed = replace(LATER_YES, at=MORNING + 7 * HOUR)
    mine, theirs = of("mine", consent=[INQUIRY]), of("theirs", consent=[NO])

    one, other = undone(mine, theirs, consent=[agreed])

    assert (one.consent, other.consent) == ([agreed], [NO])
