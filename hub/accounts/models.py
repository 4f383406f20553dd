"""Accounts, members, roles, teams, invitations and keys, as they are stored."""

from datetime import datetime

import msgspec
from bson.binary import Binary

from hub.access import Permission, Scope
from hub.store.documents import Stored

# A list of pairs: MongoDB takes no dots in the names of fields.
Granted = list[tuple[Permission, Scope]]


class Account(Stored, frozen=True):
    """One business. Who owns it and who is shut out stands here, in one document, so that no two changes at the same
    moment leave it without an owner. Its `account` is its own id. Whoever was removed stays among the `disabled`, and
    among the `gone`, who are let in no more."""

    name: Binary
    owners: list[str]
    made_at: datetime
    disabled: list[str] = msgspec.field(default_factory=list)
    gone: list[str] = msgspec.field(default_factory=list)
    requires_second_factor: bool = False
    # Whether members, but for owners, come in by the account's identity provider only.
    requires_sso: bool = False
    zone: str = "UTC"
    # The country whose way to write telephone numbers is understood; by the zone when it is not set.
    region: str | None = None
    # Set once it is closed: nobody gets in any more, and what is left of it is due to be removed.
    closed_at: datetime | None = None

    def is_open_to(self, member: str) -> bool:
        """Whether this member may come in."""
        return self.closed_at is None and member not in self.disabled


class Member(Stored, frozen=True):
    """A login that works for an account. An owner's `role` is what is left when the ownership is handed on."""

    login: str
    role: str
    name: Binary
    email: Binary
    made_at: datetime
    teams: list[str] = msgspec.field(default_factory=list)
    # Own working hours, kept like those of a team.
    hours: Binary | None = None
    # Who the account's identity provider says it is.
    subject: str | None = None


class Departed(Stored, frozen=True):
    """What is kept of somebody who is no member any more: the hashes that the identity provider could bring them back
    by."""

    email: bytes
    subject: str | None = None


class CustomRole(Stored, frozen=True):
    """A role that an account has made itself. `key` is the hash that its name is compared by."""

    name: Binary
    key: bytes
    granted: Granted
    made_at: datetime


class Team(Stored, frozen=True):
    """Members who work together. `key` is the hash that its name is compared by; `hours` is sealed JSON, as the API
    takes it."""

    name: Binary
    key: bytes
    made_at: datetime
    hours: Binary | None = None


class Invitation(Stored, frozen=True):
    """A link that makes somebody a member. Only its hash is kept, and it is good once."""

    hash: bytes
    email: Binary
    role: str
    by: str
    made_at: datetime
    expires_at: datetime
    teams: list[str] = msgspec.field(default_factory=list)
    # Whether Parley has mailed it: then whoever has it reads the mail of that address.
    was_mailed: bool = False
    accepted_at: datetime | None = None


class ApiKey(Stored, frozen=True):
    """What a script proves itself by. Only its hash is kept."""

    name: Binary
    hash: bytes
    granted: Granted
    made_at: datetime
    by: str
    # The member whose power it is a part of: whoever made it, or made the key that did. Empty for the operator.
    root: str = ""
    expires_at: datetime | None = None
    used_at: datetime | None = None
    # The key that was made in its place, while both are good.
    successor: str | None = None
