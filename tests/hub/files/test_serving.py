"""The content of a file, by its link: for a while, for whoever has it, and never as something that acts."""

from collections.abc import AsyncIterator
from urllib.parse import unquote, urlsplit

import pytest
from structlog.testing import capture_logs

from hub.files.links import PATH
from hub.files.serving import OF_FILE, SMALL_BYTES, Span, span_in
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.files.samples import HTML, JPEG, MP4, PDF, PNG, SVG
from tests.hub.files.uploads import fetch, uploaded
from tests.hubs import running_hub
from tests.people import Person, code_of, found

NOT_THERE = (404, "no_such_file")


@pytest.fixture
async def asha(settings: Settings, clock: VirtualClock) -> AsyncIterator[Person]:
    """Somebody who has files, on a hub whose time the test moves."""
    async with running_hub(settings, clock=clock) as hub:
        yield await found(hub, "acme")


async def test_a_link_gives_the_content_with_headers_that_let_it_do_nothing(asha: Person) -> None:
    kept = await uploaded(asha, "report.pdf", PDF)

    answer = await fetch(asha.hub, kept["url"])

    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith('attachment; filename="report.pdf"')
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"].startswith("private")
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("name", "content", "type", "how"),
    [
        ("a.png", PNG, "image/png", "inline"),
        ("a.png", JPEG, "image/jpeg", "inline"),
        ("a.svg", SVG, "application/octet-stream", "attachment"),
        ("a.png", HTML, "application/octet-stream", "attachment"),
        ("a.mp4", MP4, "video/mp4", "attachment"),
        ("a.js", b"alert(1)", "text/plain; charset=utf-8", "attachment"),
    ],
)
async def test_only_pictures_that_cannot_act_are_shown(
    asha: Person, name: str, content: bytes, type: str, how: str
) -> None:
    answer = await fetch(asha.hub, (await uploaded(asha, name, content))["url"])

    assert answer.headers["content-type"] == type
    assert answer.headers["content-disposition"].split(";")[0] == how


@pytest.mark.parametrize(
    "name", ['a".png', "a\r\nset-cookie: x=1.png", "a;b.png", "\u202egnp.exe", "नमस्ते 👋🏽.png", "a'%00.png", "é" * 300]
)
async def test_no_name_breaks_out_of_its_header(asha: Person, name: str) -> None:
    kept = await uploaded(asha, name, PNG)

    answer = await fetch(asha.hub, kept["url"])

    told = answer.headers["content-disposition"]
    assert unquote(told.rpartition("''")[2]) == kept["name"]
    assert told.count('"') == 2
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "content", "told"),
    [
        ("bytes=0-9", MP4[:10], f"bytes 0-9/{len(MP4)}"),
        ("bytes=10-", MP4[10:], f"bytes 10-{len(MP4) - 1}/{len(MP4)}"),
        ("bytes=-5", MP4[-5:], f"bytes {len(MP4) - 5}-{len(MP4) - 1}/{len(MP4)}"),
        ("bytes=0-99999", MP4, f"bytes 0-{len(MP4) - 1}/{len(MP4)}"),
    ],
)
async def test_a_player_gets_the_part_that_it_asks_for(asha: Person, asked: str, content: bytes, told: str) -> None:
    url = (await uploaded(asha, "a.mp4", MP4))["url"]

    answer = await fetch(asha.hub, url, range=asked)

    assert (answer.status_code, answer.content, answer.headers["content-range"]) == (206, content, told)
    assert answer.headers["content-security-policy"].startswith("sandbox")


async def test_parts_of_a_large_file_are_given_so_often_only(asha: Person) -> None:
    large = (await uploaded(asha, "a.mp4", MP4 + bytes(SMALL_BYTES)))["url"]
    small = (await uploaded(asha, "b.mp4", MP4))["url"]

    answers = [await fetch(asha.hub, large, range="bytes=0-9") for _ in range(OF_FILE.times + 1)]

    assert [answer.status_code for answer in answers] == [206] * OF_FILE.times + [429]
    assert (await fetch(asha.hub, small, range="bytes=0-9")).status_code == 206


async def test_a_part_that_is_not_there_is_refused(asha: Person) -> None:
    answer = await fetch(asha.hub, (await uploaded(asha, "a.mp4", MP4))["url"], range=f"bytes={len(MP4)}-")

    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(MP4)}")


@pytest.mark.parametrize("said", ["", "bytes=", "bytes=-", "bytes=0-1,3-4", "bytes=5-2", "lines=0-1", "bytes=a-b", "²"])
def test_a_range_that_makes_no_sense_is_the_whole(said: str) -> None:
    assert span_in(said, 10) is None


def test_an_empty_end_is_nothing() -> None:
    assert span_in("bytes=-0", 10) == Span(10, 10)


async def test_a_link_is_good_for_a_quarter_of_an_hour_and_then_no_more(asha: Person, clock: VirtualClock) -> None:
    url = (await uploaded(asha, "a.png", PNG))["url"]

    await clock.advance(minutes=15)
    good = await fetch(asha.hub, url)
    await clock.advance(minutes=5, seconds=1)

    assert good.status_code == 200
    assert code_of(await fetch(asha.hub, url)) == NOT_THERE


async def test_links_made_soon_after_each_other_are_the_same(asha: Person, clock: VirtualClock) -> None:
    await clock.advance(seconds=1)
    kept = await uploaded(asha, "a.png", PNG)
    urls = set()

    for _ in range(4):
        urls.add((await asha.does("GET", f"/files/{kept['id']}"))["url"])
        await clock.advance(seconds=50)

    assert len(urls | {kept["url"]}) == 1


async def test_whatever_is_changed_in_a_link_it_leads_nowhere(asha: Person) -> None:
    one, other = [urlsplit((await uploaded(asha, "a.png", PNG))["url"]).path for _ in range(2)]
    account, file, until, mark = one.removeprefix(f"{PATH}/").split(".")
    other_file, other_mark = other.split(".")[1], other.split(".")[3]
    wrong = [
        *((account, other_file, until, mark), (account, file, str(int(until) + 1), mark), ("x", file, until, mark)),
        *((account, file, until, other_mark), (account, file, until, mark[:-1]), (account, file, until, "")),
        *((account, file, until), ("a",), (account, file, "NaN", mark), (account, "", until, mark)),
    ]

    answers = [await asha.hub.client.get(f"{PATH}/{'.'.join(parts)}") for parts in wrong]

    assert {(*code_of(answer), answer.json()["error"]["message"]) for answer in answers} == {
        (*NOT_THERE, "There is no such file, or not any more at this address.")
    }


async def test_a_link_to_what_was_deleted_leads_nowhere(asha: Person) -> None:
    kept = await uploaded(asha, "a.png", PNG)
    await asha.does("DELETE", f"/files/{kept['id']}")

    assert code_of(await fetch(asha.hub, kept["url"])) == NOT_THERE


async def test_no_link_stands_in_a_log(asha: Person) -> None:
    with capture_logs() as lines:
        kept = await uploaded(asha, "a secret name.png", PNG)
        await fetch(asha.hub, kept["url"])

    said = str(lines)
    assert "fetch_file" in said
    assert not [part for part in (kept["url"].rpartition(".")[2], "secret") if part in said]
