"""Invitations: a link that makes somebody a member, once, within some days."""

from collections.abc import AsyncIterator
from datetime import timedelta

import msgspec

from hub.accounts import repository
from hub.accounts.errors import AlreadyMember, InvitationExpired, InvitationUsed, NoSuchInvitation, SignInFirst
from hub.accounts.founding import name_of
from hub.accounts.fullness import check_not_full
from hub.accounts.members import NAME_PLACE, check_teams, new_member, store
from hub.accounts.models import Account, Invitation, Member
from hub.accounts.roles import check_may_give, check_may_place
from hub.accounts.shapes import InvitationLook, InvitationShown, Invite, Invited
from hub.accounts.standing import access_account, role_grants
from hub.act import Act
from hub.deps import Deps
from hub.logins import actions as logins
from hub.logins.emails import read_email
from hub.logins.models import Login
from hub.mail import actions as mail
from hub.mail.letters import invitation as letter
from hub.secrets import fits, hash_of, new_secret
from hub.store.mongo import Duplicate

EMAIL_PLACE = f"{repository.INVITATIONS}.email"


async def invite(act: Act, wanted: Invite) -> Invited:
    """By mail, where mail is set up: then only the address gets the link. Otherwise the link is for the inviter."""
    deps, account = act.deps, await access_account(act.deps, act.caller)
    grants = await role_grants(deps, account.id, wanted.role)
    check_may_give(act.caller, grants)
    await check_teams(deps, account.id, wanted.teams)
    check_may_place(act.caller, grants, wanted.teams)
    email, secret = read_email(wanted.email), new_secret()
    await check_is_new(deps, account.id, wanted.email)
    await check_not_full(deps, account.id, Invitation)
    invitation = Invitation(
        id=act.new_id,
        account=account.id,
        hash=hash_of(secret),
        email=await deps.sealer.seal(account.id, EMAIL_PLACE, email.shown),
        role=wanted.role,
        teams=wanted.teams,
        by=act.caller.id,
        made_at=deps.clock.now(),
        expires_at=deps.clock.now() + timedelta(days=wanted.lasts_days),
        was_mailed=mail.is_set_up(deps),
    )
    await repository.add(deps.mongo, invitation)
    shown = await show(deps, invitation)
    act.note.target, act.note.after = {"invitation": invitation.id}, shown
    link = f"{deps.settings.base_url}/join#{invitation.id}.{secret}"
    if invitation.was_mailed:
        await send(act, account, invitation, email.shown, link)
    return Invited(invitation=shown, link=None if invitation.was_mailed else link)


async def check_is_new(deps: Deps, account: str, email: str) -> None:
    """Raise AlreadyMember when the address belongs to one."""
    login = await logins.find(deps, email)
    if login and await repository.find_membership(deps.mongo, account, login.id):
        raise AlreadyMember("This address is a member's already.")


async def send(act: Act, account: Account, invitation: Invitation, to: str, link: str) -> None:
    """The link, to the address and to nobody else."""
    inviter = await repository.find(act.deps.mongo, account.id, Member, act.caller.id)
    inviter_name = await act.deps.sealer.text(account.id, NAME_PLACE, inviter.name) if inviter else ""
    name = await name_of(act.deps, account)
    await mail.post(act.deps, account.id, to, letter(name, inviter_name, link, invitation.expires_at))


async def list_invitations(deps: Deps, account: str) -> list[InvitationShown]:
    """Those that were not accepted yet."""
    return [await show(deps, invitation) for invitation in await repository.list_open_invitations(deps.mongo, account)]


async def withdraw(act: Act, id: str) -> None:
    """The link is good no more."""
    invitation = await repository.find(act.deps.mongo, act.account, Invitation, id)
    if invitation is None or not await repository.remove(act.deps.mongo, act.account, Invitation, id):
        raise NoSuchInvitation("There is no such invitation.", id=id)
    act.note.target, act.note.before = {"invitation": id}, await show(act.deps, invitation)


async def access_invitation(deps: Deps, token: str) -> tuple[Account, Invitation]:
    """What the link leads to; raises when it leads nowhere any more."""
    id, _, secret = token.partition(".")
    invitation = await repository.find_invitation(deps.mongo, id)
    if invitation is None or not fits(secret, invitation.hash):
        raise NoSuchInvitation("This link leads to no invitation: it was withdrawn, or is not complete.")
    if invitation.accepted_at:
        raise InvitationUsed("This invitation was accepted already: sign in instead.")
    if invitation.expires_at <= deps.clock.now():
        raise InvitationExpired("This invitation is too old: ask for a new one.")
    account = await repository.find(deps.mongo, invitation.account, Account, invitation.account)
    if account is None or account.closed_at:
        raise NoSuchInvitation("The account of this invitation is closed.")
    return account, invitation


