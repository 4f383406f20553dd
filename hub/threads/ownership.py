"""Who may speak for the account: taking over, handing back, assigning, releasing. Each change raises the epoch, so that
nothing is said any more that was written under another owner."""

from hub.deps import Deps
from hub.lines.actions import find_any_line
from hub.store.ids import new_id
from hub.threads.errors import OwnedByOther
from hub.threads.happening import drafted, happen
from hub.threads.happenings import NOBODY, Owner, OwnerChanged, OwnerKind, OwnerReason
from hub.threads.log import Check, anyhow, append, under
from hub.threads.models import Author, Entry, Thread

# What a line says of itself when the agent answers on it at first.
BY_AGENT = "agent"
AGENT = Owner(OwnerKind.AGENT)


async def change_owner(
    deps: Deps,
    thread: Thread,
    event: OwnerChanged,
    author: Author,
    *,
    word: str = "",
    check: Check = anyhow,
    id: str | None = None,
) -> tuple[Thread, Entry]:
    """Somebody else speaks from here on, whoever it was; `check` may say no at that very place."""
    draft = drafted(id or new_id(deps.clock.now()), author, event, word)
    return await append(deps, thread, draft, check=check)


async def take_over(
    deps: Deps,
    thread: Thread,
    author: Author,
    member: str,
    *,
    why: OwnerReason = "took_over",
    from_other: bool = False,
    id: str | None = None,
) -> Thread:
    """The member speaks from here on. From another member only when that is meant: whoever replies means it."""
    mine = Owner(OwnerKind.MEMBER, member)

    def decide(now: Thread) -> OwnerChanged | None:
        if now.owner == mine:
            return None
        if now.owner.kind is OwnerKind.MEMBER and not from_other and why != "replied":
            raise OwnedByOther("Another member speaks for the account here.", member=now.owner.id, epoch=now.epoch)
        return OwnerChanged(owner=mine, why=why, team=now.team)

    return await happen(deps, thread, decide, author, id=id)


async def hand_back(deps: Deps, thread: Thread, author: Author, *, word: str = "", id: str | None = None) -> Thread:
    """To the agent, with a word to it, where one answers on the line; else to the queue."""
    answering = await who_answers(deps, thread)

    def decide(now: Thread) -> OwnerChanged | None:
        return None if now.owner == answering else OwnerChanged(owner=answering, why="handed_back", team=now.team)

    return await happen(deps, thread, decide, author, word=word, id=id)


async def who_answers(deps: Deps, thread: Thread) -> Owner:
    """Who speaks at first on the line that the person has written on last."""
    id = thread.heard.line if thread.heard else next(reversed(thread.lines), "")
    line = await find_any_line(deps, id) if id else None
    is_agents = line is not None and line.account == thread.account and line.answered_by == BY_AGENT
    return AGENT if is_agents else NOBODY


async def assign(
    deps: Deps,
    thread: Thread,
    author: Author,
    *,
    member: str | None,
    team: str | None,
    word: str = "",
    keeps_member: bool = False,
    epoch: int | None = None,
    id: str | None = None,
) -> Thread:
    """To a member, who keeps the team unless another one is named; or to a team alone, where nobody speaks yet, unless
    with `keeps_member` a member who speaks by then goes on. StaleEpoch when `epoch` is over."""
    wanted = Owner(OwnerKind.MEMBER, member) if member else NOBODY

    def decide(now: Thread) -> OwnerChanged | None:
        is_kept = keeps_member and not member and now.owner.kind is OwnerKind.MEMBER
        owner = now.owner if is_kept else wanted
        if now.owner == owner and now.team == (team or now.team):
            return None
        if epoch is not None:
            under(epoch)(now)
        return OwnerChanged(owner=owner, why="assigned", team=team or now.team)

    return await happen(deps, thread, decide, author, word=word, id=id)


async def release(
    deps: Deps, thread: Thread, author: Author, *, why: OwnerReason = "released", id: str | None = None
) -> Thread:
    """Nobody speaks from here on: it waits for whoever takes it."""

    def decide(now: Thread) -> OwnerChanged | None:
        return None if now.owner == NOBODY else OwnerChanged(owner=NOBODY, why=why, team=now.team)

    return await happen(deps, thread, decide, author, id=id)
