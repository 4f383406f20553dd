"""Files that people have sent, as they are had from where Telnyx keeps them."""

from dataclasses import replace

import pytest

from channels.answers import RATE_LIMITED, WRONG_URL
from channels.base import Access, Gone, Media, Out, Refused, Unsure
from channels.telnyx.channel import CHANNELS
from channels.telnyx.failures import MEDIA_ELSEWHERE
from tests.channels.telnyx.stage import LINE, TelnyxStage
from tests.fakes.loopback import answer, listening, says

TELNYX = CHANNELS["telnyx_sms"]
MOST = 1000


async def fetch_from(out: Out, said: bytes) -> str:
    """What a server is asked that says this."""
    async with listening(says(said)) as server:
        access = Access("line-1", LINE, {"url": server.url, "api_key": "k", "media_hosts": "telnyx.com"})
        await TELNYX.fetch(out, access, Media(type="", url=f"{server.url}media/1"), most_bytes=MOST)
        return server.requests[0].decode()


async def test_no_key_is_shown_for_a_file(out: Out) -> None:
    asked = await fetch_from(out, answer(b"x"))

    assert asked.startswith("GET /media/1 HTTP/1.1")
    assert "authorization" not in asked.lower()


@pytest.mark.parametrize("hosts", ["telnyx.com", "", "127.0.0.1"])
async def test_an_address_elsewhere_is_not_even_asked(stage: TelnyxStage, out: Out, hosts: str) -> None:
    access = replace(stage.access, values={**stage.access.values, "media_hosts": hosts})

    async with listening(says(answer(b"x"))) as server:
        with pytest.raises(Refused) as caught:
            await TELNYX.fetch(out, access, Media(type="", url=f"{server.url}1"), most_bytes=MOST)

        assert (server.requests, caught.value.failure) == ([], MEDIA_ELSEWHERE)


@pytest.mark.parametrize("status", ["403 Expired", "404 Not Found", "410 Gone"])
async def test_an_address_that_is_good_no_more_is_gone(out: Out, status: str) -> None:
    with pytest.raises(Gone):
        await fetch_from(out, answer(b"<Error/>", status=status))


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
