"""What the API takes and shows of accounts."""

from datetime import datetime
from typing import Annotated

import msgspec

from hub.access import Permission, Scope
from hub.http.endpoint import Input, Output

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=r"\S")]
Address = Annotated[str, msgspec.Meta(min_length=3, max_length=254)]
Password = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
# A field of this type is tried with what belongs to others, by tests of every endpoint.
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=40, extra={"names": "something stored"})]
Ids = Annotated[list[Id], msgspec.Meta(max_length=100)]
Token = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]


class AccountShown(Output, frozen=True):
    """The account that the credential belongs to."""

    id: str
    name: str
    owners: list[str]
    requires_second_factor: bool
    zone: str
    region: str
    made_at: datetime


class AccountChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays. An empty region is that of the zone."""

    name: Name | None = None
    zone: Annotated[str, msgspec.Meta(max_length=64)] | None = None
    region: Annotated[str, msgspec.Meta(max_length=2)] | None = None


class SignInRules(Input, frozen=True):
    """What the account asks of its members when they sign in."""

    requires_second_factor: bool


class Transfer(Input, frozen=True):
    """Who owns the account from now on in the caller's place."""

    member_id: Id


class Closing(Input, frozen=True):
    """The account's name, typed again, so that nobody closes the wrong one."""

    name: Name


class AccountWanted(Input, frozen=True):
    """A new account and its owner. Without a password the answer has a link to set one."""

    name: Name
    owner: Address
    owner_name: Annotated[str, msgspec.Meta(max_length=200)] = ""
    password: Password | None = None


class AccountMade(Output, frozen=True):
    """Ids, a key that works at once and is shown this once, and a link where there is no password yet."""

    account_id: str
    member_id: str
    key_id: str
    key: str
    password_link: str | None


class AccountLine(Output, frozen=True):
    """One account of the installation. A closed one has no name that could be read."""

    id: str
    name: str
    members: int
    made_at: datetime
    is_closed: bool


class AccountList(Output, frozen=True):
    """All accounts of the installation."""

    items: list[AccountLine]


class MemberWanted(Input, frozen=True):
    """Somebody whom the operator adds. Without a name it is the one of the mailbox."""

    email: Address
    role: Id
    name: Name | None = None


class MemberAdded(Output, frozen=True):
    """A new member, and a link to set a password by where there is none yet."""

    account_id: str
    member_id: str
    password_link: str | None


class MemberShown(Output, frozen=True):
    """Somebody who works for the account."""

    id: str
    name: str
    email: str
    role: str
    teams: list[str]
    is_disabled: bool
    made_at: datetime


class MemberList(Output, frozen=True):
    """All members that the caller may see."""

    items: list[MemberShown]


class MemberChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays."""

    role: Id | None = None
    teams: Ids | None = None
    name: Name | None = None


class Invite(Input, frozen=True):
    """Whom to invite as what."""

    email: Address
    role: Id
    teams: Ids = []
    lasts_days: Annotated[int, msgspec.Meta(ge=1, le=30)] = 7


class InvitationShown(Output, frozen=True):
    """An invitation that was not accepted yet."""

    id: str
    email: str
    role: str
    teams: list[str]
    by: str
    was_mailed: bool
    made_at: datetime
    expires_at: datetime


class Invited(Output, frozen=True):
    """The invitation, and its link when no mail could be sent: hand it on yourself, it is shown once."""

    invitation: InvitationShown
    link: str | None


class InvitationList(Output, frozen=True):
    """All that were not accepted yet."""

    items: list[InvitationShown]


class InvitationToken(Input, frozen=True):
    """What stands in the link behind the #."""

    token: Token


class InvitationLook(Output, frozen=True):
    """What the link leads to. `needs` is what accepting it takes: a new password, or signing in."""

    account: str
    email: str
    role: str
    expires_at: datetime
    needs: str


class Acceptance(Input, frozen=True):
    """Accepting an invitation: a password for a new login, or that of the login that the address has."""

    token: Token
    name: Name
    password: Password


class Grant(Input, frozen=True):
    """One permission, and how far it reaches."""

    permission: Permission
    scope: Scope = Scope.ALL


Grants = Annotated[list[Grant], msgspec.Meta(max_length=100)]


class GrantShown(Output, frozen=True):
    """One permission, and how far it reaches."""

    permission: Permission
    scope: Scope


class KeyWanted(Input, frozen=True):
    """A key for a script: what it is for, what it may do, how long it is good."""

    name: Name
    grants: Grants
    lasts_days: Days | None = None


class KeyShown(Output, frozen=True):
    """An API key, without its secret."""

    id: str
    name: str
    grants: list[GrantShown]
    made_at: datetime
    by: str
    expires_at: datetime | None
    used_at: datetime | None
    successor: str | None
    is_ended: bool


class KeyMade(Output, frozen=True):
    """A new key with its secret, which is shown this once."""

    key: KeyShown
    secret: str


class KeyList(Output, frozen=True):
    """All keys of the account."""

    items: list[KeyShown]


class Rotation(Input, frozen=True):
    """How long the old key stays good beside its successor."""

    overlap_hours: Annotated[int, msgspec.Meta(ge=0, le=720)] = 24
