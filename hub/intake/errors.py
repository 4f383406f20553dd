"""What can go wrong with what providers send."""

from hub.errors import Conflict, Forbidden, NotFound, Unprocessable


class SignatureRefused(Forbidden):
    """The event does not come from the line's provider, is too old, or was tampered with."""

    code = "bad_signature"


class NoSuchEvent(NotFound):
    """The ledger has no such event, or has it no more."""

    code = "no_such_event"


class NoSuchReplay(NotFound):
    """There is no such replay."""

    code = "no_such_replay"


class ReplayRunning(Conflict):
    """An account has one replay of a time at once."""

    code = "replay_running"


class ElementsFailed(Unprocessable):
    """Some of what an event holds could not be taken in; the rest was."""

    code = "elements_failed"
