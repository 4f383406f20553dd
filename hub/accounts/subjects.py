"""Who the account's identity provider says its members are, and who does not come back by its word alone."""

from contextlib import suppress

from hub.accounts import repository
from hub.accounts.errors import NoSuchAccount
from hub.accounts.models import Account, Departed, Member
from hub.deps import Deps
from hub.logins.emails import read_email
from hub.store.mongo import Duplicate

SUBJECT_PLACE, EMAIL_PLACE = f"{repository.MEMBERS}.subject", f"{repository.DEPARTED}.email"


async def subject_of(deps: Deps, account: str, issuer: str, sub: str) -> str:
    """What a member is known by: a hash of the provider, and one of the person there."""
    keyring = await deps.sealer.keyring(account)
    return ".".join(keyring.lookup(SUBJECT_PLACE, text).hex() for text in (issuer, f"{issuer}\0{sub}"))


def is_somebody_else(member: Member, subject: str) -> bool:
    """Whether the member is known as another person of the same provider. What another provider said counts no more."""
    known = member.subject or ""
    return known != subject and known.partition(".")[0] == subject.partition(".")[0]


async def get_account(deps: Deps, id: str) -> Account:
    """One that is not closed, or NoSuchAccount."""
    account = await repository.find(deps.mongo, id, Account, id)
    if account is None or account.closed_at:
        raise NoSuchAccount("There is no such account, or it is closed.")
    return account


async def find_member(deps: Deps, account: str, subject: str) -> Member | None:
    """Whoever the provider has spoken of before, shut out or not."""
    return await repository.find_subject(deps.mongo, account, subject)


async def find_membership(deps: Deps, account: str, login: str) -> Member | None:
    """What the login is for the account, shut out or not."""
    return await repository.find_membership(deps.mongo, account, login)


async def link(deps: Deps, member: Member, subject: str) -> bool:
    """From now on the provider's word is enough; False when somebody was faster, with this member or this subject."""
    where = {"subject": member.subject}
    with suppress(Duplicate):
        return await repository.change(deps.mongo, member.account, Member, member.id, where=where, subject=subject)
    return False


async def require(deps: Deps, account: str, *, is_required: bool) -> None:
    """Whether members, but for owners, come in by the provider only."""
    await repository.change_account(deps.mongo, account, {}, {"$set": {"requires_sso": is_required}})


async def keep_out(deps: Deps, member: Member, email: str) -> None:
    """Whoever leaves comes back by an invitation, and not by the provider's word alone."""
    mark = await email_mark(deps, member.account, email)
    with suppress(Duplicate):
        await repository.add(
            deps.mongo, Departed(id=member.id, account=member.account, email=mark, subject=member.subject)
        )


async def is_kept_out(deps: Deps, account: str, email: str, subject: str) -> bool:
    """Whether somebody of this address or subject has left."""
    mark = await email_mark(deps, account, email)
    return await repository.has_departed(deps.mongo, account, email=mark) or await repository.has_departed(
        deps.mongo, account, subject=subject
    )


async def email_mark(deps: Deps, account: str, email: str) -> bytes:
    """What an address is compared by, after its owner has left."""
    return (await deps.sealer.keyring(account)).lookup(EMAIL_PLACE, read_email(email).key)
