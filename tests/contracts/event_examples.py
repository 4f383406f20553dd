"""What makes screens hear each event: a maker of a situation for every class of them. Whoever adds an event adds a
maker here, and the rule for it to `tests/live/model.py`; an event without either fails a test."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hub.audit.events import SettingChanged
from hub.bus import Event
from hub.inbox.events import CountChanged, MarkChanged, ThreadChanged, ThreadGone
from hub.notices.events import NoticeChanged, NoticesRead
from hub.people.events import PersonChanged, PersonGone
from hub.replying.events import DraftTyped
from hub.sending.events import ScheduledChanged, ScheduledEnded
from hub.sockets.events import StandingChanged
from hub.threads.events import EntryChanged
from tests.contracts.situations import Maker, Situation, word
from tests.contracts.writing_event_examples import MAKERS as WRITING
from tests.hub.lines.connected import connect
from tests.live.crew import COLLEAGUES, KEY, OTHER_KEY, OTHER_TEAM, OWN, OWNER, TEAM, Crew

# By then what a member may do was looked at again.
LOOKED_S = 5.0
# Neither of the keys may see what the account has set.
MEMBERS = COLLEAGUES - {KEY, OTHER_KEY}


async def tagged(crew: Crew) -> Situation:
    """A conversation gets a tag."""
    secret, thread = word(crew), await crew.thread()
    return Situation(
        happens=lambda: crew.owner.does("POST", f"/threads/{thread.id}/tags", {"put": [secret]}),
        shown_at=f"/threads/{thread.id}",
        secrets=(thread.id, secret),
        thread=thread.id,
    )


async def taken_away(crew: Crew) -> Situation:
    """A conversation is given to somebody of another team; then the person writes."""
    secret, thread = word(crew), await crew.thread()

    async def happen() -> None:
        body = {"member_id": crew.member(OTHER_TEAM), "word": secret}
        await crew.owner.does("POST", f"/threads/{thread.id}/assign", body)
        await crew.talk.hear(thread, secret)

    return Situation(happens=happen, shown_at=f"/threads/{thread.id}", secrets=(secret,), thread=thread.id)


async def read(crew: Crew) -> Situation:
    """A member has read a conversation."""
    thread = await crew.thread()
    return Situation(
        happens=lambda: crew.owner.does("POST", f"/threads/{thread.id}/read", {}),
        shown_at=f"/threads/{thread.id}",
        secrets=(thread.id,),
        thread=thread.id,
        only=frozenset({OWNER}),
    )


async def closed(crew: Crew) -> Situation:
    """Numbers move."""
    thread = await crew.thread()
    return Situation(
        happens=lambda: crew.owner.does("POST", f"/threads/{thread.id}/close", {}),
        shown_at=f"/threads/{thread.id}",
        secrets=(thread.id,),
        thread=thread.id,
    )


async def written(crew: Crew) -> Situation:
    """The person writes."""
    secret, thread = word(crew), await crew.thread()
    return Situation(
        happens=lambda: crew.talk.hear(thread, secret),
        shown_at=f"/threads/{thread.id}",
        secrets=(thread.id, secret),
        thread=thread.id,
    )


async def renamed(crew: Crew) -> Situation:
    """Somebody has another name: of the person, and of the conversation in lists."""
    secret, thread = word(crew), await crew.thread()
    return Situation(
        happens=lambda: crew.owner.does("PATCH", f"/people/{thread.person}", {"name": secret}),
        shown_at=f"/threads/{thread.id}",
        secrets=(thread.person, secret),
        thread=thread.id,
        person=thread.person,
    )


async def given_as_lead(crew: Crew) -> Situation:
    """Somebody is another member's lead; then they get another name, in no conversation."""
    secret, person = word(crew), await crew.lead()

    async def happen() -> None:
        await crew.owner.does("PATCH", f"/people/{person}/lead", {"assignee_id": crew.member(OTHER_TEAM)})
        await crew.owner.does("PATCH", f"/people/{person}", {"name": secret})

    return Situation(happens=happen, shown_at=f"/people/{person}", secrets=(secret,), person=person)


