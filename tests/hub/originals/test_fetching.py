"""What a picture's address can be made to do: nothing that is not public is reached, nothing but a picture comes."""

import asyncio
import time

import httpx2
import pytest

from hub.originals import fetching
from hub.originals.links import links_to
from tests.fakes.loopback import answer, listening, says, says_forever
from tests.hub.originals.mails import SVG, Desk, drawn, png
from tests.people import code_of

# The first is one that nobody has allowed; the others are known by their numbers alone.
PRIVATE = [
    *("http://127.0.0.2:{port}/", "http://localhost.:{port}/", "http://[::1]:{port}/", "http://2130706434:{port}/"),
    *(
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://100.100.100.200/",
        "http://10.0.0.1/",
    ),
    *(
        "http://[::ffff:127.0.0.2]:{port}/",
        "http://0x7f.2:{port}/",
        "http://asha@127.0.0.1:{port}/",
        "http://127.0.0.1:6379/",
    ),
]
SMALL = png()
EVERYWHERE = "0.0.0.0"  # noqa: S104 - on all addresses of this machine that could be reached


async def looked_at(desk: Desk, address: str) -> httpx2.Response:
    """What a browser gets for a picture that stands there."""
    links = await links_to(desk.deps, desk.person.account, [address])
    return await desk.loads(links[address])


def leads_to(address: str, status: str = "302 Found") -> bytes:
    """It stands elsewhere."""
    return answer(status=status, headers=f"Location: {address}\r\n")


@pytest.mark.parametrize("address", PRIVATE)
async def test_an_address_that_is_not_public_is_never_reached(desk: Desk, address: str) -> None:
    async with listening(says(answer(SMALL)), host=EVERYWHERE) as server:
        refused = await looked_at(desk, address.format(port=server.port))

    assert code_of(refused) == (422, "egress_refused")
    assert server.hits == 0


@pytest.mark.parametrize(
    "address", [*PRIVATE, "file:///etc/passwd", "data:image/png;base64,AAAA", "gopher://127.0.0.1/x"]
)
async def test_nor_is_one_that_a_public_one_leads_on_to(desk: Desk, address: str) -> None:
    async with listening(says(answer(SMALL)), host=EVERYWHERE) as hidden:
        leading = says(leads_to(address.format(port=hidden.port)))
        async with listening(leading) as server:
            refused = await looked_at(desk, server.url)

    assert code_of(refused) == (422, "egress_refused")
    assert (server.hits, hidden.hits) == (1, 0)


async def test_a_picture_that_stands_elsewhere_is_found(desk: Desk) -> None:
    async with listening(says(answer(SMALL))) as there, listening(says(leads_to(there.url))) as server:
        found = await looked_at(desk, server.url)

    assert (found.status_code, drawn(found.content)) == (200, drawn(SMALL))


async def test_of_a_picture_comes_what_is_seen_of_it_and_nothing_else(desk: Desk) -> None:
    script = b"<script>run()</script>"
    async with listening(says(answer(png(noise=script) + script))) as server:
        found = await looked_at(desk, server.url)

    assert (drawn(found.content), script in found.content) == (drawn(SMALL), False)


async def test_an_address_that_leads_on_and_on_is_left(desk: Desk) -> None:
    async with listening(says(leads_to("/again"))) as server:
        refused = await looked_at(desk, server.url)

    assert code_of(refused) == (502, "egress_failed")
    assert server.hits == fetching.MOST_HOPS + 1


@pytest.mark.parametrize(
    "said",
    [
        answer(SVG, headers="Content-Type: image/svg+xml\r\n"),
        answer(SVG, headers="Content-Type: image/png\r\n"),
        answer(b"<script>run()</script>", headers="Content-Type: image/png\r\n"),
        answer(SMALL[:20] + b"<script>run()</script>", headers="Content-Type: image/png\r\n"),
        answer(b""),
        answer(SMALL, status="404 Not Found"),
        leads_to(""),
        leads_to("http://[x"),
    ],
)
async def test_what_is_no_picture_is_not_handed_on(desk: Desk, said: bytes) -> None:
    async with listening(says(said)) as server:
        refused = await looked_at(desk, server.url)

    assert refused.status_code in (422, 502)
    assert refused.headers["content-type"] == "application/json"


async def test_a_picture_without_end_is_left(desk: Desk) -> None:
    start = b"HTTP/1.1 200 OK\r\n\r\n" + SMALL
    async with listening(says_forever(start, b"x" * 65536)) as server:
        refused = await looked_at(desk, server.url)

    assert code_of(refused) == (502, "egress_failed")


async def test_a_picture_that_takes_too_long_is_left(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "TIMEOUT_S", 0.5)
    began = time.perf_counter()
    async with listening(says_forever(b"HTTP/1.1 200 OK\r\n\r\n" + SMALL, b"x", every_s=0.05)) as server:
        refused = await asyncio.wait_for(looked_at(desk, server.url), 5)

    assert code_of(refused) == (502, "egress_failed")
    assert time.perf_counter() - began < 3
