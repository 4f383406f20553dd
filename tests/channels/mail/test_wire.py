"""The wire to a mail server, to the last byte: what a mail cannot do on it, and what a server cannot do to us."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence

import pytest

from channels.base import Out, Refused, SmtpNo, SmtpServer, Unreachable
from channels.mail.send import send
from hub.egress import Egress
from hub.mail import smtp
from hub.sending.smtp import Posting, found_at
from hub.sending.ways import Ways
from tests.channels.mail.stage import ASHA, RAVI, access, outbound
from tests.channels.way_out import LOOPBACK
from tests.fakes.smtp import FakeSmtp

SENDER = "sales@acme.test"
# What different servers take for the end of a mail.
ENDS = [b"\r\n.\r\n", b"\n.\n", b"\r.\r", b"\n.\r\n", b"\r\n.\n", b"\r\n.\r"]
SECOND = b"MAIL FROM:<thief@evil.test>\r\nRCPT TO:<thief@evil.test>\r\nDATA\r\nBad"


@pytest.fixture
async def posting() -> AsyncIterator[Posting]:
    """The hub's way to mail servers, this machine's too."""
    async with Egress.open(allow=[LOOPBACK]) as egress:
        yield Posting(egress, "parley.test")


async def hand_over(
    posting: Posting, port: int, content: bytes = b"Hi\r\n", *to: str, timeout_s: float = 20
) -> Mapping[str, SmtpNo]:
    """One mail."""
    server = SmtpServer("127.0.0.1", port, "none")
    return await posting.hand_over(server, sender=SENDER, recipients=to or [ASHA], content=content, timeout_s=timeout_s)


@pytest.mark.parametrize("end", ENDS)
async def test_nothing_in_a_mail_ends_it_before_its_end(server: FakeSmtp, posting: Posting, end: bytes) -> None:
    await hand_over(posting, server.port, b"One" + end + SECOND)

    [taken] = server.taken
    assert taken.content == b"One\r\n.\r\n" + SECOND + b"\r\n"


@pytest.mark.parametrize("content", [b"Hi", b"Hi\r\n", b"Hi\r\n\r\n\r\n"])
async def test_a_mail_ends_with_one_line_end(server: FakeSmtp, posting: Posting, content: bytes) -> None:
    await hand_over(posting, server.port, content)

    assert server.taken[0].content == b"Hi\r\n"


async def test_the_server_is_told_how_large_it_is(server: FakeSmtp, posting: Posting) -> None:
    await hand_over(posting, server.port, b"x" * 900)

    assert server.options == ["SIZE=900"]


async def test_who_gets_no_copy_is_told_with_the_numbers_of_the_no(server: FakeSmtp, posting: Posting) -> None:
    server.replies[RAVI] = f"550 5.1.1 {RAVI} unknown"

    refused = await hand_over(posting, server.port, b"Hi", ASHA, RAVI)

    assert {address: (no.code, no.enhanced, no.stage) for address, no in refused.items()} == {
        RAVI: (550, "5.1.1", "recipient")
    }


async def test_a_server_that_says_no_goodbye_is_left(
    server: FakeSmtp, posting: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "GOODBYE_S", 0.1)
    server.goodbye_s = 30

    async with asyncio.timeout(20):
        await hand_over(posting, server.port)

    assert len(server.taken) == 1


async def test_after_a_no_the_connection_is_closed(server: FakeSmtp, posting: Posting) -> None:
    server.replies["RCPT"] = "550 no"

    with pytest.raises(SmtpNo):
        await hand_over(posting, server.port)

    async with asyncio.timeout(20):
        while server.connections:
            await asyncio.sleep(0.01)


async def test_in_clear_means_in_clear(server: FakeSmtp, posting: Posting) -> None:
    server.replies["EHLO"] = "250-mail.fake.test\r\n250 STARTTLS"

    await hand_over(posting, server.port)

    assert [taken.was_encrypted for taken in server.taken] == [False]


async def test_of_what_breaks_in_the_middle_surely_nothing_was_sent(server: FakeSmtp, posting: Posting) -> None:
    server.mood = "choke"

    with pytest.raises(Unreachable):
        await hand_over(posting, server.port, b"x" * 30_000_000)


async def test_a_name_that_nobody_finds_is_not_waited_for() -> None:
    async def never(host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(30)
        return []

    async with Egress.open(resolver=never) as egress, asyncio.timeout(20):
        with pytest.raises(Unreachable):
            server = SmtpServer("mail.acme.test", 25)
            await Posting(egress, "x").hand_over(server, sender=SENDER, recipients=[ASHA], content=b"x", timeout_s=0.2)


async def test_the_time_that_it_takes_to_find_a_server_is_time_that_it_had(server: FakeSmtp) -> None:
    async def slow(host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(0.3)
        return ["127.0.0.1"]

    found = SmtpServer("mail.acme.test", server.port)
    async with Egress.open(allow=[LOOPBACK], resolver=slow) as egress, Posting(egress, "x").way_to(found, 10) as way:
        left_s = way.patience_s

    assert left_s < 9.8


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "a..b", "ö" * 80])
async def test_an_address_that_the_hub_does_not_contact_is_told(host: str) -> None:
    async with Egress.open() as egress:
        with pytest.raises(Refused) as caught:
            await send(Ways(egress), access(host=host), outbound())

    assert caught.value.failure.code == "address_not_allowed"


def test_a_server_is_found_by_the_name_that_the_dns_has() -> None:
    assert found_at(SmtpServer(" Mail.Straße.example ", 25)).host == "mail.strasse.example"


async def test_bounces_come_to_the_lines_own_address_as_the_dns_has_it(server: FakeSmtp, out: Out) -> None:
    line = access(port=server.port)

    await send(out, type(line)("line-1", "sales@grün.example", line.values), outbound())

    assert server.taken[0].sender == "sales@xn--grn-ioa.example"
