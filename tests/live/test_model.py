"""The rules of a screen that are easily got wrong."""

from typing import Any

from tests.live.model import MARK, Model

UNREAD: dict[str, Any] = dict(zip(MARK, (0, True, False), strict=True))
READ: dict[str, Any] = dict(zip(MARK, (1, False, False), strict=True))


def row(rev: int) -> dict[str, Any]:
    """A conversation, as a `sync` gives it."""
    return {"id": "thread", "rev": rev, "seq": 1, **UNREAD}


def changed(rev: int) -> dict[str, Any]:
    """The same, as an event tells it."""
    return {"thread": "thread", "rev": rev, "state": {"id": "thread", "rev": rev, "seq": 1}}


def gone(rev: int) -> dict[str, Any]:
    """Whoever saw it may do so no more."""
    return {"thread": "thread", "rev": rev}


def test_what_was_said_before_it_went_does_not_bring_a_conversation_back() -> None:
    model = Model()
    model.hear("thread_gone", gone(2))

    model.hear("thread_changed", changed(1))

    assert model.rows() == {}


def test_whoever_sees_it_by_another_mark_keeps_a_conversation() -> None:
    model = Model()
    model.take_row(row(1))

    for name, event in (("thread_changed", changed(2)), ("thread_gone", gone(2))):
        model.hear(name, event)

    assert model.rows().keys() == {"thread"}


def test_given_back_it_is_there_again_and_its_mark_is_asked_for() -> None:
    model = Model()
    model.take_row(row(1))
    model.hear("thread_gone", gone(2))

    model.hear("thread_changed", changed(3))

    assert model.rows().keys() == {"thread"}
    assert model.wants


def test_a_conversation_of_which_an_event_was_heard_is_told_again_since_its_mark_may_have_been_lost() -> None:
    model = Model()
    model.take_row(row(1))

    model.hear("thread_changed", changed(2))

    assert model.known == {"thread": 1}


def test_a_mark_that_is_heard_before_the_conversation_counts() -> None:
    model = Model()
    model.take_row(row(1))

    model.hear("mark_changed", {"thread": "thread", "rev": 2, **READ})
    model.hear("thread_changed", changed(2))

    assert model.rows()["thread"]["is_unread"] is False
