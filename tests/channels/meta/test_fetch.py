"""Files that people have sent, as they are had from Meta."""

import msgspec
import pytest

from channels.answers import RATE_LIMITED
from channels.base import Access, Gone, Media, Out, Refused, TooLarge, Unsure
from channels.meta.channel import MetaWhatsapp
from channels.meta.failures import FAILURES
from tests.channels.meta.stage import ADDRESS, MetaStage
from tests.fakes.loopback import answer, listening, says

MOST = 100
PICTURE = Media(type="image/jpeg", provider_id="1003383421387256", url="http://127.0.0.1:1/elsewhere")


async def fetch_from(out: Out, said: bytes, media: Media = PICTURE) -> tuple[bytes, list[bytes]]:
    """What comes of it at a server that says this, and what that was asked."""
    async with listening(says(said)) as server:
        access = Access("line-1", ADDRESS, {"url": server.url, "access_token": "t"})
        return await MetaWhatsapp().fetch(out, access, media, most_bytes=MOST), server.requests


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.test/x",
        "http://lookaside.fbsbx.com/x",
        "https://lookaside.fbsbx.com.acme.test/x",
        "https://acme.test/lookaside.fbsbx.com",
        "https://lookaside.fbsbx.com@acme.test/x",
        "https://xfbcdn.net/x",
        "file:///etc/passwd",
        "http://169.254.169.254/latest/",
        "",
    ],
)
async def test_the_token_is_shown_to_nobody_but_meta(out: Out, url: str) -> None:
    with pytest.raises(Unsure, match="not Meta's"):
        await fetch_from(out, answer(msgspec.json.encode({"url": url})))


async def test_what_is_too_large_by_its_own_word_is_not_begun(out: Out) -> None:
    with pytest.raises(TooLarge):
        await fetch_from(out, answer(b'{"url":"https://lookaside.fbsbx.com/x","file_size":101}'))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer(b'{"error":{"code":190}}', status="401 Unauthorized"), "190"),
        (answer(b"<html>", status="404 Not Found"), "wrong_url"),
        (answer(b"<html>", status="429 Too Many Requests"), RATE_LIMITED.code),
    ],
    ids=range(3),
)
async def test_a_no_to_the_line_is_no_word_about_the_file(out: Out, said: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await fetch_from(out, said)

    assert (type(caught.value), caught.value.failure) == (Refused, FAILURES[code])


async def test_a_file_that_is_no_longer_where_meta_says_is_gone(stage: MetaStage, out: Out) -> None:
    media = stage.sent_to_us(b"picture")
    stage.meta.lost.add(media.provider_id)

    with pytest.raises(Gone):
        await stage.channel.fetch(out, stage.access, media, most_bytes=MOST)


async def test_an_id_is_a_name_and_no_way(out: Out) -> None:
    async with listening(says(answer(b"{}", status="500 Oh"))) as server:
        access = Access("line-1", ADDRESS, {"url": f"{server.url}v26.0", "access_token": "t"})
        with pytest.raises(Unsure):
            await MetaWhatsapp().fetch(out, access, Media(type="", provider_id="../me?x=1"), most_bytes=MOST)
        asked = server.requests[0]

    assert asked.startswith(b"GET /v26.0/..%2Fme%3Fx=1 HTTP/1.1")


@pytest.mark.parametrize("id", ["", ".", ".."])
async def test_what_has_no_name_cannot_be_had(out: Out, id: str) -> None:
    with pytest.raises(Gone):
        await fetch_from(out, answer(b"x"), Media(type="", provider_id=id))
