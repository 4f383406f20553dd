"""The choice itself: the same people and the same need, the same judgement."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.routing.choosing import Candidate, Need, Verdict, judge
from hub.routing.models import Way, Wish
from tests.clock import MORNING


def one(name: str = "ravi", **more: Any) -> Candidate:
    """Somebody with room."""
    return Candidate(**{"member": name, "capacity": 5, "load": 0, **more})


def judged(candidates: list[Candidate], *ways: Way, **need: Any) -> list[Verdict]:
    """In the order in which they would get it."""
    return [*judge(candidates, Need(ways=ways or (Way.ROUND_ROBIN,), **need)).verdicts]


@pytest.mark.parametrize(
    ("candidate", "why"),
    [
        (one(is_away=True), "away"),
        (one(is_there=False), "outside working hours"),
        (one(load=5), "full: 5 of 5"),
        (one(capacity=0), "full: 0 of 0"),
        (one(has_passed=True), "had it, or passed on it"),
        (one(lines=frozenset({"x"})), "not on this line"),
        (one(languages=["de"]), "does not speak es"),
        (one(languages=["es"], skills=frozenset({"tax"})), "does not know billing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whoever_cannot_have_it_is_told_why(candidate: Candidate, why: str) -> None:
    need = {"language": "es", "skills": frozenset({"billing"}), "line": "y"}

    verdict, *_ = judged([candidate], **need, language_wish=Wish.REQUIRED, skills_wish=Wish.REQUIRED)

    assert (verdict.is_fit, verdict.why) == (False, why)


def test_the_last_rep_comes_before_whoever_speaks_the_language() -> None:
    people = [one("ravi"), one("lena", languages=["es"])]

    first, second = judged(people, Way.LAST_REP, Way.ROUND_ROBIN, language="es", last_rep="ravi")

    assert (first.candidate.member, first.why) == ("ravi", "last rep")
    assert (second.candidate.member, second.why) == ("lena", "somebody else comes first")


def test_nobody_but_the_last_rep_gets_it_where_there_is_no_other_way() -> None:
    first, second = judged([one("lena"), one("ravi")], Way.LAST_REP, last_rep="ravi")

    assert (first.candidate.member, first.is_fit) == ("ravi", True)
    assert (second.is_fit, second.why) == (False, "not the last rep")


def test_whoever_knows_most_of_it_comes_first() -> None:
    people = [one("ravi", skills=frozenset({"tax"})), one("lena", skills=frozenset({"tax", "vat"}))]

    first, second = judged(people, skills=frozenset({"tax", "vat"}))

    assert first.why == "round robin: longest without; knows tax, vat"
    assert (second.is_fit, second.why) == (False, "somebody who knows more of tax, vat is there")


def test_whoever_ended_something_just_now_has_not_waited_long() -> None:
    early, late = MORNING, MORNING + timedelta(hours=1)
    people = [one("ravi", last_given_at=early, freed_at=late + timedelta(hours=1)), one("lena", last_given_at=late)]

    by_turn, by_rest = judged(people, Way.ROUND_ROBIN)[0], judged(people, Way.LONGEST_WAITING)[0]

    assert (by_turn.candidate.member, by_rest.candidate.member) == ("ravi", "lena")
    assert by_rest.why == "longest waiting"


def test_of_equals_it_is_whose_turn_it_is() -> None:
    people = [one("ravi", load=2, last_given_at=MORNING), one("lena", capacity=10, load=4)]

    first = judged(people, Way.LEAST_LOADED)[0]

    assert (first.candidate.member, first.why) == ("lena", "least loaded: 4 of 10")


PEOPLE = st.lists(
    st.builds(
        Candidate,
        member=st.text("abc", min_size=1, max_size=4),
        capacity=st.integers(0, 3),
        load=st.integers(0, 4),
        is_away=st.booleans(),
        is_there=st.booleans(),
        has_passed=st.booleans(),
        languages=st.lists(st.sampled_from(["es", "de-AT"]), max_size=2),
        skills=st.frozensets(st.sampled_from(["tax", "vat"])),
    ),
    max_size=6,
    unique_by=lambda candidate: candidate.member,
)


@settings(max_examples=40, deadline=None)
@given(PEOPLE, st.sampled_from(Way), st.sampled_from(Wish), st.sampled_from(Wish))
def test_everybody_is_judged_once_and_whoever_is_preferred_never_costs_the_choice(
    people: list[Candidate], way: Way, language: Wish, skills: Wish
) -> None:
    need = Need(
        ways=(Way.LAST_REP, way) if way is not Way.LAST_REP else (way,),
        language="es",
        language_wish=language,
        skills=frozenset({"tax"}),
        skills_wish=skills,
        last_rep=people[0].member if people else "",
    )

    ranking = judge(people, need)

    assert sorted(verdict.candidate.member for verdict in ranking.verdicts) == sorted(one.member for one in people)
    fit = [verdict.candidate for verdict in ranking.verdicts if verdict.is_fit]
    assert all(one.load < one.capacity and one.is_there and not one.is_away and not one.has_passed for one in fit)
    assert ranking.fit == judge(people[::-1], need).fit
