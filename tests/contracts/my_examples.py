"""Requests that succeed: what members do about themselves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pyotp

from hub.logins import actions as logins
from hub.logins import passkeys, second_factor
from tests.contracts.companies import Person, found
from tests.contracts.matrix import Example, Maker
from tests.fakes.authenticator import Authenticator

NEW_PASSWORD = "another battery of horses"


async def a_name(person: Person) -> Example:
    """Another name."""
    return Example(body={"name": person.company.name()})


async def a_second_owner(person: Person) -> Example:
    """So that nobody is the last one."""
    await person.company.own(await person.company.member())
    return Example()


async def an_invitation_elsewhere(person: Person) -> Example:
    """To another company, for the address of this person."""
    other = (await found(person.deps, person.company.outside)).company
    return Example(body={"token": await other.invite(person.email)}, log=other.account)


async def passwords(person: Person) -> Example:
    """The present one and another."""
    return Example(body={"current": await person.choose_password(), "new": NEW_PASSWORD})


async def a_session(person: Person) -> Example:
    """At another browser."""
    other = await person.company.sign_in(person.login)
    return Example(path={"session_id": other.session}, owned=frozenset({"session_id"}))


def code_at(secret: str, moment: datetime) -> str:
    """What an authenticator app shows."""
    return pyotp.TOTP(secret).at(moment)


async def a_new_app(person: Person) -> Example:
    """Its ticket, and the first code that it shows."""
    login = await logins.get(person.deps, person.login)
    ticket, secret, _ = await second_factor.begin(person.deps, login)
    return Example(body={"ticket": ticket, "code": code_at(secret, person.deps.clock.now())})


async def set_up_app(person: Person) -> list[str]:
    """An app whose codes are asked for; the recovery codes."""
    body = (await a_new_app(person)).body
    login = await logins.get(person.deps, person.login)
    return await second_factor.confirm(person.deps, login, body["ticket"], body["code"])


async def an_app(person: Person) -> Example:
    """One that is set up, and the password again."""
    await set_up_app(person)
    return Example(body={"password": await person.choose_password()})


async def a_password(person: Person) -> Example:
    """The present one."""
    return Example(body={"password": await person.choose_password()})


async def made_passkey(person: Person, device: Authenticator) -> dict[str, Any]:
    """What a device has answered that was asked for a passkey of this person."""
    login = await logins.get(person.deps, person.login)
    begun = await passkeys.begin_making(person.deps, login)
    return {"ticket": begun.ticket, "credential": device.create(begun.options)}


def device_of(person: Person) -> Authenticator:
    """A device of this person, whose browser shows our page."""
    return Authenticator(passkeys.party_of(person.deps).origin)


async def a_new_passkey(person: Person) -> Example:
    """Just made by a device."""
    made = await made_passkey(person, device_of(person))
    return Example(body={**made, "name": person.company.name()})


async def store_passkey(person: Person, device: Authenticator) -> str:
    """A passkey that signs in, and its id."""
    login, made = await logins.get(person.deps, person.login), await made_passkey(person, device)
    act, name = person.company.act(), person.company.name()
    return (await passkeys.make(person.deps, login, id=act.new_id, name=name, **made)).id


async def a_passkey(person: Person) -> Example:
    """One of the person's own."""
    id = await store_passkey(person, device_of(person))
    return Example(path={"passkey_id": id}, owned=frozenset({"passkey_id"}))


async def a_passkey_to_rename(person: Person) -> Example:
    """With another name."""
    passkey = await a_passkey(person)
    return Example(path=passkey.path, body={"name": person.company.name()}, owned=passkey.owned)


async def a_passkey_to_remove(person: Person) -> Example:
    """With the password again."""
    passkey, password = await a_passkey(person), await person.choose_password()
    return Example(path=passkey.path, body={"password": password}, owned=passkey.owned)


EXAMPLES: Mapping[str, Maker] = {
    "change_me": a_name,
    "leave_account": a_second_owner,
    "join_another_account": an_invitation_elsewhere,
    "change_my_password": passwords,
    "end_my_session": a_session,
    "confirm_codes": a_new_app,
    "remove_codes": an_app,
    "renew_recovery_codes": an_app,
    "begin_passkey": a_password,
    "add_passkey": a_new_passkey,
    "rename_passkey": a_passkey_to_rename,
    "remove_passkey": a_passkey_to_remove,
}
