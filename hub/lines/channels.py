"""The providers that there are. A new one is a new line here."""

from collections.abc import Mapping

from channels.base import Channel, Failure
from channels.mail.channel import CHANNELS as MAIL_CHANNELS
from channels.mailgun.channel import CHANNELS as MAILGUN_CHANNELS
from channels.meta.channel import CHANNELS as META_CHANNELS
from channels.sandbox.channel import CHANNELS as SANDBOX_CHANNELS
from channels.sendgrid.channel import CHANNELS as SENDGRID_CHANNELS
from channels.telnyx.channel import CHANNELS as TELNYX_CHANNELS
from channels.twilio.channel import CHANNELS as TWILIO_CHANNELS
from channels.vonage.channel import CHANNELS as VONAGE_CHANNELS
from channels.widget.channel import CHANNELS as WIDGET_CHANNELS
from hub.lines.errors import NoSuchChannel
from hub.lines.models import Line

CHANNELS: Mapping[str, Channel] = {
    **MAILGUN_CHANNELS,
    **MAIL_CHANNELS,
    **META_CHANNELS,
    **SANDBOX_CHANNELS,
    **SENDGRID_CHANNELS,
    **TELNYX_CHANNELS,
    **TWILIO_CHANNELS,
    **VONAGE_CHANNELS,
    **WIDGET_CHANNELS,
}
# What goes wrong before any provider is asked.
NOT_CONTACTED = Failure(
    code="address_not_allowed",
    words="Parley does not contact the address that the line names for its provider.",
    advice="Enter the provider's public address in the line's settings. To try something out on one machine, "
    "start Parley with PARLEY_EGRESS_ALLOW=127.0.0.0/8.",
    about="line",
)
UNTRUSTED = Failure(
    code="untrusted_provider",
    words="The provider could not prove that it is who it says: its certificate is not trusted, or has expired.",
    advice="Check the address in the line's settings and the provider's status page. Nothing is sent to it until it is "
    "trusted: what waits goes out by itself then, and what has failed can be sent again.",
    about="provider",
    is_passing=True,
)
OURS: Mapping[str, Failure] = {one.code: one for one in (NOT_CONTACTED, UNTRUSTED)}


def channel_of(line: Line) -> Channel:
    """Who carries what goes over the line."""
    return channel_named(line.provider)


def channel_named(provider: str) -> Channel:
    """The channel of this name, or NoSuchChannel."""
    channel = CHANNELS.get(provider)
    if channel is None:
        raise NoSuchChannel("Parley knows no provider of this name.", provider=provider, providers=sorted(CHANNELS))
    return channel


def failure_known(line: Line, code: str) -> Failure | None:
    """What a no by this code means, as far as it is in a catalogue."""
    return OURS.get(code) or channel_of(line).failures.get(code)
