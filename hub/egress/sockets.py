"""Connections to servers that speak no HTTP, such as mail servers."""

import asyncio
import socket
from collections.abc import Collection

from hub.egress.addresses import Address, Addresses, check_port
from hub.egress.errors import EgressFailed

MAIL_PORTS = (25, 143, 465, 587, 993)
_TRY_TIMEOUT_S = 5.0
_MOST_TRIES = 4


async def connect(
    addresses: Addresses, host: str, port: int, *, low_ports: Collection[int] = MAIL_PORTS
) -> socket.socket:
    """A connection to exactly one of the addresses that were checked, so that nobody asks the name a second time."""
    check_port(port, low_ports, "mail")
    failure: OSError | None = None
    for address in (await addresses.of(host, port))[:_MOST_TRIES]:
        try:
            return await _connect_to(address, port)
        except OSError as error:
            failure = failure or error
    is_slow = isinstance(failure, TimeoutError)
    words = "The other side took too long." if is_slow else "The other side does not accept connections."
    raise EgressFailed(words, reason="timeout" if is_slow else "connect", sent=False) from failure


async def _connect_to(address: Address, port: int) -> socket.socket:
    sock = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    sock.setblocking(False)
    try:
        async with asyncio.timeout(_TRY_TIMEOUT_S):
            await asyncio.get_running_loop().sock_connect(sock, (str(address), port))
    except BaseException:
        sock.close()
        raise
    return sock
