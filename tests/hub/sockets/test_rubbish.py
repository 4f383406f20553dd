"""Whoever sends what nobody could mean, asks without end, or reads nothing, is let go of: quietly, and alone."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest
from structlog.testing import capture_logs
from websockets.asyncio.client import ClientConnection, connect
from websockets.frames import Frame, Opcode

from hub.audiences import of_account
from hub.bus import Event
from hub.running.websockets import MOST_WAITING
from hub.sockets.budget import MOST, MOST_OF_CALLER
from hub.sockets.engine import FRAME_BYTES, MOST_FRAMES
from hub.sockets.serving import OVERDRAWN
from tests.hub.sockets.test_letting_in import end_of, greeting_of, let_in, until_gone
from tests.hubs import Hub
from tests.people import Person, join
from tests.screens import Screen, at_screen, line_to

DEEP = 15_000
RUBBISH = (
    # Not a packet of Engine.IO, or not one that a client sends.
    *("", "x", "²", "0", "1", "5", "6", "9", "bAAAA", "\0"),
    # Not one of Socket.IO.
    *("4", "4x", "4²", "47", "4{}", '4{"a":1}', "4[]", "4NaN", "4null", "4" + "[" * DEEP, "49/inbox,"),
    # To nowhere.
    *('42["sync"]', '42/nowhere,["sync"]'),
    # A question that is none.
    *("42/inbox", "42/inbox,", "42/inbox,{", "42/inbox,{}", "42/inbox,[]", '42/inbox,"sync"', "42/inbox,null"),
    *(
        "42/inbox,[1]",
        "42/inbox,[[]]",
        "42/inbox,[null]",
        '42/inbox,[{"a":1}]',
        '42/inbox,["sync"',
        '42/inbox,1["sync"]x',
    ),
    # A question whose number is none.
    *(f'42/inbox,{"9" * 200}["sync"]', '42/inbox,²["sync"]', '42/inbox,-1["sync"]'),
    # What the library tells of itself by these names, nobody else says.
    *('42/inbox,["disconnect"]', '42/inbox,1["connect",{},{"token":"x"}]'),
    # Answers to what we have never asked, and bytes.
    *("43/inbox,1[]", "43/inbox,", "44/inbox,{}", '451-/inbox,1["sync",{"_placeholder":true,"num":0}]'),
    *("461-/inbox,1[]", "4599999999999-/inbox,[]", '452-["sync"]'),
    # JSON without a bottom.
    *('42/inbox,1["sync",' + "[" * DEEP, '42/inbox,1["sync",' + "[" * DEEP + "]" * DEEP + "]"),
    '42/inbox,1["sync",' + '{"a":' * (DEEP // 2) + "1" + "}" * (DEEP // 2) + "]",
)
PIECES = [Frame(Opcode.TEXT, b"4", fin=False), *[Frame(Opcode.CONT, b"", fin=False)] * 500]


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing that happens is told as an error, or as something to look after."""
    with capture_logs() as logs, caplog.at_level(logging.INFO):
        yield
        told = [line for line in logs if line["log_level"] not in ("debug", "info")]
        assert told + [record for record in caplog.records if record.levelno > logging.INFO] == []


async def end_after(url: str, person: Person, *sent: str | bytes | Frame) -> tuple[int, str]:
    """How a socket ends over which somebody has sent this."""
    async with let_in(url, person) as line:
        await send(line, *sent)
        return await end_of(line)


async def send(line: ClientConnection, *sent: str | bytes | Frame) -> None:
    """As it is, without waiting for anything."""
    for one in sent:
        opcode = Opcode.TEXT if isinstance(one, str) else Opcode.BINARY
        frame = one if isinstance(one, Frame) else Frame(opcode, one.encode() if isinstance(one, str) else one)
        line.transport.write(frame.serialize(mask=True))


@pytest.mark.usefixtures("quiet")
async def test_whoever_sends_what_no_client_sends_is_let_go_of(url: str, owner: Person) -> None:
    async with at_screen(url, owner) as other:
        ends = {text[:50]: await end_after(url, owner, text) for text in RUBBISH}

        assert {text: end for text, end in ends.items() if end != (4002, "bad_frame")} == {}
        assert await other.does("sync")


@pytest.mark.usefixtures("quiet")
async def test_nobody_has_to_be_known_to_send_rubbish(url: str) -> None:
    async with line_to(url) as line:
        await line.send("43/inbox,1[]")

        ended = await end_of(line)

    assert ended == (4002, "bad_frame")


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("namespace", ["", "/nowhere,", "/inbox/,"])
async def test_whoever_mistakes_the_namespace_is_told(url: str, namespace: str) -> None:
    async with line_to(url) as line:
        await line.recv()

        await line.send(f"40{namespace}{{}}")

        answer = str(await line.recv())
    assert answer.startswith(f"44{namespace}{{")
    assert "no_such_namespace" in answer


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ([b"\x04hello"], 4002),
        ([b"4"], 4002),
        ([Frame(Opcode.TEXT, b"42/inbox,\xff\xfe")], 4002),
        (PIECES, 4002),
        (["4" + "x" * FRAME_BYTES], 1009),
        ([b"x" * (FRAME_BYTES + 1)], 1009),
        ([Frame(Opcode.TEXT, b"4" * 40_000, fin=False), Frame(Opcode.CONT, b"4" * 40_000)], 1009),
        ([Frame(Opcode.CONT, b"4")], 1002),
    ],
    ids=["bytes", "bytes like text", "no utf-8", "pieces", "long", "long bytes", "long in pieces", "a rest"],
)
async def test_what_is_no_frame_of_ours_ends_the_line(
    url: str, owner: Person, sent: list[str | bytes | Frame], code: int
) -> None:
    ended = await end_after(url, owner, *sent)

    assert ended[0] == code


