"""The providers that there are. A new one is a new line here."""

from collections.abc import Mapping

from channels.base import Channel
from channels.sandbox.channel import CHANNELS as SANDBOX_CHANNELS
from hub.lines.errors import NoSuchChannel
from hub.lines.models import Line

CHANNELS: Mapping[str, Channel] = {**SANDBOX_CHANNELS}


def channel_of(line: Line) -> Channel:
    """Who carries what goes over the line."""
    return channel_named(line.provider)


def channel_named(provider: str) -> Channel:
    """The channel of this name, or NoSuchChannel."""
    channel = CHANNELS.get(provider)
    if channel is None:
        raise NoSuchChannel("Parley knows no provider of this name.", provider=provider, providers=sorted(CHANNELS))
    return channel
