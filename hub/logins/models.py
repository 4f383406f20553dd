"""Logins and what they prove themselves by, as they are stored."""

from datetime import datetime
from enum import StrEnum

import msgspec
from bson.binary import Binary

from hub.store.documents import Stored


class Proof(StrEnum):
    """What somebody has shown when signing in."""

    PASSWORD = "password"  # noqa: S105 - the name of a proof
    CODE = "code"
    RECOVERY_CODE = "recovery_code"
    PASSKEY = "passkey"
    SSO = "sso"


# A passkey asks its owner for a finger or a PIN; an identity provider has rules of its own.
SECOND_FACTORS = frozenset({Proof.CODE, Proof.RECOVERY_CODE, Proof.PASSKEY, Proof.SSO})


class OneTimeCodes(msgspec.Struct, frozen=True, kw_only=True):
    """An app that shows codes. `step` is the time of the last one used: no code is taken twice."""

    secret: Binary
    step: int = 0
    recovery: list[bytes] = msgspec.field(default_factory=list)


class Login(Stored, frozen=True):
    """One e-mail address. A scope of its own: `account` is its own id. `is_proved` once a link that was mailed to the
    address came back: until then somebody else may have written it down."""

    key: bytes
    email: Binary
    made_at: datetime
    password: str | None = None
    is_proved: bool = False
    codes: OneTimeCodes | None = None
    # How often what it proves itself by was changed: whoever has seen it with another number has seen another login.
    renewed: int = 0
    # How often the password was changed: no session outlives the one that it began under.
    passwords: int = 0
    # The account that was signed in to last.
    last_account: str | None = None


class Slip(Stored, frozen=True):
    """A promise of a few minutes or hours, kept once: its id is the hash of what the bearer shows."""

    kind: str
    expires_at: datetime
    data: dict[str, str] = msgspec.field(default_factory=dict)


class Passkey(Stored, frozen=True):
    """The public half of a key pair on a device of the login's owner; `account` is the login. `credential` is the name
    that the device has given it. Once `locked_at` is set it opens nothing any more."""

    credential: bytes
    public_key: bytes
    name: Binary
    made_at: datetime
    sign_count: int = 0
    transports: list[str] = msgspec.field(default_factory=list)
    is_backed_up: bool = False
    used_at: datetime | None = None
    locked_at: datetime | None = None
