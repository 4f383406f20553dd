"""Whole documents, read and written back."""

from collections.abc import Iterator

import msgspec
from bson.binary import Binary
from msgspec.inspect import BytesType, StructType, Type, type_info

from hub import rooms
from hub.files.models import File
from hub.store.documents import Stored, as_document, read
from hub.store.sealed import SUBTYPE
from tests.clock import MORNING

# Hashes that things are compared by, and what a device has given. Nothing that was sealed.
OPEN = {
    "ApiKey.hash",
    "Canned.key",
    "CustomRole.key",
    "Departed.email",
    "Domain.key",
    "Domain.proved",
    "Invitation.hash",
    "Line.key",
    "Login.key",
    "Login.codes.recovery",
    "MailFolder.key",
    "NoticePreferences.code.hash",
    "Passkey.credential",
    "Passkey.public_key",
    "Person.identities.key",
    "Person.likeness",
    "Subscription.key",
    "Suppression.key",
    "Team.key",
    "Visitor.secret_hash",
}


def bytes_in(type: Type, path: str) -> Iterator[str]:
    """Where plain bytes stand in a model: each place, with its path."""
    if isinstance(type, BytesType):
        yield path
    elif isinstance(type, StructType):
        for field in type.fields:
            yield from bytes_in(field.type, f"{path}.{field.name}")
    else:
        for name in ("types", "item_types"):
            for inner in getattr(type, name, ()):
                yield from bytes_in(inner, path)
        for name in ("item_type", "value_type"):
            if inner := getattr(type, name, None):
                yield from bytes_in(inner, path)


def models(base: type[Stored] = Stored) -> Iterator[type[Stored]]:
    """All models of the house: every room is imported with the list of rooms."""
    for model in base.__subclasses__():
        yield from (model, *models(model))


def test_what_is_sealed_is_typed_so_that_it_is_written_back_sealed() -> None:
    assert rooms.ROOMS
    of_the_house = [model for model in models() if model.__module__.startswith("hub.")]

    plain = {place for model in of_the_house for place in bytes_in(type_info(model), model.__name__)}

    assert plain == OPEN


def test_a_sealed_value_keeps_its_mark_through_its_model() -> None:
    sealed = Binary(b"sealed", SUBTYPE)
    known = {"_id": "f", "account": "a", "type": "x", "size": 1, "kept_as": "k", "by": "", "stored_at": MORNING}

    written = as_document(read(File, {**known, "name": sealed, "key": sealed}))

    assert (written["name"].subtype, written["key"].subtype) == (SUBTYPE, SUBTYPE)


def test_plain_bytes_are_seen_wherever_they_stand() -> None:
    class Inner(msgspec.Struct):
        values: list[bytes]

    class Outer(msgspec.Struct):
        inner: Inner | None
        pairs: tuple[str, bytes]

    assert {*bytes_in(type_info(Outer), "Outer")} == {"Outer.inner.values", "Outer.pairs"}
