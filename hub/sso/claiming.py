"""The domains of an account: claimed by anybody, proved by whoever keeps their names, each by one account at a time."""

import secrets

from hub.access import INSTALLATION
from hub.act import Act
from hub.deps import Deps
from hub.errors import Conflict, NotFound, Unprocessable
from hub.logins.emails import Email
from hub.sso import repository
from hub.sso.domains import is_proved, normal_domain, record_of
from hub.sso.errors import BadDomain
from hub.sso.models import Domain
from hub.sso.shapes import DomainList, DomainRecord, DomainShown
from hub.store.mongo import Duplicate

PLACE, KEY_PLACE = f"{repository.DOMAINS}.domain", f"{repository.DOMAINS}.key"
TOKEN_BYTES = 24


class NoSuchDomain(NotFound):
    """The account has claimed no such domain."""

    code = "no_such_domain"


class DomainClaimed(Conflict):
    """The account has claimed this domain already, or as many as one may."""

    code = "domain_claimed"


class DomainTaken(Conflict):
    """Another account has proved that the domain is its own."""

    code = "domain_taken"


class DomainUnproved(Unprocessable):
    """The record that proves it is not there."""

    code = "domain_unproved"


async def claim(act: Act, text: str) -> DomainShown:
    """Say that it is the account's own, and get the record that proves it."""
    deps, account, name = act.deps, act.account, normal_domain(text)
    if await repository.count_domains(deps.mongo, account) >= repository.MOST:
        raise DomainClaimed(f"An account claims {repository.MOST} domains at most: remove one first.")
    domain = Domain(
        id=act.new_id,
        account=account,
        domain=await deps.sealer.seal(account, PLACE, name),
        key=await key_of(deps, name),
        token=secrets.token_urlsafe(TOKEN_BYTES),
        made_at=deps.clock.now(),
    )
    try:
        await repository.add_domain(deps.mongo, domain)
    except Duplicate:
        # A request that was cut off and is sent again meets what it has stored itself.
        if not await repository.find_domain(deps.mongo, account, domain.id):
            raise DomainClaimed("The account has claimed this domain already: look for it in the list.") from None
    made = await shown(deps, domain)
    act.note.target, act.note.after = {"domain": domain.id}, made
    return made


async def list_domains(deps: Deps, account: str) -> DomainList:
    """All that the account has claimed."""
    found = await repository.list_domains(deps.mongo, account)
    return DomainList(items=[await shown(deps, domain) for domain in found])


async def prove(act: Act, id: str) -> DomainShown:
    """Look in the DNS now. From then on the account lets people of this domain in."""
    deps, domain = act.deps, await access(act, id)
    name = await name_of(deps, domain)
    if not await is_proved(name, domain.token, deps.settings.dns):
        record = record_of(name, domain.token)
        raise DomainUnproved(
            f"There is no TXT record {record.name} with this content yet. New records can take some hours to be seen.",
            content=record.content,
        )
    try:
        is_there = await repository.prove_domain(deps.mongo, domain, deps.clock.now())
    except Duplicate:
        is_there = await take_over(deps, domain)
    if not is_there:
        raise no_such(id)
    proved = await shown(deps, await access(act, id))
    act.note.after = proved
    return proved


async def take_over(deps: Deps, domain: Domain) -> bool:
    """Another account has proved it. Domains change hands: whose record has gone from the DNS has lost it."""
    holder = await repository.find_proved(deps.mongo, domain.key)
    if holder and await is_proved(await name_of(deps, domain), holder.token, deps.settings.dns):
        raise taken()
    if holder:
        await repository.disprove_domain(deps.mongo, holder)
    try:
        return await repository.prove_domain(deps.mongo, domain, deps.clock.now())
    except Duplicate:
        raise taken() from None


async def remove(act: Act, id: str) -> None:
    """Claimed no more. Members who came in by it stay."""
    await access(act, id)
    if not await repository.remove_domain(act.deps.mongo, act.account, id):
        raise no_such(id)


async def access(act: Act, id: str) -> Domain:
    """One of the account's; how it was goes into the audit log."""
    domain = await repository.find_domain(act.deps.mongo, act.account, id)
    if domain is None:
        raise no_such(id)
    act.note.target = {"domain": id}
    act.note.before = act.note.before or await shown(act.deps, domain)
    return domain


async def owner_of(deps: Deps, email: Email) -> str | None:
    """The account that has proved the domain of this address: the very one, none above or below it."""
    try:
        name = normal_domain(email.key.rpartition("@")[2])
    except BadDomain:
        return None
    proved = await repository.find_proved(deps.mongo, await key_of(deps, name))
    return proved.account if proved else None


async def name_of(deps: Deps, domain: Domain) -> str:
    """The domain itself."""
    return await deps.sealer.text(domain.account, PLACE, domain.domain)


async def key_of(deps: Deps, name: str) -> bytes:
    """What a domain is found by, in all accounts."""
    return (await deps.sealer.keyring(INSTALLATION)).lookup(KEY_PLACE, name)


async def shown(deps: Deps, domain: Domain) -> DomainShown:
    """As the API shows it."""
    name = await name_of(deps, domain)
    record = record_of(name, domain.token)
    return DomainShown(
        id=domain.id,
        domain=name,
        record=DomainRecord(type="TXT", name=record.name, content=record.content),
        made_at=domain.made_at,
        proved_at=domain.proved_at,
    )


def taken() -> DomainTaken:
    return DomainTaken("Another account here has proved this domain, and its record is still in the DNS.")


def no_such(id: str) -> NoSuchDomain:
    return NoSuchDomain("The account has claimed no such domain.", id=id)
