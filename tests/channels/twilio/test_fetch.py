"""Files that people have sent, as they are had from Twilio."""

import pytest

from channels.base import Access, Gone, Media, Out, Refused, Unsure
from channels.twilio.channel import SMS
from tests.channels.twilio.stage import LINE, VALUES, TwilioStage
from tests.fakes.loopback import answer, listening, says

PICTURE = Media(type="image/png", provider_id="MM1/ME1", url="http://127.0.0.1:1/elsewhere")
MOST = 100


async def fetch_from(out: Out, said: bytes, media: Media = PICTURE) -> bytes:
    """What was asked of a server that says this."""
    async with listening(says(said)) as server:
        access = Access("line-1", LINE, {**VALUES, "url": server.url})
        await SMS.fetch(out, access, media, most_bytes=MOST)
        return server.requests[0]


def moved(to: str) -> bytes:
    """The file is there."""
    return answer(status="307 Temporary Redirect", headers=f"Location: {to}\r\n")


async def test_where_the_files_are_kept_nobody_gets_the_token(stage: TwilioStage, out: Out) -> None:
    media = stage.sent_to_us(b"picture")

    # The server there refuses whoever comes with one.
    assert await stage.channel.fetch(out, stage.access, media, most_bytes=MOST) == b"picture"


async def test_it_is_asked_for_by_its_id_at_the_lines_own_address(out: Out) -> None:
    asked = await fetch_from(out, answer(b"x"))

    account = VALUES["account_sid"]
    assert asked.startswith(f"GET /2010-04-01/Accounts/{account}/Messages/MM1/Media/ME1 HTTP/1.1".encode())


@pytest.mark.parametrize(
    "to",
    [
        "https://example.test/picture",
        "http://mms.twiliocdn.com/picture",
        "https://twiliocdn.com.example.test/picture",
        "https://eviltwiliocdn.com/picture",
        "https://bucket.s3.amazonaws.com/picture",
        "https://[::1/picture",
        "file:///etc/passwd",
        "",
    ],
)
async def test_it_is_followed_to_no_place_that_is_not_twilios(out: Out, to: str) -> None:
    with pytest.raises(Refused, match="wrong_url"):
        await fetch_from(out, moved(to))


async def test_it_is_not_followed_for_ever(stage: TwilioStage, out: Out) -> None:
    async with listening(says(moved("/again"))) as server:
        access = Access("line-1", LINE, {**VALUES, "url": server.url})
        with pytest.raises(Refused):
            await SMS.fetch(out, access, PICTURE, most_bytes=MOST)

    assert server.hits == 4


@pytest.mark.parametrize("id", ["", "/", "MM1", "MM1/", "../x", "MM1/..", "MM1/ME1/x", "MM1/ME?1"])
async def test_what_has_no_name_cannot_be_had(out: Out, id: str) -> None:
    with pytest.raises(Gone):
        await fetch_from(out, answer(b"x"), Media(type="image/png", provider_id=id))


@pytest.mark.parametrize("status", ["500 Oops", "503 Away", "204 Nothing"])
async def test_what_is_neither_yes_nor_no_is_unsure(out: Out, status: str) -> None:
    with pytest.raises(Unsure):
        await fetch_from(out, answer(status=status))


@pytest.mark.parametrize(("status", "code"), [("404 Not Found", "wrong_url"), ("401 No", "wrong_key")])
async def test_a_bare_no_is_no_word_about_the_file(out: Out, status: str, code: str) -> None:
    with pytest.raises(Refused, match=code) as caught:
        await fetch_from(out, answer(b"<html>", status=status))

    assert type(caught.value) is Refused
