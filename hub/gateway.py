"""The only file that knows Socket.IO: its server and its namespaces, and how events reach the sockets of all processes.

Events go by Redis from the process that publishes them to all that hold sockets, and within a process without it. So a
process alone needs no Redis, and while it is away each still speaks to its own.
"""

import asyncio
import contextlib
from collections.abc import Collection
from typing import Any

import msgspec
import socketio
import structlog
from engineio.packet import MESSAGE
from engineio.packet import Packet as Frame
from socketio.async_pubsub_manager import AsyncPubSubManager
from socketio.exceptions import ConnectionRefusedError as Refusal
from socketio.packet import CONNECT, CONNECT_ERROR, DISCONNECT, EVENT
from socketio.packet import Packet as PlainPacket

from hub.audiences import Audience
from hub.errors import HubError, render
from hub.hearing import Hearing
from hub.sockets.door import Door, HeldSocket
from hub.sockets.engine import AddressOf, Engine, Framed
from hub.sockets.errors import NoSuchNamespace
from hub.store.redis import RedisAway, Wire

log = structlog.get_logger()

PATH = "/socket.io"
CHANNEL = "events"
RESERVED = ("connect", "disconnect")
# How many bytes may wait for a Redis that is slow; and for how long a process that ends waits for it.
MOST_UNSAID, GOODBYE_S = 4 * 1024 * 1024, 1.0
# So many events are handed out before anybody else has a turn.
IN_ONE_GO = 50


class Codec:
    """msgspec, in the form that the library asks for."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        """Compact JSON."""
        return msgspec.json.encode(value).decode()

    @staticmethod
    def loads(text: str | bytes) -> Any:
        """Plain values."""
        return msgspec.json.decode(text)


class Packet(PlainPacket):  # type: ignore[misc]
    """A packet of Socket.IO. Nobody sends us bytes, and we send none."""

    json = Codec
    uses_binary_events = False

    @property
    def is_question(self) -> bool:
        """Whether it asks something. By two of the names the library tells us that a socket comes and goes: a client
        that could say so itself would be forgotten, and go on hearing."""
        if self.packet_type != EVENT or not isinstance(self.data, list) or not self.data:
            return False
        return isinstance(self.data[0], str) and self.data[0] not in RESERVED


class RedisSpeaker(AsyncPubSubManager):  # type: ignore[misc]
    """Who is in which audience in this process, and the way to those in others. With `write_only` there is nobody in
    this one: workers speak, and hear nothing."""

    def __init__(self, wire: Wire, *, write_only: bool) -> None:
        super().__init__(channel=wire.key(CHANNEL), write_only=write_only, json=Codec)
        self._wire = wire
        self._held: dict[str, set[Any]] = {}
        self._hearing = Hearing(wire, self.channel)
        self._unsaid: list[bytes] = []
        self._unsaid_bytes = 0
        self._telling: asyncio.Task[None] | None = None

    async def speak(self, namespace: str, event: str, payload: bytes, to: Collection[str]) -> None:
        """To whoever is in one of these audiences, once."""
        await self.emit(event, msgspec.Raw(payload), namespace=namespace, room=[*to])

    async def close(self) -> None:
        """Say what there is, and hear no more."""
        if self._telling:
            await asyncio.wait([self._telling], timeout=GOODBYE_S)
        await self._hearing.close()

    @property
    def is_deaf(self) -> bool:
        """Whether it should hear other processes and does not."""
        return self._hearing.is_deaf

    async def until_hopeless(self) -> None:
        """Return when it was deaf for so long that only a new process helps."""
        await self._hearing.until_hopeless()

    def initialize(self) -> None:
        """The library begins to listen at the first socket; the gateway has done so before."""

    def begin(self) -> None:
        """Begin to hear what other processes say."""
        self._hearing.begin(self._take)

    async def _take(self, content: bytes) -> None:
        """What somebody has said, one thing a line. What is not ours, nobody understands."""
        for place, line in enumerate(content.split(b"\n"), 1):
            try:
                message = msgspec.json.decode(line, type=dict[str, Any])
                if message.get("method") == "emit" and message.get("host_id") != self.host_id:
                    await self._handle_emit(message)
            except Exception as error:  # the outermost loop of what is heard: what cannot be read keeps nothing else up
                log.error("event_not_taken", exc_info=error)
            if place % IN_ONE_GO == 0:
                # What was written goes out meanwhile: nobody who reads is taken for one who does not.
                await asyncio.sleep(0)

    async def _publish(self, data: Any) -> None:
        """To the other processes, soon: nobody waits for Redis. What is too much is not said, and screens will ask."""
        said = msgspec.json.encode(data)
        if self._unsaid_bytes + len(said) <= MOST_UNSAID:
            self._unsaid.append(said)
            self._unsaid_bytes += len(said)
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_others(), name="telling other processes")

    async def _tell_others(self) -> None:
        """Whatever has gathered meanwhile goes together: one way to Redis for many events. While Redis is away nobody
        hears it."""
        while self._unsaid:
            said, self._unsaid, self._unsaid_bytes = self._unsaid, [], 0
            with contextlib.suppress(RedisAway), self._wire.guard():
                await self._wire.client.publish(self.channel, b"\n".join(said))

    async def _handle_emit(self, message: Any) -> None:
        """To the sockets of this process: encoded once, and written without waiting for anybody."""
        if self.server is None:
            return
        namespace, sockets = message["namespace"], self.server.eio.sockets
        heard = [*self.get_participants(namespace, message["room"])]
        if not heard:
            return
        packet = Packet(EVENT, namespace=namespace, data=[message["event"], *message["data"]])
        frame = self.server.eio.framed(Frame(MESSAGE, packet.encode()).encode().encode())
        for _, id in heard:
            if socket := sockets.get(id):
                socket.write(frame)

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        """The library would look through all rooms to find those of a socket that goes."""
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self._held.setdefault(sid, set()).add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> None:
        super().basic_leave_room(sid, namespace, room)
        self._held.get(sid, set()).discard(room)

    def basic_disconnect(self, sid: str, namespace: str, **_: Any) -> None:
        """Out of everything that it is in."""
        # The one that all are in goes last: the library finds the others' sockets by it.
        for room in sorted(self._held.pop(sid, ()), key=lambda room: room is None):
            super().basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)


class Lobby(socketio.AsyncNamespace):  # type: ignore[misc]
    """Hands everything to the door; what the library would do about types of handlers is not done."""

    def __init__(self, gateway: "Gateway", door: Door) -> None:
        super().__init__(door.namespace)
        self._gateway, self._door = gateway, door

    async def trigger_event(self, event: str, *args: Any) -> Any:
        """A socket comes, goes, or asks."""
        sid, *rest = args
        if event == "connect":
            return await self._enter(sid, rest[1] if len(rest) > 1 else None)
        if event == "disconnect":
            return await self._leave(sid)
        return await self._door.answer(sid, event, tuple(rest))

    async def _enter(self, sid: str, auth: object) -> None:
        socket = self._gateway.held(sid, self._door.namespace)
        # It has said who it is: that we are slow to look is not its fault.
        socket.socket.is_greeted()
        try:
            await self._door.enter(socket, auth)
        except HubError as error:
            socket.socket.is_refused()
            raise Refusal(error.message, render(error).body["error"]) from None
        socket.socket.enter()

    async def _leave(self, sid: str) -> None:
        socket = self._gateway.held(sid, self._door.namespace)
        await self._door.leave(sid)
        socket.socket.leave()


class SocketServer(socketio.AsyncServer):  # type: ignore[misc]
    """The library's server, on our engine."""

    def _engineio_server_class(self) -> type[Engine]:
        return Engine

    async def _handle_eio_message(self, eio_sid: str, data: str) -> None:
        """A client comes to a namespace, goes, or asks. It raises for everything else, for which the library would keep
        something, write a log, or call what we have never given it."""
        packet = Packet(encoded_packet=data)
        if packet.packet_type == CONNECT:
            await self._come(eio_sid, packet)
        elif packet.namespace not in self.namespace_handlers:
            raise ValueError("there is no such namespace")
        elif packet.packet_type == DISCONNECT:
            await self._handle_disconnect(eio_sid, packet.namespace, self.reason.CLIENT_DISCONNECT)
        elif packet.is_question:
            await self._handle_event(eio_sid, packet.namespace, packet.id, packet.data)
        else:
            raise ValueError("a packet that no client of ours sends")

    async def _come(self, eio_sid: str, packet: Packet) -> None:
        """To one of our namespaces; whoever has mistaken another one for ours is told so."""
        if packet.namespace in self.namespace_handlers:
            await self._handle_connect(eio_sid, packet.namespace, packet.data)
            return
        error = NoSuchNamespace(f"There are the namespaces {' and '.join(sorted(self.namespace_handlers))}.")
        refusal = {"message": error.message, "data": render(error).body["error"]}
        await self._send_packet(eio_sid, Packet(CONNECT_ERROR, data=refusal, namespace=packet.namespace))


