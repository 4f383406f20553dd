"""Why rules come to an end. Whatever a rule writes into a log carries how many rules stand behind it: no rule acts on
what it has written itself, no chain of rules is longer than three, and in no conversation do rules do more than twenty
things within an hour, which ends also the loops that go round by way of something else."""

import hashlib
import re
from datetime import datetime, timedelta

from hub.deps import Deps
from hub.rules import repository
from hub.rules.models import run_id
from hub.threads.delivering import given_client_id
from hub.threads.models import Author, AuthorKind, Entry

MOST_DEPTH = 3
MOST_DEEDS_AN_HOUR = 20
AN_HOUR = timedelta(hours=1)
OURS = re.compile(r"rule-([0-9])-[0-9a-f]{32}")


def author_of(rule: str) -> Author:
    """A rule, as a log names it."""
    return Author(AuthorKind.RULE, rule)


def id_of(depth: int, rule: str, entry: str, part: str) -> str:
    """The id of what a rule does about an entry: the same at a repeat, and it says how deep the chain is."""
    return f"rule-{depth}-{hashlib.sha256(f'{rule}.{entry}.{part}'.encode()).hexdigest()[:32]}"


def depth_of(entry: Entry) -> int:
    """How many rules stand behind an entry, one after the other. What a rule has written and does not say so is taken
    for the end of a chain."""
    if entry.author.kind is not AuthorKind.RULE:
        return 0
    ours = OURS.fullmatch(given_client_id(entry))
    return int(ours[1]) if ours else MOST_DEPTH


def is_own(rule: str, entry: Entry) -> bool:
    """Whether the rule has written it itself."""
    return entry.author == author_of(rule)


async def has_room(deps: Deps, entry: Entry, rule: str, deeds: int) -> bool:
    """Whether rules may still do so much in the conversation at this time. What another process has just begun of the
    same rule for the same entry is this itself."""
    since = deps.clock.now() - AN_HOUR
    runs = await repository.list_runs_since(deps.mongo, entry.account, entry.thread, since, limit=MOST_DEEDS_AN_HOUR)
    others = [run for run in runs if run.id != run_id(rule, entry.id)]
    return sum(run.deeds for run in others) + deeds <= MOST_DEEDS_AN_HOUR


def hour_of(now: datetime) -> str:
    """What is said once in an hour is said under."""
    return f"{now:%Y-%m-%dT%H}"
