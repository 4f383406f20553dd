"""The sandbox's server itself: that it does what tests of the hub tell it to."""

import asyncio
import random
import sys
from collections.abc import AsyncIterator
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

from channels.base import Content, Hook, Inbound, Media, Out, Posted, Refused, Status, Unsure
from channels.sandbox.channel import SMS
from tests.channels.sandbox.stage import LINE, PERSONS, SandboxStage
from tests.clock import MORNING
from tests.fakes.sandbox.moods import Does
from tests.fakes.sandbox.running import RunningSandbox, running_sandbox

ASHA = PERSONS[SMS.medium].value


class Owner:
    """Whoever has the line: keeps the webhooks that the adapter believes, and answers as told."""

    def __init__(self, stage: SandboxStage) -> None:
        self.stage = stage
        self.heard: list[list[str]] = []
        self.answers: list[int] = []

    async def take(self, request: Request) -> Response:
        """One webhook."""
        body = await request.body()
        hook = Hook(method="POST", url="", headers=request.headers, query={}, body=body, now=MORNING)
        self.stage.channel.verify(self.stage.access, hook)
        self.heard.append([what(one) for one in self.stage.channel.parse(self.stage.access, Posted(body))])
        return Response(status_code=self.answers.pop(0) if self.answers else 200)


def what(one: object) -> str:
    """In a word."""
    match one:
        case Inbound():
            return one.content.text
        case Status():
            return one.state.value
    return type(one).__name__


@asynccontextmanager
async def owned(stage: SandboxStage, **more: Any) -> AsyncIterator[Owner]:
    """The line with an owner, who is told of everything."""
    owner = Owner(stage)
    app = Starlette(routes=[Route("/in/line-1", owner.take, methods=["POST"])])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://parley.test") as client:
        stage.sandbox.connect(LINE, webhook="/in/line-1", secret="secret-of-the-line", client=client, **more)
        yield owner


@pytest.fixture
async def owner(stage: SandboxStage) -> AsyncIterator[Owner]:
    """The owner of the line."""
    async with owned(stage) as owner:
        yield owner


async def test_what_somebody_says_is_told_and_the_answer_kept(stage: SandboxStage, owner: Owner) -> None:
    owner.answers = [503]

    [told] = await stage.sandbox.say(ASHA, LINE, "Hello")

    assert owner.heard == [["Hello"]]
    assert told.answers == [503]


async def test_what_is_not_taken_is_repeated(stage: SandboxStage) -> None:
    async with owned(stage, pauses_s=(0, 0)) as owner:
        owner.answers = [500, 503]

        [told] = await stage.sandbox.say(ASHA, LINE, "Hello")

    assert told.answers == [500, 503, 200]


async def test_duplicates_are_the_same_event(stage: SandboxStage, owner: Owner) -> None:
    stage.sandbox.mood("duplicate", count=5)

    [told] = await stage.sandbox.say(ASHA, LINE, "Hello")
    await stage.sandbox.say(ASHA, LINE, "Still there?")

    assert owner.heard == [["Hello"]] * 5 + [["Still there?"]]
    assert told.answers == [200] * 5


async def test_reordered_events_come_the_last_one_first(stage: SandboxStage, owner: Owner) -> None:
    stage.sandbox.mood("reorder", count=3)

    for text in ("One", "Two", "Three", "Four"):
        await stage.sandbox.say(ASHA, LINE, text)

    assert owner.heard == [["Three"], ["Two"], ["One"], ["Four"]]


async def test_batched_events_come_in_one(stage: SandboxStage, owner: Owner) -> None:
    stage.sandbox.mood("batch", count=2)

    for text in ("One", "Two", "Three"):
        await stage.sandbox.say(ASHA, LINE, text)

    assert owner.heard == [["One", "Two"], ["Three"]]


async def test_held_events_come_as_the_dice_say(stage: SandboxStage, owner: Owner) -> None:
    stage.sandbox.line(LINE).is_held = True
    for text in map(str, range(10)):
        await stage.sandbox.say(ASHA, LINE, text)

    await stage.sandbox.line(LINE).release(batch=3, times=2, shuffled=random.Random(4))  # noqa: S311

    assert sorted(owner.heard) == sorted([["0", "1", "2"], ["3", "4", "5"], ["6", "7", "8"], ["9"]] * 2)
    assert owner.heard[0] != ["0", "1", "2"]


