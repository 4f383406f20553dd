"""What is said of a deed that was not done, and whether that is the fault of the rule."""

from collections.abc import Set
from typing import NamedTuple

from hub.errors import HubError
from hub.lines.errors import NoSuchLine
from hub.people.errors import NoSuchPerson, TooManyOfThem
from hub.replying.errors import BlankUnfilled
from hub.rules.deeds import AnyDeed, Send, SendCanned, name_of
from hub.rules.errors import AnsweredMeanwhile, TooLate
from hub.sending.errors import NoLine, SendRefused
from hub.sending.models import Why
from hub.threads.errors import HeardMeanwhile, StaleEpoch, ThreadMerged, TooManyTags

# Noes of the gate that no other person and no other hour would change.
OF_THE_RULE: Set[Why] = frozenset(
    {Why.LINE_REMOVED, Why.EMPTY, Why.TOO_LONG, Why.MEDIA_REFUSED, Why.SUBJECT_REFUSED, Why.TEMPLATE_UNKNOWN}
)

OF_THE_MOMENT = (
    AnsweredMeanwhile,
    BlankUnfilled,
    HeardMeanwhile,
    NoLine,
    NoSuchPerson,
    StaleEpoch,
    ThreadMerged,
    TooLate,
    TooManyOfThem,
    TooManyTags,
)


class Refusal(NamedTuple):
    """Which deed, by which code; and whether it will be so again."""

    words: str
    is_fault: bool


def refusal_of(deed: AnyDeed, error: HubError) -> Refusal:
    """As the log has it: the deed, and the code of the gate or of the error."""
    return Refusal(f"{name_of(deed)}: {code_of(error)}", is_fault(deed, error))


def code_of(error: HubError) -> str:
    """The gate's own code where it was the gate."""
    if isinstance(error, SendRefused) and error.verdict.code:
        return error.verdict.code.value
    return error.code


def is_fault(deed: AnyDeed, error: HubError) -> bool:
    """Whether the rule is wrong, and not only this person, this conversation or this moment. Where it names no line,
    the one that is meant differs from conversation to conversation."""
    names_line = isinstance(deed, Send | SendCanned) and deed.line_id is not None
    if isinstance(error, SendRefused):
        return names_line and error.verdict.code in OF_THE_RULE
    if isinstance(error, NoSuchLine):
        return names_line
    return not isinstance(error, OF_THE_MOMENT)
