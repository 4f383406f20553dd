"""A sound becomes words, by any endpoint that speaks OpenAI's protocol; or it is said why not."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from agents.models.endpoint import Endpoint, HttpClient
from agents.models.failing import Fault, ModelFailed
from agents.models.transcription import MOST_BYTES, Sound, Transcript, transcribe
from tests.fakes.openai.provider import KEY, MODEL, words_in
from tests.fakes.openai.running import RunningOpenAI, running_openai
from tests.fakes.sandbox.moods import Mood

VOICE = Sound(b"OggS\0\2" + bytes(range(200)), "audio/ogg")


def endpoint_of(openai: RunningOpenAI, **more: Any) -> Endpoint:
    """With the right key, as long as nothing else is said."""
    return replace(Endpoint(openai.base_url, KEY, MODEL), **more)


async def listen(client: HttpClient, endpoint: Endpoint, sound: Sound = VOICE, *, timeout_s: float = 5) -> Transcript:
    """What is said in it."""
    return await transcribe(client, endpoint, sound, timeout_s=timeout_s)


async def fault_of(client: HttpClient, endpoint: Endpoint, sound: Sound = VOICE, *, timeout_s: float = 5) -> Fault:
    """What is wrong."""
    with pytest.raises(ModelFailed) as failed:
        await listen(client, endpoint, sound, timeout_s=timeout_s)
    return failed.value.fault


async def test_a_sound_becomes_words(openai: RunningOpenAI, client: HttpClient) -> None:
    transcript = await listen(client, endpoint_of(openai))

    assert transcript == Transcript(words_in(VOICE.content), "en", 1.0)
    assert [(one.name, one.type, one.content) for one in openai.heard] == [("sound.ogg", VOICE.type, VOICE.content)]


async def test_a_model_that_tells_no_language_is_as_good(openai: RunningOpenAI, client: HttpClient) -> None:
    transcript = await listen(client, endpoint_of(openai, model="whisper-1"))

    assert (transcript.text, transcript.language) == (words_in(VOICE.content), "")


async def test_a_sound_without_words_is_no_failure(openai: RunningOpenAI, client: HttpClient) -> None:
    transcript = await listen(client, endpoint_of(openai), Sound(bytes(3000), "audio/wav"))

    assert transcript.text == ""


async def test_a_server_of_ones_own_may_want_no_key(client: HttpClient) -> None:
    async with running_openai(key="") as openai:
        transcript = await listen(client, endpoint_of(openai, key=""))

    assert transcript.text == words_in(VOICE.content)


async def test_nothing_of_the_environment_goes_along(
    openai: RunningOpenAI, client: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-of-somebody-else")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    sent: list[Any] = []
    client.event_hooks["request"] = [keeping(sent)]

    fault = await fault_of(client, endpoint_of(openai, key=""))

    assert (fault, sent[0].headers.get("openai-organization")) == (Fault.KEY, None)


def keeping(sent: list[Any]) -> Any:
    """What notes each request."""

    async def keep(request: Any) -> None:
        sent.append(request)

    return keep


REFUSALS = {
    "invalid_api_key": Fault.KEY,
    "unsupported_country": Fault.KEY,
    "insufficient_quota": Fault.CREDIT,
    "rate_limit_exceeded": Fault.BUSY,
    "model_not_found": Fault.MODEL,
    "invalid_value": Fault.UNREADABLE,
    "too_large": Fault.TOO_LARGE,
    "server_error": Fault.BROKEN,
}


@pytest.mark.parametrize(("code", "fault"), REFUSALS.items())
async def test_a_no_is_told_in_words(openai: RunningOpenAI, client: HttpClient, code: str, fault: Fault) -> None:
    openai.moods.all.append(Mood(does="refuse", code=code))

    assert await fault_of(client, endpoint_of(openai)) is fault


@pytest.mark.parametrize(
    ("does", "fault"),
    [("vanish", Fault.AWAY), ("hang_up", Fault.AWAY), ("slow", Fault.AWAY), ("nonsense", Fault.BROKEN),
     ("down", Fault.BROKEN)],
)  # fmt: skip
async def test_an_endpoint_that_does_not_answer_is_told_from_one_that_fails(
    openai: RunningOpenAI, client: HttpClient, does: Any, fault: Fault
) -> None:
    openai.moods.all.append(Mood(does=does, wait_s=3))

    assert await fault_of(client, endpoint_of(openai), timeout_s=0.5) is fault


async def test_it_says_how_long_it_wants_to_be_left_alone(openai: RunningOpenAI, client: HttpClient) -> None:
    openai.moods.all.append(Mood(does="refuse", code="rate_limit_exceeded", wait_s=20))

    with pytest.raises(ModelFailed) as failed:
        await listen(client, endpoint_of(openai))

    assert failed.value.retry_after == timedelta(seconds=20)


async def test_an_endpoint_at_another_path_is_no_endpoint(openai: RunningOpenAI, client: HttpClient) -> None:
    assert await fault_of(client, endpoint_of(openai, url=f"{openai.url}/v2")) is Fault.MODEL


async def test_what_is_too_large_is_not_even_sent(openai: RunningOpenAI, client: HttpClient) -> None:
    large = Sound(bytes(MOST_BYTES + 1), "audio/wav")

    assert (await fault_of(client, endpoint_of(openai), large), openai.heard) == (Fault.TOO_LARGE, [])


async def test_only_one_request_is_made_of_one(openai: RunningOpenAI, client: HttpClient) -> None:
    openai.moods.all.append(Mood(does="hang_up"))

    await fault_of(client, endpoint_of(openai))

    assert len(openai.heard) == 1
