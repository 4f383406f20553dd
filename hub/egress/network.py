"""The one place where the hub opens a connection to another machine's web server."""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore2

from hub.egress.addresses import Addresses

_TRY_TIMEOUT_S = 5.0
_MOST_TRIES = 4


class CheckedNetwork(httpcore2.AsyncNetworkBackend):
    """Connects to exactly the address that was checked.

    Checking and connecting are one step, on the same resolved addresses: a name that answers differently the second
    time (DNS rebinding) is never asked a second time. TLS and the Host header still use the name.
    """

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        addresses = await self._addresses.of(host, port)
        try_s = min(timeout or _TRY_TIMEOUT_S, _TRY_TIMEOUT_S)
        failure: Exception | None = None
        for address in addresses[:_MOST_TRIES]:
            try:
                stream = await self._network.connect_tcp(str(address), port, try_s, local_address, socket_options)
                return _CheckedStream(stream)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = failure or error
        raise failure or httpcore2.ConnectError("No address")


class _CheckedStream(httpcore2.AsyncNetworkStream):
    # httpcore2 loses sight of a connection whose TLS handshake is cancelled, as our deadline does, and leaves it open.

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._stream.aclose()
            raise
