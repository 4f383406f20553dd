"""What happens to logins: they are made, prove themselves, change their password, and go."""

import string
from collections.abc import Collection

from hub.access import INSTALLATION
from hub.deps import Deps
from hub.errors import Conflict, NotFound, Unprocessable
from hub.logins import repository, slips
from hub.logins.emails import Email, read_email
from hub.logins.models import Login
from hub.passwords import normal
from hub.store.ids import new_id
from hub.store.mongo import Duplicate

EMAIL_PLACE = f"{repository.LOGINS}.email"
KEY_PLACE = f"{repository.LOGINS}.key"
LEAST_LETTERS, LEAST_DIFFERENT = 10, 5
# With digits and signs around them they are guessed as soon as without.
AROUND = string.digits + string.punctuation + " "
GUESSED_FIRST = (
    *("password", "passwort", "passwd", "passphrase", "letmein", "welcome", "changeme", "secret", "parley"),
    *("administrator", "admin", "root", "test", "login", "qwerty", "qwertz", "azerty", "iloveyou", "sunshine"),
)
ROWS = f"01234567890 qwertyuiopasdfghjklzxcvbnm qwertzuiop azertyuiop {string.ascii_lowercase}"


class NoSuchLogin(NotFound):
    """No login has this address or id."""

    code = "no_such_login"


class LoginExists(Conflict):
    """The address has a login already."""

    code = "login_exists"


class LoginChanged(Conflict):
    """Its proofs were changed at the same moment."""

    code = "login_changed"


class WeakPassword(Unprocessable):
    """The password is one that is guessed soon."""

    code = "weak_password"


async def make(deps: Deps, email: str, password: str | None, *, is_proved: bool) -> Login:
    """A login for an address that has none."""
    id = new_id(deps.clock.now())
    address = read_email(email)
    if password is not None:
        check_strength(password, address.key)
    hash = None if password is None else await deps.passwords.hash(password)
    login = Login(
        id=id,
        account=id,
        key=await key_of(deps, address),
        email=await deps.sealer.seal(id, EMAIL_PLACE, address.shown),
        made_at=deps.clock.now(),
        password=hash,
        is_proved=is_proved,
    )
    try:
        await repository.add_login(deps.mongo, login)
    except Duplicate:
        await deps.sealer.erase(id)
        raise LoginExists("This address has a login already: sign in with it.") from None
    return login


async def find(deps: Deps, email: str) -> Login | None:
    """The login of an address."""
    return await repository.find_login_by_key(deps.mongo, await key_of(deps, read_email(email)))


async def get(deps: Deps, id: str) -> Login:
    """The login of this id."""
    login = await repository.find_login(deps.mongo, id)
    if login is None:
        raise NoSuchLogin("There is no such login.")
    return login


async def email_of(deps: Deps, login: Login) -> str:
    """The address, as its owner writes it."""
    return await deps.sealer.text(login.id, EMAIL_PLACE, login.email)


async def key_of(deps: Deps, address: Email) -> bytes:
    """What the address is found by: of use to nobody without the installation's key."""
    return (await deps.sealer.keyring(INSTALLATION)).lookup(KEY_PLACE, address.key)


async def set_password(deps: Deps, login: Login, password: str) -> None:
    """A new password; whoever changed the login at the same moment was first. What the old one has begun ends."""
    check_strength(password, (await email_of(deps, login)).lower())
    await change(deps, login, password=await deps.passwords.hash(password), passwords=login.passwords + 1)
    await slips.withdraw(deps, login.id)


async def has_password(deps: Deps, login: Login | None, password: str) -> bool:
    """Whether it is the right one; for a login that does not exist it takes as long to say no. A password that was
    hashed with other costs is hashed anew, now that it is at hand."""
    stored = login.password if login else None
    is_right = await deps.passwords.is_right(password, stored)
    if is_right and login and stored and deps.passwords.is_dated(stored):
        await repository.change_login(deps.mongo, login, password=await deps.passwords.hash(password))
    return is_right


async def start_over(deps: Deps, login: Login, password: str) -> None:
    """The owner of the address has come: whatever somebody else may have set up under it before goes."""
    check_strength(password, (await email_of(deps, login)).lower())
    hash = await deps.passwords.hash(password)
    await change(deps, login, password=hash, passwords=login.passwords + 1, codes=None, is_proved=True)
    await slips.withdraw(deps, login.id)
    # After the password: a passkey that is being made at this moment sees by it that it came too late.
    await repository.remove_passkeys(deps.mongo, login.id)


async def drop_second_factor(deps: Deps, login: Login) -> None:
    """For whoever has lost the app and the devices, by word of the operator."""
    await change(deps, login, codes=None)
    await repository.remove_passkeys(deps.mongo, login.id)


async def change(deps: Deps, login: Login, **fields: object) -> None:
    """Change what it proves itself by."""
    if not await repository.change_login(deps.mongo, login, renewed=login.renewed + 1, **fields):
        raise LoginChanged("The login was changed at the same moment; look at it again.")


async def is_as_seen(deps: Deps, seen: Login) -> bool:
    """Whether what it proves itself by is what it was: what proved the login then may prove nothing now."""
    now = await repository.find_login(deps.mongo, seen.id)
    return now is not None and now.renewed == seen.renewed


async def count_passwords(deps: Deps, ids: Collection[str]) -> dict[str, int]:
    """How many passwords each of these has had, in one query: a session ends with the one it began under."""
    return await repository.count_passwords(deps.mongo, ids)


async def has_changed_password(deps: Deps, id: str, passwords: int) -> bool:
    """Whether it has another password than the one that was counted so, or is gone."""
    return (await count_passwords(deps, {id})).get(id) != passwords


async def remember_account(deps: Deps, login: Login, account: str) -> None:
    """Where it signed in to."""
    if login.last_account != account:
        await repository.set_last_account(deps.mongo, login.id, account)


async def erase(deps: Deps, id: str) -> None:
    """The login goes, and nothing of it can be read again, in no backup either."""
    await repository.remove_login(deps.mongo, id)
    await deps.sealer.erase(id)


def check_strength(password: str, email: str) -> None:
    """Length is what counts; what stands in the address is guessed first."""
    plain = normal(password)
    if len(plain) < LEAST_LETTERS:
        raise WeakPassword(
            f"The password needs {LEAST_LETTERS} letters at least: a few words are easy to keep in mind."
        )
    if is_guessed_soon(plain.lower(), email):
        raise WeakPassword("This password is guessed soon: take a few words that have nothing to do with you.")


def is_guessed_soon(plain: str, email: str) -> bool:
    """Whether it is hardly more than the address, one word that everybody takes, or a row of the keyboard."""
    name = email.partition("@")[0]
    return (
        len(set(plain)) < LEAST_DIFFERENT
        or plain == email
        or plain.strip(AROUND) in (name, name.strip(AROUND), *GUESSED_FIRST)
        or plain in ROWS
        or plain[::-1] in ROWS
    )
