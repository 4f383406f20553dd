"""The way out: what it says when it fails, and whom it trusts."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from hub.egress import Egress, EgressFailed
from tests.fakes.certificates import self_signed, serving, trusting
from tests.fakes.loopback import CHUNKED, answer, listening, says
from tests.fakes.resolver import ScriptedResolver

HERE = ("127.0.0.0/8",)


@pytest.fixture(scope="module")
async def egress() -> AsyncIterator[Egress]:
    async with Egress.open(allow=HERE) as egress:
        yield egress


@pytest.fixture
def closed_port() -> Iterator[int]:
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def failure(error: pytest.ExceptionInfo[EgressFailed]) -> tuple[object, object]:
    return error.value.data["reason"], error.value.data["sent"]


async def test_hang_up_after_the_request_may_have_been_received(egress: Egress) -> None:
    async with listening(says()) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("POST", server.url, json={"amount": 1})

    assert failure(error) == ("protocol", True)
    assert len(server.requests) == 1


async def test_reset_in_the_middle_of_a_body_may_have_been_received(egress: Egress) -> None:
    async def reset(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        await writer.drain()
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        writer.transport.abort()

    async with listening(reset) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("POST", server.url, json={})

    assert failure(error) == ("protocol", True)


async def test_refused_connection_is_known_not_to_be_sent(egress: Egress, closed_port: int) -> None:
    with pytest.raises(EgressFailed) as error:
        await egress.request("POST", f"http://127.0.0.1:{closed_port}/", json={})

    assert failure(error) == ("connect", False)


@pytest.mark.parametrize("answers", [[], None])
async def test_name_that_does_not_exist_is_known_not_to_be_sent(answers: list[str] | None) -> None:
    async def resolver(host: str, port: int) -> list[str]:
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return answers

    async with Egress.open(resolver=resolver) as egress:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", "http://nowhere.test/")

    assert failure(error) == ("dns", False)


@pytest.mark.parametrize(
    "garbage",
    [
        b"\r\n\r\n",
        b"\0" * 100,
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/1.1 000 OK\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1e9\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\n no: fold\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nbad name: x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: \x00\r\n\r\n",
        CHUNKED + b"zz\r\n",
        CHUNKED + b"-5\r\nhello\r\n",
        CHUNKED + b"5\r\nhelloXX",
        CHUNKED + b"ffffffffffffffffffffffffffff\r\n",
        CHUNKED + b"5\r\nhello\r\n",
    ],
)
async def test_garbage_is_a_bad_answer_and_nothing_else(garbage: bytes, egress: Egress) -> None:
    async with listening(says(garbage)) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url)

    assert failure(error) == ("protocol", True)


async def test_certificate_is_checked_against_the_name_and_not_the_address(tmp_path: Path) -> None:
    pem = self_signed("right.test", tmp_path)
    async with (
        listening(says(answer(b"private")), tls=serving(pem)) as server,
        Egress.open(allow=HERE, resolver=ScriptedResolver(["127.0.0.1"]), tls=trusting(pem)) as egress,
    ):
        reply = await egress.request("GET", f"https://right.test:{server.port}/")

    assert reply.body == b"private"


async def test_certificate_of_another_name_is_refused(tmp_path: Path) -> None:
    pem = self_signed("right.test", tmp_path)
    async with (
        listening(says(answer()), tls=serving(pem)) as server,
        Egress.open(allow=HERE, resolver=ScriptedResolver(["127.0.0.1"]), tls=trusting(pem)) as egress,
    ):
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", f"https://wrong.test:{server.port}/")

    assert failure(error) == ("tls", False)
    assert server.requests == []


async def test_authority_named_in_the_environment_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = self_signed("right.test", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    async with (
        listening(says(answer()), tls=serving(pem)) as server,
        Egress.open(allow=HERE, resolver=ScriptedResolver(["127.0.0.1"])) as egress,
    ):
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", f"https://right.test:{server.port}/")

    assert failure(error) == ("tls", False)


async def test_plain_text_where_tls_should_be_is_a_tls_failure(egress: Egress) -> None:
    async with listening(says(answer(b"hello")), listens=False) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", f"https://127.0.0.1:{server.port}/")

    assert failure(error) == ("tls", False)


async def test_tls_that_breaks_after_the_request_may_have_been_received(tmp_path: Path) -> None:
    async def garble(writer: asyncio.StreamWriter) -> None:
        with writer.get_extra_info("socket").dup() as raw:
            raw.send(b"this is no TLS record" * 10)

    pem = self_signed("right.test", tmp_path)
    async with (
        listening(garble, tls=serving(pem)) as server,
        Egress.open(allow=HERE, resolver=ScriptedResolver(["127.0.0.1"]), tls=trusting(pem)) as egress,
    ):
        with pytest.raises(EgressFailed) as error:
            await egress.request("POST", f"https://right.test:{server.port}/", json={})

    assert failure(error) == ("protocol", True)


@pytest.mark.parametrize("weakness", ["no verification", "no host name"])
async def test_context_that_does_not_verify_is_refused(weakness: str) -> None:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE if weakness == "no verification" else ssl.CERT_REQUIRED

    with pytest.raises(ValueError, match="verifies"):
        async with Egress.open(tls=context):
            pass
