"""Files that people have sent, as they are had from the sandbox."""

from dataclasses import replace

import pytest

from channels.answers import RATE_LIMITED, WRONG_KEY, WRONG_URL
from channels.base import Access, Gone, Media, Out, Refused, TooLarge, Unsure
from channels.sandbox.channel import SMS
from tests.channels.sandbox.stage import LINE, SandboxStage
from tests.fakes.loopback import answer, listening, says

MOST = 100
PICTURE = Media(type="image/png", provider_id="media-1", url="http://127.0.0.1:1/elsewhere")


async def fetch_from(out: Out, said: bytes, media: Media = PICTURE) -> tuple[bytes, bytes]:
    """What comes of it at a server that says this, and what that was asked."""
    async with listening(says(said)) as server:
        access = Access("line-1", LINE, {"url": server.url, "key": "k"})
        content = await SMS.fetch(out, access, media, most_bytes=MOST)
        return content, server.requests[0]


async def kept(stage: SandboxStage, content: bytes) -> Media:
    """A file that somebody has sent."""
    return Media(type="image/png", provider_id=stage.sandbox.keep("image/png", "a.png", content)["id"])


@pytest.mark.parametrize(("size", "is_had"), [(MOST, True), (MOST + 1, False)])
async def test_no_more_is_read_than_was_asked_for(stage: SandboxStage, out: Out, size: int, is_had: bool) -> None:
    media = await kept(stage, bytes(size))

    try:
        content = await stage.channel.fetch(out, stage.access, media, most_bytes=MOST)
    except TooLarge:
        content = b""

    assert (len(content) == size) == is_had


async def test_a_wrong_key_is_no_word_about_the_file(stage: SandboxStage, out: Out) -> None:
    media = await kept(stage, b"picture")
    access = replace(stage.access, values={**stage.access.values, "key": "another"})

    with pytest.raises(Refused) as caught:
        await stage.channel.fetch(out, access, media, most_bytes=MOST)

    assert (type(caught.value), caught.value.failure.code) == (Refused, WRONG_KEY.code)


@pytest.mark.parametrize(
    ("status", "code"),
    [("302 Found", WRONG_URL.code), ("404 Not Found", WRONG_URL.code), ("429 Too Many Requests", RATE_LIMITED.code)],
    ids=["elsewhere", "no_page", "too_many"],
)
async def test_a_bare_no_is_no_word_about_the_file(out: Out, status: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await fetch_from(out, answer(b"<html>", status=status, headers="location: http://127.0.0.1:1/\r\n"))

    assert (type(caught.value), caught.value.failure.code) == (Refused, code)


@pytest.mark.parametrize("status", ["500 Oops", "503 Away", "204 Nothing", "418 Tea"])
async def test_what_is_neither_yes_nor_no_is_unsure(out: Out, status: str) -> None:
    with pytest.raises(Unsure):
        await fetch_from(out, answer(status=status))


async def test_an_id_is_a_name_and_no_way(out: Out) -> None:
    content, asked = await fetch_from(out, answer(b"x"), replace_id("../messages?client_id=1"))

    assert content == b"x"
    assert asked.startswith(b"GET /v1/media/..%2Fmessages%3Fclient_id%3D1 HTTP/1.1")


@pytest.mark.parametrize("id", ["", ".", ".."])
async def test_what_has_no_name_cannot_be_had(out: Out, id: str) -> None:
    with pytest.raises(Gone):
        await fetch_from(out, answer(b"x"), replace_id(id))


def replace_id(id: str) -> Media:
    """A picture that the provider calls so."""
    return Media(type="image/png", provider_id=id)
