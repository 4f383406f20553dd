"""What can be wrong with a provider, and for how often."""

from typing import Literal

import msgspec

Does = Literal[
    # What happens to messages that are sent through it:
    "refuse",  # it says no, by `code`, and to wait for `wait_s`
    "limit",  # it takes `count` a second of a line, and of more it says to wait for `wait_s`
    "down",  # it answers 503 and nothing else; it has taken nothing
    "nonsense",  # it takes the message and answers 200 with something that is no answer
    "hang_up",  # it takes the message and closes the connection
    "vanish",  # it closes the connection and has taken nothing
    "slow",  # it takes the message and answers after `wait_s`
    "forget",  # it does not know the client id again: a repeat goes out twice, and only a lookup tells
    "early",  # it tells all that becomes of the message before it answers
    # What happens to its webhooks:
    "late",  # they come after `wait_s`
    "duplicate",  # each comes `count` times, at once
    "reorder",  # `count` of them are waited for, and come the last one first
    "batch",  # `count` events are waited for, and come in one
]


class Mood(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One thing that it does for the next `times`, or until told otherwise; of one line or person, or of all."""

    does: Does
    line: str = ""
    to: str = ""
    times: int | None = 1
    code: str = "invalid"
    wait_s: float = 0
    count: int = 2

    def fits(self, does: Does, line: str, to: str) -> bool:
        """Whether it is about this."""
        is_left = self.times is None or self.times > 0
        return self.does == does and is_left and self.line in ("", line) and self.to in ("", to)


class Moods:
    """All that it was told."""

    def __init__(self) -> None:
        self.all: list[Mood] = []

    def find(self, does: Does, line: str, to: str = "") -> Mood | None:
        """The first that fits, left as it is."""
        return next((mood for mood in self.all if mood.fits(does, line, to)), None)

    def take(self, does: Does, line: str, to: str = "") -> Mood | None:
        """The first that fits, once."""
        mood = self.find(does, line, to)
        if mood and mood.times is not None:
            mood.times -= 1
        return mood
