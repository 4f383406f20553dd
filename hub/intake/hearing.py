"""Somebody has said something: who it was, what it means for what they allow, and into which conversation it goes."""

import re

from channels.base import Elsewhere, Inbound
from hub.consent import ledger as consent
from hub.consent import opting
from hub.correspondence import joining
from hub.deps import Deps
from hub.intake import mails
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.people import finding
from hub.people.models import Person
from hub.sending.understanding import understood
from hub.threads import log as threads
from hub.threads.models import Thread
from hub.threads.receiving import receive, receive_elsewhere

# What somebody says in a language of this form is kept as theirs; whatever else a provider writes there is nothing.
LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")
AN_AD, LONGEST_SOURCE = "ad", 200


async def hear(deps: Deps, line: Line, inbound: Inbound) -> bool:
    """Somebody has said something. An opt-out word counts before anything reacts, and also when they are blocked; else
    what the blocked say goes no further, and this is False."""
    joined = await joining.find_joined(deps, line, inbound)
    person = await finding.find_or_make(
        deps,
        line.account,
        joining.addresses_of(inbound),
        name=inbound.sender_name,
        source=source_of(line, inbound),
        line=line.id,
        now=min(inbound.said_at, deps.clock.now()),
        locale=inbound.language if LANGUAGE.fullmatch(inbound.language) else "",
    )
    await mails.note_arrived(deps, line, inbound)
    thread = joined or await threads.find_or_make(deps, line.account, person.id)
    is_settled = await heed(deps, line, person, thread, inbound)
    if person.blocked_at:
        return False
    meant = await mails.with_original(deps, line, await understood(deps, line, thread, inbound))
    await receive(
        deps,
        thread,
        meant,
        line=line.id,
        medium=line.medium,
        can=channel_of(line).capabilities,
        by=person.id if joined else "",
        needs_no_answer=is_settled,
    )
    return True


async def hear_elsewhere(deps: Deps, line: Line, said: Elsewhere) -> None:
    """Somebody of the business has said something by another program: only what belongs to a conversation comes here,
    and it counts as said by the business."""
    if thread := await mails.conversation_of(deps, line, said):
        kept = await mails.with_original(deps, line, said)
        await receive_elsewhere(deps, thread, kept, line=line.id, medium=line.medium)


def source_of(line: Line, inbound: Inbound) -> str:
    """By what they have come, whom we did not know: the advertisement or post that has led them here, or the line."""
    came = inbound.content.referral
    if came is None or not came.id:
        return f"line:{line.id}"
    return f"{came.kind or AN_AD}:{came.id}"[:LONGEST_SOURCE]


async def heed(deps: Deps, line: Line, person: Person, thread: Thread, inbound: Inbound) -> bool:
    """Whoever writes to us may be answered, until they say no. True when that, or its contrary, is all they say; what a
    program writes says nothing."""
    if mails.is_automatic(inbound):
        return True
    if not person.blocked_at:
        await consent.note_inquiry(deps, person, line.medium, inbound.said_at)
    return await opting.obey(deps, person, thread, inbound, line=line.id, medium=line.medium)
