"""What the gate decides by when a message that waits is about to go: all may be otherwise than when it was written."""

from channels.base import Address
from hub.deps import Deps
from hub.lines.models import Line
from hub.people.getting import get_person
from hub.sending.errand import delivery_of
from hub.sending.facts import facts_for, is_campaign
from hub.sending.models import Facts
from hub.threads.log import opened
from hub.threads.models import Entry, Thread


async def facts_again(deps: Deps, thread: Thread, entry: Entry, line: Line, to: Address) -> Facts:
    """About this message, if it went over this line now. The thread is the one that the conversation goes on in."""
    return await facts_for(
        deps,
        thread,
        await get_person(deps, entry.account, thread.person),
        line,
        await opened(deps, entry),
        is_automated=delivery_of(entry).is_automated,
        to=to,
        is_queued=True,
        is_campaign=is_campaign(entry.author),
        reply_to=entry.reply_to,
    )
