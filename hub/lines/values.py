"""What a line knows of its provider: the declared fields of the channel, some of them secret."""

from collections.abc import Mapping

import msgspec
from bson.binary import Binary

from channels.base import Channel
from hub.deps import Deps
from hub.lines.errors import BadLine
from hub.lines.models import Line

PLACE = "lines.values"

Values = Mapping[str, str]


def check_values(channel: Channel, values: Values) -> None:
    """Raise BadLine unless these are the channel's fields, and none is missing."""
    known = {field.name: field for field in channel.fields}
    if strange := sorted(values.keys() - known.keys()):
        raise BadLine(f"This provider has no field {', '.join(strange)}.", field="values", fields=sorted(known))
    missing = [name for name, field in known.items() if field.default is None and not values.get(name, "").strip()]
    if missing:
        raise BadLine(f"This provider needs {', '.join(missing)} as well.", field="values", missing=missing)


async def sealed(deps: Deps, account: str, values: Values) -> Binary:
    """As they are kept."""
    return (await deps.sealer.keyring(account)).seal(PLACE, msgspec.json.encode(values))


async def opened(deps: Deps, line: Line) -> dict[str, str]:
    """As they were given."""
    return msgspec.json.decode(await deps.sealer.unseal(line.account, PLACE, line.values), type=dict[str, str])


def complete(channel: Channel, values: Values) -> dict[str, str]:
    """With what counts where nothing was said."""
    return {field.name: values.get(field.name) or field.default or "" for field in channel.fields}
