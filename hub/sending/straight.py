"""Messages that belong to no conversation, such as a code to a member's phone, or the test of a line: there is no log,
and so no gate. Whoever sends one has asked whether the address is suppressed; whatever may have been sent is never sent
again."""

from msgspec.structs import replace

from channels.base import Outbound, Receipt, Refused, Unsure
from hub.deps import Deps
from hub.lines import health
from hub.lines.actions import access_of
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.sending.failures import failing_of, note_health, suppress_for
from hub.sending.senders import sender_to
from hub.sending.ways import ways_of
from hub.threads.models import Failing


async def hand_over(deps: Deps, line: Line, message: Outbound) -> Receipt | Failing | None:
    """One call to the provider: what it has taken, or why it has not; None when nobody knows. Raises Unreachable, with
    which surely nothing was sent."""
    access = await access_of(deps, line)
    named = replace(message, sender=message.sender or sender_to(access, message.to))
    try:
        receipt = await channel_of(line).send(ways_of(deps), access, named)
    except Refused as refused:
        note_health(deps, line, refused.failure)
        await suppress_for(deps, line, message.to, refused.failure)
        return failing_of(refused.failure)
    except Unsure:
        return None
    health.sent(deps, line)
    return receipt
