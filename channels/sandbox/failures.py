"""Why the sandbox does not send something, in words, and what to do about it."""

from collections.abc import Mapping

from channels import answers
from channels.base import Failure

_KNOWN = (
    Failure(
        code="unreachable_number",
        words="This number cannot be reached: it does not exist, or its phone has been off for long.",
        advice="Check the number, or write on another channel.",
        about="person",
    ),
    Failure(
        code="unknown_address",
        words="Nobody has this address.",
        advice="Ask for the right one on another channel; nothing more is sent to this one.",
        suppresses=True,
        about="person",
    ),
    Failure(
        code="blocked_by_person",
        words="They have blocked you there.",
        advice="Respect it: nothing more is sent to this address on this channel.",
        suppresses=True,
        about="person",
        means="blocked",
    ),
    Failure(
        code="opted_out",
        words="They have told the provider that they want no more messages from you.",
        advice="Respect it: they can opt in again by writing START.",
        suppresses=True,
        about="person",
        means="opted_out",
    ),
    Failure(
        code="window_closed",
        words="More than 24 hours have passed since their last message.",
        advice="Send an approved template, or wait until they write.",
        about="person",
        means="window_closed",
    ),
    answers.RATE_LIMITED,
    Failure(
        code="pair_limited",
        words="Too many messages went to this one person within seconds.",
        advice="Nothing to do: it is sent in a moment.",
        is_passing=True,
        about="person",
    ),
    Failure(
        code="spam_limit",
        words="Too many people have blocked or reported this line, and the provider lets it send less.",
        advice="Write only to people who expect it; the provider lifts the limit after some days.",
        about="line",
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
        code="template_exists",
        words="The provider has a template of this name in this language.",
        advice="Take another name, or look templates up anew.",
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
        about="line",
    ),
    answers.DOWN,
    answers.INVALID,
    answers.WRONG_KEY,
    answers.WRONG_URL,
    answers.UNKNOWN_MEDIA,
)

FAILURES: Mapping[str, Failure] = {failure.code: failure for failure in _KNOWN}
