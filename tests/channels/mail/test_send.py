"""What becomes of a mail at its server: which no means what, and when nobody knows whether it was taken."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from channels.base import Access, Out, Party, Receipt, Refused, State, Unreachable, Unsure
from channels.mail.send import PATIENCE_S, probe, send
from hub.egress import Egress
from hub.sending.ways import Ways
from tests.channels.mail.stage import ASHA, RAVI, access, outbound
from tests.channels.way_out import LOOPBACK
from tests.fakes.certificates import self_signed, serving, trusting
from tests.fakes.resolver import ScriptedResolver
from tests.fakes.smtp import FakeSmtp, fake_smtp

HOST, USER, PASSWORD = "mail.acme.test", "sales", "correct-horse"
LOGINS = {USER: PASSWORD}
NO, NOT_NOW = "550 5.7.0 no", "451 4.3.0 not now"


@asynccontextmanager
async def abroad(tls: ssl.SSLContext | None = None) -> AsyncIterator[Out]:
    """The hub's way out to HOST, which is another machine as far as anybody can tell."""
    async with Egress.open(allow=[LOOPBACK], resolver=ScriptedResolver(["127.0.0.1"]), tls=tls) as egress:
        yield Ways(egress)


def far(server: FakeSmtp, security: str = "starttls") -> Access:
    return access(port=server.port, host=HOST, security=security, user=USER, password=PASSWORD)


async def refusal(out: Out, line: Access) -> str:
    with pytest.raises(Refused) as caught:
        await send(out, line, outbound())
    return caught.value.failure.code


@pytest.mark.parametrize(
    ("step", "reply", "code"),
    [
        ("CONNECT", "554 5.7.1 you are on a list", "server_not_let_in"),
        ("CONNECT", "421 4.3.2 not now", "temporarily_down"),
        ("MAIL", "553 5.7.1 not your address", "sender_refused"),
        ("MAIL", "552 5.3.4 too large", "too_large"),
        ("MAIL", "530 5.7.0 sign in first", "wrong_key"),
        ("MAIL", NOT_NOW, "temporarily_down"),
        ("RCPT", "550 5.1.1 no such user", "unknown_address"),
        ("MAIL", "421 4.7.28 too many", "rate_limited"),
        ("RCPT", "550 no", "address_refused"),
        ("RCPT", "550 as 5.1.1 has it", "address_refused"),
        ("RCPT", "451 not now", "temporarily_down"),
        ("RCPT", "450 4.2.0 greylisted", "greylisted"),
        ("RCPT", "552 5.2.2 full", "mailbox_full"),
        ("RCPT", "552 5.0.0 full", "mailbox_full"),
        ("RCPT", "450 4.0.0 greylisted", "greylisted"),
        ("RCPT", "554 5.7.1 relay access denied", "not_passed_on"),
        ("GO", "554 5.7.1 spam", "taken_for_spam"),
        ("DATA", "554 5.7.1 spam", "taken_for_spam"),
        ("DATA", "552 5.3.4 too large", "too_large"),
        ("DATA", "550 5.7.26 no SPF", "sender_unproved"),
    ],
)
async def test_what_a_no_means_depends_on_what_it_was_said_to(
    server: FakeSmtp, out: Out, step: str, reply: str, code: str
) -> None:
    server.replies[step] = reply

    assert await refusal(out, access(port=server.port)) == code
    assert server.taken == []


async def test_a_wrong_password_is_about_the_line(out: Out) -> None:
    async with fake_smtp(logins=LOGINS) as server:
        assert await refusal(out, access(port=server.port, user=USER, password="wrong")) == "wrong_key"


async def test_a_server_that_cannot_look_at_passwords_now_says_nothing_of_ours(out: Out) -> None:
    async with fake_smtp(logins=LOGINS, AUTH="454 4.7.0 not now") as server:
        assert await refusal(out, access(port=server.port, user=USER, password=PASSWORD)) == "temporarily_down"


async def test_a_server_that_lets_nobody_sign_in_is_told_apart(out: Out) -> None:
    async with fake_smtp(EHLO="250 mail.fake.test") as server:
        assert await refusal(out, access(port=server.port, user=USER, password=PASSWORD)) == "no_login"


async def test_a_connection_that_breaks_before_the_last_dot_has_sent_nothing(server: FakeSmtp, out: Out) -> None:
    server.mood = "cut"

    with pytest.raises(Unreachable):
        await send(out, access(port=server.port), outbound())

    assert server.taken == []


@pytest.mark.parametrize(("mood", "taken"), [("vanish", 0), ("hang_up", 1), ("nonsense", 1)])
async def test_after_the_last_dot_nobody_knows(server: FakeSmtp, out: Out, mood: str, taken: int) -> None:
    server.mood = mood

    with pytest.raises(Unsure):
        await send(out, access(port=server.port), outbound())

    assert len(server.taken) == taken


