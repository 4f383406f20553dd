"""What a thread is after one more entry of its log. Pure: the same log always makes the same thread."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from hub.threads import happenings
from hub.threads.happenings import NOBODY, OwnerKind
from hub.threads.models import Entry, EntryKind, Heard, Last, Thread, ThreadStatus, Window


def fold(thread: Thread, entry: Entry) -> Thread:
    """The thread, with this entry as its last."""
    changed = KINDS[entry.kind](thread, entry)
    changed = replace(changed, seq=entry.seq)
    return replace(changed, reach=reach_of(changed))


def reach_of(thread: Thread) -> list[str]:
    """Whose and which team's it is, for permissions that reach no further. Who follows it may see it, and no more."""
    followers = {f"follow:{one}" for one in thread.followers}
    members: set[str] = set()
    if thread.offered_to:
        members.add(f"member:{thread.offered_to}")
    if thread.owner.kind is OwnerKind.MEMBER:
        members.add(f"member:{thread.owner.id}")
    return sorted(followers | members | ({f"team:{thread.team}"} if thread.team else set()))


def message(thread: Thread, entry: Entry) -> Thread:
    """Somebody has said something to the other side."""
    moved = with_last(thread, entry)
    if entry.is_automatic:
        return moved
    if entry.direction == "in":
        heard_now = heard(moved, entry)
        return heard_now if entry.needs_no_answer else said_to_us(heard_now, entry)
    if entry.is_reaction:
        return moved
    choices_seq = entry.seq if entry.has_choices else 0
    return replace(moved, answered_seq=entry.seq, waiting_since=None, choices_seq=choices_seq)


def heard(thread: Thread, entry: Entry) -> Thread:
    """The person has written. Whoever waited for an answer still does; whoever did not, and asks for none, does not."""
    return replace(
        thread,
        heard=Heard(seq=entry.seq, at=entry.said_at, line=entry.line, medium=entry.medium),
        windows=with_window(thread, entry),
        answered_seq=thread.answered_seq if thread.is_waiting or not entry.needs_no_answer else entry.seq,
    )


def said_to_us(thread: Thread, entry: Entry) -> Thread:
    """They want something: whatever slept or was done goes on, and somebody should read it."""
    concerned = {*thread.followers, *([thread.owner.id] if thread.owner.kind is OwnerKind.MEMBER else [])}
    return replace(
        thread,
        status=ThreadStatus.OPEN,
        snoozed_until=None,
        closed_at=None,
        waiting_since=thread.waiting_since or entry.stored_at,
        unread_for=sorted(concerned | set(thread.unread_for)),
    )


def with_last(thread: Thread, entry: Entry) -> Thread:
    """It is what a list shows of the thread."""
    media = [entry.medium] if entry.medium and entry.medium not in thread.media else []
    return replace(
        thread,
        last=Last(entry=entry.id, seq=entry.seq, at=entry.stored_at, direction=entry.direction),
        moved_at=entry.stored_at,
        media=[*thread.media, *media],
        lines=thread.lines if entry.line in thread.lines else [*thread.lines, entry.line],
    )


def with_window(thread: Thread, entry: Entry) -> list[Window]:
    """A window never gets shorter: what was said earlier may be told later."""
    if entry.window_until is None:
        return thread.windows
    known = {window.line: window.until for window in thread.windows}
    until = max(entry.window_until, known.get(entry.line, entry.window_until))
    return [Window(line=line, until=moment) for line, moment in {**known, entry.line: until}.items()]


def note(thread: Thread, entry: Entry) -> Thread:
    """Whoever is mentioned follows from now on, and has something to read."""
    return replace(
        thread,
        moved_at=entry.stored_at,
        followers=sorted({*thread.followers, *entry.mentions}),
        unread_for=sorted({*thread.unread_for, *entry.mentions}),
        mentions=sorted({*thread.mentions, *entry.mentions}),
    )


def happening(thread: Thread, entry: Entry) -> Thread:
    """Something has happened; much of it changes nothing of what a thread is."""
    change = EVENTS.get(type(entry.event))
    return change(thread, entry, entry.event) if change else thread


