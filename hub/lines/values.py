"""What a line knows of its provider: the declared fields of the channel, some of them secret."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec
from bson.binary import Binary

from channels.base import Channel, Demanding
from hub.deps import Deps
from hub.lines.errors import BadLine
from hub.lines.models import Line

PLACE = "lines.values"
# The field by which every channel is told where its provider is.
URL = "url"

# The fields that say where a line's secrets go: whoever changes one of them could have them sent to a server of their
# own.
PLACES = (URL, "host", "port", "security", "imap_host", "imap_port")
# A mailbox has its own.
OF_MAILBOX = "imap_"

Values = Mapping[str, str]


def tidied(values: Values) -> Values:
    """Without what came along when they were pasted: a key with a line break behind it leaves in no header, and one
    with a space is another one."""
    return {name: value.strip() for name, value in values.items()}


def check_values(channel: Channel, values: Values) -> None:
    """Raise BadLine unless these are the channel's fields, none is missing, and each makes sense."""
    known = {field.name: field for field in channel.fields}
    if strange := sorted(values.keys() - known.keys()):
        raise BadLine(f"This provider has no field {', '.join(strange)}.", field="values", fields=sorted(known))
    missing = [name for name, field in known.items() if field.default is None and not values.get(name, "").strip()]
    if missing:
        raise BadLine(f"This provider needs {', '.join(missing)} as well.", field="values", missing=missing)
    if URL in known and not is_web_address(complete(channel, values)[URL]):
        raise BadLine("The provider's address begins with https:// or http://, and a host follows.", field="values")
    if isinstance(channel, Demanding) and (complaint := channel.complaint(complete(channel, values))):
        raise BadLine(complaint, field="values")


def changed(channel: Channel, before: Values, wanted: Values) -> Values:
    """What counts from now on: what is left out stays. For another place the secrets are entered anew, or BadLine: they
    are shown to nobody."""
    merged = {**before, **tidied(wanted)}
    was, is_now = complete(channel, before), complete(channel, merged)
    moved = {place.startswith(OF_MAILBOX) for place in PLACES if was.get(place) != is_now.get(place)}
    secrets = [field.name for field in channel.fields if field.is_secret and before.get(field.name)]
    lacking = [name for name in secrets if name.startswith(OF_MAILBOX) in moved and name not in wanted]
    if lacking:
        words = f"For another address of the provider enter {', '.join(lacking)} anew."
        raise BadLine(words, field="values", missing=lacking)
    check_values(channel, merged)
    return merged


def is_web_address(url: str) -> bool:
    """Whether it says how the provider is spoken to, and where it is."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


async def sealed(deps: Deps, account: str, values: Values) -> Binary:
    """As they are kept."""
    return (await deps.sealer.keyring(account)).seal(PLACE, msgspec.json.encode(values))


async def opened(deps: Deps, line: Line) -> dict[str, str]:
    """As they were given."""
    return msgspec.json.decode(await deps.sealer.unseal(line.account, PLACE, line.values), type=dict[str, str])


def complete(channel: Channel, values: Values) -> dict[str, str]:
    """With what counts where nothing was said."""
    return {field.name: values.get(field.name) or field.default or "" for field in channel.fields}
