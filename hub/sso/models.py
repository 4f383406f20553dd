"""An account's identity provider and its domains, as they are stored."""

from datetime import datetime
from enum import StrEnum

import msgspec
from bson.binary import Binary

from hub.store.documents import Stored


class Mode(StrEnum):
    """Whether members may sign in by the provider, or must."""

    OFF = "off"
    OFFERED = "offered"
    REQUIRED = "required"

    def is_more_than(self, other: "Mode") -> bool:
        """Whether more depends on the provider than before."""
        return ORDER.index(self) > ORDER.index(other)


ORDER = tuple(Mode)


class Registered(msgspec.Struct, frozen=True):
    """How Parley is registered at the provider. Without a secret it is a public client."""

    issuer: str
    client_id: str
    client_secret: str


class Registration(Stored, frozen=True):
    """An account's identity provider. Its id is the account's; `registered` is sealed JSON. Each change makes a new
    `revision`: whoever began to sign in under another one begins anew."""

    registered: Binary
    mode: Mode
    default_role: str
    revision: str
    changed_at: datetime


class Domain(Stored, frozen=True):
    """A domain that an account says is its own. `key` is the hash that it is found by in all accounts. Only once it is
    proved it gives power, and only one account has it then: `proved` is the key again, and unique."""

    domain: Binary
    key: bytes
    token: str
    made_at: datetime
    proved: bytes | None = None
    proved_at: datetime | None = None
