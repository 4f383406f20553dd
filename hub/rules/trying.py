"""A dry run: what a rule would have done in the conversations that moved last. It decides as a real run does, and
writes nothing at all."""

import asyncio
from collections.abc import Mapping
from typing import Literal

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.errors import HubError, Unavailable
from hub.people.access import seen_of
from hub.people.showing import names_of
from hub.rules import repository
from hub.rules.case import Case
from hub.rules.deciding import Decision, decide
from hub.rules.deeds import AnyDeed, Send, SendCanned, name_of
from hub.rules.doing import check_can
from hub.rules.editing import check_body
from hub.rules.filters import asks_about_person
from hub.rules.keeping import get_rule, opened
from hub.rules.loops import author_of
from hub.rules.models import Body, Opened, When
from hub.rules.refusing import code_of
from hub.rules.shapes import DeedForeseen, DryRun, RuleWanted, Tried
from hub.rules.whens import is_so
from hub.rules.wording import foresee_sending
from hub.threads.access import reach_of
from hub.threads.models import Entry, Thread
from hub.threads.showing import shown

MOST_THREADS = 100
SIDE_BY_SIDE = 8
# A rule that is not stored has no id that anybody could have written under.
UNSAVED = "unsaved"
# What is said in the place of whatever would tell of somebody whom the caller may not see.
HIDDEN: Literal["hidden"] = "hidden"


async def try_rule(deps: Deps, caller: Caller, id: str) -> DryRun:
    """One of the account's, on or off."""
    return await try_it(deps, caller, await opened(deps, await get_rule(deps, caller.account, id)))


async def try_unsaved(deps: Deps, caller: Caller, wanted: RuleWanted) -> DryRun:
    """One that is not stored."""
    body = Body(name=wanted.name, only_if=wanted.only_if, then=wanted.then)
    await check_body(deps, caller.account, body)
    return await try_it(deps, caller, Opened(id=UNSAVED, account=caller.account, body=body, when=wanted.when))


async def try_it(deps: Deps, caller: Caller, rule: Opened) -> DryRun:
    """In every conversation that the caller may read, some at a time."""
    if not caller.may(Permission.THREADS_VIEW):
        return DryRun(items=[], matched=0)
    reach = await reach_of(deps, caller, Permission.THREADS_VIEW)
    threads = await repository.list_threads(deps.mongo, caller.account, reach, limit=MOST_THREADS)
    people = {thread.person for thread in threads}
    names = await names_of(deps, caller.account, people)
    seen = await seen_of(deps, caller, people, Permission.PEOPLE_VIEW)
    places = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(thread: Thread) -> Tried:
        async with places:
            return await try_in(deps, rule, thread, names, is_seen=thread.person in seen)

    items = await asyncio.gather(*map(one, threads))
    return DryRun(items=items, matched=sum(item.is_match for item in items))


async def try_in(deps: Deps, rule: Opened, thread: Thread, names: Mapping[str, str], *, is_seen: bool) -> Tried:
    """In one conversation, at its last entry of that kind. It tells nothing of a person whom the caller may not see."""
    is_hidden = not is_seen and asks_about_person(rule.body.only_if)
    entry = await find_last(deps, thread, rule.when)
    decision = Decision(because=HIDDEN if is_hidden else "no_entry")
    if entry and not is_hidden:
        decision = await decide(Case(deps, thread, entry), rule)
    deeds = rule.body.then if decision.is_yes else []
    return Tried(
        thread_id=thread.id,
        person_id=thread.person,
        person_name=names.get(thread.person, ""),
        entry=(await shown(deps, [entry]))[0] if entry else None,
        is_match=decision.is_yes,
        because=decision.because,
        failed=decision.failed,
        would=[await foreseen(deps, thread, rule, deed, is_seen=is_seen) for deed in deeds],
    )


async def find_last(deps: Deps, thread: Thread, when: When) -> Entry | None:
    """The last entry that the rule would have waited for. In a thread that goes on in another one rules do nothing."""
    if thread.merged_into:
        return None
    for entry in await repository.list_latest(deps.mongo, thread.account, thread.id, when):
        if await is_so(deps, entry, when):
            return entry
    return None


async def foreseen(deps: Deps, thread: Thread, rule: Opened, deed: AnyDeed, *, is_seen: bool) -> DeedForeseen:
    """What would be done, and what would be said against it by now."""
    if isinstance(deed, Send | SendCanned) and not is_seen:
        return DeedForeseen(do=name_of(deed), refused=HIDDEN)
    try:
        await check_can(deps, thread.account, deed)
        if isinstance(deed, Send | SendCanned):
            await foresee_sending(deps, thread, deed, author_of(rule.id))
    except Unavailable:
        raise
    except HubError as error:
        return DeedForeseen(do=name_of(deed), refused=code_of(error))
    return DeedForeseen(do=name_of(deed), refused=None)
