"""A push waits, and its member may see the conversation no more when it is sent: then nobody is told."""

import msgspec
import pytest

from hub.push.actions import push
from hub.threads.models import Thread
from tests.fakes.push import Browser, FakePush
from tests.hub.inbox.talking import Talk
from tests.hub.push.browsers import CONTENT, subscribe, work
from tests.people import Person, join


@pytest.fixture
def talk(owner: Person) -> Talk:
    """Who writes to the account."""
    return Talk(owner.hub.deps, owner.account)


@pytest.fixture
async def rep(owner: Person) -> Person:
    """Who sees what is theirs."""
    grants = [{"permission": "threads.view", "scope": "own"}]
    role = await owner.does("POST", "/roles", {"name": "own", "grants": grants})
    return await join(owner, "rep@acme.test", role["id"])


@pytest.fixture
async def thread(talk: Talk, rep: Person) -> Thread:
    """One that is the rep's."""
    return await talk.give(await talk.begin(), rep.member)


@pytest.fixture
async def browser(rep: Person, service: FakePush) -> Browser:
    """The rep's, subscribed."""
    return await subscribe(rep, service)


async def push_of(thread: Thread, rep: Person) -> None:
    """The rep is to be told of it."""
    content = msgspec.structs.replace(CONTENT, thread=thread.id)
    await push(rep.hub.deps, rep.account, rep.member, content)


async def test_what_the_member_sees_is_shown(rep: Person, thread: Thread, browser: Browser) -> None:
    await push_of(thread, rep)

    await work(rep.hub.deps)

    assert browser.shown[CONTENT.tag]["thread"] == thread.id


async def test_what_is_somebody_elses_by_now_is_not_shown(
    owner: Person, rep: Person, thread: Thread, talk: Talk, browser: Browser, service: FakePush
) -> None:
    await push_of(thread, rep)
    await talk.give(thread, owner.member)

    await work(rep.hub.deps)

    assert service.asked == []


async def test_nobody_whose_role_lost_the_conversations_is_told(
    owner: Person, rep: Person, thread: Thread, browser: Browser, service: FakePush
) -> None:
    await push_of(thread, rep)
    role = next(one for one in (await owner.does("GET", "/roles"))["items"] if one["name"] == "own")
    await owner.does("PATCH", f"/roles/{role['id']}", {"grants": [{"permission": "people.view", "scope": "own"}]})

    await work(rep.hub.deps)

    assert service.asked == []


async def test_what_was_shown_before_is_taken_back(
    owner: Person, rep: Person, thread: Thread, talk: Talk, browser: Browser
) -> None:
    await push_of(thread, rep)
    await work(rep.hub.deps)
    await push_of(thread, rep)
    await talk.give(thread, owner.member)

    await work(rep.hub.deps)

    assert browser.shown == {}
