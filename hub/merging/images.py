"""People with everything about them open, and closed again: what a merge compares, and what it keeps.

A sealed value opens under its key and at its place only. A merge keeps values for years, while keys go: so it keeps
them open, inside of one piece that is sealed as a whole, and sealed anew with every change of keys.
"""

from collections.abc import Callable
from datetime import UTC
from typing import Any

import bson
import msgspec
from bson.binary import Binary
from bson.codec_options import CodecOptions

from hub.deps import Deps
from hub.keys.resealing import sealed_values
from hub.merging.models import Images
from hub.people.models import Person
from hub.store.documents import as_document, read, written
from hub.store.mongo import Document
from hub.store.sealed import SUBTYPE, Keyring

PEOPLE, PLACE = "people", "merges.images"
# Marks what was sealed and is open.
OPEN = SUBTYPE + 1
IN_UTC: CodecOptions[Document] = CodecOptions(tz_aware=True, tzinfo=UTC)


async def opened(deps: Deps, person: Person) -> Person:
    """With everything open."""
    document = as_document(person)
    plain = {
        sealed: Binary(await deps.sealer.unseal(person.account, place, sealed), OPEN)
        for _, place, sealed in sealed_values(document, PEOPLE)
    }
    return read(Person, exchanged(document, SUBTYPE, lambda _, value: plain[value]))


def closed(keyring: Keyring, person: Person) -> Person:
    """With everything sealed again."""
    return read(Person, exchanged(as_document(person), OPEN, lambda place, value: keyring.seal(place, bytes(value))))


def exchanged(value: Any, subtype: int, exchange: Callable[[str, Binary], Binary], place: str = PEOPLE) -> Any:
    """The same, with every such binary exchanged for another one."""
    if isinstance(value, Binary) and value.subtype == subtype:
        return exchange(place, value)
    if isinstance(value, dict):
        return {name: exchanged(inner, subtype, exchange, f"{place}.{name}") for name, inner in value.items()}
    if isinstance(value, list):
        return [exchanged(inner, subtype, exchange, place) for inner in value]
    return value


def kept(keyring: Keyring, images: Images) -> Binary:
    """As they are stored."""
    return keyring.seal(PLACE, bson.encode(written(images)))


async def read_images(deps: Deps, account: str, sealed: bytes) -> Images:
    """As they were kept."""
    return msgspec.convert(bson.decode(await deps.sealer.unseal(account, PLACE, sealed), IN_UTC), Images)
