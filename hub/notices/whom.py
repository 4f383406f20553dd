"""Who should know of an entry, and as what. At most one notice of it for each: the first that fits."""

from collections.abc import Collection, Iterable, Mapping

from hub.access import Caller, Permission, Scope
from hub.accounts.rostering import list_able
from hub.accounts.standing import Standing, find_standings, list_mates
from hub.deps import Deps
from hub.notices.models import NoticeKind
from hub.threads import queries
from hub.threads.access import is_within, reach_among
from hub.threads.happenings import (
    ClockBreached,
    Offered,
    OfferPassed,
    OwnerChanged,
    OwnerKind,
    OwnerReason,
    SurveyAnswered,
)
from hub.threads.models import AuthorKind, Entry, Thread, ThreadStatus
from hub.threads.silence import is_from_person

# Who may answer what, may be so old: who is told of it is asked again when they are.
REMEMBERED_S = 5.0
# What nobody has to be told who has made it happen by speaking, or who had it before in another conversation.
BY_ONESELF: frozenset[OwnerReason] = frozenset({"took_over", "replied", "merged"})
LOW_SCORE = 2

Whom = Mapping[str, NoticeKind]


async def whom(deps: Deps, thread: Thread, entry: Entry) -> Whom:
    """Each of these members, and as what they know it. Nobody is told what they have done themselves."""
    found = {member: NoticeKind.MENTIONED for member in entry.mentions}
    for kind, members in await concerned(deps, thread, entry):
        found |= {member: kind for member in members if member not in found}
    author = entry.author
    return {one: kind for one, kind in found.items() if not (author.kind is AuthorKind.MEMBER and author.id == one)}


async def concerned(deps: Deps, thread: Thread, entry: Entry) -> list[tuple[NoticeKind, Collection[str]]]:
    """By what the entry is."""
    match entry.event:
        case OwnerChanged() as event:
            return await owner_changed(deps, thread, event)
        case Offered(member=member):
            return [(NoticeKind.OFFERED, [member])]
        case OfferPassed():
            return await let_go(deps, thread)
        case ClockBreached():
            return [(NoticeKind.CLOCK, owner_of(thread) or await able_to_take(deps, thread))]
        case SurveyAnswered(score=score) if score <= LOW_SCORE:
            return [(NoticeKind.SURVEY, hearers_of(thread))]
        case None if is_from_person(entry):
            return await heard(deps, thread, entry)
        case _:
            return []


async def heard(deps: Deps, thread: Thread, entry: Entry) -> list[tuple[NoticeKind, Collection[str]]]:
    """The person has written: to those whose it is and who follow it; and at first, to those who could take it."""
    told: list[tuple[NoticeKind, Collection[str]]] = [(NoticeKind.MESSAGE, hearers_of(thread))]
    if thread.owner.kind is OwnerKind.NOBODY and thread.waiting_since == entry.stored_at:
        told.append((NoticeKind.WAITING, await able_to_take(deps, thread)))
    return told


async def owner_changed(deps: Deps, thread: Thread, event: OwnerChanged) -> list[tuple[NoticeKind, Collection[str]]]:
    """To whoever has it now; or to those who could take it."""
    if event.owner.kind is OwnerKind.MEMBER:
        return [] if event.why in BY_ONESELF else [(NoticeKind.ASSIGNED, [event.owner.id])]
    if event.owner.kind is OwnerKind.AGENT or event.why == "merged":
        return []
    if event.why == "handed_back":
        return [(NoticeKind.HANDED_BACK, await able_to_take(deps, thread))]
    return await let_go(deps, thread)


async def let_go(deps: Deps, thread: Thread) -> list[tuple[NoticeKind, Collection[str]]]:
    """Somebody has not kept it, or not taken it: to those who could take it, where anybody waits."""
    return [(NoticeKind.WAITING, await able_to_take(deps, thread))] if thread.is_waiting else []


def owner_of(thread: Thread) -> Collection[str]:
    """The member who speaks for the account, where one does."""
    return [thread.owner.id] if thread.owner.kind is OwnerKind.MEMBER else []


def hearers_of(thread: Thread) -> Collection[str]:
    """Whoever should know what the person says: the member who has it, and all who follow it."""
    return {*owner_of(thread), *thread.followers}


async def able_to_take(deps: Deps, seen: Thread) -> Collection[str]:
    """Whoever may answer there, while it is nobody's and nobody is asked: routing may have been faster."""
    thread = await queries.find_thread(deps, seen.account, seen.id)
    if thread is None or is_taken(thread):
        return []
    question = f"who could take threads of {thread.account}"
    able = await deps.memory.recall(question, lambda: read_able(deps, thread.account), for_s=REMEMBERED_S)
    return [caller.id for caller in able if reaches(caller, thread.reach)]


async def read_able(deps: Deps, account: str) -> list[Caller]:
    """Members who may answer, with how far that reaches."""
    members = await list_able(deps, account, Permission.THREADS_REPLY)
    found = await find_standings(deps, [member.id for member in members])
    return [caller_of(standing) for standing in found.values() if Permission.THREADS_REPLY in standing.grants]


async def list_seeing(deps: Deps, thread: Thread, members: Collection[str]) -> list[str]:
    """Those who may see the conversation at this very moment: nothing is kept for whoever was just shut out, or may
    not see it any more."""
    standings = (await find_standings(deps, members)).values()
    able = [caller_of(one) for one in standings if one.account.id == thread.account]
    able = [caller for caller in able if caller.may(Permission.THREADS_VIEW)]
    mates = await list_mates(deps, [one for one in able if one.grants[Permission.THREADS_VIEW] is Scope.TEAM])
    return [one.id for one in able if is_within(thread, reach_among(one, Permission.THREADS_VIEW, mates.get(one.id)))]


def caller_of(standing: Standing) -> Caller:
    """A member as one who asks, with nobody signed in."""
    member = standing.member
    return Caller("member", member.id, standing.account.id, standing.grants, frozenset(member.teams))


def is_taken(thread: Thread) -> bool:
    """Whether nobody has to take it."""
    is_someones = thread.owner.kind is not OwnerKind.NOBODY or thread.offered_to is not None
    return is_someones or thread.status is ThreadStatus.CLOSED


def reaches(caller: Caller, reach: Iterable[str]) -> bool:
    """Whether a member may answer in a conversation that is nobody's: then no colleague's marks count."""
    scope = caller.grants[Permission.THREADS_REPLY]
    teams = caller.teams if scope is Scope.TEAM else frozenset[str]()
    return scope is Scope.ALL or not {f"member:{caller.id}", *(f"team:{team}" for team in teams)}.isdisjoint(reach)
