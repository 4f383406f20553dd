"""The wire: real sockets, a real server, and whatever it may answer."""

import asyncio
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from socket import create_connection
from typing import Any

import pytest

from hub.mail.errors import MailAway, MailRefused
from hub.mail.letters import password_changed
from hub.mail.message import compose
from hub.mail.models import Mailbox, MailServer
from hub.mail.posting import greet, send
from hub.mail.smtp import Way
from hub.store.embedded import free_port
from tests.fakes.certificates import self_signed, serving, trusting
from tests.fakes.loopback import listening, says, says_forever
from tests.fakes.smtp import FakeSmtp, fake_smtp

TO = "asha@example.test"
USER, PASSWORD = "parley", "correct-horse"
LOGINS = {USER: PASSWORD}
FOREIGN = "mail.example.test"
MADE_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def letter() -> EmailMessage:
    sender, to = Mailbox("Parley", "parley@example.com"), Mailbox("", TO)
    return compose(password_changed(), id="one", sender=sender, to=to, made_at=MADE_AT)


def near(port: int, login: str = "", *, scheme: str = "smtp", **more: Any) -> Way:
    """To a server on this machine."""
    server = MailServer.read(f"{scheme}://{login}127.0.0.1:{port}")
    return Way(server=server, hello="parley.example.com", **more)


def far(fake: FakeSmtp, login: str = f"{USER}:{PASSWORD}@", *, scheme: str = "smtp", **more: Any) -> Way:
    """To a server on another machine, as far as anybody can tell."""
    sock = create_connection(("127.0.0.1", fake.port))
    sock.setblocking(False)
    return Way(server=MailServer.read(f"{scheme}://{login}{FOREIGN}"), hello="parley.example.com", sock=sock, **more)


async def failure_of(way: Way) -> MailAway | MailRefused:
    with pytest.raises((MailAway, MailRefused)) as failed:
        await send(way, letter())
    assert isinstance(failed.value, MailAway | MailRefused)
    return failed.value


# What arrives


async def test_message_arrives_whole() -> None:
    async with fake_smtp() as fake:
        await send(near(fake.port), letter())

        (taken,) = fake.taken
        assert (taken.sender, taken.recipients, taken.hello) == ("parley@example.com", [TO], "parley.example.com")
        assert taken.part("plain") == password_changed().text
        assert taken.part("html") == password_changed().html


async def test_how_the_server_says_goodbye_changes_nothing() -> None:
    async with fake_smtp(QUIT="451 not yet") as fake:
        await send(near(fake.port), letter())

        assert len(fake.taken) == 1


async def test_greeting_sends_nothing() -> None:
    async with fake_smtp(logins=LOGINS) as fake:
        await greet(near(fake.port, f"{USER}:{PASSWORD}@"))

        assert (fake.passwords, fake.taken) == ([PASSWORD], [])


# Encryption


async def test_offered_encryption_is_used_on_this_machine_whoever_signed_the_certificate(tmp_path: Path) -> None:
    async with fake_smtp(starttls=serving(self_signed("snake-oil", tmp_path))) as fake:
        await send(near(fake.port), letter())

        assert [taken.was_encrypted for taken in fake.taken] == [True]


@pytest.mark.parametrize(("scheme", "offer"), [("smtp", "starttls"), ("smtps", "tls")])
async def test_password_goes_to_another_machine_encrypted(tmp_path: Path, scheme: str, offer: str) -> None:
    pem = self_signed(FOREIGN, tmp_path)
    encryption: dict[str, Any] = {offer: serving(pem)}
    async with fake_smtp(logins=LOGINS, **encryption) as fake:
        await send(far(fake, scheme=scheme, tls=trusting(pem)), letter())

        assert [(taken.was_encrypted, taken.user) for taken in fake.taken] == [(True, USER)]


async def test_password_is_never_sent_in_clear_to_another_machine() -> None:
    async with fake_smtp(logins=LOGINS) as fake:
        failure = await failure_of(far(fake))

        assert isinstance(failure, MailAway)
        assert "offers no encryption (STARTTLS)" in failure.message
        assert fake.passwords == []


async def test_password_may_be_sent_in_clear_on_this_machine() -> None:
    async with fake_smtp(logins=LOGINS) as fake:
        await send(near(fake.port, f"{USER}:{PASSWORD}@"), letter())

        assert [taken.user for taken in fake.taken] == [USER]


async def test_without_a_password_another_machine_need_not_encrypt() -> None:
    async with fake_smtp() as fake:
        await send(far(fake, login=""), letter())

        assert len(fake.taken) == 1


