"""What the business writes on its phone, and people who have another number: a provider tells of both."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from channels.base import Address, Content, Elsewhere, IdentityKind, Inbound, Renamed
from hub.settings import Settings
from hub.threads.models import AuthorKind
from tests.clock import MORNING, VirtualClock
from tests.hub.correspondence.mailing import Post
from tests.hub.intake.webhooks import entries, only_thread, texts
from tests.hub.lines.connected import connect
from tests.hub.people.known import everybody
from tests.hubs import Hub, running_hub

ASHA = Address(kind=IdentityKind.PHONE, value="+12025550117")
ANEW = Address(kind=IdentityKind.PHONE, value="+12025550118")
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub whose time stands still."""
    async with running_hub(settings, clock=clock) as hub:
        yield hub


@pytest.fixture
async def post(hub: Hub) -> Post:
    """What a number of WhatsApp tells."""
    return Post(hub.deps, await connect(hub.deps, "sandbox_whatsapp"))


def said(id: str, sender: Address = ASHA) -> Inbound:
    """By somebody."""
    return Inbound(id=id, sender=(sender,), said_at=MORNING, content=Content(text=id))


def echoed(id: str, to: Address = ASHA) -> Elsewhere:
    """By the business, on its phone."""
    return Elsewhere(id=id, to=(to,), said_at=MORNING + MINUTE, content=Content(text=id))


def renamed() -> Renamed:
    """Asha has another number."""
    return Renamed(was=(ASHA,), now=(ANEW,), at=MORNING)


async def test_what_the_business_says_on_its_phone_stands_once_in_the_conversation_and_answers(
    hub: Hub, post: Post
) -> None:
    await post.comes(said("Hello"))

    outcomes = [await post.comes(echoed("We come on Tuesday.")) for _ in range(2)]

    [_, last] = await entries(hub.deps)
    assert await texts(hub.deps) == ["Hello", "We come on Tuesday."]
    assert (last.author.kind, last.direction) == (AuthorKind.ELSEWHERE, "out")
    assert (await only_thread(hub.deps)).waiting_since is None
    assert [outcome.reason for outcome in outcomes] == ["", ""]


async def test_whoever_is_known_by_nothing_but_the_phone_is_none_of_our_business(hub: Hub, post: Post) -> None:
    outcome = await post.comes(echoed("Dinner is ready"))

    assert outcome.reason == "Not taken as a message: of_no_conversation."
    assert await everybody(hub.deps, "acme") == []


async def test_what_we_have_sent_ourselves_is_not_said_twice(hub: Hub, post: Post) -> None:
    await post.comes(said("Hello"))
    await post.sends(await only_thread(hub.deps), "ours", "Good morning")

    outcome = await post.comes(echoed("ours"))

    assert outcome.reason == "Not taken as a message: our_own."
    assert await texts(hub.deps) == ["Hello", "Good morning"]


async def test_whoever_writes_from_their_new_number_goes_on_in_their_conversation(hub: Hub, post: Post) -> None:
    await post.comes(said("Hello"))

    await post.comes(renamed())
    await post.comes(said("It is me", ANEW))

    assert await texts(hub.deps) == ["Hello", "It is me"]
    assert (await only_thread(hub.deps)).person == (await everybody(hub.deps, "acme"))[0].id


async def test_the_new_number_of_a_stranger_makes_nobody(hub: Hub, post: Post) -> None:
    outcome = await post.comes(renamed())

    assert outcome.reason == "Not taken as a message: of_a_stranger."
    assert await everybody(hub.deps, "acme") == []
