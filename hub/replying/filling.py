"""Filling the blanks of a canned reply with what is known of the person, the member and the account."""

from collections.abc import Awaitable, Callable, Mapping

from hub.access import Caller, Permission
from hub.accounts import founding, members
from hub.accounts.standing import access_account, get_able
from hub.deps import Deps
from hub.people.attributes import values_of
from hub.people.getting import get_person
from hub.people.models import Person
from hub.people.naming import own_name
from hub.replying import blanks
from hub.replying.canned import access_canned, text_of
from hub.replying.shapes import Filled
from hub.threads.access import access_thread


async def filled(deps: Deps, caller: Caller, canned_id: str, thread_id: str) -> Filled:
    """The reply as the caller would send it in this thread; raises BlankUnfilled."""
    text = await text_of(deps, await access_canned(deps, caller, canned_id))
    thread = await access_thread(deps, caller, thread_id, Permission.THREADS_REPLY)
    names = blanks.names_in(text)
    person = await get_person(deps, caller.account, thread.person) if any(map(is_persons, names)) else None
    values = {name: await value_of(deps, caller, name) for name in names if name in OF_CALLERS}
    return Filled(text=blanks.fill(text, {**values, **(await known_of(deps, person) if person else {})}))


def is_persons(name: str) -> bool:
    """Whether it asks for something of the person."""
    return name not in OF_CALLERS


async def known_of(deps: Deps, person: Person) -> Mapping[str, str]:
    """Whatever a blank can ask of a person. A number or an address is no name."""
    name = await own_name(deps, person)
    attributes = await values_of(deps, person)
    return {
        "person.name": name,
        "person.first_name": name.partition(" ")[0],
        **{f"{blanks.ATTRIBUTE}{key}": as_text(value) for key, value in attributes.items()},
    }


def as_text(value: str | float | bool) -> str:
    """As somebody would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


async def value_of(deps: Deps, caller: Caller, name: str) -> str:
    """Something of whoever writes, or of the account."""
    return await OF_CALLERS[name](deps, caller)


async def member_name(deps: Deps, caller: Caller) -> str:
    """How whoever writes is called; a script has no name that it would sign by."""
    if caller.kind != "member":
        return ""
    member = await get_able(deps, caller.account, caller.id, Permission.THREADS_REPLY)
    return await deps.sealer.text(caller.account, members.NAME_PLACE, member.name)


async def account_name(deps: Deps, caller: Caller) -> str:
    """What the business calls itself."""
    return await founding.name_of(deps, await access_account(deps, caller))


OF_CALLERS: Mapping[str, Callable[[Deps, Caller], Awaitable[str]]] = {
    "member.name": member_name,
    "account.name": account_name,
}
