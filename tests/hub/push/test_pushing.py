"""From an action that pushes to a browser that shows it: encrypted, signed, once, in order, to nobody who is out."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import msgspec
import pytest

from hub.accounts.leaving import KINDS as LEAVING
from hub.push.actions import push, take_back
from hub.push.models import MOST_BYTES, PUSHES, PushContent
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.dumps import dump, raw
from tests.fakes.loopback import answer, listening, says
from tests.fakes.push import Browser, FakePush
from tests.hub.push.browsers import CONTENT, PATH, saying, subscribe, subscriptions, waiting, wanted, work
from tests.hub.push.conftest import HERE
from tests.hubs import Hub, running_hub
from tests.people import Person, found, join, sign_in


async def tell(person: Person, content: PushContent = CONTENT) -> None:
    """Push this, and let a worker look."""
    await push(person.hub.deps, person.account, person.member, content)
    await work(person.hub.deps)


async def withdraw(person: Person) -> None:
    """Take it back, and let a worker look."""
    await take_back(person.hub.deps, person.account, person.member, CONTENT.tag)
    await work(person.hub.deps)


async def reason_of_the_end(person: Person) -> str:
    """Why it was given up, as people see it."""
    (buried,) = (await person.does("GET", "/work/push.send/buried"))["items"]
    return str(buried["reason"])


# When all is well


async def test_a_browser_shows_what_is_pushed(owner: Person, browser: Browser, service: FakePush) -> None:
    await tell(owner)

    (asked,) = service.asked
    assert browser.shown == {"t1": {"kind": "show", **msgspec.to_builtins(CONTENT)}}
    assert (asked.headers["ttl"], asked.headers["urgency"]) == ("86400", "high")


async def test_all_browsers_of_the_member_show_it_and_nobody_elses(
    owner: Person, browser: Browser, service: FakePush
) -> None:
    second = await subscribe(owner, service)
    colleagues = await subscribe(await join(owner, "rep@acme.test"), service)
    strangers = await subscribe(await found(owner.hub, "other"), service)

    await tell(owner)

    assert [len(one.shown) for one in (browser, second, colleagues, strangers)] == [1, 1, 0, 0]


async def test_what_has_the_same_tag_has_the_same_topic_which_does_not_tell_it(
    owner: Person, browser: Browser, service: FakePush
) -> None:
    await tell(owner)
    await tell(owner, saying("Is it still free?"))
    await tell(owner, msgspec.structs.replace(CONTENT, tag="t2"))

    first, second, other = (asked.headers["topic"] for asked in service.asked)
    assert first == second != other
    assert "t1" not in first
    assert browser.shown["t1"]["body"] == "Is it still free?"


async def test_what_is_taken_back_is_shown_no_more(owner: Person, browser: Browser) -> None:
    await tell(owner)

    await withdraw(owner)

    assert browser.shown == {}
    assert await waiting(owner.hub.deps) == []


async def test_what_was_taken_back_can_be_pushed_again(owner: Person, browser: Browser) -> None:
    await tell(owner)
    await withdraw(owner)

    await tell(owner)

    assert "t1" in browser.shown


async def test_what_no_browser_has_shown_is_taken_back_without_a_word(
    owner: Person, browser: Browser, service: FakePush
) -> None:
    await withdraw(owner)
    await push(owner.hub.deps, owner.account, owner.member, CONTENT)
    await withdraw(owner)

    assert service.asked == []


async def test_browsers_that_must_show_something_are_not_told_to_show_nothing(
    owner: Person, browser: Browser, service: FakePush
) -> None:
    (known,) = await subscriptions(owner)
    await owner.does("DELETE", f"{PATH}/{known['id']}")
    await owner.does("POST", PATH, wanted(browser, endpoint="https://web.push.apple.com/1"))
    await push(owner.hub.deps, owner.account, owner.member, CONTENT)
    await owner.hub.deps.mongo[PUSHES].update_all({}, {"$set": {"is_shown": True}})

    await withdraw(owner)

    assert await waiting(owner.hub.deps) == []
    assert service.asked == []


async def test_what_is_told_meanwhile_is_told_after_it(owner: Person, browser: Browser, service: FakePush) -> None:
    service.pause_s = 0.3
    first = asyncio.create_task(tell(owner, saying("one")))
    await asyncio.sleep(0.15)

    await tell(owner, saying("two"))
    await first
    await work(owner.hub.deps)

    assert [message["body"] for message in browser.told] == ["one", "two"]
    assert browser.shown["t1"]["body"] == "two"


async def test_two_processes_send_it_once(
    owner: Person, browser: Browser, service: FakePush, push_settings: Settings, clock: VirtualClock
) -> None:
    async with running_hub(push_settings, clock=clock) as other:
        await push(owner.hub.deps, owner.account, owner.member, CONTENT)

        await asyncio.gather(work(owner.hub.deps), work(other.deps))

    assert len(service.asked) == 1


async def test_the_message_waits_sealed_and_goes_once_it_is_sent(
    owner: Person, browser: Browser, settings: Settings
) -> None:
    await push(owner.hub.deps, owner.account, owner.member, CONTENT)
    (before,) = await waiting(owner.hub.deps)
    kept = raw(dump(settings))

    await work(owner.hub.deps)

    (after,) = await waiting(owner.hub.deps)
    assert before["_id"].encode() in kept
    assert not any(text.encode() in kept for text in (CONTENT.body, CONTENT.url))
    assert "message" in before
    assert after.keys() & {"message", "due_at", "claim"} == set()


@pytest.mark.parametrize("letter", ["x", "é", "😀", "\n", '"'])
async def test_a_long_body_is_cut_to_what_services_take(owner: Person, browser: Browser, letter: str) -> None:
    await tell(owner, saying(letter * 5_000))

    (told,) = browser.told
    size = len(msgspec.json.encode(told))
    assert MOST_BYTES - 20 < size <= MOST_BYTES or letter in '\n"'
    assert size <= MOST_BYTES
    assert told["body"].strip(letter) == "…"


# When it is not


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(
    owner: Person, browser: Browser, service: FakePush, status: int
) -> None:
    service.status = status

    await tell(owner)
    await tell(owner)

    assert len(service.asked) == 1
    assert await subscriptions(owner) == []
    assert await waiting(owner.hub.deps) == []


@pytest.mark.parametrize("retry_after", ["120", "Mon, 02 Mar 2054 09:02:00 GMT"])
async def test_a_service_that_says_when_is_asked_then(
    owner: Person, browser: Browser, service: FakePush, clock: VirtualClock, retry_after: str
) -> None:
    service.status, service.retry_after = 429, retry_after
    await tell(owner)
    service.status, service.retry_after = 0, ""

    await clock.advance(seconds=119)
    await work(owner.hub.deps)
    before = len(browser.told)
    await clock.advance(seconds=1)
    await work(owner.hub.deps)

    assert (before, len(browser.told)) == (0, 1)


async def test_a_service_that_is_broken_is_asked_again(
    owner: Person, browser: Browser, service: FakePush, clock: VirtualClock
) -> None:
    service.status = 503
    await tell(owner)
    service.status = 0

    await clock.advance(seconds=15)
    await work(owner.hub.deps)

    assert len(browser.told) == 1


async def test_what_a_service_refuses_is_given_up_and_says_why(
    owner: Person, browser: Browser, service: FakePush
) -> None:
    browser.server_key = "another installation's"

    await tell(owner)

    assert len(service.asked) == 1
    assert await reason_of_the_end(owner) == "The push service refuses this push for good (403)."


async def test_after_a_day_nobody_is_told(
    owner: Person, browser: Browser, service: FakePush, clock: VirtualClock
) -> None:
    service.status, service.retry_after = 429, "3600"
    await tell(owner)
    service.status = 0

    await clock.advance(hours=24)
    await work(owner.hub.deps)

    assert browser.told == []
    (kept,) = await waiting(owner.hub.deps)
    assert "for a day" in kept["buried"]["reason"]


# Who is not told


async def test_a_browser_that_is_signed_out_is_told_nothing(owner: Person, browser: Browser, service: FakePush) -> None:
    await push(owner.hub.deps, owner.account, owner.member, CONTENT)
    await owner.does("DELETE", f"/me/sessions/{(await owner.does('GET', '/me/sessions'))['items'][0]['id']}")

    await work(owner.hub.deps)

    assert service.asked == []
    assert await subscriptions(await sign_in(owner.hub, owner.email)) == []


async def test_a_member_who_is_shut_out_is_told_nothing(owner: Person, service: FakePush) -> None:
    rep = await join(owner, "rep@acme.test")
    await subscribe(rep, service)
    await push(rep.hub.deps, rep.account, rep.member, CONTENT)
    await owner.does("POST", f"/members/{rep.member}/disable")

    await work(owner.hub.deps)

    assert service.asked == []


async def test_browsers_of_whoever_is_shut_out_are_forgotten(
    owner: Person, browser: Browser, service: FakePush
) -> None:
    rep = await join(owner, "rep@acme.test")
    await subscribe(rep, service)
    await tell(rep)
    await owner.does("DELETE", f"/members/{rep.member}")

    await work(owner.hub.deps, LEAVING[0])

    assert await waiting(owner.hub.deps) == []
    assert len(await owner.hub.deps.mongo["push_subscriptions"].find({}, limit=9)) == 1


async def test_what_was_meant_for_one_is_not_shown_to_the_next_at_the_same_browser(
    owner: Person, browser: Browser, service: FakePush
) -> None:
    rep = await join(owner, "rep@acme.test")
    await push(owner.hub.deps, owner.account, owner.member, CONTENT)
    await rep.does("POST", PATH, wanted(browser))

    await work(owner.hub.deps)

    assert service.asked == []


@pytest.fixture
async def closed_hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """One that contacts inner addresses, too, but for pushes."""
    async with running_hub(replace(settings, open_sign_up=True, egress_allow=HERE), clock=clock) as hub:
        yield hub


async def test_an_inner_address_is_never_asked(closed_hub: Hub) -> None:
    person = await found(closed_hub, "acme")
    async with listening(says(answer())) as canary:
        inner = Browser(f"{canary.url}push", "")
        await person.does("POST", PATH, wanted(inner))

        await tell(person)

        assert canary.hits == 0
    assert await subscriptions(person) == []
