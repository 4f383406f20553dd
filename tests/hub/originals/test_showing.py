"""A mail as it came: whole, and one click away for those who may read the conversation."""

import pytest

from tests.hub.originals.mails import Desk, file_called, html, mail, page, path_of, plain, said
from tests.people import code_of, found

HEAD = (
    "From: =?utf-8?Q?Asha_R=C3=A4o?= <asha@lead.test>",
    "To: sales@acme.test,",
    " Ravi <ravi@acme.test>",
    "Cc: all@acme.test",
    "Date: Mon, 5 Jan 2026 10:00:00 +0530",
    "Subject: =?iso-8859-1?B?RGFz?= =?iso-8859-1?Q?_Dach_=FC?=",
    "X-Secret: nobody wants to read this",
)


async def test_it_has_the_head_that_people_want(desk: Desk) -> None:
    shown = await desk.opens(await desk.gets(mail(plain("Hello"), head=HEAD)))

    assert [(one["name"], one["value"]) for one in shown["headers"]] == [
        ("From", "Asha Räo <asha@lead.test>"),
        ("To", "sales@acme.test, Ravi <ravi@acme.test>"),
        ("Cc", "all@acme.test"),
        ("Date", "Mon, 5 Jan 2026 10:00:00 +0530"),
        ("Subject", "Das Dach ü"),
    ]


async def test_it_has_the_text_with_all_that_the_conversation_leaves_out(desk: Desk) -> None:
    whole = "Hello\n\n-- \nAsha\n\n> quoted"

    shown = await desk.opens(await desk.gets(mail(plain(whole), html("<p>Hello"), kind="alternative"), text="Hello"))

    assert shown["text"].splitlines() == whole.splitlines()
    assert "<p>Hello</p></body>" in shown["html"]


async def test_it_has_the_files_of_the_message(desk: Desk) -> None:
    entry = await desk.gets(mail(plain("See here")), media=(file_called("plan.txt"),))

    shown = await desk.opens(entry)

    assert [file["name"] for file in shown["files"]] == ["plan.txt"]


async def test_the_whole_of_it_can_be_saved_and_is_never_shown_by_a_browser(desk: Desk) -> None:
    raw = page("<script>run()</script>")

    saved = await desk.loads((await desk.opens(await desk.gets(raw)))["raw_url"])

    assert saved.content == raw
    assert saved.headers["content-disposition"].startswith("attachment")
    assert saved.headers["content-security-policy"].startswith("sandbox")


async def test_a_mail_of_which_only_the_beginning_was_kept_says_so(desk: Desk) -> None:
    whole, beginning = await desk.gets(page("one")), await desk.gets(page("two"), is_whole=False)

    shown = [await desk.opens(entry) for entry in (whole, beginning)]

    assert [(one["is_whole"], one["is_cut"]) for one in shown] == [(True, False), (False, True)]


async def test_a_mail_without_a_page_has_none(desk: Desk) -> None:
    shown = await desk.opens(await desk.gets(mail(plain("Hello"))))

    assert (shown["html"], shown["has_remote_images"], shown["is_readable"]) == (None, False, True)


@pytest.mark.parametrize(
    ("charset", "written", "read"),
    [
        ("iso-8859-15", b"5 \xa4", "5 €"),
        ("no-such-thing", "ü".encode(), "ü"),
        ("utf-8", b"a\xff\0b", "a\ufffdb"),
        ("=?", b"Hello", "Hello"),
    ],
)
async def test_letters_of_any_charset_are_shown(desk: Desk, charset: str, written: bytes, read: str) -> None:
    part = f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + written

    shown = await desk.opens(await desk.gets(mail(part)))

    assert shown["text"].strip() == read


@pytest.mark.parametrize(
    "raw", [b"\0\1\2", b"\n", b"Subject: x", b"\xff" * 1000, b"Content-Type: multipart/mixed\r\n\r\n"]
)
async def test_what_is_hardly_a_mail_is_shown_as_far_as_it_goes(desk: Desk, raw: bytes) -> None:
    shown = await desk.opens(await desk.gets(raw))

    assert shown["is_readable"]
    assert shown["raw_url"]


async def test_a_message_that_came_otherwise_has_no_original(desk: Desk) -> None:
    entry = await said(desk.deps, desk.person.account)

    assert code_of(await desk.person.asks("GET", path_of(entry))) == (404, "no_original")


async def test_a_message_of_another_conversation_is_not_found_here(desk: Desk) -> None:
    entry, other = await desk.gets(page("one")), await desk.gets(page("other"))

    answer = await desk.person.asks("GET", path_of(entry).replace(entry.thread, other.thread))

    assert code_of(answer) == (404, "no_such_message")


async def test_nobody_elses_account_has_it(desk: Desk) -> None:
    entry, hub = await desk.gets(page("one")), desk.person.hub
    stranger = await found(hub, "other")

    assert code_of(await stranger.asks("GET", path_of(entry))) == (404, "no_such_thread")
