"""What mail servers mean when they say no: by the enhanced codes of RFC 3463, the same for an answer and for a mail
that comes back."""

import re
from collections.abc import Mapping

from channels import answers
from channels.base import Failure

CERTIFICATE, NO_ENCRYPTION = "untrusted_certificate", "no_encryption"
NO_LOGIN, NOT_LET_IN = "no_login", "server_not_let_in"
FOR_SPAM, NOT_PASSED_ON = "taken_for_spam", "not_passed_on"
SENDER_REFUSED, UNREADABLE_ADDRESS, TOO_LARGE = "sender_refused", "address_unreadable", "too_large"
FULL, BUSY, GREYLISTED, ROUTE_FAILED = "mailbox_full", "mailbox_busy", "greylisted", "route_failed"
OUT_OF_TIME, TOO_MANY, SENDER_UNWANTED = "out_of_time", "too_many_for_them", "sender_unwanted"

_ABOUT_PEOPLE = (
    Failure(
        code="unknown_address",
        words="There is no mailbox of this address.",
        advice="Ask for the right address on another channel; nothing more is sent to this one.",
        about="person",
        suppresses=True,
    ),
    Failure(
        code="unknown_domain",
        words="There is no mail server for what stands behind the @ of this address.",
        advice="Look for a slip of the pen in the address; nothing more is sent to this one.",
        about="person",
        suppresses=True,
    ),
    Failure(
        code="moved_away",
        words="The mailbox of this address has moved, or belongs to somebody else by now.",
        advice="Ask for the new address on another channel; nothing more is sent to this one.",
        about="person",
        suppresses=True,
    ),
    Failure(
        code="mailbox_closed",
        words="The mailbox of this address takes no mail: it was closed or locked.",
        advice="Ask for another address; nothing more is sent to this one.",
        about="person",
        suppresses=True,
    ),
    Failure(
        code=FULL,
        words="The mailbox is full.",
        advice="Write on another channel, or send it again in some days.",
        about="person",
    ),
    Failure(
        code=BUSY,
        words="The mailbox takes no mail at the moment: it is full, or gets too many at once.",
        advice=answers.LATER,
        about="person",
        is_passing=True,
    ),
    Failure(
        code="address_refused",
        words="The mail server refuses this address, and does not say why.",
        advice="Look whether the address is right, and ask them on another channel.",
        about="person",
    ),
    Failure(
        code=UNREADABLE_ADDRESS,
        words="One of the addresses of this mail is none that mail servers everywhere take.",
        advice="Look for a slip of the pen. Letters beyond a to z are no problem behind the @, but they are before it.",
        about="person",
    ),
    Failure(
        code=GREYLISTED,
        words="The mail server of the recipient sends strangers away at first.",
        advice=answers.LATER,
        about="person",
        is_passing=True,
    ),
    Failure(
        code=OUT_OF_TIME,
        words="Mail servers have tried for long, and given up: the recipient's was not there, or has put it off.",
        advice="Look whether the address is right, and send it again later, or write on another channel.",
        about="person",
        is_passing=True,
    ),
    Failure(
        code=TOO_MANY,
        words="The recipient's mail server has got too many mails at once, or too many that it takes for spam.",
        advice="Send it again later. When it happens often, look whether SPF, DKIM and DMARC are set up for the domain "
        "of the line's address.",
        about="person",
        is_passing=True,
    ),
    Failure(
        code=SENDER_UNWANTED,
        words="The recipient's mail server takes no mail from the line's address.",
        advice="Look whether mails can be sent to the line's address; if so, write on another channel.",
        about="person",
    ),
    Failure(
        code=ROUTE_FAILED,
        words="The way to the recipient's mail server is disturbed.",
        advice=answers.LATER,
        about="person",
        is_passing=True,
    ),
    Failure(
        code="route_broken",
        words="No mail server knows the way to this address, or they send it round in circles.",
        advice="Write on another channel, and tell them that their mail is not delivered.",
        about="person",
    ),
)
_ABOUT_MESSAGES = (
    Failure(
        code=TOO_LARGE,
        words="The mail is larger than a mail server on its way takes.",
        advice="Send fewer or smaller files, or a link to them.",
    ),
    Failure(
        code="content_refused",
        words="A mail server on its way does not take what the mail has within it.",
        advice="Send its files as another type, or as a link.",
    ),
    Failure(
        code=FOR_SPAM,
        words="The recipient's mail server refuses the mail by its rules; mostly that means that it takes it for spam.",
        advice="Write in other words and with fewer links. When it happens often, look whether SPF, DKIM and DMARC are "
        "set up for the domain of the line's address.",
    ),
    Failure(
        code=NOT_PASSED_ON,
        words="The mail server does not pass mail of this line on to this address.",
        advice="Look whether the line needs a user and a password there, and whether its rules forbid the address.",
    ),
)
_ABOUT_LINES = (
    Failure(
        code="sender_unproved",
        words="The recipient's mail server wants proof that the line's address is its own, and has found none.",
        advice="Set up SPF, DKIM and DMARC for the domain of the line's address.",
        about="line",
    ),
    Failure(
        code=SENDER_REFUSED,
        words="The mail server does not let the line send by its address.",
        advice="Look whether the user may send by this address, and whether the address is the right one.",
        about="line",
    ),
    Failure(
        code=NOT_LET_IN,
        words="The mail server does not want to talk to this machine: it may stand on a list of senders of spam.",
        advice="Ask whoever runs the mail server, or send by another one.",
        about="line",
    ),
    Failure(
        code=NO_LOGIN,
        words="The mail server lets nobody sign in, at least not in a way that is known here.",
        advice="Look for the right port and security, or leave user and password empty.",
        about="line",
    ),
    Failure(
        code=CERTIFICATE,
        words="The certificate of the mail server is not a trusted one for the line's host.",
        advice="Have the server's certificate renewed, or enter the host as the certificate names it.",
        about="line",
        is_passing=True,
    ),
    Failure(
        code=NO_ENCRYPTION,
        words="The mail server offers no encryption, and a password is not sent in clear.",
        advice="Choose tls as the line's security, mostly with port 465, or starttls with port 587.",
        about="line",
    ),
    answers.RATE_LIMITED,
    answers.WRONG_KEY,
)
_ABOUT_SERVERS = (answers.DOWN, answers.INVALID)

