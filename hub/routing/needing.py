"""What a thread asks for: a language, skills, a line, and somebody who knows the person."""

from collections.abc import Iterable

from hub.deps import Deps
from hub.people.errors import NoSuchPerson
from hub.people.getting import get_person
from hub.people.models import Person
from hub.routing import repository
from hub.routing.choosing import Need, primary
from hub.routing.models import Policy, Way, Wish
from hub.routing.policies import line_of
from hub.routing.roster import Seen
from hub.store.mongo import Document
from hub.threads.happenings import OwnerKind
from hub.threads.models import AuthorKind, EntryKind, Thread

# So far a log is looked back through for somebody of us.
LOOKED_BACK = 100


async def need_of(deps: Deps, thread: Thread, policy: Policy, seen: Iterable[Seen]) -> Need:
    """As the policy has it. Those of the thread's tags are skills that somebody who is asked has."""
    skills = {skill for one in seen for skill in one.candidate.skills}
    person = await find_person(deps, thread)
    locale = person.locale if person else None
    return Need(
        ways=policy.ways,
        language=primary(locale) if locale and policy.language is not Wish.IGNORED else "",
        language_wish=policy.language,
        skills=frozenset(skills.intersection(thread.tags)) if policy.skills is not Wish.IGNORED else frozenset(),
        skills_wish=policy.skills,
        line=line_of(thread),
        last_rep=await last_rep_of(deps, thread, person) if Way.LAST_REP in policy.ways else "",
    )


async def find_person(deps: Deps, thread: Thread) -> Person | None:
    """Whom it is with, if we know anything of them."""
    try:
        return await get_person(deps, thread.account, thread.person)
    except NoSuchPerson:
        return None


async def last_rep_of(deps: Deps, thread: Thread, person: Person | None) -> str:
    """Whoever spoke with the person last, or owned the thread; or else whose lead they are."""
    spoke = await find_last_rep(deps, thread, before=thread.seq + 1)
    return spoke or (person.lead.assignee if person else None) or ""


async def find_last_rep(deps: Deps, thread: Thread, *, before: int) -> str:
    """The member of us who comes last in the log in front of this place."""
    past = await repository.list_past(deps.mongo, thread.account, thread.id, before=before, limit=LOOKED_BACK)
    return next((member for entry in past if (member := rep_in(entry))), "")


async def find_owner_before(deps: Deps, thread: Thread, seq: int) -> str:
    """The member who owned the thread until this place of its log."""
    past = await repository.list_past(deps.mongo, thread.account, thread.id, before=seq, limit=LOOKED_BACK)
    changes = [entry for entry in past if (entry.get("event") or {}).get("owner")]
    if changes:
        return rep_in(changes[0])
    # The conversation was long, and whoever speaks in it owns it.
    return next((member for entry in past if (member := rep_in(entry))), "")


def rep_in(entry: Document) -> str:
    """The member who got the thread by this entry, or answered."""
    owner = (entry.get("event") or {}).get("owner") or {}
    if owner.get("kind") == OwnerKind.MEMBER:
        return str(owner["id"])
    is_answer = entry["kind"] == EntryKind.MESSAGE and entry["author"]["kind"] == AuthorKind.MEMBER
    return str(entry["author"]["id"]) if is_answer else ""
