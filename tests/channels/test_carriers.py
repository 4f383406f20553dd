"""The fakes of providers of SMS: that they do what a person or a test tells them to."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

import httpx2
import pytest

from tests.fakes.carriers.running import Served
from tests.fakes.loopback import answer, listening, says
from tests.fakes.telnyx.running import running_telnyx
from tests.fakes.vonage.running import running_vonage

NUMBER, ASHA = "+12025550142", "+12025550171"
Running = Callable[[], AbstractAsyncContextManager[Served]]
RUNNING: Mapping[str, Running] = {"vonage": running_vonage, "telnyx": running_telnyx}


@pytest.fixture(params=[*RUNNING])
async def carrier(request: pytest.FixtureRequest) -> AsyncIterator[Served]:
    """Each of them."""
    async with RUNNING[request.param]() as carrier:
        yield carrier


async def order(carrier: Served, method: str, path: str, body: Any = None) -> Any:
    """As somebody would by curl."""
    answered = await carrier.client.request(method, f"{carrier.url}/control{path}", json=body)
    return answered.json()


async def test_what_is_not_taken_is_told_again_and_once_it_is_taken_no_more(carrier: Served) -> None:
    carrier.pauses_s = (0, 0, 0)
    async with listening(says(answer(status="500 Oh"))) as deaf:
        carrier.connect(NUMBER, webhook=deaf.url)
        told = await carrier.say(ASHA, NUMBER, "Hello")
    async with listening(says(answer())) as hearing:
        carrier.connect(NUMBER, webhook=hearing.url)
        again = await carrier.say(ASHA, NUMBER, "Hello")

    assert (told.answers, again.answers) == ([500] * 4, [200])


async def test_where_nobody_listens_that_is_known(carrier: Served) -> None:
    carrier.connect(NUMBER, webhook="http://127.0.0.1:1/in/line-1")

    assert (await carrier.say(ASHA, NUMBER, "Hello")).answers == [0]


async def test_it_is_ordered_about_by_hand(carrier: Served) -> None:
    async with listening(says(answer())) as hearing:
        await order(carrier, "POST", "/lines", {"numbers": [NUMBER], "webhook": hearing.url})
        told = await order(carrier, "POST", "/say", {"from": ASHA, "line": NUMBER, "text": "Hello"})
    await order(carrier, "POST", "/moods", {"does": "hang_up"})

    shown = await order(carrier, "GET", "")

    assert (told["answers"], shown["numbers"], shown["webhook"]) == ([200], [NUMBER], hearing.url)
    assert [mood["does"] for mood in shown["moods"]] == ["hang_up"]
    assert await order(carrier, "DELETE", "/moods") == []


async def test_an_order_that_makes_no_sense_is_answered_in_words(carrier: Served) -> None:
    assert "KeyError" in (await order(carrier, "POST", "/say", {"line": NUMBER}))["error"]


async def test_whoever_has_no_key_is_sent_away(carrier: Served) -> None:
    async with httpx2.AsyncClient(trust_env=False) as client:
        paths = ["/v1/messages", "/v2/messages"]
        statuses = {(await client.post(f"{carrier.url}{path}", json={})).status_code for path in paths}

    assert statuses == {401, 404}
