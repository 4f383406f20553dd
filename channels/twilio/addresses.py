"""How Twilio writes addresses: a number alone is one of SMS, in front of others their channel stands."""

from collections.abc import Mapping

from channels.base import Access, Medium

# What stands in front of the addresses of a medium.
CHANNELS: Mapping[Medium, str] = {Medium.SMS: "", Medium.WHATSAPP: "whatsapp"}


def parted(address: str) -> tuple[str, str]:
    """The channel, empty for SMS, and what somebody is called there."""
    channel, sign, name = address.strip().partition(":")
    return (channel.lower(), name) if sign else ("", channel)


def written(medium: Medium, name: str) -> str:
    """The address of somebody on a medium. Others know WhatsApp's numbers without their plus."""
    name = f"+{name}" if medium is Medium.WHATSAPP and name.isdigit() else name
    return f"{CHANNELS[medium]}:{name}" if CHANNELS[medium] else name


def line_of(access: Access, address: str, service: str) -> str:
    """By which of its names the line is meant. A number that it does not have may still be one of its service's pool;
    else it is another line's. Other channels have names that no line is called by: then it is the webhook's own."""
    channel, name = parted(address)
    if name not in access.names and service in access.names:
        return service
    return name if channel in CHANNELS.values() else ""
