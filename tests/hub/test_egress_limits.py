"""The way out: where it stops reading."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator

import pytest

from hub.egress import Egress, EgressFailed
from tests.fakes.loopback import CHUNKED, answer, listening, says, says_forever

HERE = ("127.0.0.0/8",)
GZIPPED = "Content-Encoding: gzip\r\n"
# It announces a file name, which then never ends.
ENDLESS_GZIP_HEADER = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x03"


@pytest.fixture(scope="module")
async def egress() -> AsyncIterator[Egress]:
    async with Egress.open(allow=HERE) as egress:
        yield egress


def failure(error: pytest.ExceptionInfo[EgressFailed]) -> tuple[object, object]:
    return error.value.data["reason"], error.value.data["sent"]


async def test_gzip_is_opened(egress: Egress) -> None:
    async with listening(says(answer(gzip.compress(b"hello" * 50_000), headers=GZIPPED))) as server:
        reply = await egress.request("GET", server.url)

    assert reply.body == b"hello" * 50_000
    assert "content-encoding" not in reply.headers


async def test_gzip_bomb_is_cut_at_the_cap(egress: Egress) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    async with listening(says(answer(bomb, headers=GZIPPED))) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url, max_bytes=1_000_000)

    assert len(bomb) < 1_000_000
    assert failure(error) == ("too_large", True)


async def test_sdk_is_spared_a_gzip_bomb(egress: Egress) -> None:
    bomb = gzip.compress(bytes(100_000_000), 9)
    async with listening(says(answer(bomb, headers=GZIPPED))) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.client().get(server.url)

    assert failure(error) == ("too_large", True)


async def test_gzip_that_inflates_to_nothing_for_ever_is_cut_at_the_cap(egress: Egress) -> None:
    start = CHUNKED.replace(b"Transfer", GZIPPED.encode() + b"Transfer") + b"a\r\n" + ENDLESS_GZIP_HEADER + b"\r\n"
    async with listening(says_forever(start, b"1000\r\n" + b"a" * 4096 + b"\r\n")) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url, max_bytes=100_000)

    assert failure(error) == ("too_large", True)


async def test_endless_body_is_cut_at_the_cap(egress: Egress) -> None:
    async with listening(says_forever(CHUNKED, b"1000\r\n" + b"a" * 4096 + b"\r\n")) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url, max_bytes=100_000)

    assert failure(error) == ("too_large", True)


async def test_body_of_exactly_the_cap_is_whole(egress: Egress) -> None:
    async with listening(says(answer(b"a" * 100_000))) as server:
        reply = await egress.request("GET", server.url, max_bytes=100_000)

    assert len(reply.body) == 100_000


@pytest.mark.parametrize(
    "encoding", ["gzip, gzip", "br", "zstd", "compress", "deflate", "gzip\r\nContent-Encoding: br"]
)
async def test_encoding_that_was_not_asked_for_is_a_bad_answer(encoding: str, egress: Egress) -> None:
    async with listening(says(answer(b"x", headers=f"Content-Encoding: {encoding}\r\n"))) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url)

    assert failure(error) == ("protocol", True)


@pytest.mark.parametrize(
    "body",
    [gzip.compress(b"hello" * 99)[:-9], b"not gzip", zlib.compress(b"hello")],
    ids=["cut off", "not gzip", "zlib"],
)
async def test_damaged_gzip_is_a_bad_answer(body: bytes, egress: Egress) -> None:
    async with listening(says(answer(body, headers=GZIPPED))) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url)

    assert failure(error) == ("protocol", True)


async def test_head_of_a_gzipped_page_is_an_answer(egress: Egress) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\nContent-Encoding: gzip\r\n\r\n"
    async with listening(says(head)) as server:
        reply = await egress.request("HEAD", server.url)

    assert (reply.status, reply.body) == (200, b"")


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: "])
async def test_dripping_head_is_cut_at_the_deadline(start: bytes, egress: Egress) -> None:
    async with listening(says_forever(start, b"a", every_s=0.01)) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url, timeout_s=0.2)

    assert failure(error) in [("timeout", True), ("protocol", True)]


async def test_dripping_body_is_cut_at_the_deadline(egress: Egress) -> None:
    async with listening(says_forever(CHUNKED, b"1\r\na\r\n", every_s=0.01)) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url, timeout_s=0.2)

    assert failure(error) == ("timeout", True)


async def test_server_that_says_continue_for_ever_is_cut_at_the_deadline(egress: Egress) -> None:
    async with listening(says_forever(b"", b"HTTP/1.1 100 Continue\r\n\r\n", every_s=0.001)) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url, timeout_s=0.2)

    assert failure(error) == ("timeout", True)


async def test_server_that_never_reads_is_cut_at_the_deadline(egress: Egress) -> None:
    async with listening(says_forever(b"", b"", every_s=1), listens=False) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("POST", server.url, content=bytes(50_000_000), timeout_s=0.3)

    assert failure(error) == ("timeout", True)


async def test_name_that_takes_too_long_is_cut_before_anything_is_sent() -> None:
    async def slow(host: str, port: int) -> list[str]:
        await asyncio.sleep(5)
        return ["127.0.0.1"]

    async with Egress.open(allow=HERE, resolver=slow) as egress:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", "http://slow.test/", timeout_s=0.05)

    assert failure(error) == ("timeout", False)


async def test_handshake_that_never_ends_is_cut_before_anything_is_sent(egress: Egress) -> None:
    async with listening(says_forever(b"\x16\x03\x03\x40\x00", b"\0", every_s=0.01), listens=False) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", f"https://127.0.0.1:{server.port}/", timeout_s=0.2)
        await server.hung_up()

    assert failure(error) == ("timeout", False)


async def test_huge_headers_are_a_bad_answer(egress: Egress) -> None:
    async with listening(says_forever(b"HTTP/1.1 200 OK\r\n", b"X-Pad: " + b"a" * 8000 + b"\r\n")) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url)

    assert failure(error) == ("protocol", True)
