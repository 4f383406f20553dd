"""A POST that is sent again with its key happens once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from structlog.testing import capture_logs

from hub.clock import SystemClock
from hub.errors import Conflict
from hub.http import idempotency, repository
from hub.http.endpoint import Call
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.http.rooms import Note, as_caller, client_at, error_of, hub_with, post
from tests.hubs import Hub

CANARY = "meera@example.com"
KEY = {"idempotency-key": "order-of-meera"}


class Shop:
    """A handler that does something each time it is called. What it does next is told by the text of the note."""

    __name__ = "shop"

    def __init__(self) -> None:
        self.times = 0
        self.new_ids: list[str] = []
        self.begun = asyncio.Event()
        self.may_end = asyncio.Event()

    async def __call__(self, call: Call[Note, Any]) -> str:
        """Count, and say a lead's address."""
        self.times += 1
        self.new_ids.append(call.act.new_id)
        number = self.times
        self.begun.set()
        if number == 1 and call.body.text in ("wait", "wait and fail"):
            await self.may_end.wait()
        if number == 1 and call.body.text in ("fail", "wait and fail"):
            raise Conflict("Not today.")
        if number == 1 and call.body.text == "break":
            raise ZeroDivisionError
        return f"{number} {CANARY}"


@pytest.fixture
def shop() -> Shop:
    """A handler that no other test has called."""
    return Shop()


@pytest.fixture
def clock() -> VirtualClock:
    """Begins now: the database removes what has expired by a clock of its own."""
    return VirtualClock(SystemClock().now())


@pytest.fixture
async def hub(settings: Settings, shop: Shop, clock: VirtualClock) -> AsyncIterator[Hub]:
    """The hub with an endpoint that creates, and one that does not."""
    endpoints = (post(shop, body=Note, creates=True, status=201), post(shop, body=Note, path="/not"))
    with capture_logs():
        async with hub_with(settings, *endpoints, clock=clock) as hub:
            yield hub


async def send(
    hub: Hub, caller: dict[str, str], text: str = "a", *, key: dict[str, str] = KEY, path: str = "/test"
) -> httpx2.Response:
    """Send a note with a key."""
    return await hub.client.post(path, json={"text": text}, headers={**caller, **key})


async def test_the_same_request_gets_the_same_answer_and_happens_once(hub: Hub, shop: Shop) -> None:
    asha = as_caller()

    first, second = await send(hub, asha), await send(hub, asha)

    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert first.headers["content-type"] == second.headers["content-type"]
    assert shop.times == 1


async def test_without_a_key_it_happens_each_time(hub: Hub, shop: Shop) -> None:
    asha = as_caller()

    await send(hub, asha, key={})
    await send(hub, asha, key={})

    assert shop.times == 2


async def test_an_endpoint_that_creates_nothing_takes_no_notice_of_keys(hub: Hub, shop: Shop) -> None:
    asha = as_caller()

    await send(hub, asha, path="/not")
    await send(hub, asha, path="/not")

    assert shop.times == 2


async def test_another_body_with_the_same_key_is_refused(hub: Hub, shop: Shop) -> None:
    asha = as_caller()
    await send(hub, asha)

    answer = await send(hub, asha, "b")

    assert answer.status_code == 422
    assert error_of(answer) == "idempotency_key_reused"
    assert shop.times == 1


async def test_the_same_body_written_otherwise_is_the_same_request(hub: Hub, shop: Shop) -> None:
    asha = as_caller()
    await send(hub, asha)

    headers = {**asha, **KEY, "content-type": "application/json"}
    answer = await hub.client.post("/test", content='{ "stars": 0, "text": "\\u0061" }', headers=headers)

    assert answer.status_code == 201
    assert shop.times == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (as_caller("asha"), as_caller("ravi")),
        (as_caller("asha", account="acme"), as_caller("asha", account="zenith")),
        (as_caller("asha"), as_caller("asha", kind="key")),
    ],
)
async def test_the_same_key_of_another_caller_is_another_key(
    hub: Hub, shop: Shop, one: dict[str, str], other: dict[str, str]
) -> None:
    first, second = await send(hub, one), await send(hub, other)

    assert first.content != second.content
    assert shop.times == 2


async def test_the_same_key_of_a_stranger_elsewhere_is_another_key(hub: Hub, shop: Shop) -> None:
    async with client_at(hub, "192.0.2.1") as here, client_at(hub, "192.0.2.2") as there:
        answers = [await one.post("/test", json={"text": "a"}, headers=KEY) for one in (here, there, here)]

    assert answers[0].content == answers[2].content != answers[1].content
    assert shop.times == 2


async def test_another_key_is_another_request(hub: Hub, shop: Shop) -> None:
    asha = as_caller()

    await send(hub, asha)
    await send(hub, asha, key={"idempotency-key": "k2"})

    assert shop.times == 2


