"""An account's identity provider: who it is, how Parley is registered there, and how much depends on it."""

import secrets
from contextlib import suppress

import msgspec

from hub.accounts import standing, subjects
from hub.accounts.errors import NoSuchAccount
from hub.act import Act
from hub.deps import Deps
from hub.errors import Conflict, NotFound
from hub.sessions import entering
from hub.sso import repository
from hub.sso.attempt import Client, new_attempt
from hub.sso.discovery import Provider, read_provider
from hub.sso.endpoints import redeem
from hub.sso.errors import ProviderWrong, SignInRefused
from hub.sso.models import Mode, Registered, Registration
from hub.sso.shapes import SsoShown, SsoWanted
from hub.store.ids import new_id
from hub.store.mongo import Duplicate

PATH = "/api/v1/session/sso"
PLACE = f"{repository.SSO}.registered"
# How long a process believes what a provider has said about itself; its keys are read anew where one is missing.
KNOWN_S = 300
# How often others may change it while we say what follows.
CHANGES = 10


class NoSso(NotFound):
    """Nobody can sign in this way: there is no such account or domain, or it has no identity provider."""

    code = "no_sso"


class SsoChanged(Conflict):
    """Somebody else has changed the provider at the same moment."""

    code = "sso_changed"


async def show(deps: Deps, account: str) -> SsoShown:
    """What the account has, and what the provider must know of us."""
    stored = await repository.find_registration(deps.mongo, account)
    return await shown(deps, stored)


async def put(act: Act, wanted: SsoWanted) -> SsoShown:
    """Another provider, or another use of it. What would fail when somebody signs in is told at once."""
    deps, account = act.deps, act.account
    await standing.role_grants(deps, account, wanted.default_role)
    seen = await repository.find_registration(deps.mongo, account)
    before = await opened(deps, seen) if seen else None
    registered = registered_by(wanted, before)
    # Whoever depends less on a provider than before is not held up by one that does not answer.
    if registered != before or wanted.mode.is_more_than(seen.mode if seen else Mode.OFF):
        await check(deps, registered)
    act.note.target, act.note.before = {"account": account}, await shown(deps, seen)
    await store(deps, seen, await sealed(deps, account, registered, wanted))
    await require(deps, account)
    if wanted.mode is Mode.OFF or (before and before.issuer != registered.issuer):
        await entering.end_bound(deps, account)
    after = await show(deps, account)
    act.note.after = after
    return after


async def remove(act: Act) -> None:
    """No provider any more. Whoever came in by it is signed out."""
    deps, account = act.deps, act.account
    act.note.target, act.note.before = {"account": account}, await show(deps, account)
    is_removed = await repository.remove_registration(deps.mongo, account)
    await require(deps, account)
    if not is_removed:
        raise NoSso("The account has no identity provider.")
    await entering.end_bound(deps, account)


def registered_by(wanted: SsoWanted, before: Registered | None) -> Registered:
    """As it is wanted. A secret belongs to one client of one provider, and is handed to no other."""
    is_same = before is not None and (before.issuer, before.client_id) == (wanted.issuer, wanted.client_id)
    kept = before.client_secret if before and is_same else ""
    secret = kept if wanted.client_secret is None else wanted.client_secret
    return Registered(wanted.issuer, wanted.client_id, secret)


async def check(deps: Deps, registered: Registered) -> None:
    """Raise unless the provider is there, and knows us."""
    provider = await read_provider(deps.egress, registered.issuer, deps.settings.egress_allow)
    # Providers ask who we are before they look at a code; what they say of one that never was is not for us.
    with suppress(SignInRefused, ProviderWrong):
        await redeem(deps.egress, provider, client_of(deps, registered), new_attempt(), secrets.token_urlsafe())
    deps.memory.forget(question_of(registered.issuer))


async def store(deps: Deps, seen: Registration | None, fresh: Registration) -> None:
    """Put it in the place of what was seen, or raise SsoChanged."""
    try:
        is_stored = seen is None or await repository.replace_registration(deps.mongo, seen, fresh)
        if seen is None:
            await repository.add_registration(deps.mongo, fresh)
    except Duplicate:
        is_stored = False
    if not is_stored:
        raise SsoChanged("The identity provider was changed at the same moment; look at it again.")


async def require(deps: Deps, account: str) -> None:
    """The account asks for it as long as what is stored does: whoever stores something else at the same moment may have
    said so before us."""
    stored = await repository.find_registration(deps.mongo, account)
    for _ in range(CHANGES):
        seen = stored
        await subjects.require(deps, account, is_required=seen is not None and seen.mode is Mode.REQUIRED)
        stored = await repository.find_registration(deps.mongo, account)
        if stored == seen:
            return


async def access(deps: Deps, account: str) -> Registration:
    """The provider that an account signs its members in by, or NoSso."""
    registration = await repository.find_registration(deps.mongo, account)
    if registration is None or registration.mode is Mode.OFF:
        raise no_sso()
    try:
        await subjects.get_account(deps, account)
    except NoSuchAccount:
        raise no_sso() from None
    return registration


def no_sso() -> NoSso:
    """The same for whatever is not there."""
    return NoSso("There is no identity provider to sign in by. Sign in with your password or a passkey.")


async def provider_of(deps: Deps, registered: Registered) -> Provider:
    """As it was read some minutes ago at most."""
    issuer, allow = registered.issuer, deps.settings.egress_allow
    return await deps.memory.recall(
        question_of(issuer), lambda: read_provider(deps.egress, issuer, allow), for_s=KNOWN_S
    )


def question_of(issuer: str) -> str:
    """What a process remembers a provider by."""
    return f"sso:{issuer}"


def client_of(deps: Deps, registered: Registered) -> Client:
    """Who we are there."""
    return Client(registered.client_id, registered.client_secret, redirect_uri(deps))


def redirect_uri(deps: Deps) -> str:
    """Where every provider sends its people back to."""
    return f"{deps.settings.base_url}{PATH}/callback"


async def sealed(deps: Deps, account: str, registered: Registered, wanted: SsoWanted) -> Registration:
    """As it is stored."""
    now, content = deps.clock.now(), msgspec.json.encode(registered).decode()
    return Registration(
        id=account,
        account=account,
        registered=await deps.sealer.seal(account, PLACE, content),
        mode=wanted.mode,
        default_role=wanted.default_role,
        revision=new_id(now),
        changed_at=now,
    )


async def opened(deps: Deps, registration: Registration) -> Registered:
    """How Parley is registered."""
    content = await deps.sealer.unseal(registration.account, PLACE, registration.registered)
    return msgspec.json.decode(content, type=Registered)


async def shown(deps: Deps, registration: Registration | None) -> SsoShown:
    """As the API shows it: the secret to nobody."""
    if registration is None:
        return SsoShown(mode=Mode.OFF, redirect_uri=redirect_uri(deps))
    registered = await opened(deps, registration)
    return SsoShown(
        mode=registration.mode,
        redirect_uri=redirect_uri(deps),
        issuer=registered.issuer,
        client_id=registered.client_id,
        has_secret=bool(registered.client_secret),
        default_role=registration.default_role,
        changed_at=registration.changed_at,
    )
