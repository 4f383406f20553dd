"""What clocks make of logs: how long people waited, and whose time that was."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import astuple, replace

from hub.clocks.advancing import MILLISECOND, advance
from hub.clocks.models import ClockState
from hub.threads.fold import fold
from hub.threads.happenings import (
    ClockBreached,
    Closed,
    Happening,
    MergedInto,
    OwnerKind,
    Priority,
    PrioritySet,
    Reopened,
    Snoozed,
    SurveyAnswered,
    Tagged,
    Woken,
)
from hub.threads.models import Author, AuthorKind, Delivery, DeliveryState, Entry, Thread
from tests.hub.clocks.logs import (
    AGENT,
    BEGIN,
    HUB,
    MEMBER,
    PERSON,
    RULE,
    Line,
    entry,
    log,
    measures_of,
    minutes_of,
    owned,
    state_of,
    told,
)

TAKEN, QUEUED, AGENTS = owned(OwnerKind.MEMBER), owned(OwnerKind.NOBODY), owned(OwnerKind.AGENT)
LATER = BEGIN + timedelta(days=1)
TABLE: dict[str, tuple[list[Line], list[tuple[str, float]], dict[str, float]]] = {
    "a member answers from the queue": (
        [(0, PERSON), (4, TAKEN), (10, MEMBER), (12, Closed())],
        [("first_answer", 10), ("first_human_answer", 10), ("resolution", 12)],
        {"queue": 4, "human": 6, "person": 2},
    ),
    "the agent answers at once, a member later": (
        [(0, AGENTS), (0, PERSON), (1, AGENT), (5, PERSON), (6, TAKEN), (9, MEMBER), (9, Closed())],
        [("first_answer", 1), ("next_answer", 4), ("first_human_answer", 9), ("resolution", 9)],
        {"agent": 2, "person": 4, "human": 3},
    ),
    "more questions do not begin anew": (
        [(0, PERSON), (3, PERSON), (5, MEMBER), (6, MEMBER)],
        [("first_answer", 5), ("first_human_answer", 5)],
        {"queue": 5, "person": 1},
    ),
    "what a rule sends is no answer": (
        [(0, PERSON), (1, RULE), (8, MEMBER)],
        [("first_answer", 8), ("first_human_answer", 8)],
        {"queue": 8},
    ),
    "we began": (
        [(0, MEMBER), (60, PERSON), (61, TAKEN), (62, MEMBER), (70, Closed())],
        [("first_answer", 2), ("first_human_answer", 2), ("resolution", 10)],
        {"person": 68, "queue": 1, "human": 1},
    ),
    "nobody ever answers what we sent": ([(0, RULE), (60, Closed())], [], {"person": 60}),
    "put off while the person waits": (
        [(0, PERSON), (5, Snoozed(until=LATER)), (65, Woken()), (70, MEMBER)],
        [("first_answer", 70), ("first_human_answer", 70)],
        {"queue": 10, "snoozed": 60},
    ),
    "a message ends a snooze": (
        [(0, PERSON), (1, MEMBER), (2, Snoozed(until=LATER)), (32, PERSON), (40, MEMBER)],
        [("first_answer", 1), ("first_human_answer", 1), ("next_answer", 8)],
        {"queue": 9, "person": 1, "snoozed": 30},
    ),
    "a second round is measured by itself": (
        [(0, PERSON), (1, MEMBER), (2, Closed()), (100, PERSON), (103, MEMBER), (104, Closed())],
        [
            *[("first_answer", 1.0), ("first_human_answer", 1.0), ("resolution", 2.0)],
            *[("first_answer", 3.0), ("first_human_answer", 3.0), ("resolution", 4.0)],
        ],
        {"queue": 3, "person": 1},
    ),
    "opened again by hand": (
        [(0, PERSON), (1, MEMBER), (2, Closed()), (10, Reopened()), (15, Closed())],
        [("first_answer", 1), ("first_human_answer", 1), ("resolution", 2), ("resolution", 5)],
        {"person": 5},
    ),
    "spam was not resolved": ([(0, PERSON), (5, Closed(why="spam"))], [], {"queue": 5}),
    "what goes on elsewhere was not resolved": ([(0, PERSON), (5, MergedInto(thread="other"))], [], {"queue": 5}),
    "what happens after the end counts for nobody": (
        [(0, PERSON), (5, MEMBER), (6, Closed()), (90, Tagged(put=("vip",))), (99, TAKEN)],
        [("first_answer", 5), ("first_human_answer", 5), ("resolution", 6)],
        {"queue": 5, "person": 1},
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_a_log_says_how_long_everything_took_and_whose_time_it_was(name: str) -> None:
    lines, measures, minutes = TABLE[name]

    assert told(log(*lines)) == measures
    assert minutes_of(log(*lines)) == minutes


def test_a_program_of_the_accounts_own_answers_but_is_nobody() -> None:
    answered = log((0, PERSON), (5, Author(AuthorKind.KEY, "key")))

    assert told(answered) == [("first_answer", 5)]


def test_what_a_member_has_written_before_is_no_answer() -> None:
    asked, answered = log((0, PERSON), (5, MEMBER))
    ready = Delivery(state=DeliveryState.QUEUED, to=None, is_automated=True)  # type: ignore[arg-type]

    assert told([asked, replace(answered, delivery=ready)]) == []


def test_a_score_that_the_hub_closes_again_is_no_round_to_report() -> None:
    asked = log((0, PERSON), (1, SurveyAnswered(score=5)))
    closed = entry(3, 1, Closed(), by=HUB)

    assert told([*asked, closed]) == []


def test_an_answer_names_whoever_gave_it_and_the_end_whose_it_was() -> None:
    found = measures_of(log((0, PERSON), (1, AGENT), (2, TAKEN), (3, Closed())))

    assert [(one.what, one.by, one.member) for one in found] == [
        ("first_answer", "agent", None),
        ("resolution", "member", "asha"),
    ]
    assert found[1].reach == ["member:asha"]


def test_a_clock_that_was_said_to_be_late_is_late() -> None:
    late = ClockBreached(clock="first_answer", due_at=BEGIN)

    found = measures_of(log((0, PERSON), (5, late), (6, MEMBER), (7, Closed())))

    assert {one.what: one.is_late for one in found} == {
        "first_answer": True,
        "first_human_answer": False,
        "resolution": False,
    }


def test_clocks_of_two_machines_that_disagree_do_not_run_backwards() -> None:
    state = state_of(log((0, PERSON), (-1, MEMBER), (2, PERSON)))

    assert state.round is not None
    assert state.round.spent.person == 2 * 60_000


# Over any log


HAPPENINGS: list[Happening] = [
    *(TAKEN, QUEUED, AGENTS, Closed(), Closed(why="spam"), Reopened(), Snoozed(until=LATER), Woken()),
    *(PrioritySet(priority=Priority.HIGH), Tagged(put=("vip",)), SurveyAnswered(score=3)),
    *(MergedInto(thread="other"), MergedInto(thread="other", is_undone=True)),
    ClockBreached(clock="first_answer", due_at=LATER),
]
WHATEVER = st.sampled_from([PERSON, MEMBER, AGENT, RULE, *HAPPENINGS])
LOGS = st.lists(st.tuples(st.integers(0, 500), WHATEVER), min_size=1, max_size=25).map(
    lambda steps: log(*((sum(one[0] for one in steps[: n + 1]), what) for n, (_, what) in enumerate(steps)))
)
a_few = settings(max_examples=40, deadline=None)


@a_few
@given(LOGS)
def test_every_moment_of_a_round_belongs_to_exactly_one(entries: list[Entry]) -> None:
    state = state_of(entries)

    assert state.round is not None
    ended = state.round.closed_at or state.at or BEGIN
    assert sum(astuple(state.round.spent)) == (ended - state.round.opened_at) // MILLISECOND


@a_few
@given(LOGS)
def test_clocks_see_a_thread_as_it_sees_itself(entries: list[Entry]) -> None:
    state, thread = (
        ClockState(),
        Thread(id="thread", account="acme", person="maja", key="maja", made_at=BEGIN, moved_at=BEGIN, updated_at=BEGIN),
    )
    for one in entries:
        state, thread = advance(state, one), fold(thread, one)

    assert (state.seq, state.status, state.owner, state.team) == (thread.seq, thread.status, thread.owner, thread.team)
    assert state.priority == thread.priority


@a_few
@given(LOGS, st.integers(0, 25))
def test_it_makes_no_difference_where_somebody_has_paused(entries: list[Entry], place: int) -> None:
    halfway = state_of(entries[:place])

    assert state_of(entries[place:], halfway) == state_of(entries)
