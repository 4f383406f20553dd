"""A guided check of a line: what it needs, in the order in which one sees to it. It changes nothing but what we know of
the line, and nothing that a provider does makes it fail."""

from collections.abc import Sequence
from dataclasses import replace

from channels.answers import WRONG_URL
from channels.base import Failure, Finding, Probed, Refused, Unreachable, Unsure
from hub.act import Act
from hub.connecting import steps
from hub.connecting.allowing import learned
from hub.connecting.asking import ADVICE_AWAY, AWAY, LOST
from hub.connecting.shapes import CheckStep, LineChecked
from hub.connecting.steps import missing, unknown, well
from hub.deps import Deps
from hub.lines.actions import access_line, access_of, list_lines
from hub.lines.channels import NOT_CONTACTED, channel_of
from hub.lines.looking import look_again
from hub.lines.models import Line
from hub.lines.showing import webhook_url
from hub.postbox import showing as postbox
from hub.sending.ways import ways_of

# With these the line's address leads to no provider.
WRONG_ADDRESS = frozenset({NOT_CONTACTED.code, WRONG_URL.code})
PROVIDER, ADDRESS, NOT_ASKED = "provider", "address", "The provider was not asked."
# By these words an adapter says itself how the key is.
KEYS = frozenset({"key", "token"})
ANSWERS, LET_IN = well(PROVIDER, "The provider answers."), well("key", "It knows this line's key.")


async def check_line(act: Act, id: str) -> LineChecked:
    """Every step; those that nobody can tell are null."""
    deps = act.deps
    # What this process has seen of it until now counts.
    await deps.pulses.write()
    line = await access_line(deps, act.caller, id)
    items = [
        *await asked(deps, line),
        *await learned(deps, line),
        *map(step_of, await postbox.findings(deps, line)),
        *(steps.by_mail(deps, line) if steps.comes_by_mail(line) else steps.by_webhook(deps, line)),
        steps.sent(line),
        await steps.second(deps, line),
    ]
    lacking = [step.about for step in items if step.is_well is False]
    act.note.target, act.note.after = {"line": line.id}, {"missing": lacking}
    await look_again(deps, line)
    return LineChecked(is_well=not lacking, items=items)


async def asked(deps: Deps, line: Line) -> list[CheckStep]:
    """What the provider itself says, where it can be asked without sending anything."""
    channel = channel_of(line)
    if not isinstance(channel, Probed):
        words = "This provider cannot be asked without sending something."
        return [unknown(PROVIDER, words, "Send a test message."), unknown("key", words, "Send a test message.")]
    try:
        access = replace(await access_of(deps, line), webhooks=await webhooks_of(deps, line))
        return answered(await channel.probe(ways_of(deps), access))
    except Refused as refused:
        return refused_by(refused.failure)
    except Unreachable:
        return [missing(PROVIDER, AWAY, ADVICE_AWAY), unknown("key", AWAY)]
    except Unsure:
        return [unknown(PROVIDER, LOST, "Check again in a while."), unknown("key", LOST)]


async def webhooks_of(deps: Deps, like: Line) -> list[str]:
    """By which its provider may tell of it: by that of another number too, as long as that one is there."""
    return [webhook_url(deps, one) for one in await list_lines(deps, like.account) if one.provider == like.provider]


def answered(findings: Sequence[Finding]) -> list[CheckStep]:
    """It has let us in, and this is what it says."""
    said = [*map(step_of, findings)]
    named = {step.about for step in said}
    ours = [] if PROVIDER in named else [ANSWERS]
    return [*ours, *([] if named & KEYS else [LET_IN]), *said]


def step_of(finding: Finding) -> CheckStep:
    """What is well needs no advice."""
    advice = "" if finding.is_well else finding.advice
    return CheckStep(about=finding.about, is_well=finding.is_well, words=finding.words, advice=advice)


def refused_by(failure: Failure) -> list[CheckStep]:
    """It has not let us in, or was not there."""
    if failure.code in WRONG_ADDRESS:
        return [missing(ADDRESS, failure.words, failure.advice), unknown("key", NOT_ASKED)]
    if failure.about == "provider":
        return [missing(PROVIDER, failure.words, failure.advice), unknown("key", NOT_ASKED)]
    if failure.is_passing:
        return [ANSWERS, unknown("key", failure.words, failure.advice)]
    return [ANSWERS, missing("key", failure.words, failure.advice)]
