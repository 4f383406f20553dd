"""Saying something in a conversation: the one way in for members, scripts, agents, rules and campaigns."""

from collections.abc import Collection

import msgspec
from bson.binary import Binary

from channels.base import Address, Content
from hub.access import Permission
from hub.accounts.standing import get_able
from hub.deps import Deps
from hub.lines.actions import get_line, list_lines
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.people.getting import get_person
from hub.sending.content import content_of, parts_of, split
from hub.sending.errors import ClientIdTaken, NoLine, SendRefused
from hub.sending.facts import ask_gate, is_automated
from hub.sending.models import SEND, TO_PLACE, Said, Saying, Verdict
from hub.store.ids import new_id
from hub.threads.delivering import client_id_of, find_said, get_at
from hub.threads.errors import ThreadBusy, ThreadMerged
from hub.threads.events import Owner, OwnerKind
from hub.threads.log import Check, anyhow, append, get_thread, opened, stale, under, where_it_goes_on
from hub.threads.models import (
    Author,
    AuthorKind,
    Delivery,
    DeliveryState,
    DeliveryStep,
    Draft,
    Entry,
    EntryKind,
    Thread,
)
from hub.threads.ownership import take_over
from hub.threads.queries import list_after

ATTEMPTS = 20
AGAIN = "Re:"
MOST_MISSED = 50
UNDER_EPOCH = frozenset({AuthorKind.AGENT, AuthorKind.RULE, AuthorKind.CAMPAIGN})


class Answered(Exception):
    """They have written before it was to be said."""


class Moved(Exception):
    """Something was said meanwhile that the gate has to know."""


async def say(
    deps: Deps, thread: Thread, saying: Saying, author: Author, *, epoch: int | None = None, only_if: Check = anyhow
) -> Said:
    """Store it, to be sent at once. A repeat gives back the first. Raises SendRefused when the gate says no, and
    StaleEpoch when `epoch` is over; agents, rules and campaigns speak under that of the thread that they bring. And
    whatever `only_if` raises of the thread as it is at the very place where this would stand."""
    if epoch is None and author.kind in UNDER_EPOCH:
        epoch = thread.epoch
    id, client_id = new_id(deps.clock.now()), client_id_of(author, saying.client_id)
    if first := await find_said(deps, thread.account, client_id):
        return await repeated(deps, await where_it_goes_on(deps, thread), first, saying)
    thread = await where_to_speak(deps, thread, epoch)
    await check_mentions(deps, thread.account, saying.mentions)
    for _ in range(ATTEMPTS):
        try:
            say_it = note if saying.is_note else message
            return await say_it(deps, thread, saying, author, id=id, epoch=epoch, only_if=only_if)
        except (Moved, ThreadMerged):
            thread = await where_to_speak(deps, await get_thread(deps, thread.account, thread.id), epoch)
    raise ThreadBusy("Too many are writing to this conversation at this moment.", retry_after_s=1)


async def check_mentions(deps: Deps, account: str, mentions: Collection[str]) -> None:
    """Raise unless all of them are members who may read conversations; by being mentioned they may read this one."""
    for member in mentions:
        await get_able(deps, account, member, Permission.THREADS_VIEW)


async def where_to_speak(deps: Deps, thread: Thread, epoch: int | None) -> Thread:
    """The thread, or the one that it was merged into, of which an epoch of this one says nothing."""
    if epoch is not None and thread.merged_into:
        raise stale(thread)
    return await where_it_goes_on(deps, thread)


async def repeated(deps: Deps, thread: Thread, first: Entry, saying: Saying) -> Said:
    """What was said under this id before, if it was the same."""
    theirs = await where_it_goes_on(deps, await get_thread(deps, thread.account, first.thread))
    if theirs.id != thread.id or (await opened(deps, first)).text != saying.text:
        raise ClientIdTaken("Something else was said under this id.", client_id=saying.client_id)
    return Said(thread=thread, entry=first, missed=await missed(deps, thread, saying, first))


async def note(
    deps: Deps, thread: Thread, saying: Saying, author: Author, *, id: str, epoch: int | None, only_if: Check
) -> Said:
    """For colleagues only: it goes to no channel, and no gate stands in front of it."""
    content = await content_of(deps, thread, saying, author)
    draft = Draft(
        id=id,
        kind=EntryKind.NOTE,
        author=author,
        client_id=client_id_of(author, saying.client_id),
        content=content,
        mentions=saying.mentions,
        files=saying.files,
        seen_seq=saying.seen_seq,
    )
    thread, entry = await append(deps, thread, draft, check=unmoved(thread, author, saying, epoch, only_if))
    return Said(thread=thread, entry=entry, missed=await missed(deps, thread, saying, entry))


async def message(
    deps: Deps, thread: Thread, saying: Saying, author: Author, *, id: str, epoch: int | None, only_if: Check
) -> Said:
    """Through the gate, into the log, to the bell. A member who answers speaks for the account from here on."""
    check_unanswered(thread, saying)
    line = await line_for(deps, thread, saying.line)
    content = await answering(deps, thread, line, await content_of(deps, thread, saying, author))
    verdict, to = await check(deps, thread, line, content, author, is_scheduled=saying.is_scheduled)
    if not verdict.is_allowed or to is None:
        raise SendRefused(verdict)
    seen = thread
    if takes_over(saying, author):
        thread = await take_over(deps, thread, author, author.id, why="replied")
    delivery = await delivery_for(deps, thread, saying, author, id=id, line=line, content=content, to=to, epoch=epoch)
    draft = drafted(saying, author, id=id, line=line, content=content, delivery=delivery)
    thread, entry = await append(deps, thread, draft, check=unmoved(seen, author, saying, epoch, only_if))
    await deps.bell.ring(SEND, entry.id)
    return Said(thread=thread, entry=entry, missed=await missed(deps, thread, saying, entry), warnings=verdict.warnings)