async def test_a_server_that_does_not_answer_after_the_last_dot_is_not_waited_for(
    server: FakeSmtp, out: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PATIENCE_S == 60
    monkeypatch.setattr("channels.mail.send.PATIENCE_S", 0.3)
    server.pause_s = 5

    with pytest.raises(Unsure):
        await send(out, access(port=server.port), outbound())


async def test_a_goodbye_that_goes_wrong_changes_nothing(server: FakeSmtp, out: Out) -> None:
    server.replies["QUIT"] = "451 not yet"

    assert await send(out, access(port=server.port), outbound()) == Receipt(id="c-1@acme.test")


async def test_a_copy_that_is_refused_does_not_fail_the_mail(server: FakeSmtp, out: Out) -> None:
    server.replies[RAVI] = "550 5.1.1 no such user"

    await send(out, access(port=server.port), outbound(cc=(Party(address=RAVI),)))

    assert [taken.recipients for taken in server.taken] == [[ASHA]]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("550 5.1.1 no such user", "unknown_address"),
        ("450 4.2.0 greylisted", "greylisted"),
        ("554 5.7.1 relay access denied", "not_passed_on"),
    ],
)
async def test_a_copy_that_is_refused_is_told_beside_the_receipt(
    server: FakeSmtp, out: Out, reply: str, code: str
) -> None:
    server.replies[RAVI] = reply

    receipt = await send(out, access(port=server.port), outbound(cc=(Party(address=RAVI),)))

    told = [(one.id, one.state, one.recipient and one.recipient.value, one.code) for one in receipt.refused]
    assert told == [("c-1@acme.test", State.FAILED, RAVI, code)]


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_password_goes_over_an_encrypted_connection(tmp_path: Path, security: str) -> None:
    pem = self_signed(HOST, tmp_path)
    offered: dict[str, Any] = {security: serving(pem)}
    async with fake_smtp(logins=LOGINS, **offered) as server, abroad(trusting(pem)) as out:
        await send(out, far(server, security), outbound())

        assert [(taken.was_encrypted, taken.user) for taken in server.taken] == [(True, USER)]


@pytest.mark.parametrize("name", [HOST, "other.acme.test"])
async def test_nothing_is_said_to_a_server_that_nobody_vouches_for(tmp_path: Path, name: str) -> None:
    pem, known = self_signed(name, tmp_path), self_signed("known.test", tmp_path)
    async with fake_smtp(logins=LOGINS, starttls=serving(pem)) as server, abroad(trusting(known)) as out:
        assert await refusal(out, far(server)) == "untrusted_certificate"
        assert (server.passwords, server.taken) == ([], [])


async def test_a_certificate_of_another_name_is_not_trusted(tmp_path: Path) -> None:
    pem = self_signed("other.acme.test", tmp_path)
    async with fake_smtp(logins=LOGINS, starttls=serving(pem)) as server, abroad(trusting(pem)) as out:
        assert await refusal(out, far(server)) == "untrusted_certificate"
        assert server.passwords == []


@pytest.mark.parametrize("security", ["starttls", "none"])
async def test_no_password_is_sent_in_clear(security: str) -> None:
    async with fake_smtp(logins=LOGINS) as server, abroad() as out:
        assert await refusal(out, far(server, security)) == "no_encryption"
        assert (server.passwords, server.taken) == ([], [])


async def test_encryption_that_is_wanted_is_demanded_without_a_password_too() -> None:
    async with fake_smtp() as server, abroad() as out:
        assert await refusal(out, access(port=server.port, host=HOST, security="starttls")) == "no_encryption"
        assert server.taken == []


async def test_a_large_mail_gets_more_time(server: FakeSmtp, out: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("channels.mail.send.PATIENCE_S", 0.1)
    monkeypatch.setattr("channels.mail.send.BYTES_PER_S", 1_000)
    server.pause_s = 0.5

    await send(out, access(port=server.port), outbound(text="x" * 30_000))

    assert len(server.taken) == 1


async def test_the_check_says_what_is_wrong_as_sending_does(out: Out) -> None:
    async with fake_smtp(logins=LOGINS) as server:
        with pytest.raises(Refused) as caught:
            await probe(out, access(port=server.port, user=USER, password="wrong"))

    assert caught.value.failure.code == "wrong_key"


async def test_the_check_signs_in_and_sends_nothing(out: Out) -> None:
    async with fake_smtp(logins=LOGINS) as server:
        found = await probe(out, access(port=server.port, user=USER, password=PASSWORD))

        assert [(one.is_well, one.words) for one in found] == [
            (True, "The mail server answers."),
            (True, "It knows the line's user and password."),
        ]
        assert (server.passwords, server.taken) == ([PASSWORD], [])