async def look(deps: Deps, token: str) -> InvitationLook:
    """What somebody sees who follows the link."""
    account, invitation = await access_invitation(deps, token)
    email = await email_of(deps, invitation)
    return InvitationLook(
        account=await name_of(deps, account),
        email=email,
        role=invitation.role,
        expires_at=invitation.expires_at,
        needs="sign_in" if must_sign_in(await logins.find(deps, email), invitation) else "password",
    )


def must_sign_in(login: Login | None, invitation: Invitation) -> bool:
    """Whether the address has a login that must show its own proof. A link that was mailed proves the address: then a
    login that never did could have been made by anybody, and gives way."""
    return login is not None and (login.is_proved or not invitation.was_mailed)


async def accept(act: Act, token: str, name: str, password: str) -> tuple[Login, bool]:
    """With a new password, or with that of the login that the address has; and whether a login had to start over."""
    deps, starts_over = act.deps, False
    _, invitation = await access_invitation(deps, token)
    email = await email_of(deps, invitation)
    login = await logins.find(deps, email)
    if login is not None and must_sign_in(login, invitation):
        if not await logins.has_password(deps, login, password):
            raise SignInFirst("This address has a login already: give its password, or sign in and accept then.")
    elif login is not None:
        await logins.start_over(deps, login, password)
        starts_over = True
    else:
        login = await logins.make(deps, email, password, is_proved=invitation.was_mailed)
    await join(act, invitation, login, name)
    return await logins.get(deps, login.id), starts_over


async def accept_signed_in(act: Act, token: str, name: str) -> None:
    """By whoever is signed in with the address that was invited."""
    _, invitation = await access_invitation(act.deps, token)
    login = await logins.find(act.deps, await email_of(act.deps, invitation))
    if login is None or login.id != act.caller.login:
        raise SignInFirst("This invitation is for another address: sign in with that one.")
    await join(act, invitation, login, name)


async def join(act: Act, invitation: Invitation, login: Login, name: str) -> None:
    """Become a member, once."""
    deps = act.deps
    await check_not_full(deps, invitation.account, Member)
    if not await repository.accept_invitation(deps.mongo, invitation, deps.clock.now()):
        raise InvitationUsed("This invitation was accepted already: sign in instead.")
    member = await new_member(deps, invitation.account, login, name=name, role=invitation.role)
    member = msgspec.structs.replace(member, teams=invitation.teams)
    try:
        await store(deps, member)
    except Duplicate:
        raise AlreadyMember("This address is a member already: sign in.") from None
    except Exception:
        await repository.hand_back_invitation(deps.mongo, invitation)
        raise
    await repository.leave_gone_teams(deps.mongo, invitation.account, invitation.teams)
    await withdraw_for(deps, invitation.account, await email_of(deps, invitation))
    act.note.account = invitation.account
    act.note.target = {"invitation": invitation.id, "member": member.id}
    act.note.after = {"name": name, "role": invitation.role}


async def find_for(deps: Deps, account: str, email: str) -> Invitation | None:
    """One that is still good for this address."""
    now = deps.clock.now()
    async for invitation in each_for(deps, account, email):
        if invitation.expires_at > now:
            return invitation
    return None


async def each_for(deps: Deps, account: str, email: str) -> AsyncIterator[Invitation]:
    """Those to this address that nobody has accepted."""
    wanted = read_email(email).key
    for invitation in await repository.list_open_invitations(deps.mongo, account):
        if read_email(await email_of(deps, invitation)).key == wanted:
            yield invitation


async def withdraw_for(deps: Deps, account: str, email: str) -> None:
    """Whoever has this address has come or gone: no other link to it is good any more."""
    async for invitation in each_for(deps, account, email):
        await repository.remove(deps.mongo, account, Invitation, invitation.id)


async def withdraw_by(deps: Deps, member: Member) -> None:
    """Whoever may not come in lets nobody in: neither by a link of their own, nor by one that a key of theirs made."""
    keys = await repository.list_keys_of(deps.mongo, member.account, root=member.id)
    await repository.remove_invitations_by(deps.mongo, member.account, [member.id, *(key.id for key in keys)])


async def email_of(deps: Deps, invitation: Invitation) -> str:
    """Who was invited."""
    return await deps.sealer.text(invitation.account, EMAIL_PLACE, invitation.email)


async def show(deps: Deps, invitation: Invitation) -> InvitationShown:
    """As the API shows it."""
    return InvitationShown(
        id=invitation.id,
        email=await email_of(deps, invitation),
        role=invitation.role,
        teams=invitation.teams,
        by=invitation.by,
        was_mailed=invitation.was_mailed,
        made_at=invitation.made_at,
        expires_at=invitation.expires_at,
    )
