"""Threads and entries as the API shows them: whatever belongs to a page of a log is opened with one query."""

import asyncio
from collections.abc import Sequence

from channels.base import Content, Mail, Party
from hub.deps import Deps
from hub.fetching.showing import Found, find_files, media_shown
from hub.threads.answered import list_answered
from hub.threads.delivering import given_client_id
from hub.threads.log import opened
from hub.threads.models import Delivery, Entry, Thread
from hub.threads.shapes import (
    ContentShown,
    DeliveryShown,
    EntryShown,
    MailShown,
    MarkShown,
    PartyShown,
    ThreadShown,
    WindowShown,
)


def thread_shown(thread: Thread, member: str) -> ThreadShown:
    """A thread, as this member has it."""
    return ThreadShown(
        id=thread.id,
        person_id=thread.person,
        status=thread.status,
        owner=thread.owner,
        epoch=thread.epoch,
        team_id=thread.team,
        priority=thread.priority,
        tags=thread.tags,
        followers=thread.followers,
        media=thread.media,
        line_ids=thread.lines,
        windows=[WindowShown(line_id=window.line, until=window.until) for window in thread.windows],
        seq=thread.seq,
        rev=thread.rev,
        read_seq=thread.read_by(member),
        is_unread=member in thread.unread_for,
        is_mentioned=member in thread.mentions,
        is_following=member in thread.followers,
        waiting_since=thread.waiting_since,
        heard_at=thread.heard.at if thread.heard else None,
        answered_seq=thread.answered_seq,
        snoozed_until=thread.snoozed_until,
        closed_at=thread.closed_at,
        offered_to=thread.offered_to,
        merged_into=thread.merged_into,
        made_at=thread.made_at,
        moved_at=thread.moved_at,
    )


def mark_shown(thread: Thread, member: str) -> MarkShown:
    """What a member has of a thread."""
    return MarkShown(
        id=thread.id,
        seq=thread.seq,
        rev=thread.rev,
        read_seq=thread.read_by(member),
        is_unread=member in thread.unread_for,
        is_following=member in thread.followers,
    )


async def shown(deps: Deps, entries: Sequence[Entry]) -> list[EntryShown]:
    """Entries of one account with what they say; the files of all of them are looked for once, and so is what they
    answer."""
    contents = await asyncio.gather(*(opened(deps, entry) for entry in entries))
    said = list(zip(entries, contents, strict=True))
    found = await find_files(deps, [(entry, content.media) for entry, content in said])
    answered = await list_answered(deps, said)
    return [entry_shown(entry, content, found, answered.get(entry.id)) for entry, content in said]


def entry_shown(entry: Entry, content: Content, found: Found, reply_to: str | None) -> EntryShown:
    """One entry."""
    return EntryShown(
        id=entry.id,
        seq=entry.seq,
        kind=entry.kind,
        author=entry.author,
        said_at=entry.said_at,
        stored_at=entry.stored_at,
        client_id=given_client_id(entry),
        line_id=None if entry.line == entry.thread else entry.line,
        medium=entry.medium,
        direction=entry.direction,
        content=content_shown(entry, content, found) if entry.content else None,
        event=entry.event,
        mentions=entry.mentions,
        delivery=delivery_shown(entry.delivery) if entry.delivery else None,
        seen_seq=entry.seen_seq,
        reply_to=reply_to,
        rev=entry.rev,
    )


def content_shown(entry: Entry, content: Content, found: Found) -> ContentShown:
    """What it says, without the addresses at the provider."""
    return ContentShown(
        text=content.text,
        subject=content.subject,
        media=[media_shown(entry, media, place, found) for place, media in enumerate(content.media)],
        place=content.place,
        choices=list(content.choices),
        chosen=content.chosen,
        cards=list(content.cards),
        referral=content.referral,
        reaction=content.reaction,
        template=content.template,
        unsupported=content.unsupported,
        is_cut=content.is_cut,
        mail=mail_shown(content.mail) if content.mail else None,
    )


def mail_shown(mail: Mail) -> MailShown:
    """Who wrote it, and who else got it."""
    return MailShown(
        sender=party_shown(mail.sender) if mail.sender else None,
        to=[*map(party_shown, mail.to)],
        cc=[*map(party_shown, mail.cc)],
        bcc=[*map(party_shown, mail.bcc)],
        is_shortened=mail.is_shortened,
        is_automatic=mail.is_automatic,
        proof=mail.proof,
        has_original=bool(mail.original),
    )


def party_shown(party: Party) -> PartyShown:
    """Somebody."""
    return PartyShown(address=party.address, name=party.name)


def delivery_shown(delivery: Delivery) -> DeliveryShown:
    """How far it has come; the address that it goes to stays out."""
    return DeliveryShown(
        state=delivery.state,
        steps=delivery.steps,
        failure=delivery.failure,
        parts=[part.state for part in delivery.parts],
        moved_from_line_id=delivery.moved_from,
    )
