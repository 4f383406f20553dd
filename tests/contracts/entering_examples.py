"""Requests that succeed: signing up and signing in, for those who have no credential yet."""

from collections.abc import Mapping
from typing import Any

from hub.access import INSTALLATION
from hub.logins import actions as logins
from hub.logins import passkeys, proving, resets
from hub.sessions import signing_in
from tests.contracts.companies import PASSWORD, Person
from tests.contracts.matrix import IN_THE_ANSWER, Example, Maker
from tests.contracts.my_examples import NEW_PASSWORD, device_of, set_up_app, store_passkey


async def a_new_account(person: Person) -> Example:
    """Of somebody who has no login yet."""
    company = person.company
    names = {"account_name": company.name(), "name": company.name()}
    return Example(body={**names, "email": company.email(), "password": PASSWORD}, log=IN_THE_ANSWER)


async def a_password(person: Person) -> Example:
    """The right one."""
    password = await person.choose_password()
    body = {"email": person.email, "password": password, "account_id": person.company.account}
    return Example(body=body, owned=frozenset({"account_id"}), log=person.company.account)


async def a_second_step(person: Person) -> Example:
    """The ticket that the password has earned, and a code on paper."""
    code, *_ = await set_up_app(person)
    account = person.company.account
    half_way: Any = await signing_in.go_on(person.company.act(), await logins.get(person.deps, person.login), account)
    return Example(body={"ticket": half_way.value.ticket, "code": code}, log=account)


async def a_cookie(person: Person) -> Example:
    """Of a browser that is signed in."""
    return Example(headers={"cookie": person.cookie}, log=person.company.account)


async def a_cookie_and_an_account(person: Person) -> Example:
    """Of a browser that is signed in, and where to go on."""
    account = person.company.account
    return Example(
        headers={"cookie": person.cookie}, body={"account_id": account}, owned=frozenset({"account_id"}), log=account
    )


async def a_link(person: Person) -> Example:
    """Of an invitation."""
    return Example(body={"token": await person.company.invite(person.company.email())})


async def an_invitation(person: Person) -> Example:
    """Of somebody who has no login yet."""
    company = person.company
    body = {"token": await company.invite(company.email()), "name": company.name(), "password": PASSWORD}
    return Example(body=body, log=company.account)


async def an_address(person: Person) -> Example:
    """Whose password was forgotten."""
    return Example(body={"email": person.email}, log=INSTALLATION)


async def a_link_to_a_new_password(person: Person) -> Example:
    """As it was mailed."""
    link = await resets.new_link(person.deps, await logins.get(person.deps, person.login))
    body = {"token": link.partition("#")[2], "password": NEW_PASSWORD}
    return Example(body=body, log=person.company.account)


async def a_link_that_proves_the_address(person: Person) -> Example:
    """As it was mailed at sign-up."""
    link = await proving.new_link(person.deps, await logins.get(person.deps, person.login))
    return Example(query={"token": link.partition("=")[2]}, log=person.company.account)


async def a_passkey(person: Person) -> Example:
    """Shown by its device."""
    device = device_of(person)
    await store_passkey(person, device)
    begun = await passkeys.begin_using(person.deps)
    account = person.company.account
    body = {"ticket": begun.ticket, "credential": device.get(begun.options), "account_id": account}
    return Example(body=body, owned=frozenset({"account_id"}), log=account)


EXAMPLES: Mapping[str, Maker] = {
    "sign_up": a_new_account,
    "sign_in": a_password,
    "second_factor": a_second_step,
    "refresh": a_cookie_and_an_account,
    "sign_out": a_cookie,
    "look_at_invitation": a_link,
    "accept_invitation": an_invitation,
    "forgotten_password": an_address,
    "prove_address": a_link_that_proves_the_address,
    "reset_password": a_link_to_a_new_password,
    "sign_in_by_passkey": a_passkey,
}
