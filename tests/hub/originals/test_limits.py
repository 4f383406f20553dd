"""Mails that are made to keep us busy: they cost seconds of another process, and nothing else."""

import asyncio
import time

import pytest

from tests.hub.originals.mails import Desk, html, mail, page, picture, plain, png

MANY = 100_000
FORMS = "".join(f"<b title={number}>" for number in range(2_000))


def nested(depth: int) -> bytes:
    """Parts within parts."""
    heads = (f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return "".join(heads).encode()


TANGLED = {
    "tags within tags": page("<div>" * MANY),
    "tags that multiply": page(f"<p>{FORMS}</p>" + "<p>x</p>" * 2_000),
    "parts within parts": nested(300) + b"\n" * 5_000_000,
    "very many parts within parts": nested(5_000),
}


@pytest.mark.parametrize("raw", TANGLED.values(), ids=TANGLED)
async def test_what_nobody_can_read_in_good_time_is_given_up(desk: Desk, raw: bytes) -> None:
    shown = await desk.opens(await desk.gets(raw, text="As the log has it"))

    assert (shown["html"], shown["is_readable"], shown["is_cut"]) == (None, False, True)
    assert shown["text"] == "As the log has it"
    assert shown["raw_url"]


BUSY = {"tags within tags": TANGLED["tags within tags"], "very many pictures": page("<img>" * 700_000)}


@pytest.mark.parametrize("raw", BUSY.values(), ids=BUSY)
async def test_the_hub_goes_on_meanwhile(desk: Desk, raw: bytes) -> None:
    opening = asyncio.create_task(desk.opens(await desk.gets(raw)))
    slowest = 0.0

    while not opening.done():
        began = time.perf_counter()
        await asyncio.sleep(0.01)
        slowest = max(slowest, time.perf_counter() - began)

    assert slowest < 1


async def test_a_picture_that_is_shown_very_often_stands_in_the_page_once_at_most(desk: Desk) -> None:
    often = html('<img src="cid:one">' * 1_000 + '<img src="cid:two">')
    raw = mail(often, picture("one", png(noise=b"x" * 60_000)), picture("two", png()), kind="related")

    shown = await desk.opens(await desk.gets(raw))

    assert (shown["html"].count('src="http'), shown["html"].count('src="data:')) == (1_000, 1)
    assert len(shown["html"]) < 1_000_000


async def test_of_very_many_pictures_the_first_are_shown_and_it_says_so(desk: Desk) -> None:
    entry = await desk.gets(page('<img src="//a.test">' * 2_001 + "<p>Hello"))

    shown = await desk.opens(entry, images=True)

    assert (shown["html"].count("<img"), shown["is_cut"]) == (2_000, True)
    assert "<p>Hello</p>" in shown["html"]


async def test_a_page_of_five_megabytes_is_shown_within_seconds(desk: Desk) -> None:
    entry, began = await desk.gets(page('<p style="color:red">Hello <b>there</b></p>' * 110_000)), time.perf_counter()

    shown = await desk.opens(entry)

    assert shown["html"].count("<b>there</b>") == 110_000
    assert time.perf_counter() - began < 15


async def test_of_what_is_longer_the_beginning_is_shown_and_it_says_so(desk: Desk) -> None:
    shown = await desk.opens(await desk.gets(mail(plain("a" * 1_500_000))))

    assert (len(shown["text"]), shown["is_cut"]) == (1_000_000, True)


async def test_a_head_of_a_megabyte_is_cut(desk: Desk) -> None:
    shown = await desk.opens(await desk.gets(mail(plain("Hello"), head=["Subject: " + "a" * 1_000_000])))

    assert len(shown["headers"][0]["value"]) == 10_000
