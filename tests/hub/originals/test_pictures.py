"""Pictures of mails: those that come along are shown, those that stand elsewhere on request only."""

import asyncio
import base64
import re

import pytest

from tests.clock import VirtualClock
from tests.fakes.loopback import answer, listening, says
from tests.hub.originals.mails import SVG, Desk, drawn, html, mail, page, picture, png
from tests.people import code_of

SMALL, LARGE = png(), png(noise=b"x" * 200_000)
REMOTE = '<img src="http://127.0.0.1:{port}/logo.png" alt="Acme">'


def sources(shown: str) -> list[str]:
    """Where the pictures of a page come from."""
    return re.findall(r'<img[^>]* src="([^"]*)"', shown)


async def test_a_small_one_that_came_along_stands_in_the_page(desk: Desk) -> None:
    shown = await desk.sees(mail(html('<img src="CID:one%40a" width="90">'), picture("One@a", SMALL), kind="related"))

    assert shown.startswith(f'<img width="90" src="data:image/png;base64,{base64.b64encode(SMALL).decode()}">')


async def test_a_large_one_that_came_along_has_a_link(desk: Desk) -> None:
    (url,) = sources(await desk.sees(mail(html('<img src="cid:one">'), picture("one", LARGE), kind="related")))

    loaded = await desk.loads(url)

    assert (loaded.status_code, loaded.headers["content-type"]) == (200, "image/png")
    assert (drawn(loaded.content), len(loaded.content) < len(LARGE)) == (drawn(LARGE), True)
    assert loaded.headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert loaded.headers["x-content-type-options"] == "nosniff"
    assert loaded.headers["cross-origin-resource-policy"] == "cross-origin"
    assert loaded.headers["cache-control"] == "private, max-age=86400, immutable"


@pytest.mark.parametrize("content", [SVG, b"<html><script>run()</script>", b""])
async def test_what_is_only_called_a_picture_is_none(desk: Desk, content: bytes) -> None:
    shown = await desk.sees(mail(html('<img src="cid:one">'), picture("one", content), kind="related"))

    assert sources(shown) == []


async def test_one_that_stands_in_its_own_address_is_looked_at(desk: Desk) -> None:
    good, bad = base64.b64encode(SMALL).decode(), base64.b64encode(SVG).decode()

    written = [f"image/png;base64,{good}", f"image/png;base64,{bad}", "image/svg+xml,x", "image/png;base64,x"]

    shown = await desk.sees(page("".join(f'<img src="data:{one}">' for one in written)))

    assert sources(shown) == [f"data:image/png;base64,{good}"]


async def test_one_that_stands_elsewhere_is_not_loaded_unless_somebody_asks(desk: Desk) -> None:
    async with listening(says(answer(SMALL))) as server:
        entry = await desk.gets(page(REMOTE.format(port=server.port)))

        shown = await desk.opens(entry)

    assert shown["has_remote_images"]
    assert '<img alt="Acme">' in shown["html"]
    assert (server.hits, "127.0.0.1" in shown["html"].partition("<body>")[2]) == (0, False)


async def test_one_that_somebody_asks_for_comes_by_way_of_us(desk: Desk) -> None:
    async with listening(says(answer(SMALL, headers="Set-Cookie: a=b\r\nContent-Type: text/html\r\n"))) as server:
        (url,) = sources(await desk.sees(page(REMOTE.format(port=server.port)), images=True))
        loaded = await desk.loads(url)

    assert url.startswith(f"{desk.deps.settings.base_url}/img/")
    assert (drawn(loaded.content), loaded.headers["content-type"]) == (drawn(SMALL), "image/png")
    assert "set-cookie" not in loaded.headers
    assert not re.search(rb"(?i)\r\n(cookie|referer|authorization|x-forwarded-for):", server.requests[0])


async def test_all_pictures_of_a_newsletter_come_however_many_are_asked_for_at_once(desk: Desk) -> None:
    many = "".join(f'<img src="http://127.0.0.1:{{port}}/{number}.png">' for number in range(30))
    async with listening(says(answer(SMALL))) as server:
        urls = sources(await desk.sees(page(many.format(port=server.port)), images=True))
        loaded = await asyncio.gather(*map(desk.loads, urls))

    assert {one.status_code for one in loaded} == {200}
    assert server.hits == 30


@pytest.mark.parametrize(
    "how",
    ['width="1" height="1"', 'height="0"', 'width="1px"', 'style="display: none"', 'style="MAX-height:1PX !important"'],
)
async def test_what_nobody_could_see_is_never_loaded(desk: Desk, how: str) -> None:
    shown = await desk.opens(await desk.gets(page(f'<img src="https://a.test/open" {how}>')), images=True)

    assert not shown["has_remote_images"]
    assert "<img" not in shown["html"]


async def test_an_address_without_a_scheme_is_one_too(desk: Desk) -> None:
    shown = await desk.opens(
        await desk.gets(page('<img src="//a.test/x.png"><img src="/img/x"><img src="ftp://a.test">'))
    )

    assert shown["has_remote_images"]
    assert sources(shown["html"]) == []


async def test_the_same_picture_has_the_same_link_all_day(desk: Desk) -> None:
    entry = await desk.gets(page('<img src="https://a.test/x.png">'))

    links = {sources((await desk.opens(entry, images=True))["html"])[0] for _ in range(2)}

    assert len(links) == 1


@pytest.mark.parametrize("token", ["x", "a.b.c", "e" * 3000])
async def test_only_a_link_of_ours_leads_anywhere(desk: Desk, token: str) -> None:
    assert code_of(await desk.loads(f"/img/{token}")) == (404, "not_found")


async def test_a_link_that_is_changed_leads_nowhere(desk: Desk) -> None:
    (url,) = sources(await desk.sees(page('<img src="https://a.test/x.png">'), images=True))
    head, claims, mark = url.rpartition("/")[2].split(".")
    other = (
        base64.urlsafe_b64encode(base64.urlsafe_b64decode(claims + "==").replace(b"a.test", b"b.test"))
        .decode()
        .rstrip("=")
    )

    assert code_of(await desk.loads(f"/img/{head}.{other}.{mark}")) == (404, "not_found")


async def test_a_link_is_good_for_two_days_at_most(desk: Desk) -> None:
    (url,) = sources(await desk.sees(mail(html('<img src="cid:one">'), picture("one", LARGE), kind="related")))
    fresh = await desk.loads(url)

    object.__setattr__(desk.deps, "clock", VirtualClock())
    await desk.deps.clock.advance(days=2)  # type: ignore[attr-defined]

    assert fresh.status_code == 200
    assert code_of(await desk.loads(url)) == (404, "not_found")
