"""What the answers of providers have in common: how they say no by a bare status, and how long they ask us to wait."""

from collections.abc import Container, Mapping
from datetime import timedelta

import msgspec
from msgspec.structs import replace

from channels.failing import Failure, Gone, Refused
from channels.http import HttpAnswer, Unsure
from channels.reading import Fields

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
# A provider that asks for more patience than this is asked again after it all the same.
LONGEST_WAIT = timedelta(days=1)
# The same may come as an answer, after which the message waits, and as the end of one that was on its way.
LATER = "Nothing to do while it waits to be sent; if it has failed, send it again later."

RATE_LIMITED = Failure(
    code="rate_limited",
    words="The line has sent more than the provider takes at once.",
    advice=LATER,
    about="line",
    is_passing=True,
)
DOWN = Failure(
    code="temporarily_down",
    words="The provider has a disturbance.",
    advice=LATER,
    about="provider",
    is_passing=True,
)
INVALID = Failure(
    code="invalid",
    words="The provider does not understand the message.",
    advice="Change it and send it again; if that does not help, tell whoever runs Parley.",
)
WRONG_KEY = Failure(
    code="wrong_key",
    words="The provider does not know this line's key.",
    advice="Enter the right key in the line's settings.",
    about="line",
)
WRONG_URL = Failure(
    code="wrong_url",
    words="At the line's address there is no such provider.",
    advice="Enter the right address in the line's settings.",
    about="line",
)
UNKNOWN_MEDIA = Failure(
    code="unknown_media",
    words="The provider does not have this file, or not any more.",
    advice="Ask them to send it again.",
)
COMMON: Mapping[str, Failure] = {
    one.code: one for one in (RATE_LIMITED, DOWN, INVALID, WRONG_KEY, WRONG_URL, UNKNOWN_MEDIA)
}
# What the statuses mean where the provider does not say more; whoever answers with another one may have taken it.
BY_STATUS: Mapping[int, Failure] = {
    **dict.fromkeys((301, 302, 303, 307, 308, 404, 405, 410), WRONG_URL),
    **dict.fromkeys((400, 413, 415, 422), INVALID),
    **dict.fromkeys((401, 403), WRONG_KEY),
    429: RATE_LIMITED,
}


def read(answer: HttpAnswer) -> Fields:
    """What an answer says; nothing, where it makes no sense."""
    try:
        return Fields.of(msgspec.json.decode(answer.body))
    except UNREADABLE:
        return Fields({})


def called(failure: Failure, *codes: str) -> dict[str, Failure]:
    """The same failure under all the codes that a provider has for it."""
    return {code: replace(failure, code=code) for code in (failure.code, *codes)}


def catalogue_of(*parts: Mapping[str, Failure]) -> Mapping[str, Failure]:
    """A provider's failures, and with them what all providers say."""
    return {**COMMON, **{code: failure for part in parts for code, failure in part.items()}}


def failure_of(catalogue: Mapping[str, Failure], code: str) -> Failure:
    """What the provider means by a code, if only that it is none we know."""
    return catalogue.get(code) or Failure(
        code=code,
        words=f"The provider has refused it with the code {code}, which Parley does not know.",
        advice="Look the code up at the provider.",
    )


def refusal(answer: HttpAnswer, code: str, catalogue: Mapping[str, Failure]) -> Refused | Unsure:
    """What an answer means that is no yes, by the code that the provider gives for it: by its status, where there is
    none. Providers make new codes; that it is too much for now the status says of them as well."""
    by_status = BY_STATUS.get(answer.status)
    if by_status and (not code or (by_status is RATE_LIMITED and code not in catalogue)):
        code = by_status.code
    if not code:
        return Unsure(f"an answer of {answer.status} that says neither yes nor no")
    return Refused(failure_of(catalogue, code), retry_after=wait_of(answer))


def file_in(answer: HttpAnswer, *, gone: Container[int] = (404, 410)) -> bytes:
    """The file that was asked for; raises Gone, Refused or Unsure."""
    if answer.status == 200:
        return answer.body
    if answer.status in gone:
        raise Gone(UNKNOWN_MEDIA)
    raise refusal(answer, "", COMMON)


def wait_of(answer: HttpAnswer) -> timedelta | None:
    """For how long the provider asks to be left alone."""
    try:
        wait = timedelta(seconds=int(answer.headers.get("retry-after", "")))
    except (ValueError, OverflowError):
        return None
    return min(wait, LONGEST_WAIT) if wait >= timedelta() else None
