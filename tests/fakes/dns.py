"""A name server on loopback: the texts it has, the way a test wants it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import cast

import dns.message
import dns.rcode
import dns.rrset

TTL_S = 60


class NameServer(asyncio.DatagramProtocol):
    """Answers questions for TXT records; `rcode` makes it fail, and None makes it silent."""

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        self.texts = texts
        self.rcode: dns.rcode.Rcode | None = dns.rcode.NOERROR
        self.asked: list[str] = []
        self._transport: asyncio.DatagramTransport

    @property
    def address(self) -> str:
        """As the setting `dns` takes it."""
        host, port = self._transport.get_extra_info("sockname")
        return f"{host}:{port}"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        name = query.question[0].name
        self.asked.append(name.to_text(omit_final_dot=True))
        if self.rcode is None:
            return
        reply = dns.message.make_response(query, recursion_available=True)
        known = self.texts.get(self.asked[-1])
        reply.set_rcode(dns.rcode.NXDOMAIN if known is None and self.rcode == dns.rcode.NOERROR else self.rcode)
        if known:
            reply.answer.append(dns.rrset.from_text_list(name, TTL_S, "IN", "TXT", known))
        self._transport.sendto(reply.to_wire(), addr)

    def close(self) -> None:
        self._transport.close()


@contextlib.asynccontextmanager
async def serving_names(texts: Mapping[str, Sequence[str]]) -> AsyncIterator[NameServer]:
    """Serve until the block ends. Texts are written as in a zone file, parts of one in quotation marks."""
    loop = asyncio.get_running_loop()
    _, server = await loop.create_datagram_endpoint(lambda: NameServer(texts), local_addr=("127.0.0.1", 0))
    try:
        yield server
    finally:
        server.close()
