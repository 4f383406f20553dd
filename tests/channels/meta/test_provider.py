"""Meta's server itself: that it does what tests of the hub tell it to."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx2
import msgspec
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from channels.base import Content, Hook, Inbound, Out, Parsed, Posted, Refused, State, Status, Unsure
from tests.channels.meta.stage import MetaStage
from tests.clock import MORNING
from tests.fakes.meta import ASHA, RAVI
from tests.fakes.meta.signing import proven
from tests.fakes.sandbox.moods import Does

DISORDER: Sequence[Does] = ("duplicate", "batch", "reorder")


def words(parsed: Sequence[Parsed]) -> list[str]:
    """Each in a word."""
    return [word(one) for one in parsed]


def word(one: Parsed) -> str:
    """What was said, or happened."""
    match one:
        case Inbound():
            return one.content.text
        case Status():
            return " ".join(filter(None, (one.state.value, one.code, one.ours)))
    return type(one).__name__


@asynccontextmanager
async def owned(stage: MetaStage, *answers: int) -> AsyncIterator[list[str]]:
    """The line with an owner, who believes what is signed, keeps it and answers as told."""
    heard, left = list[str](), list(answers)

    async def take(request: Request) -> Response:
        body = await request.body()
        hook = Hook(method="POST", url="", headers=request.headers, query={}, body=body, now=MORNING)
        stage.channel.verify(stage.access, hook)
        heard.extend(words(stage.channel.parse(stage.access, Posted(body))))
        return Response(status_code=left.pop(0) if left else 200)

    app = Starlette(routes=[Route("/in/line-1", take, methods=["POST"])])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as client:
        stage.webhook.client, stage.webhook.url = client, stage.access.webhook
        yield heard


async def test_what_somebody_says_is_told_signed_and_repeated_until_it_is_taken(stage: MetaStage) -> None:
    stage.webhook.pauses_s = (0, 0)

    async with owned(stage, 503, 500) as heard:
        [told] = await stage.meta.say(RAVI, stage.number.id, "Hello")

    assert told.answers == [503, 500, 200]
    assert heard == ["Hello"] * 3


async def test_webhooks_can_come_twice_in_one_and_the_wrong_way_round(stage: MetaStage) -> None:
    async with owned(stage) as heard:
        for does in DISORDER:
            stage.meta.mood(does, count=2)
            await stage.meta.say(ASHA, stage.number.id, f"{does} 1")
            await stage.meta.say(ASHA, stage.number.id, f"{does} 2")

    assert heard[:3] == ["duplicate 1", "duplicate 1", "duplicate 2"]
    assert heard[3:5] == ["batch 1", "batch 2"]
    assert heard[5:] == ["reorder 2", "reorder 1"]
    assert [len(told.body["entry"][0]["changes"]) for told in stage.webhook.told] == [1, 1, 2, 1, 1]


async def test_statuses_follow_a_message_and_tell_our_id(stage: MetaStage, out: Out) -> None:
    stage.meta.follows = ("sent", "delivered", "read")

    await stage.channel.send(out, stage.access, stage.message("c-1"))
    await stage.meta.settle()

    assert words(stage.heard()) == ["sent c-1", "delivered c-1", "read c-1"]


async def test_what_was_taken_and_not_answered_is_told_of_by_our_id(stage: MetaStage, out: Out) -> None:
    stage.meta.follows = ("sent",)
    stage.meta.mood("early")
    stage.meta.mood("hang_up")

    with pytest.raises(Unsure):
        await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert words(stage.heard()) == ["sent c-1"]


async def test_out_of_the_window_meta_says_yes_and_then_no(stage: MetaStage, out: Out) -> None:
    stage.meta.expire_windows(stage.number.id)

    receipt = await stage.channel.send(out, stage.access, stage.message("c-1"))
    await stage.meta.settle()

    [status] = stage.heard()
    assert status == Status(
        id=receipt.id, state=State.FAILED, at=MORNING, code="131047", ours="c-1", at_line=stage.number.id
    )


async def test_a_limit_counts_the_last_second(stage: MetaStage, out: Out) -> None:
    stage.meta.mood("limit", times=None, count=1, wait_s=7)
    await stage.channel.send(out, stage.access, stage.message("c-1"))

    with pytest.raises(Refused, match="130429") as caught:
        await stage.channel.send(out, stage.access, stage.message("c-2"))
    stage.meta.now = lambda: MORNING + timedelta(seconds=1)
    await stage.channel.send(out, stage.access, stage.message("c-2"))

    assert caught.value.retry_after == timedelta(seconds=7)
    assert [sent.ours for sent in stage.meta.sent] == ["c-1", "c-2"]


async def test_what_is_sent_twice_goes_out_twice(stage: MetaStage, out: Out) -> None:
    for _ in range(2):
        await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert stage.taken("c-1") == 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        b'{"messaging_product":"whatsapp","to":"1"}',
        b'{"messaging_product":"whatsapp","to":"1","type":"text","text":{"body":""}}',
        b'{"messaging_product":"whatsapp","to":"1","type":"image","image":{"link":"file:///x"}}',
        b'{"messaging_product":"whatsapp","to":"1","type":"interactive","interactive":{"type":"button"}}',
    ],
    ids=range(7),
)
async def test_nonsense_from_us_is_refused(stage: MetaStage, out: Out, body: bytes) -> None:
    place = f"{stage.meta.url}/v26.0/{stage.number.id}/messages?appsecret_proof={proof_of(stage)}"

    answer = await out("POST", place, headers={"authorization": f"Bearer {stage.meta.token}"}, content=body)

    assert answer.status == 400
    assert stage.meta.sent == []


def proof_of(stage: MetaStage) -> str:
    """What the adapter would send."""
    return proven(stage.meta.secret, stage.meta.token)


async def test_everything_can_be_told_by_hand(stage: MetaStage, out: Out) -> None:
    async def tell(path: str, **body: Any) -> Any:
        answer = await client.post(f"/control{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    asha = {"user_id": ASHA.user_id, "number": ASHA.number, "name": ASHA.name}
    stage.add_template("viewing", "Hello")
    async with httpx2.AsyncClient(base_url=stage.meta.url, trust_env=False) as client:
        await tell("/say", person=asha, number_id=stage.number.id, text="Hello again")
        await tell("/moods", does="refuse", code="131042", times=None)
        with pytest.raises(Refused, match="131042"):
            await stage.channel.send(out, stage.access, stage.message("c-1"))
        await client.delete("/control/moods")
        receipt = await stage.channel.send(out, stage.access, stage.message("c-1", Content(text="Yes")))
        await tell("/statuses", id=receipt.id, state="read")
        await tell("/templates", name="viewing", language="en", event="PAUSED")
        await tell("/tell", account=stage.number.account, field="account_update", value={"event": "ACCOUNT_DELETED"})
        await tell("/windows/expire", number_id=stage.number.id)
        shown = (await client.get("/control")).json()
        wrong = await client.post("/control/statuses", json={"id": "nobody", "state": "read"})

    assert words(stage.heard()) == ["Hello again", "read c-1", "TemplateNews", "LineNews"]
    assert [(sent["id"], sent["states"]) for sent in shown["sent"]] == [(receipt.id, ["read"])]
    assert wrong.status_code == 400


async def test_it_starts_by_hand() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-S", "-m", "tests.fakes", "meta", "--port", "0", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    try:
        first = (await asyncio.wait_for(process.stdout.readline(), 20)).decode()
        url = first.split("listens at ")[1].split(";")[0]
        async with httpx2.AsyncClient(trust_env=False) as client:
            answer = await client.get(f"{url}/control")
    finally:
        process.terminate()
        await process.wait()

    assert msgspec.json.decode(answer.content)["numbers"][0]["shown"] == "12025550142"