class Gateway:
    """All sockets of this process."""

    def __init__(self, speaker: RedisSpeaker, framed: Framed, address_of: AddressOf) -> None:
        self._speaker = speaker
        self._server = SocketServer(
            client_manager=speaker,
            serializer=Packet,
            async_handlers=False,
            namespaces=[],
            logger=False,
            engineio_logger=False,
            framed=framed,
            address_of=address_of,
        )

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """One connection to PATH."""
        await self._server.eio.serve(scope, receive, send)

    def open_to(self, door: Door) -> None:
        """Sockets may come through this one."""
        self._server.register_namespace(Lobby(self, door))

    def held(self, sid: str, namespace: str) -> HeldSocket:
        """The socket behind an id."""
        eio_sid = self._speaker.eio_sid_from_sid(sid, namespace)
        return HeldSocket(sid, self._server.eio.sockets[eio_sid])

    def enter(self, id: str, audience: Audience) -> None:
        """The socket hears what this audience does."""
        self._speaker.basic_enter_room(id, audience.namespace, audience.name)

    def leave(self, id: str, audience: Audience) -> None:
        """It does no more."""
        self._speaker.basic_leave_room(id, audience.namespace, audience.name)

    @property
    def count(self) -> int:
        """How many sockets there are."""
        return len(self._server.eio.sockets)

    def start(self) -> None:
        """Hear other processes, and look after the sockets."""
        self._speaker.begin()
        self._server.eio.start()

    def send_away(self, within_s: float) -> None:
        """One after the other, so that they do not all come to another process at the same moment."""
        self._server.eio.send_away(within_s)

    async def stop(self) -> None:
        """Send everybody away, to come back to another process."""
        await self._server.eio.stop()