async def test_late_events_come_after_the_others(stage: SandboxStage, owner: Owner) -> None:
    stage.sandbox.mood("late", wait_s=0.05)

    await asyncio.gather(stage.sandbox.say(ASHA, LINE, "One"), stage.sandbox.say(ASHA, LINE, "Two"))

    assert owner.heard == [["Two"], ["One"]]


async def test_an_owner_who_is_away_is_no_error(sandbox: RunningSandbox) -> None:
    sandbox.connect(LINE, webhook="http://127.0.0.1:9/", secret="s")

    [told] = await sandbox.say(ASHA, LINE, "Hello")

    assert told.answers == [0]


async def test_early_statuses_come_before_the_answer(stage: SandboxStage, owner: Owner, out: Out) -> None:
    stage.sandbox.mood("early")
    stage.sandbox.mood("hang_up")

    with pytest.raises(Unsure):
        await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert owner.heard == [["sent"], ["delivered"]]


async def test_statuses_follow_a_message(stage: SandboxStage, owner: Owner, out: Out) -> None:
    stage.sandbox.follows = ("sent", "delivered", "read")

    await stage.channel.send(out, stage.access, stage.message("c-1"))
    await stage.sandbox.settle()

    assert owner.heard == [["sent"], ["delivered"], ["read"]]


async def test_statuses_can_come_out_of_order(stage: SandboxStage, owner: Owner, out: Out) -> None:
    stage.sandbox.follows = ("sent", "delivered", "read")
    stage.sandbox.mood("reorder", count=3)

    await stage.channel.send(out, stage.access, stage.message("c-1"))
    await stage.sandbox.settle()

    assert owner.heard == [["read"], ["delivered"], ["sent"]]


async def test_a_forgotten_client_id_goes_out_twice_and_a_lookup_tells(stage: SandboxStage, out: Out) -> None:
    stage.sandbox.mood("forget", times=None)

    first = await stage.channel.send(out, stage.access, stage.message("c-1"))
    await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert stage.taken("c-1") == 2
    assert await stage.channel.lookup(out, stage.access, stage.message("c-1"), since=MORNING) == [first]


async def test_a_limit_counts_the_last_second(stage: SandboxStage, out: Out) -> None:
    stage.sandbox.mood("limit", times=None, count=2, wait_s=7)
    await stage.channel.send(out, stage.access, stage.message("c-1"))
    await stage.channel.send(out, stage.access, stage.message("c-2"))

    with pytest.raises(Refused) as caught:
        await stage.channel.send(out, stage.access, stage.message("c-3"))
    stage.sandbox.now = lambda: MORNING + timedelta(seconds=1)
    await stage.channel.send(out, stage.access, stage.message("c-3"))

    assert caught.value.retry_after == timedelta(seconds=7)
    assert [sent.client_id for sent in stage.sandbox.sent] == ["c-1", "c-2", "c-3"]


@pytest.mark.parametrize("how", ["hang_up", "vanish"])
async def test_it_hangs_up_without_a_word(stage: SandboxStage, how: Does) -> None:
    stage.sandbox.mood(how)
    body = {"client_id": "c-1", "channel": "sms", "from": LINE, "to": ASHA, "text": "Yes"}
    key = {"authorization": f"Bearer {stage.sandbox.key}"}

    async with httpx2.AsyncClient(base_url=stage.sandbox.url, trust_env=False) as client:
        with pytest.raises(httpx2.TransportError):
            await client.post("/v1/messages", json=body, headers=key)


async def test_moods_are_of_one_line_or_person(stage: SandboxStage, out: Out) -> None:
    stage.sandbox.mood("refuse", line="+49300", times=None)
    stage.sandbox.mood("refuse", to="+49171", times=None)

    await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert stage.taken("c-1") == 1


async def test_files_of_people_are_had_by_the_key_alone(sandbox: RunningSandbox, out: Out) -> None:
    file = sandbox.keep("image/png", "plan.png", b"\x89PNG")

    had = await out("GET", file["url"], headers={"authorization": f"Bearer {sandbox.key}"})
    refused = await out("GET", file["url"], headers={})

    assert (had.status, had.headers["content-type"], had.body) == (200, "image/png", b"\x89PNG")
    assert refused.status == 401


