"""The way out: what it sends and what it gives back."""

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest

from hub.egress import Egress, EgressFailed, EgressRefused
from hub.egress.addresses import is_public
from tests.fakes.loopback import CHUNKED, answer, listening, says, says_forever
from tests.fakes.resolver import ScriptedResolver

# The neighbours of what is refused, among others.
PUBLIC_4 = ["1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255"]
PUBLIC_4 += ["172.32.0.0", "192.0.1.1", "192.167.255.255", "198.17.255.255", "198.20.0.0", "223.255.255.255"]
PUBLIC_6 = ["2606:4700:4700::1111", "2a00:1450:4001:80e::200e", "2001:4860:4860::8888", "2400:cb00::1", "2003::1"]

HERE = ("127.0.0.0/8",)
MORE_THAN_THE_POOL_HOLDS = 250


@pytest.fixture(scope="module")
async def egress() -> AsyncIterator[Egress]:
    async with Egress.open(allow=HERE) as egress:
        yield egress


@pytest.fixture
def closed_port() -> Iterator[int]:
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


async def test_answer_has_status_headers_and_body(egress: Egress) -> None:
    async with listening(says(answer(b"no such thing", status="404 Not Found", headers="X-Mark: 7\r\n"))) as server:
        reply = await egress.request("GET", server.url)

    assert (reply.status, reply.headers["x-mark"], reply.body) == (404, "7", b"no such thing")


async def test_json_goes_out_and_comes_back(egress: Egress) -> None:
    async with listening(says(answer(b'{"ok":[1,"\xc3\xa9"]}'))) as server:
        reply = await egress.request("POST", server.url, json={"name": "Asha"})

    assert reply.json() == {"ok": [1, "é"]}
    assert server.requests[0].endswith(b'\r\n\r\n{"name":"Asha"}')


async def test_form_goes_out_encoded(egress: Egress) -> None:
    async with listening(says(answer())) as server:
        await egress.request("POST", server.url, form={"To": "+91 7", "Body": "a&b"})

    assert server.requests[0].endswith(b"\r\n\r\nTo=%2B91+7&Body=a%26b")


async def test_file_goes_out_as_multipart(egress: Egress) -> None:
    async with listening(says(answer())) as server:
        await egress.request("POST", server.url, form={"a": "1"}, files={"f": ("x.png", b"\x89PNG", "image/png")})

    assert b'name="f"; filename="x.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG' in server.requests[0]


async def test_bytes_and_headers_go_out_as_given(egress: Egress) -> None:
    async with listening(says(answer())) as server:
        await egress.request("PUT", f"{server.url}a?b=c", content=b"\x00\xff", headers={"X-Key": "k"})

    assert server.requests[0].startswith(b"PUT /a?b=c HTTP/1.1\r\n")
    assert b"\r\nX-Key: k\r\n" in server.requests[0]
    assert server.requests[0].endswith(b"\r\n\r\n\x00\xff")


async def test_host_header_stays_the_name_that_was_given() -> None:
    resolver = ScriptedResolver(["127.0.0.1"])
    async with listening(says(answer())) as server, Egress.open(allow=HERE, resolver=resolver) as egress:
        await egress.request("GET", f"http://shop.test:{server.port}/")

    assert f"\r\nHost: shop.test:{server.port}\r\n".encode() in server.requests[0]


@pytest.mark.parametrize(
    "name", ["Host", "host", "Content-Length", "Transfer-Encoding", "Connection", "Upgrade", "Expect", " Host "]
)
async def test_header_that_would_move_or_reframe_the_request_is_refused(name: str, egress: Egress) -> None:
    async with listening(says(answer())) as server:
        with pytest.raises(EgressRefused):
            await egress.request("POST", server.url, content=b"x", headers={name: "1"})

    assert server.hits == 0


@pytest.mark.parametrize("headers", [{"X": "a\r\nHost: b"}, {"X": "a\nb"}, {"X\r\nY": "b"}, {"X:": "b"}, {"X": "\0"}])
async def test_header_that_would_smuggle_another_is_never_sent(headers: dict[str, str], egress: Egress) -> None:
    async with listening(says(answer())) as server:
        with pytest.raises(EgressFailed) as error:
            await egress.request("GET", server.url, headers=headers)

    assert error.value.data == {"reason": "protocol", "sent": False}
    assert server.requests == []


async def test_header_that_cannot_be_encoded_is_refused(egress: Egress) -> None:
    with pytest.raises(EgressRefused):
        await egress.request("GET", "http://127.0.0.1:8000/", headers={"X": "\ud800"})


