"""How a number stands at Meta, and where its webhooks go."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from channels.base import BadSignature, Hook, Out, Pointed, Probed, Refused
from tests.channels.meta.stage import MetaStage
from tests.clock import MORNING

ELSEWHERE = "https://acme.test/hooks/in"
OURS = ("https://parley.test/in/line-1", "https://parley.test/in/line-2")


async def found(stage: MetaStage, out: Out, **values: str) -> dict[str, tuple[bool, str]]:
    """What is said about each thing."""
    access = replace(stage.access, values={**stage.access.values, **values}, webhooks=OURS)
    return {one.about: (one.is_well, one.words) for one in await stage.channel.probe(out, access)}


@asynccontextmanager
async def owned(stage: MetaStage) -> AsyncIterator[None]:
    """The line's webhook answers, as the hub does."""

    async def answered(request: Request) -> Response:
        query = dict(request.query_params)
        hook = Hook(method="GET", url="", headers={}, query=query, body=b"", now=MORNING)
        try:
            return PlainTextResponse(stage.channel.check(stage.access, hook))
        except BadSignature:
            return Response(status_code=401)

    app = Starlette(routes=[Route("/in/line-1", answered)])
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app)) as client:
        stage.webhook.client = client
        yield


def test_the_channel_can_be_asked_and_told(stage: MetaStage) -> None:
    assert isinstance(stage.channel, Probed)
    assert isinstance(stage.channel, Pointed)


async def test_where_all_is_well_all_is_said_to_be(stage: MetaStage, out: Out) -> None:
    stage.webhook.url = stage.access.webhook

    said = await found(stage, out)

    assert [about for about, (is_well, _) in said.items() if not is_well] == []
    assert set(said) == {"number", "status", "quality", "name", "token", "webhook"}


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"shown": "12025550199"}, "Meta calls the number +1 202-555-0199, Acme."),
        ({"status": "BANNED"}, "The number's status is banned."),
        ({"quality": "RED"}, "The number's quality is red."),
    ],
    ids=["number", "status", "quality"],
)
async def test_what_is_wrong_with_the_number_is_said(
    stage: MetaStage, out: Out, about: dict[str, str], words: str
) -> None:
    for name, value in about.items():
        setattr(stage.number, name, value)

    said = await found(stage, out)

    assert [words for is_well, words in said.values() if not is_well] == [words]


@pytest.mark.parametrize(
    ("values", "about", "start"),
    [
        ({"access_token": "old"}, "token", "The line's access token has expired"),
        ({"app_secret": "another"}, "token", "The app secret and the access token are not of the same app"),
        ({"phone_number_id": "999"}, "number", "Meta does not know this id"),
        ({"waba_id": ""}, "webhook", "The line does not know its WhatsApp Business account"),
        ({"waba_id": "999"}, "webhook", "Meta does not know this id"),
    ],
    ids=range(5),
)
async def test_what_was_entered_wrongly_is_said(
    stage: MetaStage, out: Out, values: dict[str, str], about: str, start: str
) -> None:
    is_well, words = (await found(stage, out, **values))[about]

    assert not is_well
    assert words.startswith(start)


async def test_a_token_that_will_expire_is_told_of_before_it_hurts(stage: MetaStage, out: Out) -> None:
    stage.meta.expires_at = 2_656_627_200

    assert (await found(stage, out))["token"] == (False, "The access token expires on 09 March 2054.")


async def test_a_token_that_may_too_little_is_told_of(stage: MetaStage, out: Out) -> None:
    stage.meta.scopes = ("whatsapp_business_messaging",)

    assert (await found(stage, out))["token"] == (False, "The access token lacks whatsapp_business_management.")


@pytest.mark.parametrize(
    ("url", "is_subscribed", "is_well"),
    [
        ("", False, False),
        ("", True, True),
        (OURS[0], True, True),
        (OURS[1], True, True),
        ("https://parley.test/in/removed", True, False),
        (ELSEWHERE, True, False),
    ],
)
async def test_where_webhooks_go_is_said(
    stage: MetaStage, out: Out, url: str, is_subscribed: bool, is_well: bool
) -> None:
    stage.webhook.url, stage.webhook.is_subscribed = url, is_subscribed

    assert (await found(stage, out))["webhook"][0] is is_well


async def test_webhooks_are_pointed_to_us_once_meta_has_asked(stage: MetaStage, out: Out) -> None:
    stage.webhook.url, stage.webhook.is_subscribed = ELSEWHERE, False

    async with owned(stage):
        await stage.channel.point(out, stage.access)

    assert (stage.webhook.url, stage.webhook.is_subscribed) == (stage.access.webhook, True)


async def test_a_wrong_word_points_nothing(stage: MetaStage, out: Out) -> None:
    access = replace(stage.access, values={**stage.access.values, "verify_token": "another"})

    async with owned(stage):
        with pytest.raises(Refused) as caught:
            await stage.channel.point(out, access)

    assert caught.value.failure.code == "2200"
    assert stage.webhook.url == ""
