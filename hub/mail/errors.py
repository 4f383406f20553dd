"""What can go wrong with mail. None of these holds an address: their words are logged, and shown beside buried work."""

from hub.errors import Unavailable, Unprocessable
from hub.work.kinds import Hopeless


class MailNotSetUp(Unprocessable):
    """Nobody has told Parley by which server it sends mail."""

    code = "mail_not_set_up"


class MailAway(Unavailable):
    """The mail server cannot be used now; the same letter may go out later."""

    code = "mail_away"


class MailRefused(Hopeless):
    """The mail server will never take this letter."""

    code = "mail_refused"
