"""Choosing somebody for a thread, and giving or offering it, once, however many processes try.

A place of the member is kept first, by compare and set on what is known of the member: no turn and no place is given
twice. Then the log is written, only if still nobody owns the thread there: no thread is given twice. The place is let
go by the reaction to what was written, when the thread counts as the member's.
"""

from dataclasses import dataclass
from datetime import timedelta

from hub.deps import Deps
from hub.routing import repository
from hub.routing.choosing import Need, Ranking, because, judge
from hub.routing.models import Facts, Hold, Policy, RoutingMode, Wait
from hub.routing.needing import need_of
from hub.routing.roster import Seen, is_asked_still, look_at_all
from hub.store.ids import MILLISECOND, new_id
from hub.threads.errors import ThreadBusy
from hub.threads.happening import drafted
from hub.threads.happenings import NOBODY, Offered, Owner, OwnerChanged, OwnerKind
from hub.threads.log import Check, append
from hub.threads.models import THE_HUB, Thread, ThreadStatus
from hub.threads.ownership import change_owner

ATTEMPTS = 50
# A process that has kept a place, or put a thread into the queue, and has done nothing more by then, has died.
GRACE = timedelta(seconds=20)


class WantsNobody(Exception):
    """The thread is somebody's by now, is done, or was changed."""


@dataclass(frozen=True)
class Choice:
    """Somebody who gets it, with a place kept."""

    because: str
    facts: Facts


def wants_somebody(thread: Thread) -> bool:
    """Whether it is open and nobody's, and nobody is being asked."""
    is_nobodys = thread.owner.kind is OwnerKind.NOBODY and thread.offered_to is None
    return is_nobodys and thread.status is ThreadStatus.OPEN and thread.merged_into is None


async def choose(deps: Deps, thread: Thread, wait: Wait, policy: Policy) -> Choice | Ranking:
    """The one who gets it; or everybody, none of whom does. Raises WantsNobody when another process is at it."""
    async with deps.turns.of(f"routing {thread.account}"):
        for _ in range(ATTEMPTS):
            seen = await look_at_all(deps, thread.account, wait.team, wait=wait)
            check_not_in_hand(deps, thread, seen)
            need = await need_of(deps, thread, policy, seen)
            ranking = judge([one.candidate for one in seen], need)
            if not ranking.fit:
                return ranking
            choice = await keep_first_place(deps, thread, policy, seen, ranking, need)
            if choice and await is_asked_still(deps, thread.account, wait.team, choice.facts.id):
                return choice
            if choice:
                await let_go(deps, thread, choice.facts)
    raise ThreadBusy("So many are given conversations at this moment that nobody could be chosen.")


async def keep_first_place(
    deps: Deps, thread: Thread, policy: Policy, seen: list[Seen], ranking: Ranking, need: Need
) -> Choice | None:
    """The first with a place that could be kept. Where another process has just taken somebody's turn, the turn is the
    next one's; but for the last rep nobody else stands in without a look."""
    facts = {one.candidate.member: one.facts for one in seen}
    for candidate in ranking.fit:
        if await keep_place(deps, thread, policy, facts[candidate.member], seen):
            return Choice(because(candidate, need), facts[candidate.member])
        if candidate.member == need.last_rep:
            break
    return None


def check_not_in_hand(deps: Deps, thread: Thread, seen: list[Seen]) -> None:
    """Raise when somebody is giving it away at this moment."""
    now = deps.clock.now()
    if any(hold.thread == thread.id and hold.until > now for one in seen for hold in one.facts.held):
        raise WantsNobody


async def keep_place(deps: Deps, thread: Thread, policy: Policy, facts: Facts, seen: list[Seen]) -> bool:
    """Keep a place of the member, and take the turn; False when somebody was faster. No two turns are at the same
    time: equals would be told apart by their names, and the first always be the same."""
    now = deps.clock.now()
    last = max((one.facts.last_given_at for one in seen if one.facts.last_given_at), default=None)
    given_at = max(now, last + MILLISECOND) if last else now
    lasts = timedelta(seconds=policy.offer_s) + GRACE if policy.mode is RoutingMode.OFFER else GRACE
    hold = Hold(thread=thread.id, until=now + lasts)
    if any(one.until <= now for one in facts.held):
        await repository.drop_expired(deps.mongo, facts.account, facts.id, now)
    return await repository.reserve(deps.mongo, facts, hold, given_at=given_at)


async def give(deps: Deps, thread: Thread, team: str | None, policy: Policy, choice: Choice) -> None:
    """Write it into the log, if nobody has taken the thread meanwhile; then the turn is not taken."""
    facts, check = choice.facts, still_as(thread)
    try:
        if policy.mode is RoutingMode.OFFER:
            await offer(deps, thread, facts.id, policy, choice.because, check)
        else:
            owner = Owner(OwnerKind.MEMBER, facts.id)
            event = OwnerChanged(owner=owner, why="routed", team=team, because=choice.because)
            await change_owner(deps, thread, event, THE_HUB, check=check)
    except WantsNobody:
        await let_go(deps, thread, facts)
        raise


async def let_go(deps: Deps, thread: Thread, facts: Facts) -> None:
    """As if no place had been kept, and no turn taken."""
    await repository.release(deps.mongo, thread.account, thread.id, member=facts.id)
    await repository.give_turn_back(deps.mongo, facts)


async def offer(deps: Deps, thread: Thread, member: str, policy: Policy, words: str, check: Check) -> None:
    """Ask the member."""
    now = deps.clock.now()
    event = Offered(member=member, until=now + timedelta(seconds=policy.offer_s), because=words)
    await append(deps, thread, drafted(new_id(now), THE_HUB, event), check=check)


async def put_to_team(deps: Deps, thread: Thread, team: str | None) -> Thread:
    """It waits with the team that is asked, whose members see it there."""
    if team is None or thread.team == team:
        return thread
    event = OwnerChanged(owner=NOBODY, why="routed", team=team, because="team of the line, or the usual one")
    after, _ = await change_owner(deps, thread, event, THE_HUB, check=still_as(thread))
    return after


def still_as(thread: Thread) -> Check:
    """Only as long as nobody has it, and it is of the same team."""
    epoch = thread.epoch

    def check(now: Thread) -> None:
        if now.epoch != epoch or not wants_somebody(now):
            raise WantsNobody

    return check
