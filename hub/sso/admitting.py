"""Whom an identity provider's word lets into an account, and as which member.

A member is known by the provider's subject. The first time it is found by its e-mail, or made just in time. Each step
is one compare and set, and after each we look again: of two sign-ins at the same moment one goes the way that the other
has made.
"""

from contextlib import suppress
from typing import NamedTuple

from hub.accounts import invitations, members, standing, subjects
from hub.accounts.errors import AlreadyMember, InvitationUsed, NoSuchRole
from hub.accounts.models import Account, Invitation, Member
from hub.accounts.roles import VIEWER
from hub.act import Act
from hub.deps import Deps
from hub.errors import Conflict, Forbidden
from hub.logins import actions as logins
from hub.logins.actions import LoginChanged, LoginExists
from hub.logins.emails import Email, NotAnEmail, read_email
from hub.logins.models import Login
from hub.sso import claiming
from hub.sso.models import Registration
from hub.sso.oidc import Identity

# To join, to be linked, to be found; and the same again for whoever lost a race at each.
STEPS = 6


class NotInvited(Forbidden):
    """The provider's word is not enough to let this person in."""

    code = "sso_not_invited"


class OtherPerson(Forbidden):
    """The provider says this address of somebody else than before."""

    code = "sso_other_person"


class UnprovedLogin(Conflict):
    """The address has a login with a password, and somebody else may have set it."""

    code = "sso_unproved_login"


class Newcomer(NamedTuple):
    """Somebody who is no member yet: a login, if the address has one, and an invitation, if there is one."""

    name: str
    email: Email
    subject: str
    login: Login | None
    invitation: Invitation | None


async def admit(act: Act, registration: Registration, identity: Identity) -> Login:
    """The login of the member that this person is, or becomes. Whoever is shut out is a member still, and gets no
    session."""
    deps, account = act.deps, await subjects.get_account(act.deps, registration.account)
    subject = await subjects.subject_of(deps, account.id, identity.issuer, identity.subject)
    for _ in range(STEPS):
        if member := await subjects.find_member(deps, account.id, subject):
            return await logins.get(deps, member.login)
        email = verified_email(identity)
        login = await logins.find(deps, email.shown)
        known = await subjects.find_membership(deps, account.id, login.id) if login else None
        if known:
            await link(act, known, subject)
        else:
            invitation = await invitations.find_for(deps, account.id, email.shown)
            newcomer = Newcomer(identity.name, email, subject, login, invitation)
            await check_may_join(deps, account, newcomer)
            await join(act, account, newcomer, registration.default_role)
    raise Conflict("Others have changed this member at the same moment: begin the sign-in again.")


def verified_email(identity: Identity) -> Email:
    """The address that the provider vouches for. Without that anybody could enter another's address there."""
    if not identity.is_email_verified:
        raise NotInvited("The provider does not say that this is your address: it must send `email_verified`.")
    try:
        return read_email(identity.email)
    except NotAnEmail as error:
        raise NotInvited("The provider gives you an address that is none.") from error


async def link(act: Act, member: Member, subject: str) -> None:
    """A member comes by the provider for the first time, and is known by the subject from now on."""
    if subjects.is_somebody_else(member, subject):
        # Addresses change hands; what the one before could do does not.
        raise OtherPerson("The provider knew this address as somebody else's: ask an admin to remove that member.")
    if await subjects.link(act.deps, member, subject):
        act.note.after = {**(act.note.after or {}), "linked": True}


async def check_may_join(deps: Deps, account: Account, newcomer: Newcomer) -> None:
    """Raise unless the account speaks for the address, and nobody else could come in by its login."""
    email, login = newcomer.email, newcomer.login
    if await claiming.owner_of(deps, email) != account.id:
        raise NotInvited("You are no member of this account, and it has not proved that your domain is its own.")
    # Whoever has set this password has not shown that the address is theirs, and would be a member with it.
    if login and login.password and not login.is_proved:
        raise UnprovedLogin(
            "This address has a login already, which nobody has proved to be yours: set a new password by "
            "“Forgot your password?”, or ask the account's owner for an invitation."
        )
    if newcomer.invitation is None and await subjects.is_kept_out(deps, account.id, email.shown, newcomer.subject):
        raise NotInvited("You were a member of this account: ask for an invitation to come back.")


async def join(act: Act, account: Account, newcomer: Newcomer, default_role: str) -> None:
    """A member from now on: as invited, or else with the role that the account gives to all who come this way."""
    deps, invitation, email = act.deps, newcomer.invitation, newcomer.email.shown
    role = await role_for(deps, account.id, invitation, default_role)
    name = newcomer.name or email.partition("@")[0]
    with suppress(LoginExists, LoginChanged, AlreadyMember, InvitationUsed):
        login = newcomer.login or await logins.make(deps, email, None, is_proved=False)
        if invitation:
            await invitations.join(act, invitation, login, name)
        else:
            await members.add(act, account, login, name=name, role=role)
        act.note.after = {"joined": role}


async def role_for(deps: Deps, account: str, invitation: Invitation | None, default_role: str) -> str:
    """As invited, or else the default; where somebody has deleted that role meanwhile, the least that there is."""
    if invitation:
        await standing.role_grants(deps, account, invitation.role)
        return invitation.role
    try:
        await standing.role_grants(deps, account, default_role)
    except NoSuchRole:
        return VIEWER
    return default_role
