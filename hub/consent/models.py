"""What is kept of consent: the ledger, an account's own words, and suppressed addresses."""

from datetime import datetime
from enum import StrEnum

import msgspec
from bson.binary import Binary

from channels.base import IdentityKind, Medium, Purpose
from hub.people.models import Basis, Consent, ConsentState, Part
from hub.store.documents import Stored


class Record(Stored, frozen=True):
    """One line of the ledger: it never changes, but for whom a merge makes it belong to. It is due until it counts in
    what is known of the person."""

    person: str
    medium: Medium
    state: ConsentState
    basis: Basis
    # When it was said, and when we have written it down.
    at: datetime
    recorded_at: datetime
    # `member:…`, `key:…`, `line:…`, `person:…`
    by: str
    # In which words, or where it can be looked up.
    evidence: Binary | None = None
    due_at: datetime | None = None
    purpose: Purpose = Purpose.ALL

    @property
    def consent(self) -> Consent:
        """As it counts in what is known of the person."""
        return Consent(medium=self.medium, state=self.state, basis=self.basis, at=self.at, purpose=self.purpose)


class Words(Part, frozen=True):
    """Words of an account's own that end and resume, for those of one language; an empty locale is everybody."""

    locale: str = ""
    stop: list[str] = msgspec.field(default_factory=list)
    start: list[str] = msgspec.field(default_factory=list)


class OptWords(Stored, frozen=True):
    """All words of an account, under its own id."""

    words: list[Words]


class Reason(StrEnum):
    """Why nothing goes to an address any more, the reasons that outweigh others last."""

    # They have said so, and may say otherwise.
    OPT_OUT = "opt_out"
    # Somebody of the account has said so.
    MANUAL = "manual"
    # The person has blocked us.
    BLOCKED = "blocked"
    # There is no such address.
    HARD_BOUNCE = "hard_bounce"
    # They have reported us.
    COMPLAINT = "complaint"

    def outweighs(self, other: "Reason") -> bool:
        """Whether it is this one that is kept."""
        order = list(Reason)
        return order.index(self) > order.index(other)


class Suppression(Stored, frozen=True):
    """An address that nothing is sent to on a medium, whoever has it: it outlives merges, and the person too. `key` is
    the hash that identities are found by."""

    kind: IdentityKind
    key: bytes
    value: Binary
    medium: Medium
    reason: Reason
    at: datetime
    by: str
    evidence: Binary | None = None