@pytest.mark.parametrize("offer", ["starttls", "tls"])
@pytest.mark.parametrize("name", [FOREIGN, "other.example.test"])
async def test_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, offer: str, name: str) -> None:
    pem, known = self_signed(name, tmp_path), self_signed("known.example.test", tmp_path)
    encryption: dict[str, Any] = {offer: serving(pem)}
    async with fake_smtp(logins=LOGINS, **encryption) as fake:
        scheme = {"starttls": "smtp", "tls": "smtps"}[offer]
        failure = await failure_of(far(fake, scheme=scheme, tls=trusting(known)))

        assert "certificate of the mail server is not a trusted one" in failure.message
        assert (fake.passwords, fake.taken) == ([], [])


async def test_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    pem = self_signed("other.example.test", tmp_path)
    async with fake_smtp(starttls=serving(pem)) as fake:
        failure = await failure_of(far(fake, login="", tls=trusting(pem)))

        assert "certificate" in failure.message
        assert fake.taken == []


async def test_another_machines_certificate_is_checked_without_being_asked(tmp_path: Path) -> None:
    async with fake_smtp(starttls=serving(self_signed(FOREIGN, tmp_path))) as fake:
        failure = await failure_of(far(fake))

        assert "certificate" in failure.message
        assert fake.passwords == []


# Refusals


@pytest.mark.parametrize(
    ("step", "reply", "kind", "words"),
    [
        ("RCPT", f"550 5.1.1 <{TO}>: no such user", MailRefused, "recipient for good (550 5.1.1): it knows no such"),
        ("RCPT", f"552 5.2.2 {TO} is full", MailRefused, "recipient for good (552 5.2.2): that mailbox takes no mail"),
        ("RCPT", "550-5.7.1\r\n550 never", MailRefused, "recipient for good (550 5.7.1): its rules forbid it."),
        ("RCPT", f"550 {TO} unknown", MailRefused, "The mail server refuses this recipient for good (550)."),
        ("RCPT", f"450 4.2.0 <{TO}>: Greylisted", MailAway, "does not take this recipient now (450 4.2.0)."),
        ("RCPT", "530 5.7.0 Authentication required", MailAway, "does not take this recipient now (530 5.7.0)."),
        ("DATA", f"554 5.7.1 {TO} says spam", MailRefused, "this letter for good (554 5.7.1): its rules forbid it."),
        ("DATA", f"452 {TO}: disk full", MailAway, "does not take this letter now (452)."),
        ("MAIL", "553 5.7.1 not your address", MailAway, "the sender of PARLEY_MAIL_FROM (553 5.7.1)."),
        ("EHLO", "554 5.7.1 you are on a list", MailAway, "is not ready for us (554 5.7.1)."),
    ],
)
async def test_refusal_is_told_by_its_code(step: str, reply: str, kind: type[Exception], words: str) -> None:
    async with fake_smtp() as fake:
        fake.replies[step] = reply

        failure = await failure_of(near(fake.port))

        assert type(failure) is kind
        assert words in failure.message
        assert TO not in failure.message
        assert fake.taken == []


async def test_wrong_password_is_told_without_it() -> None:
    async with fake_smtp(logins=LOGINS) as fake:
        failure = await failure_of(near(fake.port, f"{USER}:wrong-horse@"))

        assert type(failure) is MailAway
        assert "does not take the user and password of PARLEY_MAIL_URL (535 5.7.8)." in failure.message
        assert "wrong-horse" not in failure.message


async def test_server_that_lets_nobody_sign_in_is_told() -> None:
    async with fake_smtp(EHLO="250 mail.fake.test") as fake:
        failure = await failure_of(near(fake.port, f"{USER}:{PASSWORD}@"))

        assert "does not let users sign in" in failure.message


# Broken lines


async def test_server_that_is_not_there_is_away() -> None:
    failure = await failure_of(near(free_port()))

    assert type(failure) is MailAway
    assert "cannot be reached" in failure.message


async def test_server_that_hangs_up_is_away() -> None:
    async with listening(says(), listens=False) as server:
        assert "breaks off" in (await failure_of(near(server.port))).message


async def test_server_that_says_nothing_is_not_waited_for() -> None:
    async with asyncio.timeout(20), listening(says_forever(b"", b"", every_s=1), listens=False) as server:
        assert "takes too long" in (await failure_of(near(server.port, patience_s=0.1))).message


async def test_server_that_never_comes_to_an_end_is_not_waited_for() -> None:
    dribble = says_forever(b"220 hello\r\n", b"250-and\r\n", every_s=0.02)
    async with asyncio.timeout(20), listening(dribble, listens=False) as server:
        assert "takes too long" in (await failure_of(near(server.port, patience_s=0.3))).message


async def test_something_else_that_listens_there_is_away() -> None:
    async with listening(says(b"HTTP/1.1 400 Bad Request\r\n\r\n"), listens=False) as server:
        failure = await failure_of(near(server.port))

    assert type(failure) is MailAway
    assert failure.message == "The mail server is not ready for us."


async def test_port_of_the_other_kind_of_encryption_is_told() -> None:
    async with fake_smtp() as fake:
        failure = await failure_of(near(fake.port, scheme="smtps"))

        assert "smtps:// is mostly for port 465" in failure.message
