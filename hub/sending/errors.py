"""What can go wrong with sending."""

import msgspec

from hub.errors import Conflict, Forbidden, NotFound, Unprocessable
from hub.sending.models import Verdict


class SendRefused(Conflict):
    """The gate has said no."""

    code = "send_refused"

    def __init__(self, verdict: Verdict) -> None:
        alternatives = msgspec.to_builtins(verdict.alternatives)
        super().__init__(verdict.reason, why=verdict.code, alternatives=alternatives)
        self.verdict = verdict


class NoLine(Unprocessable):
    """It is not clear on which line to write."""

    code = "no_line"


class ClientIdTaken(Conflict):
    """Its sender has said something else under this id, in another conversation."""

    code = "client_id_taken"


class NotRetryable(Conflict):
    """Sending it again would not help, or would send it twice."""

    code = "not_retryable"


class NotCancellable(Conflict):
    """It is on its way already."""

    code = "not_cancellable"


class NoSuchScheduled(NotFound):
    """Nothing of this id is to be said later."""

    code = "no_such_scheduled"


class ScheduledGone(Conflict):
    """It is being said, or was changed meanwhile."""

    code = "scheduled_gone"


class NotTheAuthor(Forbidden):
    """It goes out in somebody else's name: nobody but its author changes what it says."""

    code = "not_the_author"


class AuthorNotAble(Forbidden):
    """Whoever has written it may not write in the conversation any more."""

    code = "author_not_able"


class BadSendAt(Unprocessable):
    """A time at which nothing can be said."""

    code = "bad_send_at"


class TooManyScheduled(Conflict):
    """The conversation has as much that is to be said later as one can have."""

    code = "too_many_scheduled"
