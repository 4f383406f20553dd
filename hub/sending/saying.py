"""Saying something in a conversation: the one way in for members, scripts, agents, rules and campaigns."""

from collections.abc import Collection

from channels.base import Address, Content
from hub.access import Permission
from hub.accounts.standing import get_able
from hub.deps import Deps
from hub.lines.models import Line
from hub.people.getting import get_person
from hub.sending.choosing import answering, line_for, line_wanted
from hub.sending.content import content_for, content_of
from hub.sending.errors import ClientIdTaken, SendRefused
from hub.sending.facts import ask_gate
from hub.sending.models import SEND, Said, Saying, Verdict
from hub.sending.pointing import check_reply_to
from hub.sending.queueing import delivery_for, drafted
from hub.sending.staying import Moved, check_unanswered, takes_over, unmoved
from hub.store.ids import new_id
from hub.threads.delivering import client_id_of, find_said
from hub.threads.errors import ThreadBusy, ThreadMerged
from hub.threads.log import Check, anyhow, append, get_thread, opened, stale, where_it_goes_on
from hub.threads.models import Author, AuthorKind, Draft, Entry, EntryKind, Thread
from hub.threads.ownership import take_over
from hub.threads.queries import list_after

ATTEMPTS = 20
MOST_MISSED = 50
UNDER_EPOCH = frozenset({AuthorKind.AGENT, AuthorKind.RULE, AuthorKind.CAMPAIGN})


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
    await check_reply_to(deps, thread, saying)
    for _ in range(ATTEMPTS):
        try:
            say_it = note if saying.is_note else message
            return await say_it(deps, thread, saying, author, id=id, epoch=epoch, only_if=only_if)
        except (Moved, ThreadMerged):
            thread = await where_to_speak(deps, await get_thread(deps, thread.account, thread.id), epoch)
    raise ThreadBusy


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
    said = await opened(deps, first)
    # What a template says are not its author's words.
    text = saying.text if said.template is None else said.text
    if theirs.id != thread.id or (said.text, said.reaction) != (text, saying.reaction):
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
        reply_to=saying.reply_to or None,
        seen_seq=saying.seen_seq,
    )
    thread, entry = await append(deps, thread, draft, check=unmoved(thread, author, saying, epoch, only_if))
    return Said(thread=thread, entry=entry, missed=await missed(deps, thread, saying, entry))


async def message(
    deps: Deps, thread: Thread, saying: Saying, author: Author, *, id: str, epoch: int | None, only_if: Check
) -> Said:
    """Through the gate, into the log, to the bell. A member who answers speaks for the account from here on."""
    check_unanswered(thread, saying)
    line = await line_for(deps, thread, await line_wanted(deps, thread, saying))
    saying = await answering(deps, thread, line, saying)
    content = await content_for(deps, thread, line, saying, author)
    verdict, to = await check(
        deps, thread, line, content, author, is_scheduled=saying.is_scheduled, reply_to=saying.reply_to
    )
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


async def check(
    deps: Deps,
    thread: Thread,
    line: Line,
    content: Content,
    author: Author,
    *,
    is_scheduled: bool = False,
    reply_to: str | None = None,
) -> tuple[Verdict, Address | None]:
    """What the gate says of it at this moment, and where it would go."""
    person = await get_person(deps, thread.account, thread.person)
    return await ask_gate(
        deps, thread, person, line, content, author=author, is_scheduled=is_scheduled, reply_to=reply_to
    )


async def missed(deps: Deps, thread: Thread, saying: Saying, entry: Entry) -> list[Entry]:
    """What others have written that its author had not seen."""
    if saying.seen_seq is None or saying.seen_seq >= entry.seq - 1:
        return []
    between = await list_after(deps, thread, saying.seen_seq, limit=MOST_MISSED)
    return [
        one
        for one in between
        if one.seq < entry.seq and one.kind is not EntryKind.EVENT and not one.is_aside and one.author != entry.author
    ]
