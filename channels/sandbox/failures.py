"""Why the sandbox does not send something, in words, and what to do about it."""

from collections.abc import Mapping
from datetime import timedelta

from channels.base import Failure

RATE_LIMITED, WRONG_KEY, WRONG_URL = "rate_limited", "wrong_key", "wrong_url"
UNKNOWN_MEDIA = "unknown_media"
# A provider that asks for more patience than this is asked again after it all the same.
LONGEST_WAIT = timedelta(days=1)

_KNOWN = (
    Failure(
        code="unreachable_number",
        words="This number cannot be reached: it does not exist, or its phone has been off for long.",
        advice="Check the number, or write on another channel.",
    ),
    Failure(
        code="unknown_address",
        words="Nobody has this address.",
        advice="Ask for the right one on another channel; nothing more is sent to this one.",
        suppresses=True,
    ),
    Failure(
        code="blocked_by_person",
        words="They have blocked you there.",
        advice="Respect it: nothing more is sent to this address on this channel.",
        suppresses=True,
    ),
    Failure(
        code="opted_out",
        words="They have told the provider that they want no more messages from you.",
        advice="Respect it: they can opt in again by writing START.",
        suppresses=True,
    ),
    Failure(
        code="window_closed",
        words="More than 24 hours have passed since their last message.",
        advice="Send an approved template, or wait until they write.",
    ),
    Failure(
        code=RATE_LIMITED,
        words="The line has sent more than the provider takes at once.",
        advice="Nothing to do: it is sent as soon as the provider takes more.",
        is_passing=True,
    ),
    Failure(
        code="pair_limited",
        words="Too many messages went to this one person within seconds.",
        advice="Nothing to do: it is sent in a moment.",
        is_passing=True,
    ),
    Failure(
        code="spam_limit",
        words="Too many people have blocked or reported this line, and the provider lets it send less.",
        advice="Write only to people who expect it; the provider lifts the limit after some days.",
    ),
    Failure(
        code="template_missing",
        words="The provider has no approved template of this name and language.",
        advice="Choose another template, or have this one approved.",
    ),
    Failure(
        code="template_values",
        words="The template has another number of blanks than were filled in.",
        advice="Fill in every blank of it.",
    ),
    Failure(
        code="too_long",
        words="The text is longer than the provider takes.",
        advice="Make it shorter, or send it in two.",
    ),
    Failure(
        code="media_refused",
        words="The provider does not take this file, or could not fetch it.",
        advice="Send it as another type, or make it smaller.",
    ),
    Failure(
        code="account_suspended",
        words="The provider has suspended the account that this line belongs to.",
        advice="Sign in at the provider and settle what it asks for.",
    ),
    Failure(
        code="temporarily_down",
        words="The provider has a disturbance.",
        advice="Nothing to do: it is tried again.",
        is_passing=True,
    ),
    Failure(
        code="invalid",
        words="The provider does not understand the message.",
        advice="Change it and send it again; if that does not help, tell whoever runs Parley.",
    ),
    Failure(
        code=WRONG_KEY,
        words="The provider does not know this line's key.",
        advice="Enter the right key in the line's settings.",
    ),
    Failure(
        code=WRONG_URL,
        words="At the line's address there is no such provider.",
        advice="Enter the right address in the line's settings.",
    ),
    Failure(
        code=UNKNOWN_MEDIA,
        words="The provider does not have this file, or not any more.",
        advice="Ask them to send it again.",
    ),
)

FAILURES: Mapping[str, Failure] = {failure.code: failure for failure in _KNOWN}


def failure_of(code: str) -> Failure:
    """What the provider means by a code, if only that it is none we know."""
    return FAILURES.get(code) or Failure(
        code=code,
        words=f"The provider has refused it with the code {code}, which Parley does not know.",
        advice="Look the code up at the provider.",
    )


def wait_of(header: str) -> timedelta | None:
    """For how long the provider asks to be left alone."""
    try:
        wait = timedelta(seconds=int(header))
    except (ValueError, OverflowError):
        return None
    return min(wait, LONGEST_WAIT) if wait >= timedelta() else None
