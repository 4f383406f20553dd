"""Members' browsers: each once, nobody else's, sealed, and gone with the session that has subscribed it."""

from datetime import timedelta
from typing import Any

import pytest

from hub.push import repository
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.dumps import dump, raw
from tests.fakes.push import Browser, FakePush
from tests.hub.push.browsers import PATH, subscribe, subscriptions, wanted
from tests.hubs import Hub
from tests.people import Person, code_of, join, sign_in

POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"


async def test_a_browser_that_subscribes_again_is_one(owner: Person, browser: Browser) -> None:
    await owner.does("POST", PATH, wanted(browser, name="Firefox at home"))

    (shown,) = await subscriptions(owner)
    assert (shown["name"], shown["is_this"]) == ("Firefox at home", True)


async def test_a_removed_browser_is_gone(owner: Person, browser: Browser) -> None:
    (shown,) = await subscriptions(owner)

    await owner.does("DELETE", f"{PATH}/{shown['id']}")

    assert await subscriptions(owner) == []


async def test_nobody_sees_or_removes_another_members_browser(owner: Person, browser: Browser) -> None:
    (shown,) = await subscriptions(owner)
    rep = await join(owner, "rep@acme.test")

    answer = await rep.asks("DELETE", f"{PATH}/{shown['id']}")

    assert code_of(answer) == (404, "no_such_push_subscription")
    assert await subscriptions(rep) == []
    assert len(await subscriptions(owner)) == 1


async def test_a_browser_belongs_to_who_signed_in_last(owner: Person, browser: Browser) -> None:
    rep = await join(owner, "rep@acme.test")

    await rep.does("POST", PATH, wanted(browser))

    assert await subscriptions(owner) == []
    assert len(await subscriptions(rep)) == 1


async def test_a_browser_is_gone_once_its_session_has_ended(open_hub: Hub, owner: Person, browser: Browser) -> None:
    elsewhere = await sign_in(open_hub, owner.email)

    await owner.does("DELETE", "/me/sessions/" + await session_of(owner))

    assert await subscriptions(elsewhere) == []


async def session_of(person: Person) -> str:
    """The one that this person asks by."""
    sessions = (await person.does("GET", "/me/sessions"))["items"]
    return str(next(one["id"] for one in sessions if one["is_this"]))


async def test_a_member_has_twenty_browsers_at_most(owner: Person, service: FakePush) -> None:
    for _ in range(repository.MOST):
        await subscribe(owner, service)

    answer = await owner.asks("POST", PATH, wanted(service.subscribe("")))

    assert code_of(answer) == (422, "push_subscriptions_full")


async def test_browsers_of_ended_sessions_leave_their_places(
    open_hub: Hub, owner: Person, service: FakePush, clock: VirtualClock
) -> None:
    for _ in range(repository.MOST):
        await subscribe(owner, service)
    await clock.advance(days=timedelta(days=365).days)
    again = await sign_in(open_hub, owner.email)

    await subscribe(again, service)

    assert len(await subscriptions(again)) == 1


async def test_addresses_and_keys_of_browsers_are_sealed(owner: Person, browser: Browser, settings: Settings) -> None:
    (shown,) = await subscriptions(owner)

    kept = raw(dump(settings))

    keys = browser.subscription["keys"]
    assert shown["id"].encode() in kept
    words = (browser.endpoint, keys["p256dh"], keys["auth"], "Firefox on Linux")
    assert not any(word.encode() in kept for word in words)


@pytest.mark.parametrize(
    "more",
    [
        {"endpoint": "http://push.example.com/1"},
        {"endpoint": "ftp://push.example.com/1"},
        {"endpoint": "https:///1"},
        {"endpoint": "https://push.example.com:0/1"},
        {"endpoint": "https://asha:secret@push.example.com/1"},
        {"keys": {"p256dh": POINT, "auth": "AA"}},
        {"keys": {"p256dh": "AAAA", "auth": AUTH}},
    ],
)
async def test_what_no_browser_has_made_is_refused(owner: Person, more: dict[str, Any]) -> None:
    good = {"endpoint": "https://push.example.com/1", "keys": {"p256dh": POINT, "auth": AUTH}, "name": "Firefox"}

    answer = await owner.asks("POST", PATH, {**good, **more})

    assert code_of(answer) == (422, "bad_push_subscription")