FAILURES: Mapping[str, Failure] = {
    one.code: one for one in (*_ABOUT_PEOPLE, *_ABOUT_MESSAGES, *_ABOUT_LINES, *_ABOUT_SERVERS)
}

# By class, subject and detail; where no row has the detail, one of the subject counts.
_BY_ENHANCED: Mapping[str, str] = {
    "4.1": GREYLISTED,
    "4.2": BUSY,
    "4.2.0": GREYLISTED,
    "4.3": answers.DOWN.code,
    "4.4": ROUTE_FAILED,
    "4.4.6": "route_broken",
    "4.4.7": OUT_OF_TIME,
    "4.5": answers.DOWN.code,
    "4.5.3": answers.RATE_LIMITED.code,
    "4.6": "content_refused",
    "4.7": GREYLISTED,
    "4.7.0": answers.DOWN.code,
    "4.7.28": answers.RATE_LIMITED.code,
    **dict.fromkeys(("5.1", "5.2", "5.2.4"), "address_refused"),
    **dict.fromkeys(("5.1.1", "5.1.3", "5.1.10"), "unknown_address"),
    **dict.fromkeys(("5.1.2", "5.4.4"), "unknown_domain"),
    **dict.fromkeys(("5.1.6", "5.7.17", "5.7.18"), "moved_away"),
    **dict.fromkeys(("5.1.7", "5.1.8"), SENDER_REFUSED),
    "5.2.1": "mailbox_closed",
    "5.2.2": FULL,
    **dict.fromkeys(("5.2.3", "5.3.4"), TOO_LARGE),
    "5.3": answers.INVALID.code,
    "5.4": "route_broken",
    "5.4.7": OUT_OF_TIME,
    "5.5": answers.INVALID.code,
    "5.6": "content_refused",
    "5.6.7": UNREADABLE_ADDRESS,
    "5.7": FOR_SPAM,
    **dict.fromkeys(("5.7.8", "5.7.9", "5.7.11", "5.7.13"), answers.WRONG_KEY.code),
    **dict.fromkeys(
        ("5.7.20", "5.7.21", "5.7.22", "5.7.23", "5.7.24", "5.7.25", "5.7.26", "5.7.27"), "sender_unproved"
    ),
    "5.7.28": answers.RATE_LIMITED.code,
}
# Where nothing else is said. By 550 servers mean anything, so that nobody is written off by it.
_BY_CODE: Mapping[int, str] = {
    450: GREYLISTED,
    530: answers.WRONG_KEY.code,
    534: answers.WRONG_KEY.code,
    535: answers.WRONG_KEY.code,
    538: answers.WRONG_KEY.code,
    552: FULL,
    554: FOR_SPAM,
}
_ENHANCED = re.compile(r"(?P<subject>[45]\.\d{1,3})\.\d{1,3}")
# Who has not signed in is told so by these, whatever stands behind.
_UNAUTHENTICATED = frozenset({530, 534, 535, 538})
# What a report says is the end of it, and mostly the recipient's mail server has said it, or the way there: it says
# nothing of who carries mails for the line.
_AT_THE_END: Mapping[str, str] = {
    **dict.fromkeys((BUSY, GREYLISTED, ROUTE_FAILED, answers.DOWN.code), OUT_OF_TIME),
    answers.RATE_LIMITED.code: TOO_MANY,
    answers.WRONG_KEY.code: NOT_PASSED_ON,
    SENDER_REFUSED: SENDER_UNWANTED,
}


def code_of(code: int, enhanced: str) -> str:
    """The code of the catalogue for an answer; `enhanced`, such as 5.1.1, may be empty, `code` may be 0."""
    found = _ENHANCED.fullmatch(enhanced)
    if found and code not in _UNAUTHENTICATED:
        # Of an enhanced code that says nothing more than its class, such as 5.0.0, the plain one may.
        bare = code if code // 100 == int(enhanced[0]) else int(enhanced[0]) * 100
        return _BY_ENHANCED.get(enhanced) or _BY_ENHANCED.get(found["subject"]) or _bare(bare)
    return _bare(code)


def final_code_of(code: int, enhanced: str) -> str:
    """The same for a report that it could not be delivered: nobody tries it again."""
    return FULL if enhanced == "4.2.2" else _AT_THE_END.get(found := code_of(code, enhanced), found)


def _bare(code: int) -> str:
    return _BY_CODE.get(code) or (answers.DOWN.code if 400 <= code < 500 else "address_refused")
