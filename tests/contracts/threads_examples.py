"""Requests that succeed: conversations, and what helps to write in them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hub.replying import canned
from hub.replying.shapes import CannedWanted
from hub.store.ids import new_id
from hub.threads import log, merging
from hub.threads.happenings import PersonMerged
from hub.threads.models import THE_HUB, Draft, EntryKind, Thread
from tests.contracts.companies import Company, Person
from tests.contracts.core import make_lead, make_thread
from tests.contracts.matrix import Example, Maker

THREAD = frozenset({"thread_id"})


def about(thread: Thread, body: Any = None, *owned: str) -> Example:
    """A request about this conversation."""
    return Example(path={"thread_id": thread.id}, body=body, owned=THREAD | set(owned))


def with_body(body: Any = None) -> Maker:
    """A conversation, and this beside it."""

    async def make(person: Person) -> Example:
        return about(await make_thread(person.company), body)

    return make


async def for_oneself(person: Person) -> Example:
    """As a script says it; a member may say so too."""
    return about(await make_thread(person.company), {"member_id": person.member}, "member_id")


async def taken_from_somebody(person: Person) -> Example:
    """Also from a colleague."""
    thread = await make_thread(person.company, owner=person.company.founder)
    return about(thread, {"from_other": True, "member_id": person.member}, "member_id")


async def read_so_far(person: Person) -> Example:
    """Up to the first message."""
    return about(await make_thread(person.company), {"seq": 1, "member_id": person.member}, "member_id")


async def given_to_somebody(person: Person) -> Example:
    """To the founder, with the work of a team."""
    company = person.company
    body = {"member_id": company.founder, "team_id": await company.team(), "word": company.name()}
    return about(await make_thread(company, owner=person.member), body, "member_id", "team_id")


async def put_off(person: Person) -> Example:
    """Until tomorrow."""
    until = person.deps.clock.now() + timedelta(days=1)
    return about(await make_thread(person.company), {"until": until.isoformat()})


async def two_of_one(company: Company, *, owner: str = "") -> tuple[Thread, Thread]:
    """Two conversations of one person, who was taken for two."""
    first, second = await make_thread(company, owner=owner), await make_thread(company, owner=owner)
    event = PersonMerged(person=first.person, other=second.person)
    draft = Draft(id=new_id(company.deps.clock.now()), kind=EntryKind.EVENT, author=THE_HUB, event=event)
    second, _ = await log.append(company.deps, second, draft)
    return first, second


async def two_threads(person: Person) -> Example:
    """Which are of one person."""
    first, second = await two_of_one(person.company)
    return about(first, {"other_id": second.id}, "other_id")


async def merged(company: Company, *, owner: str = "") -> tuple[Thread, Thread]:
    """Two conversations that are one, for now."""
    first, second = await two_of_one(company, owner=owner)
    await merging.merge(company.deps, first, second, THE_HUB)
    return first, second


async def merged_threads(person: Person) -> Example:
    """Which go their own ways again."""
    first, second = await merged(person.company)
    return about(first, {"other_id": second.id}, "other_id")


async def somebody_to_write_to(person: Person) -> Example:
    """With whom there is no conversation yet."""
    someone = await make_lead(person.company)
    return Example(body={"person_id": someone.id}, owned=frozenset({"person_id"}))


async def a_draft(person: Person) -> Example:
    """The first one there."""
    text = person.company.name()
    copies = {"cc": [f"{person.company.word}@example.com"], "bcc": ["half an addr"]}
    body = {"rev": 0, "text": text, "subject": text, "is_note": True, **copies}
    return about(await make_thread(person.company), body)


async def make_canned(company: Company, text: str = "Hello {{person.name|there}}") -> str:
    """The id of a canned reply of everybody."""
    wanted = CannedWanted(name=company.name(), shortcut=company.name().replace(" ", "-"), text=text)
    return (await canned.make(company.act(), wanted)).id


async def a_new_canned_reply(person: Person) -> Example:
    """Of a team."""
    company, name = person.company, person.company.name()
    body = {"name": name, "shortcut": name.replace(" ", "-"), "text": f"{name} {{{{person.name|there}}}}"}
    return Example(body={**body, "team_id": await company.team()}, owned=frozenset({"team_id"}))


async def a_canned_reply(person: Person) -> Example:
    """One of everybody."""
    return Example(path={"canned_id": await make_canned(person.company)}, owned=frozenset({"canned_id"}))


async def a_canned_reply_to_change(person: Person) -> Example:
    """All of it."""
    reply, name = await a_canned_reply(person), person.company.name()
    body = {"name": name, "shortcut": name.replace(" ", "-"), "text": name}
    return Example(path=reply.path, body=body, owned=reply.owned)


async def a_canned_reply_for_a_team(person: Person) -> Example:
    """From now on."""
    reply = await a_canned_reply(person)
    body = {"team_id": await person.company.team()}
    return Example(path=reply.path, body=body, owned=reply.owned | {"team_id"})


async def a_canned_reply_and_a_thread(person: Person) -> Example:
    """Where it is to be used."""
    reply, thread = await a_canned_reply(person), await make_thread(person.company)
    return Example(path=reply.path, query={"thread_id": thread.id}, owned=reply.owned | THREAD)


async def a_policy(_: Person) -> Example:
    """Half an hour."""
    return Example(body={"release_after_minutes": 30})


EXAMPLES: Mapping[str, Maker] = {
    "show_thread": with_body(),
    "list_entries": with_body(),
    "take_over_thread": taken_from_somebody,
    "hand_back_thread": with_body({"word": "They want a price."}),
    "assign_thread": given_to_somebody,
    "release_thread": with_body(),
    "close_thread": with_body({"why": "spam"}),
    "reopen_thread": with_body(),
    "snooze_thread": put_off,
    "wake_thread": with_body(),
    "set_thread_priority": with_body({"priority": "high"}),
    "tag_thread": with_body({"put": ["price"], "take_off": ["new"]}),
    "follow_thread": for_oneself,
    "unfollow_thread": for_oneself,
    "read_thread": read_so_far,
    "unread_thread": for_oneself,
    "merge_threads": two_threads,
    "undo_merge_of_threads": merged_threads,
    "set_thread_policy": a_policy,
    "begin_thread": somebody_to_write_to,
    "show_draft": with_body(),
    "save_draft": a_draft,
    "delete_draft": with_body(),
    "make_canned": a_new_canned_reply,
    "show_canned": a_canned_reply,
    "change_canned": a_canned_reply_to_change,
    "set_canned_team": a_canned_reply_for_a_team,
    "delete_canned": a_canned_reply,
    "fill_canned": a_canned_reply_and_a_thread,
}
