"""By what the embedded database finds what it is asked for: docs/decisions/embedded-servers.md."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

RANGES = frozenset({"$gt", "$gte", "$lt", "$lte", "$in", "$eq"})


def is_ranged(condition: object) -> bool:
    """Whether it is more than one value."""
    return isinstance(condition, Mapping) and any(name.startswith("$") for name in condition)


def is_served(where: Mapping[str, Any], indexes: Iterable[Sequence[str]]) -> bool:
    """Whether only what fits is read, or one document by its id; a whole account is not."""
    if next(iter(where), "") == "_id":
        return not any(name.startswith("$") for name in where)
    ranged = [name for name, condition in where.items() if is_ranged(condition)]
    same = where.keys() - set(ranged)
    if len(ranged) > 1 or any(set(where[name]) - RANGES for name in ranged):
        return False
    return any({*index[: len(same)]} == same and [*index[len(same) : len(where)]] == ranged for index in indexes)


def questions_of(command: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What a command looks for."""
    match next(iter(command), ""):
        case "find":
            return [command["filter"]]
        case "update":
            return [one["q"] for one in command["updates"]]
        case "delete":
            return [one["q"] for one in command["deletes"]]
        case "aggregate":
            return [one["$match"] for one in command["pipeline"][:1] if "$match" in one]
    return []