async def answering(deps: Deps, thread: Thread, line: Line, content: Content) -> Content:
    """Where messages have subjects, an answer names the mail that it answers: so mailboxes keep them together."""
    heard = thread.heard
    if not channel_of(line).capabilities.has_subject or heard is None or heard.line != line.id:
        return content
    theirs = await get_at(deps, thread, heard.seq)
    subject = (await opened(deps, theirs)).subject
    again = subject if subject.lower().startswith(AGAIN.lower()) else f"{AGAIN} {subject}".strip()
    return msgspec.structs.replace(content, subject=content.subject or again, reply_to=theirs.provider_id)


def check_unanswered(thread: Thread, saying: Saying) -> None:
    """Raise Answered for what was to be said only if they do not write."""
    after = saying.unless_heard_after
    if after is not None and thread.heard and thread.heard.seq > after:
        raise Answered


async def check(
    deps: Deps, thread: Thread, line: Line, content: Content, author: Author, *, is_scheduled: bool = False
) -> tuple[Verdict, Address | None]:
    """What the gate says of it at this moment, and where it would go."""
    person = await get_person(deps, thread.account, thread.person)
    automated = is_automated(author, is_scheduled=is_scheduled)
    return await ask_gate(deps, thread, person, line, content, is_automated=automated)


async def line_for(deps: Deps, thread: Thread, wanted: str | None) -> Line:
    """The one that was asked for; else where the person wrote last; else where we wrote last; else the only one."""
    id = wanted or (thread.heard.line if thread.heard else None) or (thread.lines[-1] if thread.lines else None)
    if id:
        return await get_line(deps, thread.account, id)
    lines = await list_lines(deps, thread.account)
    if len(lines) != 1:
        raise NoLine("Nobody has written here yet: say on which line to write.", field="line_id")
    return lines[0]


async def delivery_for(
    deps: Deps,
    thread: Thread,
    saying: Saying,
    author: Author,
    *,
    id: str,
    line: Line,
    content: Content,
    to: Address,
    epoch: int | None,
) -> Delivery:
    """How it fares at the beginning: due to be sent."""
    now = deps.clock.now()
    return Delivery(
        state=DeliveryState.QUEUED,
        to=await sealed_to(deps, thread.account, to),
        parts=parts_of(id, split(content, channel_of(line).capabilities)),
        steps=[DeliveryStep(state=DeliveryState.QUEUED, at=now)],
        due_at=now,
        is_automated=is_automated(author, is_scheduled=saying.is_scheduled),
        epoch=epoch,
    )


def drafted(saying: Saying, author: Author, *, id: str, line: Line, content: Content, delivery: Delivery) -> Draft:
    """The message before it has its place in the log."""
    return Draft(
        id=id,
        kind=EntryKind.MESSAGE,
        author=author,
        client_id=client_id_of(author, saying.client_id),
        line=line.id,
        medium=line.medium,
        direction="out",
        content=content,
        files=saying.files,
        delivery=delivery,
        seen_seq=saying.seen_seq,
    )


async def sealed_to(deps: Deps, account: str, to: Address) -> Binary:
    """Whom it goes to, as it is kept."""
    return (await deps.sealer.keyring(account)).seal(TO_PLACE, msgspec.json.encode(to))


def takes_over(saying: Saying, author: Author) -> bool:
    """Whether answering means to speak from here on. What was written yesterday takes nothing from anybody today."""
    return author.kind is AuthorKind.MEMBER and not saying.is_scheduled and not saying.is_note


def unmoved(seen: Thread, author: Author, saying: Saying, epoch: int | None, only_if: Check) -> Check:
    """At its place in the log everything still is as the gate has seen it: whom it goes to, what they have said last,
    how much was sent them without an answer. Otherwise the gate is asked again."""
    mine = Owner(OwnerKind.MEMBER, author.id)

    def check(now: Thread) -> None:
        if epoch is not None:
            under(epoch)(now)
        only_if(now)
        if now.merged_into or (takes_over(saying, author) and now.owner != mine):
            raise Moved
        is_counted = is_automated(author, is_scheduled=saying.is_scheduled)
        if (now.person, now.heard) != (seen.person, seen.heard) or (
            is_counted and now.answered_seq != seen.answered_seq
        ):
            raise Moved

    return check


async def missed(deps: Deps, thread: Thread, saying: Saying, entry: Entry) -> list[Entry]:
    """What others have written that its author had not seen."""
    if saying.seen_seq is None or saying.seen_seq >= entry.seq - 1:
        return []
    between = await list_after(deps, thread, saying.seen_seq, limit=MOST_MISSED)
    return [
        one for one in between if one.seq < entry.seq and one.kind is not EntryKind.EVENT and one.author != entry.author
    ]