async def test_connection_is_used_again_without_asking_for_the_name_again() -> None:
    async def twice(writer: asyncio.StreamWriter) -> None:
        writer.write(answer(b"one"))
        await writer.drain()
        await asyncio.sleep(0.1)
        writer.write(answer(b"two"))

    resolver = ScriptedResolver(["127.0.0.1"], ["10.0.0.1"])
    async with listening(twice) as server, Egress.open(allow=HERE, resolver=resolver) as egress:
        replies = [await egress.request("GET", f"http://shop.test:{server.port}/") for _ in range(2)]

    assert [reply.body for reply in replies] == [b"one", b"two"]
    assert (server.hits, resolver.asked) == (1, ["shop.test"])


async def test_second_address_is_tried_when_the_first_refuses() -> None:
    resolver = ScriptedResolver(["127.0.0.3", "127.0.0.1"])
    async with listening(says(answer(b"here"))) as server, Egress.open(allow=HERE, resolver=resolver) as egress:
        reply = await egress.request("GET", f"http://shop.test:{server.port}/")

    assert reply.body == b"here"


@pytest.mark.parametrize("body", [b"", b"nope", b"{", b"\xff", b"[" * 100_000])
async def test_body_that_is_not_json_is_a_bad_answer(body: bytes, egress: Egress) -> None:
    async with listening(says(answer(body))) as server:
        reply = await egress.request("GET", server.url)

    with pytest.raises(EgressFailed) as error:
        reply.json()

    assert error.value.data == {"reason": "protocol", "sent": True}


@pytest.mark.parametrize("address", [*PUBLIC_4, *PUBLIC_6])
def test_public_address_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


async def test_cookies_are_not_kept(egress: Egress) -> None:
    async with listening(says(answer(headers="Set-Cookie: who=asha; Path=/\r\n"))) as server, egress.client() as client:
        await client.get(server.url)
        await client.get(server.url)
        await egress.request("GET", server.url)

    assert len(server.requests) == 3
    assert not any(b"cookie" in request.lower() for request in server.requests)


async def test_sdk_that_closes_its_client_closes_it_for_nobody_else(egress: Egress) -> None:
    async with listening(says(answer(b"still here"))) as server:
        await egress.client().aclose()
        reply = await egress.client().get(server.url)

    assert reply.content == b"still here"


async def test_sdk_gets_the_errors_it_knows(egress: Egress, closed_port: int) -> None:
    with pytest.raises(httpx2.ConnectError):
        await egress.client().get(f"http://127.0.0.1:{closed_port}/")


async def test_download_comes_in_pieces(egress: Egress) -> None:
    async with (
        listening(says(answer(b"a" * 1_000_000, headers="X-Mark: 7\r\n"))) as server,
        egress.stream("GET", server.url) as download,
    ):
        sizes = [len(piece) async for piece in download.pieces]

    assert (download.status, download.headers["x-mark"], sum(sizes)) == (200, "7", 1_000_000)
    assert len(sizes) > 1


async def test_download_larger_than_the_cap_ends_at_the_cap(egress: Egress) -> None:
    received = 0
    async with listening(says_forever(CHUNKED, b"1000\r\n" + b"a" * 4096 + b"\r\n")) as server:
        with pytest.raises(EgressFailed) as error:
            async with egress.stream("GET", server.url, max_bytes=100_000) as download:
                async for piece in download.pieces:
                    received += len(piece)

    assert error.value.data == {"reason": "too_large", "sent": True}
    assert received <= 100_000


async def test_leaving_a_download_early_hangs_up(egress: Egress) -> None:
    async with listening(says_forever(CHUNKED, b"5\r\nhello\r\n")) as server:
        async with egress.stream("GET", server.url) as download:
            first = await anext(download.pieces)
        await server.hung_up()

    assert first.startswith(b"hello")
    assert [piece async for piece in download.pieces] == []


async def test_leaving_a_download_unread_hangs_up(egress: Egress) -> None:
    async with listening(says_forever(CHUNKED, b"5\r\nhello\r\n")) as server:
        async with egress.stream("GET", server.url):
            pass
        await server.hung_up()

    assert server.hits == 1


@pytest.mark.parametrize("kind", [TimeoutError, httpx2.ReadTimeout])
async def test_error_of_the_reader_is_left_alone(kind: type[Exception], egress: Egress) -> None:
    async with listening(says(answer(b"hello"))) as server:
        with pytest.raises(kind, match="mine"):
            async with egress.stream("GET", server.url):
                raise kind("mine")


async def test_cancelled_requests_leave_room_for_others() -> None:
    async def only_the_last(writer: asyncio.StreamWriter) -> None:
        if server.hits <= MORE_THAN_THE_POOL_HOLDS:
            await asyncio.sleep(60)
        writer.write(answer(b"room"))

    async with listening(only_the_last) as server, Egress.open(allow=HERE) as egress:
        for number in range(MORE_THAN_THE_POOL_HOLDS):
            task = asyncio.create_task(egress.request("GET", server.url))
            while len(server.requests) == number:
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
        reply = await egress.request("GET", server.url, timeout_s=5)

    assert reply.body == b"room"
