"""How much a mail server may ask for. It is to be one's own, and speaks for many: the limits are for whoever is not."""

from dataclasses import dataclass

from hub.limits import Rate


@dataclass(frozen=True)
class Limits:
    """Of the listener of one process. `command_s` is the time for the next command, or for the next bytes of a mail;
    `mail_s` is that for a whole mail."""

    mail_bytes: int = 30_000_000
    # From here on a mail needs one of the few places for what is large.
    large_bytes: int = 1_000_000
    header_bytes: int = 1_000_000
    # Mails that go round in a circle get longer by a line of each server.
    hops: int = 100
    recipients: int = 100
    sessions: int = 200
    sessions_of_one: int = 50
    command_s: float = 120
    mail_s: float = 600
    session_s: float = 3600


# By address of whoever hands in: mails, and recipients who are nobody.
MAIL_RATE, WRONG_RATE = Rate(6_000), Rate(300)