async def typed(crew: Crew) -> Situation:
    """A member types a draft."""
    secret, thread = word(crew), await crew.thread()
    member = crew.seats[OWN].person
    return Situation(
        happens=lambda: member.does("PUT", f"/threads/{thread.id}/draft", {"rev": 0, "text": secret}),
        shown_at=f"/threads/{thread.id}",
        secrets=(secret,),
        thread=thread.id,
        only=frozenset({OWN}),
    )


async def put_off(crew: Crew) -> Situation:
    """Something is to be said tomorrow."""
    secret, thread = word(crew), await crew.thread()
    return Situation(
        happens=lambda: say_tomorrow(crew, thread.id, secret),
        shown_at=f"/threads/{thread.id}",
        secrets=(thread.id, secret),
        thread=thread.id,
    )


async def taken_back(crew: Crew) -> Situation:
    """Something is not to be said tomorrow after all."""
    thread = await crew.thread()
    later = await say_tomorrow(crew, thread.id, word(crew))
    return Situation(
        happens=lambda: crew.owner.does("DELETE", f"/threads/{thread.id}/scheduled/{later}"),
        shown_at=f"/threads/{thread.id}",
        secrets=(thread.id, later),
        thread=thread.id,
    )


async def say_tomorrow(crew: Crew, thread: str, text: str) -> str:
    """The id of what waits."""
    line = await connect(crew.hub.deps, account=crew.owner.account)
    send_at = crew.hub.deps.clock.now() + timedelta(days=1)
    body: dict[str, Any] = {"client_id": text, "text": text, "line_id": line.id, "send_at": send_at.isoformat()}
    return str((await crew.owner.does("POST", f"/threads/{thread}/messages", body))["scheduled"]["id"])


async def set_otherwise(crew: Crew) -> Situation:
    """A team more; every member may know that teams have changed, and no script that may not see the account."""
    secret = word(crew)
    return Situation(
        happens=lambda: crew.owner.does("POST", "/teams", {"name": secret}),
        shown_at=f"/members/{crew.member(OWNER)}",
        secrets=(secret, crew.owner.account),
        also=MEMBERS,
        only=MEMBERS,
    )


async def mentioned(crew: Crew) -> Situation:
    """A colleague is mentioned."""
    secret, thread = word(crew), await crew.thread()
    return Situation(
        happens=lambda: crew.talk.note(thread, secret, crew.member(OWN)),
        shown_at=f"/threads/{thread.id}",
        secrets=(thread.id, secret),
        thread=thread.id,
        only=frozenset({OWN}),
    )


async def mention_read(crew: Crew) -> Situation:
    """And has read it."""
    secret, thread = word(crew), await crew.thread()
    await crew.talk.note(thread, secret, crew.member(OWN))
    return Situation(
        happens=lambda: crew.seats[OWN].person.does("POST", f"/threads/{thread.id}/read", {}),
        shown_at=f"/threads/{thread.id}",
        secrets=(thread.id, secret),
        thread=thread.id,
        only=frozenset({OWN}),
    )


async def moved(crew: Crew) -> Situation:
    """A member works in another team, too: for that one and for the new mates there is more to see."""
    teams = (await crew.owner.does("GET", "/teams"))["items"]
    other = next(one["id"] for one in teams if one["name"] == "two")

    async def happen() -> None:
        await crew.owner.does("PUT", f"/teams/{other}/members/{crew.member(TEAM)}")
        await asyncio.sleep(LOOKED_S)

    concerned = frozenset({TEAM, OTHER_TEAM})
    return Situation(happens=happen, shown_at="/nowhere", secrets=(other,), also=concerned, only=concerned)


MAKERS: Mapping[type[Event], Maker] = {
    ThreadChanged: tagged,
    ThreadGone: taken_away,
    MarkChanged: read,
    CountChanged: closed,
    EntryChanged: written,
    PersonChanged: renamed,
    PersonGone: given_as_lead,
    DraftTyped: typed,
    ScheduledChanged: put_off,
    ScheduledEnded: taken_back,
    SettingChanged: set_otherwise,
    StandingChanged: moved,
    NoticeChanged: mentioned,
    NoticesRead: mention_read,
    **WRITING,
}
