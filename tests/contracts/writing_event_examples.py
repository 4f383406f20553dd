"""What makes screens hear who is there and who writes, and visitors what is said to them."""

import asyncio
from collections.abc import Mapping

from hub.bus import Event
from hub.drafting.drafting import drafting
from hub.drafting.events import AgentDrafted, AgentDraftEnded
from hub.presence import writing
from hub.presence.events import LeadTypes, MemberPresence, SomebodyTypes, ThreadPresence
from hub.sending.delivery import KINDS as DELIVERY
from hub.visiting.events import VisitorEntryChanged
from tests.contracts.situations import Maker, Situation, word
from tests.hub.sending.scene import work_off
from tests.live.crew import COLLEAGUES, NOBODY, OTHER_KEY, OWNER, VISITOR, Crew
from tests.live.seats import all_told, seated
from tests.people import join

# Longer than it takes until others are told of somebody who comes, or types.
NOTICED_S = 1.0
# Who sees conversations, and so may ask who is there.
INBOX = COLLEAGUES - {NOBODY, OTHER_KEY}


async def comes(crew: Crew) -> Situation:
    """Somebody more is at a screen."""
    member = await join(crew.owner, f"{word(crew)}@acme.test")

    async def happen() -> None:
        async with seated(crew.url, member):
            await asyncio.sleep(NOTICED_S)
            await all_told(crew.hub.deps)

    return Situation(happens=happen, shown_at="/nowhere", secrets=(member.member,), also=INBOX)


async def types(crew: Crew) -> Situation:
    """A member types."""
    thread = await crew.thread()
    return Situation(
        happens=lambda: crew.seats[OWNER].asks("typing", {"thread_id": thread.id, "is_typing": True}),
        shown_at=f"/threads/{thread.id}",
        secrets=(thread.id,),
        thread=thread.id,
    )


async def types_to_visitor(crew: Crew) -> Situation:
    """A member types a reply to a visitor."""
    thread = await crew.visitors_thread()
    return Situation(
        happens=lambda: crew.seats[OWNER].asks("typing", {"thread_id": thread, "is_typing": True}),
        shown_at=f"/threads/{thread}",
        secrets=(thread,),
        thread=thread,
        only=frozenset({VISITOR}),
    )


async def visitor_types(crew: Crew) -> Situation:
    """The account wants to see what visitors type."""
    secret, thread = word(crew), await crew.thread()
    await crew.owner.does("PUT", "/presence-policy", {"shows_previews": True})

    async def happen() -> None:
        writing.visitor_types(crew.hub.deps, crew.owner.account, thread.id, secret)

    return Situation(happens=happen, shown_at=f"/threads/{thread.id}", secrets=(thread.id, secret), thread=thread.id)


async def drafted(crew: Crew) -> Situation:
    """An agent writes, and says nothing of it."""
    secret, thread = word(crew), await crew.thread()

    async def happen() -> None:
        async with drafting(crew.hub.deps, thread, secret) as draft:
            await draft.write(secret)
            await asyncio.sleep(NOTICED_S)

    return Situation(happens=happen, shown_at=f"/threads/{thread.id}", secrets=(thread.id, secret), thread=thread.id)


async def answered(crew: Crew) -> Situation:
    """A visitor gets an answer."""
    secret, thread = word(crew), await crew.visitors_thread()

    async def happen() -> None:
        body = {"client_id": secret, "text": secret}
        await crew.owner.does("POST", f"/threads/{thread}/messages", body)
        await work_off(crew.hub.deps, DELIVERY)

    return Situation(
        happens=happen,
        shown_at=f"/threads/{thread}",
        secrets=(secret,),
        thread=thread,
        also=frozenset({VISITOR}),
        only=frozenset({VISITOR}),
    )


MAKERS: Mapping[type[Event], Maker] = {
    MemberPresence: comes,
    ThreadPresence: types,
    LeadTypes: visitor_types,
    SomebodyTypes: types_to_visitor,
    AgentDrafted: drafted,
    AgentDraftEnded: drafted,
    VisitorEntryChanged: answered,
}