async def test_files_of_ours_are_fetched_where_it_is_told_to(stage: SandboxStage, out: Out) -> None:
    stage.sandbox.fetches_media = True
    away = Content(media=(Media(type="image/png", url="http://127.0.0.1:9/x.png"),))

    with pytest.raises(Refused, match="media_refused"):
        await stage.channel.send(out, stage.access, stage.message("c-1", away))

    assert stage.taken("c-1") == 0


async def test_templates_wait_to_be_approved_and_the_owner_is_told(stage: SandboxStage, owner: Owner) -> None:
    template = {"name": "hello", "language": "en", "body": "Hello {{1}}, {{1}} {{2}}"}
    async with httpx2.AsyncClient(base_url=stage.sandbox.url, trust_env=False) as client:
        key = {"authorization": f"Bearer {stage.sandbox.key}"}
        made = await client.post("/v1/templates", json=template, headers=key)
        decided = await client.post(
            "/control/templates", json={"line": LINE, "name": "hello", "language": "en", "state": "approved"}
        )
        listed = await client.get("/v1/templates", headers=key)

    assert (made.status_code, made.json()["state"]) == (201, "pending")
    assert decided.status_code == 200
    assert listed.json() == {"templates": [{**made.json(), **template, "state": "approved"}]}
    assert owner.heard == [["TemplateNews"]]
    assert stage.sandbox.templates["hello", "en"].blanks == 2


async def test_everything_can_be_told_by_hand(stage: SandboxStage, owner: Owner, out: Out) -> None:
    async def tell(path: str, **body: Any) -> Any:
        answer = await client.post(f"/control{path}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async with httpx2.AsyncClient(base_url=stage.sandbox.url, trust_env=False) as client:
        await tell("/say", **{"from": ASHA, "line": LINE, "text": "Hello"})
        await tell("/moods", does="refuse", code="opted_out", times=None)
        with pytest.raises(Refused, match="opted_out"):
            await stage.channel.send(out, stage.access, stage.message("c-1"))
        await client.delete("/control/moods")
        receipt = await stage.channel.send(out, stage.access, stage.message("c-1"))
        await tell("/statuses", id=receipt.id, state="read")
        await tell("/windows/expire", line=LINE)
        await tell("/tell", line=LINE, events=[{"type": "typing"}])
        shown = (await client.get("/control")).json()
        wrong = await client.post("/control/statuses", json={"id": "nobody", "state": "read"})

    assert owner.heard == [["Hello"], ["read"], ["Strange"]]
    assert [(sent["id"], sent["states"]) for sent in shown["sent"]] == [(receipt.id, ["read"])]
    assert wrong.status_code == 400


async def test_somebody_sends_a_file_by_hand(stage: SandboxStage, owner: Owner) -> None:
    async with httpx2.AsyncClient(base_url=stage.sandbox.url, trust_env=False) as client:
        kept = (await client.post("/control/files", params={"name": "roof.png"}, content=b"\x89PNG")).json()
        said = {"from": ASHA, "line": LINE, "media": [kept]}
        told = await client.post("/control/say", json=said)
        had = await client.get(kept["url"], headers={"authorization": f"Bearer {stage.sandbox.key}"})

    assert (kept["type"], kept["name"], kept["size"]) == ("image/png", "roof.png", 4)
    assert told.json()[0]["events"][0]["media"] == [kept]
    assert (had.headers["content-type"], had.content) == ("image/png", b"\x89PNG")


async def test_nonsense_from_us_is_refused(sandbox: RunningSandbox, out: Out) -> None:
    key = {"authorization": f"Bearer {sandbox.key}"}

    statuses = [
        (await out("POST", f"{sandbox.url}/v1/messages", headers=key, content=body)).status
        for body in (b"", b"[]", b"{}", msgspec.json.encode({"client_id": 1, "template": "x"}))
    ]

    assert statuses == [422] * 4


async def test_it_starts_by_hand_with_a_python_that_has_none_of_the_packages() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-S", "-m", "tests.fakes", "sandbox", "--port", "0", stdout=asyncio.subprocess.PIPE
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

    assert answer.json()["sent"] == []


async def test_two_sandboxes_know_nothing_of_each_other(sandbox: RunningSandbox) -> None:
    async with running_sandbox() as other:
        other.mood("down", times=None)

        assert (sandbox.moods.all, other.port == sandbox.port) == ([], False)
        assert sandbox.new_id("in") != other.new_id("in")
