"""What comes over the wire to whoever takes mail: byte by byte, and from people who do not mean well."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from hub.deps import Deps
from hub.intake.ledger import posted_of
from hub.lines.models import Line
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.hub.intake.webhooks import ledger_of
from tests.hub.postbox.handing_in import ASHA, PostBox, Wire, a_mail_line, open_box, written_to
from tests.hubs import running_hub

HEADER = b"Subject: Roof\r\n\r\n"


@pytest.fixture
async def deps(settings: Settings, clock: VirtualClock) -> AsyncIterator[Deps]:
    """What a hub has opened whose time stands still."""
    async with running_hub(settings, clock=clock) as hub:
        yield hub.deps


@pytest.fixture
async def line(deps: Deps) -> Line:
    """A line of mail."""
    return await a_mail_line(deps)


@pytest.fixture
async def box(deps: Deps) -> AsyncIterator[PostBox]:
    """Where its mail is handed in."""
    async with open_box(deps) as box:
        yield box


@pytest.fixture
async def wire(line: Line, box: PostBox) -> AsyncIterator[Wire]:
    """A connection to it."""
    async with box.wire() as wire:
        yield wire


async def bodies(deps: Deps) -> list[bytes]:
    """What was kept, whole."""
    return [(await posted_of(deps, event)).body for event in await ledger_of(deps)]


async def test_a_mail_is_kept_byte_by_byte(deps: Deps, line: Line, wire: Wire) -> None:
    mail = HEADER + b"\x00nothing\r\n\xff\xfe\r\nbare\nand\rbare\r\n" + b"long " * 5_000 + b"\r\n\r\n"
    await wire.begins(written_to(line))

    wire.sends(mail + b".\r\n")
    answer = await wire.hears()

    assert answer[:3] == "250"
    assert await bodies(deps) == [mail]


async def test_dots_at_the_beginning_of_lines_come_as_they_were_written(deps: Deps, line: Line, wire: Wire) -> None:
    await wire.begins(written_to(line))

    wire.sends(b"..\r\n...\r\n..a\r\na.\r\n.\r\n")
    await wire.hears()

    assert await bodies(deps) == [b".\r\n..\r\n.a\r\na.\r\n"]


async def test_an_empty_mail_ends_with_its_first_line(deps: Deps, line: Line, wire: Wire) -> None:
    await wire.begins(written_to(line))

    wire.sends(b".\r\n")
    answer = await wire.hears()

    assert answer[:3] == "250"
    assert await bodies(deps) == [b""]


# What some servers take for the end of a mail: what stands behind it would be commands of whoever wrote the mail.
LOOK_LIKE_AN_END = [
    *(b"\n.\r\n", b"\n.\n", b"\r\n.\n", b"\r.\r\n", b"\r.\r", b"\r\n.\r", b"\n.\r", b"\r\r\n.\r\r\n"),
    *(b"\r\n\x00.\r\n", b"\r\n.\x00\r\n", b"\r\n.\r\x00\n", b"\r\n .\r\n", b"\n\r.\n\r\n"),
]


@pytest.mark.parametrize("end", LOOK_LIKE_AN_END)
async def test_nothing_is_smuggled_in_behind_what_is_no_end(deps: Deps, line: Line, wire: Wire, end: bytes) -> None:
    smuggled = f"MAIL FROM:<boss@acme.test>\r\nRCPT TO:<{written_to(line)}>\r\nDATA\r\nFrom: boss@acme.test\r\n\r\nPay"
    await wire.begins(written_to(line))

    wire.sends(HEADER + b"Hello" + end + smuggled.encode())
    answers = await wire.ends()

    (kept,) = await bodies(deps)
    assert [answer[:3] for answer in answers] == ["250"]
    assert kept.startswith(HEADER + b"Hello") and kept.endswith(smuggled.encode() + b"\r\n")


@pytest.mark.parametrize("size", range(1, 8))
async def test_the_end_is_seen_however_it_is_cut(deps: Deps, line: Line, wire: Wire, size: int) -> None:
    await wire.begins(written_to(line))
    mail = HEADER + b"a.\r\n\r\nb.\r\n.\r\n"

    for start in range(0, len(mail), size):
        wire.sends(mail[start : start + size])
        await asyncio.sleep(0.002)
    answer = await wire.hears()

    assert answer[:3] == "250"
    assert await bodies(deps) == [mail[:-3]]


async def test_commands_may_come_all_at_once(deps: Deps, line: Line, wire: Wire) -> None:
    to = f"RCPT TO:<{written_to(line)}>"
    begun = f"EHLO mx.test\r\nMAIL FROM:<{ASHA}>\r\n{to}\r\nDATA\r\n"

    wire.sends(
        f"{begun}Subject: 1\r\n\r\n.\r\nMAIL FROM:<>\r\n{to}\r\nDATA\r\nSubject: 2\r\n\r\n.\r\nQUIT\r\n".encode()
    )
    answers = [await wire.hears() for _ in range(9)]

    assert [answer[:3] for answer in answers] == ["250", "250", "250", "354", "250", "250", "250", "354", "250"]
    assert sorted(await bodies(deps)) == [b"Subject: 1\r\n\r\n", b"Subject: 2\r\n\r\n"]


async def test_whoever_hangs_up_within_a_mail_has_handed_nothing_in(deps: Deps, line: Line, wire: Wire) -> None:
    await wire.begins(written_to(line))

    wire.sends(HEADER + b"Hel")
    wire.writer.close()
    await wire.writer.wait_closed()
    await deps.background.settle()

    assert await ledger_of(deps) == []


BROKEN = {
    "": "500",
    "\x00\x00": "500",
    "HELO": "501",
    "MAIL": "503",
    "DATA": "503",
    "BDAT 5 LAST": "500",
    "AUTH PLAIN AGEAYg==": "503",
    "STARTTLS": "454",
    "X" * 3000: "500",
    "MAIL FROM:<" + "a" * 300_000 + ">": "500",
    "\xff\xfe": "500",
}


@pytest.mark.parametrize("command", BROKEN, ids=lambda command: command[:12] or "nothing")
async def test_what_is_no_command_is_said_and_changes_nothing(line: Line, wire: Wire, command: str) -> None:
    answers = await wire.says(command, "EHLO mx.test")

    assert [answer[:3] for answer in answers] == [BROKEN[command], "250"]


PATHS = {
    "MAIL FROM:<asha@lead.test": "553",
    "MAIL FROM:asha@lead.test": "553",
    "MAIL FROM:<a b@lead.test>": "553",
    "MAIL FROM:<asha@lead.test> SIZE=30000001": "552",
    "MAIL FROM:<asha@lead.test> SIZE=-1": "501",
    "MAIL FROM:<asha@lead.test> RET=HDRS": "555",
    "MAIL FROM:<asha@lead.test> BODY=8BITMIME SMTPUTF8 SIZE=20": "250",
    "MAIL FROM:<ásha@lead.test> SMTPUTF8": "250",
    'MAIL FROM:<"a b"@lead.test>': "250",
    "MAIL FROM:<>": "250",
}


@pytest.mark.parametrize("command", PATHS)
async def test_a_sender_is_written_as_senders_are(line: Line, wire: Wire, command: str) -> None:
    answers = await wire.says("EHLO mx.test", command)

    assert answers[1][:3] == PATHS[command]


async def test_after_a_mail_that_begins_with_commands_there_is_no_mail_left(deps: Deps, line: Line, wire: Wire) -> None:
    await wire.begins(written_to(line))
    wire.sends(HEADER)

    answers = [*await wire.ends(), *await wire.says("DATA", f"RCPT TO:<{written_to(line)}>")]

    assert [answer[:3] for answer in answers] == ["250", "503", "503"]
