"""Texts to a member's own phone, over a line of the account. A member is nobody whom the account talks with: there is
no conversation, and so no log and no gate. What holds for everybody holds here too: nothing goes to a number that was
suppressed, or over a line that is paused, and nothing goes twice. And nothing that the account does not let go."""

from channels.base import Address, Content, IdentityKind, Outbound
from hub.consent.suppression import find_suppression
from hub.deps import Deps
from hub.lines.actions import get_line
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.notices.models import OwnNumber
from hub.notices.policy import find_objection
from hub.sending.limits import take_turn
from hub.sending.straight import hand_over
from hub.threads.models import Failing
from hub.work.kinds import Later

LINE_CLOSED = Failing(
    code="line_closed",
    words="The line that should write to your phone is paused, or was removed.",
    advice="Choose another line for your number.",
)
NOT_ALLOWED = Failing(
    code="not_allowed",
    words="Your account lets no notification go to this number over this line.",
    advice="Choose another line or number, or ask whoever manages the account to allow it.",
)
STOPPED = Failing(
    code="stopped",
    words="Nothing is written to this number: it was asked to stop, or it does not exist.",
    advice="Write START from it to the line, or name another number.",
)


async def send_text(deps: Deps, account: str, own: OwnNumber, *, id: str, words: str) -> Failing | None:
    """By a line that is free: see free_line and send_over."""
    line = await free_line(deps, account, own)
    return line if isinstance(line, Failing) else await send_over(deps, line, own, id=id, words=words)


async def free_line(deps: Deps, account: str, own: OwnNumber) -> Line | Failing:
    """What writes to the number, with a place kept for one text; or why nothing does. Raises Later while it is busy."""
    line = await get_line(deps, account, own.line)
    if line.removed_at or line.is_paused:
        return LINE_CLOSED
    if await find_objection(deps, account, own):
        return NOT_ALLOWED
    if await find_suppression(deps, account, [address_of(own)], line.medium):
        return STOPPED
    if wait := await take_turn(deps, line, channel_of(line).capabilities, own.number):
        raise Later(deps.clock.now() + wait)
    return line


async def send_over(deps: Deps, line: Line, own: OwnNumber, *, id: str, words: str) -> Failing | None:
    """Hand it to the line's provider. None once it has left, and also when nobody knows: it is never sent blindly
    again. Raises Unreachable, with which surely nothing was sent."""
    said = await hand_over(deps, line, Outbound(id=id, to=address_of(own), content=Content(text=words)))
    return said if isinstance(said, Failing) else None


def address_of(own: OwnNumber) -> Address:
    """Where it goes."""
    return Address(kind=IdentityKind.PHONE, value=own.number)
