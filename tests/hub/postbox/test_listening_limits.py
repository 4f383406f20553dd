"""How much whoever hands mail in may ask for, and what is told beyond."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import replace
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException

import pytest

from hub.deps import Deps
from hub.intake.ledger import posted_of
from hub.lines.models import Line
from hub.places import NoPlace
from hub.postbox.limits import Limits
from hub.postbox.listening import TRIAL, MailPortTaken, open_postbox
from hub.settings import Secret, Settings
from tests.clock import VirtualClock
from tests.hub.intake.webhooks import ledger_of
from tests.hub.postbox.handing_in import ASHA, a_mail, a_mail_line, bound_anywhere, open_box, written_to
from tests.hubs import running_hub

A_LINE = b"Hello, is the roof still for sale?\r\n"
SOON = 1.0


@pytest.fixture
async def deps(settings: Settings, clock: VirtualClock) -> AsyncIterator[Deps]:
    """What a hub has opened whose time stands still."""
    async with running_hub(settings, clock=clock) as hub:
        yield hub.deps


@pytest.fixture
async def line(deps: Deps) -> Line:
    """A line of mail."""
    return await a_mail_line(deps)


def large(megabytes: int) -> bytes:
    """A mail of this size."""
    return b"Subject: Roof\r\n\r\n" + A_LINE * (megabytes * 1_000_000 // len(A_LINE))


@pytest.mark.slow
async def test_a_mail_of_29_mb_is_kept_as_it_came(deps: Deps, line: Line) -> None:
    async with open_box(deps) as box:
        await box.gets(large(29), written_to(line))

    (event,) = await ledger_of(deps)
    assert (await posted_of(deps, event)).body == large(29)
    assert len(event.raw) < 100


@pytest.mark.slow
@pytest.mark.parametrize("line_of_it", [b"\r\n", b".\r\n", b"a.\r\n", b"\r.\n"])
async def test_a_mail_of_a_million_lines_holds_up_nobody(deps: Deps, line: Line, line_of_it: bytes) -> None:
    mail = b"Subject: Roof\r\n\r\n" + line_of_it * 5_000_000
    async with open_box(deps) as box, asyncio.timeout(60):
        await box.gets(mail, written_to(line))

    assert len(await ledger_of(deps)) == 1


async def test_a_mail_of_40_mb_is_refused_at_its_end(deps: Deps, line: Line) -> None:
    async with open_box(deps) as box, box.wire() as wire:
        await wire.begins(written_to(line))
        wire.sends(large(40))
        answers = [*await wire.ends(), await wire.asks("NOOP")]

    assert [answer[:9] for answer in answers] == ["552 5.3.4", "250 OK"]
    assert await ledger_of(deps) == []


async def test_what_says_that_it_is_too_large_is_not_begun(deps: Deps, line: Line) -> None:
    async with open_box(deps) as box:
        with pytest.raises(SMTPResponseException) as refused:
            await box.gets(large(31), written_to(line))

    assert refused.value.smtp_code == 552


async def test_a_mail_has_a_hundred_recipients(deps: Deps, line: Line) -> None:
    async with open_box(deps) as box, box.wire() as wire:
        await wire.says("EHLO mx.test", f"MAIL FROM:<{ASHA}>")
        answers = await wire.says(*[f"RCPT TO:<{line.id}@{number}.test>" for number in range(300)])

    assert [answer[:9] for answer in answers] == ["250 2.1.5"] * 100 + ["452 4.5.3"] * 200


async def test_whoever_names_ten_thousand_is_let_go(deps: Deps, line: Line) -> None:
    many = [f"{line.id}@{number}.test" for number in range(10_000)]
    async with open_box(deps) as box:
        with pytest.raises(SMTPRecipientsRefused) as refused:
            await box.gets(a_mail(), *many)

    assert (421, b"4.7.0 RCPT sent too many times") in refused.value.recipients.values()
    assert await ledger_of(deps) == []


async def test_with_no_place_for_more_that_is_large_it_is_to_come_again(deps: Deps, line: Line) -> None:
    async with AsyncExitStack() as stack:
        box = await stack.enter_async_context(open_box(deps))
        while not is_full(deps, stack):
            pass

        with pytest.raises(SMTPDataError) as refused:
            await box.gets(large(2), written_to(line))
        await box.gets(a_mail(), written_to(line))

    assert (refused.value.smtp_code, len(await ledger_of(deps))) == (452, 1)


def is_full(deps: Deps, stack: AsyncExitStack) -> bool:
    """Take one more of the places for what is large."""
    try:
        stack.enter_context(deps.large.one())
    except NoPlace:
        return True
    return False


async def test_a_header_without_end_is_refused(deps: Deps, line: Line) -> None:
    async with open_box(deps, Limits(header_bytes=10_000)) as box:
        with pytest.raises(SMTPDataError) as refused:
            await box.gets(b"X-Long: " + b"a" * 20_000 + b"\r\n\r\nHello", written_to(line))

    assert (refused.value.smtp_code, await ledger_of(deps)) == (552, [])


async def test_what_goes_round_in_a_circle_is_stopped(deps: Deps, line: Line) -> None:
    hops = b"Received: from a.test\r\n by b.test\r\n" * 101
    async with open_box(deps) as box:
        with pytest.raises(SMTPDataError) as refused:
            await box.gets(hops + b"Subject: Roof\r\n\r\nHello", written_to(line))

    assert (refused.value.smtp_code, await ledger_of(deps)) == (554, [])


async def test_whoever_says_nothing_is_let_go(deps: Deps) -> None:
    async with open_box(deps, Limits(command_s=SOON)) as box, box.wire() as wire:
        heard = [await wire.hears(), await wire.hears()]

    assert heard == ["421 4.4.2 That took too long", ""]


async def test_whoever_stalls_within_a_mail_is_let_go_and_nothing_of_it_is_a_command(deps: Deps, line: Line) -> None:
    async with open_box(deps, Limits(command_s=SOON)) as box, box.wire() as wire:
        await wire.begins(written_to(line))
        wire.sends(b"Subject: Roof\r\n")
        heard = [await wire.hears(), await wire.hears()]

    assert heard == ["421 4.4.2 That took too long", ""]
    assert await ledger_of(deps) == []


async def test_whoever_drips_a_mail_is_let_go_in_the_end(deps: Deps, line: Line) -> None:
    async with open_box(deps, Limits(mail_s=SOON * 3)) as box, box.wire() as wire:
        await wire.begins(written_to(line))
        dripping = asyncio.create_task(drip(wire.writer))
        heard = await wire.hears()
        dripping.cancel()

    assert heard == "421 4.4.2 That took too long"


async def drip(writer: asyncio.StreamWriter) -> None:
    """A byte now and then."""
    while not writer.is_closing():
        writer.write(b"a")
        await asyncio.sleep(SOON / 6)


async def test_whoever_keeps_a_connection_with_nothing_in_it_is_let_go(deps: Deps) -> None:
    async with open_box(deps) as box, box.wire() as wire:
        answers = await wire.says(*["NOOP"] * 101)

    assert [answer[:3] for answer in answers] == ["250"] * 100 + ["421"]


async def test_there_are_only_so_many_connections_and_from_one_address_fewer(deps: Deps) -> None:
    async with open_box(deps, Limits(sessions_of_one=2)) as box, box.wire(), box.wire():
        reader, writer = await asyncio.open_connection(box.host, box.port)
        heard = await reader.read()
        writer.close()

    assert heard == b"421 4.7.0 Too many connections: come back later\r\n"


async def test_whoever_has_gone_leaves_room(deps: Deps) -> None:
    async with open_box(deps, Limits(sessions=1)) as box:
        for _ in range(3):
            async with box.wire() as wire:
                assert (await wire.asks("QUIT"))[:3] == "221"


async def test_whoever_guesses_addresses_is_told_to_come_later(deps: Deps) -> None:
    guess = f"RCPT TO:<{'0' * 26}@in.test>"
    async with open_box(deps) as box, box.wire() as wire:
        await wire.says("EHLO mx.test", f"MAIL FROM:<{ASHA}>")
        answers = await wire.says(*[guess] * 301)

    assert [answer[:9] for answer in answers] == ["550 5.1.1"] * 300 + ["450 4.7.1"]


async def test_when_it_ends_whoever_is_idle_is_told_and_a_mail_that_comes_is_taken(deps: Deps, line: Line) -> None:
    async with AsyncExitStack() as stack, AsyncExitStack() as opened:
        box = await opened.enter_async_context(open_box(deps))
        idle, busy = [await stack.enter_async_context(box.wire()) for _ in range(2)]
        await busy.begins(written_to(line))

        leaving = asyncio.create_task(opened.aclose())
        told = await idle.hears()
        taken = await busy.ends()
        await leaving

    assert (told, taken[0][:3]) == ("421 4.3.2 This server is leaving: come back at once", "250")


async def test_the_address_of_the_settings_must_be_free(deps: Deps) -> None:
    with taken() as other:
        place = f"127.0.0.1:{other.getsockname()[1]}"
        set_so = replace(deps, settings=replace(deps.settings, mail_listen=place))

        with pytest.raises(MailPortTaken, match=f"{place}: Address already in use"):
            async with open_postbox(set_so, print):
                pass


def taken() -> socket.socket:
    """A port where somebody listens."""
    sock = bound_anywhere()
    sock.listen()
    return sock


async def test_without_the_address_for_trying_out_it_goes_on_and_says_so(deps: Deps) -> None:
    said: list[str] = []
    trying = replace(deps, settings=replace(deps.settings, mongodb_url=Secret()))

    with the_usual_one_taken():
        async with open_postbox(trying, said.append):
            pass

    assert said[0].startswith(f"Mail cannot be taken at {TRIAL}: Address already in use.")


@contextmanager
def the_usual_one_taken() -> Iterator[None]:
    """By us, or by somebody else on this machine."""
    with socket.socket() as sock:
        with suppress(OSError):
            sock.bind(("127.0.0.1", int(TRIAL.rpartition(":")[2])))
            sock.listen()
        yield
