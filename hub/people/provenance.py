"""Provenance: who has said what is known of somebody, when, and in which words."""

from collections.abc import Iterable
from datetime import datetime

from bson.binary import Binary
from msgspec.structs import replace

from hub.access import Caller
from hub.people.models import Identity, Person, Provenance
from hub.store.sealed import Keyring
from hub.threads.models import THE_HUB, Author, AuthorKind

PLACE = "people.provenance.quote"
# Whom the log of a conversation knows as authors; others act as the hub.
AUTHORS = frozenset({AuthorKind.MEMBER, AuthorKind.KEY})


def told(person: Person, fields: Iterable[str], *, by: str, at: datetime, quote: Binary | None = None) -> Person:
    """The person, with who said these fields; what was said of them before counts no more."""
    new = [Provenance(field=field, by=by, at=at, quote=quote) for field in dict.fromkeys(fields)]
    names = {one.field for one in new}
    return replace(person, provenance=[*(one for one in person.provenance if one.field not in names), *new])


def is_said_by(person: Person, field: str, by: str, since: datetime) -> bool:
    """Whether they have said it last, and no earlier than this."""
    return any((one.field, one.by) == (field, by) and one.at >= since for one in person.provenance)


def forgotten(person: Person, field: str) -> Person:
    """The person, without what was said of a field that is gone."""
    return replace(person, provenance=[one for one in person.provenance if one.field != field])


def sealed_quote(keyring: Keyring, quote: str) -> Binary | None:
    """The words, as they are kept."""
    return keyring.seal(PLACE, quote.encode()) if quote else None


def field_of(identity: Identity) -> str:
    """How an identity is called among the fields."""
    return f"identities.{identity.key.hex()[:32]}"


def by_caller(caller: Caller) -> str:
    """Whoever asks, as it is written down."""
    return f"{caller.kind}:{caller.id}"


def by_line(line: str | None) -> str:
    """Whoever has written on a line, as it is written down."""
    return f"line:{line}" if line else "hub"


def author_of(caller: Caller) -> Author:
    """Whoever asks, as the author of an entry in a log."""
    return Author(AuthorKind(caller.kind), caller.id) if caller.kind in AUTHORS else THE_HUB