@pytest.mark.parametrize("key", ["", "k" * 201])
async def test_a_key_that_is_no_key_is_refused(hub: Hub, shop: Shop, key: str) -> None:
    answer = await send(hub, as_caller(), key={"idempotency-key": key})

    assert answer.status_code == 400
    assert shop.times == 0


async def test_a_twin_that_comes_meanwhile_is_told_to_wait(hub: Hub, shop: Shop) -> None:
    asha = as_caller()
    first = asyncio.create_task(send(hub, asha, "wait"))
    await shop.begun.wait()

    twin = await send(hub, asha, "wait")
    shop.may_end.set()

    assert twin.status_code == 409
    assert error_of(twin) == "in_progress"
    assert twin.headers["retry-after"] == "1"
    assert (await first).status_code == 201


async def test_a_twin_that_comes_again_later_gets_the_answer(hub: Hub, shop: Shop) -> None:
    asha = as_caller()
    first = asyncio.create_task(send(hub, asha, "wait"))
    await shop.begun.wait()
    await send(hub, asha, "wait")
    shop.may_end.set()

    assert (await first).content == (await send(hub, asha, "wait")).content
    assert shop.times == 1


async def test_of_many_twins_at_once_one_happens(hub: Hub, shop: Shop) -> None:
    asha = as_caller()

    answers = await asyncio.gather(*(send(hub, asha) for _ in range(10)))

    assert shop.times == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {answer.text for answer in answers if answer.status_code == 201} == {f'"1 {CANARY}"'}


async def test_a_failure_after_which_nothing_has_happened_frees_the_key(hub: Hub, shop: Shop) -> None:
    asha = as_caller()

    first, second = await send(hub, asha, "fail"), await send(hub, asha, "fail")

    assert (first.status_code, second.status_code) == (409, 201)
    assert shop.times == 2


async def test_a_repeat_after_an_unknown_outcome_has_the_same_new_id(hub: Hub, shop: Shop, clock: VirtualClock) -> None:
    asha = as_caller()

    first, at_once = await send(hub, asha, "break"), await send(hub, asha, "break")
    await clock.advance(seconds=60)
    later = await send(hub, asha, "break")

    assert [answer.status_code for answer in (first, at_once, later)] == [500, 409, 201]
    assert len(set(shop.new_ids)) == 1


async def test_a_request_that_is_cut_off_keeps_the_key_because_it_may_have_happened(hub: Hub, shop: Shop) -> None:
    asha = as_caller()
    first = asyncio.create_task(send(hub, asha, "wait"))
    await shop.begun.wait()

    first.cancel()
    await asyncio.wait([first])

    assert (await send(hub, asha, "wait")).status_code == 409


@pytest.mark.parametrize(("seconds", "status"), [(59, 409), (60, 201)])
async def test_the_key_of_a_dead_request_may_be_taken_over_after_a_minute(
    hub: Hub, shop: Shop, clock: VirtualClock, seconds: int, status: int
) -> None:
    asha = as_caller()
    dead = asyncio.create_task(send(hub, asha, "wait"))
    await shop.begun.wait()

    await clock.advance(seconds=seconds)

    assert (await send(hub, asha, "wait")).status_code == status
    shop.may_end.set()
    await dead


async def test_of_many_heirs_one_takes_over(hub: Hub, shop: Shop, clock: VirtualClock) -> None:
    asha = as_caller()
    dead = asyncio.create_task(send(hub, asha, "wait"))
    await shop.begun.wait()
    await clock.advance(seconds=60)

    await asyncio.gather(*(send(hub, asha, "wait") for _ in range(10)))

    assert shop.times == 2
    shop.may_end.set()
    await dead


@pytest.mark.parametrize("how", ["wait", "wait and fail"])
async def test_a_request_thought_dead_does_not_touch_the_key_of_its_heir(
    hub: Hub, shop: Shop, clock: VirtualClock, how: str
) -> None:
    asha = as_caller()
    dead = asyncio.create_task(send(hub, asha, how))
    await shop.begun.wait()
    await clock.advance(seconds=60)
    heir = await send(hub, asha, how)

    shop.may_end.set()
    await dead

    assert (await send(hub, asha, how)).content == heir.content
    assert shop.times == 2


async def test_what_is_kept_of_an_answer_is_sealed(hub: Hub) -> None:
    await send(hub, as_caller(account="acme"))

    stored = await hub.deps.mongo[repository.ANSWERS].find({}, limit=10)

    assert [await hub.deps.sealer.unseal("acme", idempotency.PLACE, entry["answer"]) for entry in stored]
    assert CANARY not in str(stored)
    assert KEY["idempotency-key"] not in str(stored)


async def test_an_answer_is_kept_for_a_day(hub: Hub, clock: VirtualClock) -> None:
    await send(hub, as_caller())

    stored = await hub.deps.mongo[repository.ANSWERS].find({}, limit=10)

    assert [entry["expires_at"] - clock.now() for entry in stored] == [idempotency.KEPT_FOR]