def owner_changed(thread: Thread, entry: Entry, event: happenings.OwnerChanged) -> Thread:
    """From here on nothing counts that was written under another owner. Who had it has nothing more to read in it,
    unless that one follows it."""
    left = {thread.owner.id} - {event.owner.id, *thread.followers}
    return replace(
        thread,
        owner=event.owner,
        team=event.team,
        epoch=thread.epoch + 1,
        is_for_members=event.owner.kind is OwnerKind.NOBODY,
        offered_to=None,
        unread_for=sorted(set(thread.unread_for) - left),
    )


def closed(thread: Thread, entry: Entry, _: happenings.Closed) -> Thread:
    """Nobody has to do anything more. What was asked is settled without an answer."""
    return replace(
        thread,
        status=ThreadStatus.CLOSED,
        closed_at=entry.stored_at,
        snoozed_until=None,
        unread_for=[],
        is_for_members=False,
        offered_to=None,
        answered_seq=entry.seq,
        waiting_since=None,
    )


def opened(thread: Thread, entry: Entry, _: Any) -> Thread:
    """There is something to do again."""
    return replace(thread, status=ThreadStatus.OPEN, closed_at=None, snoozed_until=None, moved_at=entry.stored_at)


def snoozed(thread: Thread, _: Entry, event: happenings.Snoozed) -> Thread:
    """Not before then; nobody is asked to take it meanwhile."""
    return replace(thread, status=ThreadStatus.SNOOZED, snoozed_until=event.until, closed_at=None, offered_to=None)


def priority_set(thread: Thread, _: Entry, event: happenings.PrioritySet) -> Thread:
    return replace(thread, priority=event.priority)


def tagged(thread: Thread, _: Entry, event: happenings.Tagged) -> Thread:
    return replace(thread, tags=sorted({*thread.tags, *event.put} - set(event.taken)))


def followed(thread: Thread, _: Entry, event: happenings.Followed) -> Thread:
    """Whoever follows no more has nothing to read, unless it is theirs."""
    if event.is_following:
        return replace(thread, followers=sorted({*thread.followers, event.member}))
    is_owner = thread.owner == happenings.Owner(OwnerKind.MEMBER, event.member)
    left = set() if is_owner else {event.member}
    return replace(
        thread,
        followers=sorted(set(thread.followers) - {event.member}),
        unread_for=sorted(set(thread.unread_for) - left),
        mentions=sorted(set(thread.mentions) - {event.member}),
    )


def offered(thread: Thread, _: Entry, event: happenings.Offered) -> Thread:
    return replace(thread, offered_to=event.member)


def offer_passed(thread: Thread, _: Entry, event: happenings.OfferPassed) -> Thread:
    return replace(thread, offered_to=None if thread.offered_to == event.member else thread.offered_to)


def merged_into(thread: Thread, entry: Entry, event: happenings.MergedInto) -> Thread:
    """What comes for it goes there; here nobody has to do anything."""
    if event.is_undone:
        return replace(thread, merged_into=None, status=ThreadStatus.OPEN, closed_at=None)
    gone = replace(thread, merged_into=event.thread, owner=NOBODY, epoch=thread.epoch + 1)
    return closed(gone, entry, happenings.Closed(why="merged"))


def person_merged(thread: Thread, _: Entry, event: happenings.PersonMerged) -> Thread:
    return replace(thread, person=event.person)


KINDS: Mapping[EntryKind, Callable[[Thread, Entry], Thread]] = {
    EntryKind.MESSAGE: message,
    EntryKind.NOTE: note,
    EntryKind.EVENT: happening,
}
EVENTS: Mapping[type, Callable[[Thread, Entry, Any], Thread]] = {
    happenings.OwnerChanged: owner_changed,
    happenings.Closed: closed,
    happenings.Reopened: opened,
    happenings.Woken: opened,
    happenings.Snoozed: snoozed,
    happenings.PrioritySet: priority_set,
    happenings.Tagged: tagged,
    happenings.Followed: followed,
    happenings.Offered: offered,
    happenings.OfferPassed: offer_passed,
    happenings.MergedInto: merged_into,
    happenings.PersonMerged: person_merged,
}
