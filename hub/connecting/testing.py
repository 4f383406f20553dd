"""A test message, to whoever connects a line: straight to its provider. No conversation has it."""

from datetime import timedelta
from math import ceil

from channels.base import Address, Channel, Content, IdentityKind, Medium, Outbound, Receipt, Unreachable
from hub.act import Act
from hub.connecting.asking import refused, taken, unreachable, unsure
from hub.connecting.errors import NothingToTest
from hub.connecting.shapes import ProviderSaid
from hub.consent.suppression import find_suppression
from hub.deps import Deps
from hub.errors import TooMany
from hub.limits import Bucket, Rate
from hub.lines.actions import access_line
from hub.lines.addresses import PHONES, normalized
from hub.lines.channels import channel_of
from hub.lines.errors import BadLine
from hub.lines.models import Line
from hub.sending.limits import take_turn
from hub.sending.straight import hand_over
from hub.threads.models import Failing

# For trying a line out, and not for writing to people past the gate.
IN_A_MINUTE, IN_A_DAY = Rate(5), Rate(50, 86_400)
SUBJECT, TEXT = "A test from Parley", "This is a test from Parley: this line can send."
LOOK = "See whether it has come, before you send another one."
PAUSED = Failing(
    code="line_paused",
    words="This line is paused: nothing is sent on it.",
    advice="Let it go on, then try again.",
)
SUPPRESSED = Failing(
    code="suppressed",
    words="Nothing is sent to this address: it has asked us to stop, has bounced, or has reported us.",
    advice="Try another address of yours; or write START from this one to the line.",
)


async def send_test(act: Act, id: str, to: str) -> ProviderSaid:
    """Send one, and say what the provider has said. A few in a minute for the whole account."""
    deps, line = act.deps, await access_line(act.deps, act.caller, id)
    address = address_in(line, to)
    await take_place(deps, line, address)
    act.note.target = {"line": line.id}
    said = await sent(deps, line, address, id=act.new_id)
    act.note.after = {"to": address.value, "outcome": said.outcome, "provider_id": said.provider_id}
    return said


def address_in(line: Line, to: str) -> Address:
    """Whom it goes to, as the line's channel has it; or BadLine."""
    if line.medium is Medium.CHAT:
        raise NothingToTest("Nobody is written to first in a chat: open the site, and write there.", line_id=line.id)
    try:
        value = normalized(line.medium, to)
    except BadLine as error:
        raise BadLine(error.message, field="to") from None
    if line.medium in PHONES and not value.startswith("+"):
        raise BadLine("Write the number with its country code, such as +4930123456.", field="to")
    return Address(kind=kind_for(channel_of(line)), value=value)


def kind_for(channel: Channel) -> IdentityKind:
    """What somebody is known by who has said no more than a number or an address."""
    return IdentityKind.PHONE if IdentityKind.PHONE in channel.reaches else channel.reaches[0]


async def take_place(deps: Deps, line: Line, to: Address) -> None:
    """Count it, or raise TooMany. What people are sent on the line goes at its pace, and so does this."""
    buckets = (Bucket(f"line tests:{line.account}", IN_A_MINUTE), Bucket(f"tests today:{line.account}", IN_A_DAY))
    (await deps.limiter.take(*buckets)).check()
    wait = await take_turn(deps, line, channel_of(line).capabilities, to.value)
    if wait:
        raise TooMany("The line is busy at the moment.", retry_after_s=ceil(wait / timedelta(seconds=1)))


async def sent(deps: Deps, line: Line, to: Address, *, id: str) -> ProviderSaid:
    """What became of it, in words."""
    if line.is_paused:
        return refused(PAUSED)
    if await find_suppression(deps, line.account, [to], line.medium):
        return refused(SUPPRESSED)
    subject = SUBJECT if channel_of(line).capabilities.has_subject else ""
    try:
        said = await hand_over(deps, line, Outbound(id=id, to=to, content=Content(text=TEXT, subject=subject)))
    except Unreachable:
        return unreachable()
    if isinstance(said, Receipt):
        return taken(f"The provider has taken the message{f' from {said.sender}' if said.sender else ''}.", said)
    return refused(said) if said else unsure(LOOK)
