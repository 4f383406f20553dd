"""Sessions as they are stored and shown."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from bson.binary import Binary

from hub.access import Permission, Scope
from hub.accounts.shapes import Address, Id, Name, Password, Token
from hub.http.endpoint import Input, Output
from hub.logins.models import Proof
from hub.store.documents import Stored


class Session(Stored, frozen=True):
    """One browser that is signed in; `account` is the login's scope. `generation` counts its refresh tokens: an earlier
    one that is shown again was stolen, or copied."""

    login: str
    # The account that its last access token was for.
    entered: str
    proofs: list[Proof]
    made_at: datetime
    refreshed_at: datetime
    # When it ends if it is not refreshed, and when it ends in any case.
    expires_at: datetime
    ends_at: datetime
    origin: Binary
    generation: int = 0
    # When its latest refresh tokens were replaced, as long as showing them again may be a mere race.
    replaced: list[datetime] = msgspec.field(default_factory=list)
    # An identity provider speaks for its own account only.
    bound_to: str | None = None
    # Which of the login's passwords it began under: the next one ends it.
    passwords: int = 0


class SignUp(Input, frozen=True):
    """A new account and its owner."""

    account_name: Name
    name: Name
    email: Address
    password: Password


class SignIn(Input, frozen=True):
    """An address and its password; `account_id` says where to, when there are several."""

    email: Address
    password: Password
    account_id: Id | None = None


class SecondFactor(Input, frozen=True):
    """The ticket that the password has earned, and a code of the app or a recovery code."""

    ticket: Token
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Refresh(Input, frozen=True):
    """A new access token, for this account or for the one before."""

    account_id: Id | None = None


class AccountChoice(Output, frozen=True):
    """An account that the login works for."""

    id: str
    name: str
    role: str


class Access(Output, frozen=True):
    """An access token, whom it speaks for, and where else the login works."""

    access_token: str
    expires_in_s: int
    account_id: str
    member_id: str
    accounts: list[AccountChoice]
    needs_second_factor: bool


class SignedIn(Output, frozen=True):
    """Either in, with `access`; or half way, with a `ticket` for the second step and the ways to take it."""

    state: Literal["signed_in", "second_factor"]
    access: Access | None = None
    ticket: str | None = None
    ways: list[Proof] = []


class Me(Output, frozen=True):
    """Whoever asks, as member of the account."""

    member_id: str
    account_id: str
    name: str
    email: str
    role: str
    teams: list[str]
    permissions: dict[Permission, Scope]
    needs_second_factor: bool
    has_codes: bool
    recovery_codes_left: int
    passkeys: int


class SessionShown(Output, frozen=True):
    """A browser that is signed in."""

    id: str
    is_this: bool
    proofs: list[Proof]
    made_at: datetime
    refreshed_at: datetime
    address: str
    agent: str


class SessionList(Output, frozen=True):
    """All browsers that are signed in with this login."""

    items: list[SessionShown]


class PasswordChange(Input, frozen=True):
    """The present password and the new one."""

    current: Password
    new: Password


class PasswordAgain(Input, frozen=True):
    """The present password, because what is asked for matters."""

    password: Password


class CodesBegun(Output, frozen=True):
    """What an authenticator app is set up by: as a URI for a QR code, and to type. Confirm with its first code."""

    ticket: str
    secret: str
    uri: str


class CodesConfirmed(Input, frozen=True):
    """The ticket, and the first code that the app shows."""

    ticket: Token
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class MyChange(Input, frozen=True):
    """How one is called here."""

    name: Name


class RecoveryCodes(Output, frozen=True):
    """Ten codes for when the app is lost, each good once. They are shown this once."""

    codes: list[str]


class Forgotten(Input, frozen=True):
    """Whose password was forgotten."""

    email: Address


class AddressLink(Input, frozen=True, forbid_unknown_fields=False):
    """What stands in the link that was mailed to an address; mail programs add words of their own."""

    token: Token


class Reset(Input, frozen=True):
    """What stands in the link behind the #, and the new password."""

    token: Token
    password: Password
