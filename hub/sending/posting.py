"""What somebody who asks does in a conversation: say something, now or later, or ask the gate first."""

import msgspec

from channels.base import Capabilities, Card, Choice, Content, Place
from channels.segments import segments
from hub.access import Caller, Permission
from hub.act import Act
from hub.deps import Deps
from hub.errors import Unprocessable
from hub.letterheads.copies import read_copies
from hub.lines.actions import get_line
from hub.lines.channels import channel_of
from hub.sending import retrying, scheduling
from hub.sending.choosing import line_for, line_wanted
from hub.sending.content import content_for
from hub.sending.fitting import fitted, split
from hub.sending.models import Said, Saying, Scheduled
from hub.sending.pointing import check_reply_to
from hub.sending.saying import check, check_mentions, say
from hub.sending.shapes import (
    MessageChanged,
    MessageSaid,
    MessageWanted,
    ScheduledList,
    SegmentsShown,
    VerdictShown,
)
from hub.templates.blanks import asked
from hub.threads.access import access_thread, author_of
from hub.threads.delivering import client_id_of, find_said
from hub.threads.log import where_it_goes_on
from hub.threads.models import Entry, Thread
from hub.threads.showing import shown


async def send(act: Act, thread_id: str, wanted: MessageWanted) -> MessageSaid:
    """Say it, or put it off; a repeat changes nothing."""
    deps, author = act.deps, author_of(act.caller)
    thread = await access_thread(deps, act.caller, thread_id, Permission.THREADS_REPLY)
    if wanted.line_id:
        await get_line(deps, act.account, wanted.line_id)
    check_makes_sense(wanted)
    saying = saying_of(wanted)
    if waiting := await scheduling.find_scheduled(deps, act.account, author, wanted.client_id):
        return await put_off(deps, thread, waiting)
    is_said = await find_said(deps, act.account, client_id_of(author, wanted.client_id)) is not None
    if wanted.send_at and not is_said:
        later = await scheduling.schedule(act, thread, saying, wanted.send_at, unless_answered=wanted.unless_answered)
        return await put_off(deps, thread, later)
    return await said_shown(deps, await say(deps, thread, saying, author))


def check_makes_sense(wanted: MessageWanted) -> None:
    """Raise for what nobody can mean, whatever the gate would say."""
    if wanted.note and (wanted.cc or wanted.bcc):
        raise Unprocessable("A note is for colleagues: mention them.", field="cc" if wanted.cc else "bcc")
    if wanted.note and wanted.send_at:
        raise Unprocessable("A note is for now: colleagues read it when they come.", field="send_at")
    if wanted.reaction is None:
        return
    if not wanted.reply_to:
        raise Unprocessable("Name the message that the reaction is put to.", field="reply_to")
    if wanted.note:
        raise Unprocessable("A reaction is for the person, and a note for colleagues.", field="reaction")


def saying_of(wanted: MessageWanted) -> Saying:
    """What somebody wants to say."""
    used, cc = wanted.template, read_copies(wanted.cc)
    return Saying(
        client_id=wanted.client_id,
        text=wanted.text,
        subject=wanted.subject,
        cc=cc,
        bcc=read_copies(wanted.bcc, but=cc),
        line=wanted.line_id,
        template=asked(used.name, used.language or "", used.values) if used else None,
        files=tuple(wanted.attachment_ids),
        choices=tuple(Choice(title=one.title, payload=one.payload or one.title) for one in wanted.choices),
        place=msgspec.convert(wanted.place, Place, from_attributes=True) if wanted.place else None,
        cards=tuple(msgspec.convert(one, Card, from_attributes=True) for one in wanted.cards),
        reply_to=wanted.reply_to or "",
        reaction=wanted.reaction,
        is_note=wanted.note,
        mentions=tuple(dict.fromkeys(wanted.mention_ids)),
        seen_seq=wanted.seen_seq,
    )


async def said_shown(deps: Deps, said: Said) -> MessageSaid:
    """As it stands in the log."""
    message, *missed = await shown(deps, [said.entry, *said.missed])
    thread = said.thread
    return MessageSaid(
        message=message, scheduled=None, missed=missed, warnings=said.warnings, seq=thread.seq, rev=thread.rev
    )


async def put_off(deps: Deps, thread: Thread, waiting: Scheduled) -> MessageSaid:
    """It waits."""
    later = await scheduling.shown(deps, waiting)
    return MessageSaid(message=None, scheduled=later, missed=[], warnings=[], seq=thread.seq, rev=thread.rev)


async def check_message(deps: Deps, caller: Caller, thread_id: str, wanted: MessageWanted) -> VerdictShown:
    """What the gate would say, without sending anything."""
    found = await access_thread(deps, caller, thread_id, Permission.THREADS_REPLY)
    thread, saying, author = await where_it_goes_on(deps, found), saying_of(wanted), author_of(caller)
    check_makes_sense(wanted)
    await check_mentions(deps, caller.account, saying.mentions)
    await check_reply_to(deps, thread, saying)
    line = await line_for(deps, thread, await line_wanted(deps, thread, saying))
    content, is_scheduled = await content_for(deps, thread, line, saying, author), wanted.send_at is not None
    verdict, _ = await check(deps, thread, line, content, author, is_scheduled=is_scheduled, reply_to=saying.reply_to)
    return VerdictShown(
        is_allowed=verdict.is_allowed,
        code=verdict.code,
        reason=verdict.reason,
        alternatives=verdict.alternatives,
        warnings=verdict.warnings,
        line_id=line.id,
        medium=line.medium,
        segments=segments_shown(channel_of(line).capabilities, content),
    )


def segments_shown(can: Capabilities, content: Content) -> SegmentsShown | None:
    """What its text takes. With a file in it a message is no text any more; a template's words are the provider's."""
    parts = [fitted(part, can) for part in split(content, can)]
    texts = [part.text for part in parts if not part.media and not part.template]
    if not can.counts_segments or not texts:
        return None
    return msgspec.convert(segments(texts[0]), SegmentsShown, from_attributes=True)


async def retry(act: Act, thread_id: str, id: str) -> MessageChanged:
    """Send it again."""
    return await changed(act.deps, *await retrying.retry(act, thread_id, id))


async def cancel(act: Act, thread_id: str, id: str) -> MessageChanged:
    """Take it back."""
    return await changed(act.deps, *await retrying.cancel(act, thread_id, id))


async def changed(deps: Deps, thread: Thread, entry: Entry) -> MessageChanged:
    """The message as it is now."""
    return MessageChanged(message=(await shown(deps, [entry]))[0], rev=thread.rev)


async def list_scheduled(deps: Deps, caller: Caller, thread_id: str) -> ScheduledList:
    """What waits in a conversation that the caller may read."""
    return await scheduling.list_scheduled(deps, await access_thread(deps, caller, thread_id, Permission.THREADS_VIEW))
