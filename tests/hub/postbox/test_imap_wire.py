"""The wire to a mailbox: who is let in and told a password, and what a server that does not behave can do."""

import asyncio
import socket
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from channels.base import Failure
from hub.postbox.errors import AWAY, BUSY, NO_ENCRYPTION, NO_TRUST, NONSENSE, NOT_LET_IN, MailboxTrouble
from hub.postbox.imap import signed_in
from hub.postbox.models import MailboxServer
from tests.dovecot import Dovecot, running_dovecot
from tests.fakes.certificates import self_signed, trusting
from tests.hub.postbox.scripted import Answer, scripted

NAME = "imap.example.test"
STARTTLS = "* CAPABILITY IMAP4rev1 STARTTLS\r\n{tag} OK done\r\n"


async def enter(server: MailboxServer, port: int, tls: ssl.SSLContext | None = None) -> int:
    """Sign in, and give how the uids of the inbox count."""
    sock = socket.create_connection(("127.0.0.1", port))
    async with signed_in(server, sock, tls or ssl.create_default_context()) as session:
        return (await session.open_inbox()).validity


async def trouble_of(server: MailboxServer, port: int, tls: ssl.SSLContext | None = None) -> Failure:
    """Why it does not let us in."""
    with pytest.raises(MailboxTrouble) as raised:
        await enter(server, port, tls)
    return raised.value.failure


def named(dovecot: Dovecot, *, is_tls: bool) -> MailboxServer:
    """The server, by a name that stands in its certificate, as another machine would reach it."""
    found = MailboxServer.of(dovecot.values)
    assert found
    return replace(found, host=NAME, is_tls=is_tls)


@pytest.mark.parametrize("is_tls", [True, False], ids=["tls", "starttls"])
async def test_over_a_network_everything_is_encrypted_by_a_certificate_of_the_host(
    tmp_path: Path, *, is_tls: bool
) -> None:
    pem = self_signed(NAME, tmp_path)
    async with running_dovecot(pem=pem) as dovecot:
        port = dovecot.tls_port if is_tls else dovecot.port

        validity = await enter(named(dovecot, is_tls=is_tls), port, trusting(pem))
        strange = await trouble_of(named(dovecot, is_tls=is_tls), port)
        other = await trouble_of(replace(named(dovecot, is_tls=is_tls), host="other.test"), port, trusting(pem))

        assert validity > 0
        assert (strange, other) == (NO_TRUST, NO_TRUST)


async def test_a_password_is_not_sent_in_clear(tmp_path: Path) -> None:
    async with scripted() as server:
        failure = await trouble_of(server.server(NAME), server.port)

        assert failure == NO_ENCRYPTION
        assert [command for command in server.heard if "LOGIN" in command] == []


async def test_what_is_said_in_front_of_the_encryption_is_nobodys_word() -> None:
    injected = "{tag} OK done\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n"
    async with scripted(CAPABILITY=STARTTLS, STARTTLS=injected) as server:
        failure = await trouble_of(server.server(NAME), server.port)

        assert failure == NO_ENCRYPTION


async def test_user_and_password_are_no_commands() -> None:
    async with scripted() as server:
        failure = await trouble_of(replace(server.server(), password='x"\r\na DELETE INBOX'), server.port)

        assert failure == NOT_LET_IN
        assert [command for command in server.heard if "DELETE" in command] == []


async def test_a_password_with_letters_of_any_language_lets_us_in() -> None:
    async with running_dovecot() as dovecot:
        dovecot.let_in('schlüssel" 1')
        server = MailboxServer.of({**dovecot.values, "imap_password": 'schlüssel" 1'})
        assert server

        validity = await enter(server, dovecot.port)

        assert validity > 0


@pytest.mark.parametrize(
    ("said", "failure"),
    [
        ("[AUTHENTICATIONFAILED] Invalid credentials", NOT_LET_IN),
        ("Login failed.", NOT_LET_IN),
        ("[UNAVAILABLE] Temporary authentication failure.", BUSY),
        ("[ALERT] Too many simultaneous connections. (Failure)", BUSY),
    ],
)
async def test_who_is_not_let_in_is_told_why(said: str, failure: Failure) -> None:
    async with scripted(LOGIN=f"{{tag}} NO {said}\r\n") as server:
        assert await trouble_of(server.server(), server.port) == failure


@pytest.mark.parametrize(
    ("answers", "failure"),
    [
        ({"GREETING": "HTTP/1.1 400 Bad Request\r\n\r\n"}, AWAY),
        ({"GREETING": "* BYE not now\r\n"}, NONSENSE),
        ({"GREETING": "x" * 2_000_000}, AWAY),
        ({"LOGIN": "* BYE overloaded\r\n"}, AWAY),
        ({"EXAMINE": "* OK [UIDVALIDITY x] y\r\n{tag} OK done\r\n"}, NONSENSE),
        ({"EXAMINE": "* 1 FETCH (BODY[] {99999999999}\r\nmore\r\n"}, AWAY),
    ],
)
async def test_a_server_that_does_not_behave_is_left(answers: dict[str, Answer], failure: Failure) -> None:
    async with scripted(**answers) as server:
        assert await trouble_of(server.server(), server.port) == failure


async def test_an_answer_without_an_end_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.postbox.wire.MOST_BYTES", 100_000)
    async with scripted(EXAMINE="* OK go on\r\n" * 100_000) as server, asyncio.timeout(60):
        assert await trouble_of(server.server(), server.port) == AWAY
