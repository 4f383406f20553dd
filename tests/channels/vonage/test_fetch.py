"""Files that people have sent, as they are had from Vonage."""

import pytest

from channels.answers import RATE_LIMITED, WRONG_URL
from channels.base import Access, Gone, Media, Out, Refused, Unsure
from channels.vonage.channel import CHANNELS
from channels.vonage.failures import LOCKED_MEDIA
from tests.channels.vonage.stage import LINE, VonageStage
from tests.fakes.loopback import answer, listening, says
from tests.fakes.vonage.provider import Vonage

VONAGE = CHANNELS["vonage_sms"]
MOST = 1000


async def fetch_from(out: Out, said: bytes) -> str:
    """What a server is asked that says this."""
    async with listening(says(said)) as server:
        access = Access("line-1", LINE, {"url": server.url, "api_key": "k", "api_secret": "s"})
        await VONAGE.fetch(out, access, Media(type="", url=f"{server.url}v3/media/1"), most_bytes=MOST)
        return server.requests[0].decode()


async def test_no_key_is_shown_for_a_file(out: Out) -> None:
    asked = await fetch_from(out, answer(b"x"))

    assert asked.startswith("GET /v3/media/1 HTTP/1.1")
    assert "authorization" not in asked.lower()


async def test_an_address_elsewhere_is_not_even_asked(stage: VonageStage, out: Out) -> None:
    async with listening(says(answer(b"x"))) as server:
        with pytest.raises(Gone):
            await VONAGE.fetch(out, stage.access, Media(type="", url=f"{server.url}1"), most_bytes=MOST)

        assert server.requests == []


async def test_a_file_that_is_no_more_is_gone(stage: VonageStage, out: Out) -> None:
    media = stage.sent_to_us(b"picture")
    stage.vonage.files.clear()

    with pytest.raises(Gone):
        await VONAGE.fetch(out, stage.access, media, most_bytes=MOST)


async def test_where_files_are_locked_the_owner_is_told_what_to_switch_off(
    vonage: Vonage, stage: VonageStage, out: Out
) -> None:
    vonage.messages["authenticate_inbound_media"] = True

    with pytest.raises(Refused) as caught:
        await VONAGE.fetch(out, stage.access, stage.sent_to_us(b"picture"), most_bytes=MOST)

    assert (type(caught.value), caught.value.failure) == (Refused, LOCKED_MEDIA)


@pytest.mark.parametrize(
    ("status", "code"), [("302 There", WRONG_URL.code), ("429 Too Many Requests", RATE_LIMITED.code)]
)
async def test_a_bare_no_is_no_word_about_the_file(out: Out, status: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await fetch_from(out, answer(b"", status=status, headers="location: http://127.0.0.1:1/\r\n"))

    assert (type(caught.value), caught.value.failure.code) == (Refused, code)


@pytest.mark.parametrize("status", ["500 Oops", "503 Away", "204 Nothing", "418 Tea"])
async def test_what_is_neither_yes_nor_no_is_unsure(out: Out, status: str) -> None:
    with pytest.raises(Unsure):
        await fetch_from(out, answer(status=status))
