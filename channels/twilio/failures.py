"""Why Twilio does not send something, in words, and what to do about it. The codes are of its error dictionary."""

from collections.abc import Mapping
from typing import Literal

from msgspec.structs import replace

from channels.answers import COMMON, DOWN, INVALID, RATE_LIMITED, WRONG_KEY
from channels.base import Failure

About = Literal["message", "person", "line", "provider"]

CHECK_NUMBER = "Check the number, or write on another channel."
OTHER_CHANNEL = "Write on another channel, or call."
CONSOLE = "Settle it in Twilio's console; messages go out again after that."
LATER = "Send it again later."


def of(codes: str, about: About, words: str, advice: str) -> dict[str, Failure]:
    """What these codes have in common. Where the advice is to wait, the same may work then."""
    passes = advice is LATER
    return {
        code: Failure(code=code, words=words, advice=advice, about=about, is_passing=passes) for code in codes.split()
    }


def like(codes: str, known: Failure) -> dict[str, Failure]:
    """Codes for what all providers say."""
    return {code: replace(known, code=code) for code in codes.split()}


PERSON = {
    **of("21211 21217 21265", "person", "This is no number that can be written to.", CHECK_NUMBER),
    **of("21614 21635 30006", "person", "This number takes no text messages: it may be a landline.", OTHER_CHANNEL),
    **of("21612", "person", "Twilio has no way from this line's number to theirs.", OTHER_CHANNEL),
    **of("30003", "person", "Their phone could not be reached: it may be off, or out of reach.", LATER),
    **of("30005", "person", "Nobody has this number any more.", CHECK_NUMBER),
    **of("63003 63024 63033", "person", "They cannot be reached on WhatsApp.", OTHER_CHANNEL),
    **of("63015", "person", "They have not joined Twilio's sandbox for WhatsApp.", "Ask them to send its join code."),
    **of("63031", "person", "This is the line's own number.", CHECK_NUMBER),
    **of(
        "63032 63049",
        "person",
        "WhatsApp has chosen not to bring them this message, as it does with some marketing.",
        "Do not send it again soon: wait a day, or write on another channel.",
    ),
    "21610": Failure(
        code="21610",
        words="They have told Twilio that they want no more messages from this line.",
        advice="Respect it: they can opt in again by writing START.",
        about="person",
        suppresses=True,
        means="opted_out",
    ),
    "30004": Failure(
        code="30004",
        words="They, or their carrier for them, block messages from this line.",
        advice="Respect it: nothing more is sent to this number on this channel.",
        about="person",
        suppresses=True,
        means="blocked",
    ),
    "63016": Failure(
        code="63016",
        words="More than 24 hours have passed since their last message.",
        advice="Send an approved template, or wait until they write.",
        about="person",
        means="window_closed",
    ),
}
LINE = {
    **of("20003 20008", "line", WRONG_KEY.words, "Enter the right account SID and auth token in the line's settings."),
    **of(
        "20404",
        "line",
        "Twilio does not find the account, the service or the file that it was asked about.",
        "Compare the account SID and the service's SID in the line's settings with those in Twilio's console.",
    ),
    **of("20005 30002 63020 63051", "line", "The account is suspended, or may not send at the moment.", CONSOLE),
    **of("21606 21212 21659 21660", "line", "The line's number is none that this account can send from.", CONSOLE),
    **of("21701 21703 21704", "line", "The messaging service has no number to send from, or does not exist.", CONSOLE),
    **of("63007", "line", "Twilio has no WhatsApp sender of the line's number.", CONSOLE),
    **of("30024 30034", "line", "The line's number is not registered with the carriers for businesses.", CONSOLE),
    **of("30032", "line", "The line's toll-free number is not verified.", CONSOLE),
    **of("21609", "line", "Twilio does not take the address at which Parley is told how messages fare.",
         "Parley needs a public https address: set PARLEY_PUBLIC_URL to it."),
    **of("21408", "line", "The line may not send to this country.",
         "Allow the country in Twilio's console, under Messaging and Geo permissions."),
    **of("21608", "line", "A trial account sends only to numbers that were verified at Twilio.",
         "Verify the number in Twilio's console, or upgrade the account."),
    **of("63038", "line", "The account has sent all that it may send in one day.", LATER),
}  # fmt: skip
MESSAGE = {
    **of("21617", "message", "The text is longer than the 1,600 letters that Twilio takes.", "Make it shorter."),
    **of("21602 21619", "message", "The message says nothing.", "Write something, or add a file."),
    **of("12300 21620 21623 30019 63019 63021", "message", "Twilio does not take this file, or could not fetch it.",
         "Send it as another type, or make it smaller."),
    **of("30007", "message", "A carrier has taken the message for spam.",
         "Write it in other words and without short links, and only to people who expect it."),
    **of("63005 63013", "message", "The message breaks a rule of WhatsApp, such as a blank filled with nothing.",
         "Change the message, and send it again."),
    **of("21655 21656 63027 63028 63040 63041 63042", "message",
         "There is no such template, it may not be used now, or it has other blanks.",
         "Choose another template, or have this one approved."),
    **of("30008 30017 63012 undelivered failed", "message", "It was not delivered, and nobody says why.", LATER),
    **of("30036", "message", "It could not be delivered in time.", LATER),
    **of("canceled", "message", "It was canceled at Twilio before it went out.", "Send it again if it is wanted."),
    **like("20001 21604", INVALID),
}  # fmt: skip
# Those who stand under `provider` move traffic to a second line.
PASSING = {
    **like("20429 21611 30001 30022 30023 63018", RATE_LIMITED),
    **like("20500 20503 21730 30410 63010", DOWN),
}
FAILURES: Mapping[str, Failure] = {**COMMON, **PERSON, **LINE, **MESSAGE, **PASSING}
