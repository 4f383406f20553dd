"""Why a message was not sent, in words: what the hub itself has to say beside the catalogues of the channels."""

from datetime import datetime

from channels.base import Address, Channel, Failure, Preference, Purpose
from hub.consent.models import Reason
from hub.consent.preferences import heed
from hub.consent.suppression import suppress
from hub.deps import Deps
from hub.lines import health
from hub.lines.channels import NOT_CONTACTED
from hub.lines.models import Line
from hub.sending.models import Alternative, Verdict, Why
from hub.threads.failing import note_window_over
from hub.threads.models import Entry, Failing

UNREACHABLE = Failing(
    code="unreachable",
    words="The provider could not be reached, however often it was tried.",
    advice="Check the line's settings and the provider's status page, then send it again.",
    is_passing=True,
)
UNKNOWN = Failing(
    code="outcome_unknown",
    words="The provider broke off before it answered: it may have been sent, or not.",
    advice="Ask the person whether it has come. Send it again only if it has not.",
    is_passing=True,
)
GIVEN_UP = Failing(
    code="given_up",
    words="Something went wrong on our side each time this was to be sent.",
    advice="Send it again; when that does not help, tell whoever runs Parley: the log has the reason.",
    is_passing=True,
)
TAKEN_OVER = Failing(
    code="taken_over",
    words="Somebody else took over before this was on its way.",
    advice="Write it yourself if it still fits, or hand the conversation back to the agent.",
)
# Those that are told of a message which is still to be sent.
NEW_PEOPLE = Failing(
    code="new_people",
    words="The business has written first to as many people within 24 hours as the provider lets it.",
    advice="Nothing to do: it goes out by itself once there is room for one more, or they have written.",
    is_passing=True,
)
NOT_REACHED = Failing(
    code="not_reached",
    words="The provider could not be reached, or has not taken this.",
    advice="Nothing to do: it is tried again for an hour. As long as it waits it can be taken back.",
    is_passing=True,
)
PROVIDER_AWAY = Failing(
    code="provider_away",
    words="The provider has a disturbance, and would not say whether it has taken this.",
    advice="Nothing to do: it goes out by itself as soon as the provider answers again, or in an hour at the latest.",
    is_passing=True,
)
OURS = {
    failing.code: failing
    for failing in (UNREACHABLE, UNKNOWN, GIVEN_UP, TAKEN_OVER, NEW_PEOPLE, NOT_REACHED, PROVIDER_AWAY)
}

# What a failure that ends all writing to an address says of why.
SUPPRESSED_BY = {"opted_out": Reason.OPT_OUT, "blocked": Reason.BLOCKED, "complaint": Reason.COMPLAINT}
# What failures that know better than we do of a window, or of what somebody wants, say.
WINDOW_CLOSED, NO_MARKETING = "window_closed", "no_marketing"

ADVICE = {
    "use_template": "Use an approved template.",
    "use_line": "Write on another line.",
    "change_message": "Change the message.",
}
UNTIL_THEY_WRITE = "Wait until they write."
NOTHING = "No change of the message would help."


def failing_of(failure: Failure) -> Failing:
    """As it is kept with the message. What people can mend in our own settings may be sent again then."""
    is_passing = failure.is_passing or failure.code == NOT_CONTACTED.code
    return Failing(code=failure.code, words=failure.words, advice=failure.advice, is_passing=is_passing)


def failure_of(channel: Channel, code: str) -> Failure:
    """What the provider means by a code, as far as its adapter knows."""
    return channel.failures.get(code) or Failure(
        code=code or "unknown",
        words="The provider has not delivered it, and says no more than a code."
        if code
        else "The provider has not delivered it, and does not say why.",
        advice="Look the code up at the provider, or write on another channel.",
    )


def failing_at_gate(verdict: Verdict) -> Failing:
    """The gate has said no between the writing and the sending."""
    return Failing(
        code=verdict.code or Why.EMPTY,
        words=verdict.reason,
        advice=advice_in(verdict),
        is_passing=True,
    )


def advice_in(verdict: Verdict) -> str:
    """All that would be allowed instead."""
    return " ".join(dict.fromkeys(map(advice_of, verdict.alternatives))) or NOTHING


def advice_of(alternative: Alternative) -> str:
    """What would be allowed instead, in words."""
    if alternative.do == "wait":
        return f"Wait until {alternative.until:%d %B, %H:%M} UTC." if alternative.until else UNTIL_THEY_WRITE
    return ADVICE[alternative.do]


def note_health(deps: Deps, line: Line, failure: Failure) -> None:
    """A no that is about one message or person alone says nothing of the line."""
    if failure.about in ("line", "provider"):
        health.failed(deps, line, failure.code)


async def learn_from(deps: Deps, line: Line, entry: Entry, to: Address, failure: Failure, *, at: datetime) -> None:
    """What it says of the person, beyond this message, and when it was said. Call it before the failure is written
    down: what was learned twice is no harm. Whoever dies in between does it again when the provider says so again: by
    a status, or by refusing the message anew where it can be asked and has not taken it. Elsewhere nobody knows then
    what became of the message."""
    await suppress_for(deps, line, to, failure)
    if failure.means == WINDOW_CLOSED:
        await note_window_over(deps, entry)
    if failure.means == NO_MARKETING:
        await heed(deps, line.account, no_to_offers(entry, to, at), line=line.id, medium=line.medium)


def no_to_offers(entry: Entry, to: Address, at: datetime) -> Preference:
    """What the provider's refusal of a message tells of them: once for each message."""
    return Preference(id=f"refused {entry.id}", address=to, wants="out", at=at, purpose=Purpose.MARKETING)


async def suppress_for(deps: Deps, line: Line, to: Address, failure: Failure) -> None:
    """Nothing is sent again to an address that there is not, or whose owner wants nothing from us."""
    if failure.suppresses:
        reason = SUPPRESSED_BY.get(failure.means, Reason.HARD_BOUNCE)
        await suppress(deps, line.account, to, medium=line.medium, reason=reason, evidence=failure.words)
