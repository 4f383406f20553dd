"""The databases as a backup has them: every document of every collection, as raw bytes."""

from collections.abc import Iterator
from typing import Any

from bson.binary import Binary
from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient

from hub.settings import Settings
from hub.store.sealed import SUBTYPE

Dump = dict[str, list[RawBSONDocument]]


def dump(settings: Settings, *, keys: bool = False) -> Dump:
    """By collection: the main database, or that of the keys."""
    name = settings.mongodb_database + ("_keys" if keys else "")
    url = settings.mongodb_url.reveal()
    with MongoClient[RawBSONDocument](url, document_class=RawBSONDocument) as client:
        return {each: list(client[name][each].find()) for each in client[name].list_collection_names()}


def raw(dump: Dump) -> bytes:
    """All of it, to search for what must not stand there."""
    return b"".join(document.raw for documents in dump.values() for document in documents)


def sealed_in(value: Any, place: str) -> Iterator[tuple[str, bytes]]:
    """Every sealed value, with the place that it is bound to."""
    if isinstance(value, Binary) and value.subtype == SUBTYPE:
        yield place, value
    elif hasattr(value, "items"):
        for name, inner in value.items():
            yield from sealed_in(inner, f"{place}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from sealed_in(inner, place)


def sealed_values(dump: Dump) -> Iterator[tuple[str, str, bytes]]:
    """Every sealed value of a dump: whose, at which place, and itself."""
    for collection, documents in dump.items():
        for document in documents:
            for place, value in sealed_in(document, collection):
                yield document["account"], place, value
