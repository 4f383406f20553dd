"""Documents as their room's models describe them."""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar

import msgspec

from hub.store.mongo import Document


class Stored(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A document of one scope: `account` says under whose keys it is sealed."""

    id: str = msgspec.field(name="_id")
    account: str


Model = TypeVar("Model", bound=Stored)


def read(type: type[Model], document: Mapping[str, Any]) -> Model:
    """The document as its model; what the model does not know is left out."""
    return msgspec.convert(document, type)


def written(value: Any) -> Any:
    """A model as it is stored. What is None is not stored at all: that keeps sparse indexes small."""
    if isinstance(value, msgspec.Struct):
        fields = {name: getattr(value, attribute) for name, attribute in names_of(type(value))}
        return named(value) | {name: written(inner) for name, inner in fields.items() if inner is not None}
    if isinstance(value, dict):
        return {name: written(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [written(inner) for inner in value]
    return value


@cache
def names_of(model: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    """How each field is called in a document, and in the model. Asking msgspec costs more than writing the document."""
    return tuple((field.encode_name, field.name) for field in msgspec.structs.fields(model))


def named(value: msgspec.Struct) -> Document:
    """Which one of several it is, where a field may hold one of several."""
    config = value.__struct_config__
    return {} if config.tag_field is None else {config.tag_field: config.tag}


def as_document(model: Stored) -> Document:
    """The whole document."""
    document: Document = written(model)
    return document
