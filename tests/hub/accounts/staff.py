"""An account's people: in teams, with roles of their own, as owners."""

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any

import httpx2

from hub.access import OPERATOR, Caller
from hub.accounts import repository
from hub.accounts.models import Account, Member
from hub.accounts.roles import BUILT_IN, OWNER
from hub.act import Act
from hub.store.ids import new_id
from tests.clock import VirtualClock
from tests.people import Person, join

Given = Mapping[str, str]


def grants(given: Given) -> list[dict[str, str]]:
    """As the API takes them."""
    return [{"permission": permission, "scope": scope} for permission, scope in given.items()]


async def make_role(owner: Person, name: str, given: Given) -> str:
    """The id of a new role."""
    made = await owner.does("POST", "/roles", {"name": name, "grants": grants(given)})
    return str(made["id"])


async def hire(owner: Person, email: str, given: Given) -> Person:
    """Somebody who may do exactly this."""
    return await join(owner, email, await make_role(owner, f"Role of {email}", given))


async def make_team(owner: Person, name: str, *members: Person, **more: Any) -> str:
    """The id of a new team with these members."""
    team = str((await owner.does("POST", "/teams", {"name": name, **more}))["id"])
    for member in members:
        await owner.does("PUT", f"/teams/{team}/members/{member.member}")
    return team


async def join_as_owner(owner: Person, email: str) -> Person:
    """One owner more."""
    heir = await join(owner, email, "admin")
    await owner.does("POST", "/account/owners", {"member_id": heir.member})
    return heir


def act_of(owner: Person) -> Act:
    """An act of an owner, not by way of a request: it can be repeated."""
    deps, caller = owner.hub.deps, Caller("member", owner.member, owner.account, BUILT_IN[OWNER])
    return Act(deps, caller, new_id(deps.clock.now()))


def operators_act(owner: Person) -> Act:
    """An act of the operator on the same hub."""
    deps = owner.hub.deps
    return Act(deps, OPERATOR, new_id(deps.clock.now()))


async def until_known(clock: VirtualClock) -> None:
    """What was changed is known to every process by then."""
    await clock.advance(seconds=3)


async def last_entry(owner: Person, action: str) -> Any:
    """What the audit log says of the latest act of this sort."""
    return (await owner.does("GET", f"/audit?action={action}"))["items"][0]


async def owners_of(person: Person) -> list[str]:
    """Who owns the account, as the database has it."""
    account = await repository.find(person.hub.deps.mongo, person.account, Account, person.account)
    assert account is not None
    return account.owners


async def check_somebody_owns_it(person: Person) -> None:
    """Every owner is a member, and is let in; and there is one."""
    mongo = person.hub.deps.mongo
    account = await repository.find(mongo, person.account, Account, person.account)
    assert account is not None
    assert account.owners
    assert set(account.owners).isdisjoint(account.disabled)
    members = await repository.list_all(mongo, person.account, Member)
    assert {member.id for member in members} >= set(account.owners)


async def at_once(*asked: Awaitable[httpx2.Response]) -> list[int]:
    """Ask all of it at the same moment; the statuses."""
    return [answer.status_code for answer in await asyncio.gather(*asked)]