@pytest.mark.usefixtures("quiet")
@pytest.mark.parametrize("frame", ["2", "3", "40/inbox,{}", "41/inbox,"])
async def test_whoever_sends_without_end_is_let_go_of(url: str, owner: Person, frame: str) -> None:
    ended = await end_after(url, owner, *[frame] * (int(MOST_FRAMES) + 200))

    assert ended == (4029, "too_much")


@pytest.mark.usefixtures("quiet")
async def test_whoever_asks_too_much_is_told_when_to_go_on_and_then_let_go_of(url: str, owner: Person) -> None:
    async with at_screen(url, owner) as theirs:
        asked = [asyncio.create_task(theirs.ask("unheard_of")) for _ in range(61 + OVERDRAWN * 2)]

        ended = await theirs.until_ended()
        answers = [task.result()["error"] for task in asked if task.done() and not task.exception()]
        await asyncio.gather(*(task for task in asked if not task.cancel()), return_exceptions=True)

    refused = [answer for answer in answers if answer["code"] == "too_many"]
    assert ended == (4029, "too_much")
    assert len(refused) >= OVERDRAWN
    assert 0 < refused[0]["data"]["retry_after_s"] < 1
    assert all(round(wait_s, 1) == wait_s for wait_s in (answer["data"]["retry_after_s"] for answer in refused))


async def test_whoever_has_waited_may_ask_again(url: str, owner: Person) -> None:
    async with at_screen(url, owner) as theirs:
        answers = [await theirs.ask("unheard_of") for _ in range(90)]
        waits = [answer["error"]["data"].get("retry_after_s", 0) for answer in answers]
        await asyncio.sleep(max(waits) + 0.3)

        assert max(waits) > 0
        assert await theirs.does("sync")


async def asks_until_refused(theirs: Screen) -> int:
    """And how many questions were answered before."""
    count = 0
    while (await theirs.ask("unheard_of"))["error"]["code"] != "too_many":
        count += 1
    return count


async def test_asking_over_many_sockets_gets_nobody_more(url: str, owner: Person) -> None:
    colleague = await join(owner, "rep@acme.test")
    async with AsyncExitStack() as stack:
        screens = [await stack.enter_async_context(at_screen(url, owner)) for _ in range(12)]

        answered = await asyncio.gather(*map(asks_until_refused, screens))

        assert sum(answered) < MOST_OF_CALLER * 1.5 < MOST * len(screens)
        async with at_screen(url, colleague) as theirs:
            assert await theirs.does("sync")


class Poured(Event, frozen=True):
    """Something long."""

    text: str


async def pour(hub: Hub, person: Person, number: int) -> int:
    """To everybody of the account; and the most that waits for one of them then."""
    event = Poured(account=person.account, rev=number, text="x" * 100_000)
    await hub.deps.bus.publish(event, [of_account(person.account)])
    await asyncio.sleep(0.001)
    return waiting_in(hub)


def waiting_in(hub: Hub) -> int:
    """The most that waits for one reader."""
    sockets = hub.app.state.sockets.gateway._server.eio.sockets.values()
    return max((socket.line.transport.get_write_buffer_size() for socket in sockets), default=0)


@pytest.mark.usefixtures("quiet")
async def test_a_reader_who_stalls_is_let_go_of_and_costs_others_nothing(live: Hub, url: str, owner: Person) -> None:
    async with at_screen(url, owner) as other, AsyncExitStack() as stack:
        ws = url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        stalled = await stack.enter_async_context(connect(ws, compression=None, max_size=None, max_queue=1))
        await stalled.send(greeting_of(owner))
        await asyncio.sleep(0.5)
        stalled.transport.pause_reading()

        waiting = [await pour(live, owner, number) for number in range(300)]
        await other.hears("poured", lambda told: told["rev"] == 299)
        stalled.transport.resume_reading()

        assert await end_of(stalled) == (4008, "too_slow")
        assert MOST_WAITING / 2 < max(waiting) <= MOST_WAITING + 110_000
        assert [one.payload["rev"] for one in other.heard if one.name == "poured"] == [*range(300)]


async def ping(hub: Hub, line: ClientConnection) -> int:
    """So often that what is answered fills every buffer, if nobody reads it; and what waits then."""
    line.transport.write(Frame(Opcode.PING, b"x" * 125).serialize(mask=True) * 500)
    await asyncio.sleep(0.005)
    return waiting_in(hub)


@pytest.mark.usefixtures("quiet")
async def test_answers_to_pings_do_not_pile_up_and_nobody_waits_for_good(live: Hub, url: str, owner: Person) -> None:
    async with let_in(url, owner) as line:
        line.transport.pause_reading()

        waiting = [await ping(live, line) for _ in range(400)]
        await until_gone(live)

    assert MOST_WAITING / 2 < max(waiting) <= MOST_WAITING + 1_000
