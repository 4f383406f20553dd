"""Handing a letter of ours to the mail server of the settings, and what its noes mean for whoever runs Parley."""

from email.message import EmailMessage

from channels.base import SmtpNo
from hub.errors import HubError
from hub.mail import smtp
from hub.mail.errors import MailAway, MailRefused
from hub.mail.smtp import Broken, Trouble, Way

# The second number of an enhanced code (RFC 3463) is whom or what it is about.
SUBJECTS = {
    "1": "it knows no such address",
    "2": "that mailbox takes no mail",
    "6": "it does not take such content",
    "7": "its rules forbid it",
}
# Said instead of 250 to whoever should have signed in: about us, not about the recipient.
UNAUTHENTICATED = frozenset({530, 534, 535, 538})
OURS = {
    "connect": "is not ready for us",
    "login": "does not take the user and password of PARLEY_MAIL_URL",
    "sender": "does not take the sender of PARLEY_MAIL_FROM",
}
THEIRS = {"recipient": "this recipient", "content": "this letter"}
BROKEN: dict[Trouble, str] = {
    "certificate": "The certificate of the mail server is not a trusted one for the host of PARLEY_MAIL_URL.",
    "tls": "No encrypted connection to the mail server could be made: smtps:// is mostly for port 465, "
    "smtp:// for port 587.",
    "clear": "The mail server offers no encryption (STARTTLS), and a password is not sent in clear: "
    "set PARLEY_MAIL_URL to smtps://, or to another port.",
    "login": "The mail server does not let users sign in, at least not in a way that is known here.",
    "timeout": "The mail server takes too long to answer.",
    "network": "The mail server cannot be reached, or breaks off.",
    "nonsense": "The mail server is not ready for us.",
}


async def send(way: Way, message: EmailMessage) -> None:
    """Hand one message over. MailRefused: it will never be taken. MailAway: perhaps later."""
    sender, to = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    try:
        await smtp.hand_over(way, sender=sender, recipients=[to], content=message.as_bytes())
    except (SmtpNo, Broken) as error:
        raise translated(error) from error


async def greet(way: Way) -> None:
    """Go as far as one can without sending anything, sign in included; MailAway says what is wrong."""
    try:
        await smtp.greet(way)
    except (SmtpNo, Broken) as error:
        raise translated(error) from error


def translated(error: SmtpNo | Broken) -> HubError:
    """As it is logged, and shown beside work that was given up."""
    if isinstance(error, Broken):
        return MailAway(BROKEN[error.trouble])
    if error.stage in OURS:
        return MailAway(f"The mail server {OURS[error.stage]}{numbers(error)}.")
    what = THEIRS[error.stage]
    # Five hundred and more is for good.
    if error.code < 500 or error.code in UNAUTHENTICATED:
        return MailAway(f"The mail server does not take {what} now{numbers(error)}.")
    reason = SUBJECTS.get(error.enhanced.split(".")[1], "") if error.enhanced else ""
    return MailRefused(f"The mail server refuses {what} for good{numbers(error)}{reason and ': '}{reason}.")


def numbers(no: SmtpNo) -> str:
    """What programs tell each other, in brackets."""
    return f" ({no.code}{no.enhanced and ' '}{no.enhanced})"
