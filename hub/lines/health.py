"""How a line fares: what came, what went, what was refused. Noting it asks nothing of the database."""

from datetime import datetime

from hub.deps import Deps
from hub.http.endpoint import Output
from hub.lines.channels import failure_known
from hub.lines.models import Line

# Why an event was refused that nobody has read.
TOO_LARGE = "too_large"


class RefusedShown(Output, frozen=True):
    """Events that were refused since the last good one: their signature, or all of them as too large."""

    count: int
    since: datetime
    last_at: datetime
    # One word of the provider's adapter, such as `missing`, `wrong`, `old`; or `too_large`.
    why: str


class FailedShown(Output, frozen=True):
    """The provider's last no to something of ours, in words, and what to do about it."""

    at: datetime
    code: str
    words: str
    advice: str


class HealthShown(Output, frozen=True):
    """When something came and went last, and what is wrong with the line."""

    heard_at: datetime | None
    sent_at: datetime | None
    refused: RefusedShown | None
    failed: FailedShown | None


def heard(deps: Deps, line: Line) -> None:
    """A good event has come: what was refused before it counts no more."""
    pulse = deps.pulses.of(line)
    pulse.heard_at = deps.clock.now()
    pulse.forgives = pulse.forgives or line.health.refused > 0
    pulse.refused, pulse.refused_since, pulse.refused_at, pulse.refused_why = 0, None, None, ""


def refused(deps: Deps, line: Line, why: str) -> None:
    """An event whose signature was no good, or that was too large to be read."""
    pulse, now = deps.pulses.of(line), deps.clock.now()
    pulse.refused += 1
    pulse.refused_since = pulse.refused_since or now
    pulse.refused_at, pulse.refused_why = now, why


def sent(deps: Deps, line: Line) -> None:
    """The provider has taken something of ours."""
    deps.pulses.of(line).sent_at = deps.clock.now()


def failed(deps: Deps, line: Line, code: str) -> None:
    """The provider has said no, and not because of one person alone."""
    pulse = deps.pulses.of(line)
    pulse.failed_at, pulse.failed_code = deps.clock.now(), code


def shown(line: Line) -> HealthShown:
    """As the API shows it."""
    health, is_refused = line.health, None
    if health.refused and health.refused_since and health.refused_at:
        is_refused = RefusedShown(
            count=health.refused, since=health.refused_since, last_at=health.refused_at, why=health.refused_why
        )
    return HealthShown(heard_at=health.heard_at, sent_at=health.sent_at, refused=is_refused, failed=failure_shown(line))


def failure_shown(line: Line) -> FailedShown | None:
    """In the words of the provider's catalogue, or ours."""
    at, code = line.health.failed_at, line.health.failed_code
    if at is None:
        return None
    known = failure_known(line, code)
    return FailedShown(at=at, code=code, words=known.words if known else code, advice=known.advice if known else "")
