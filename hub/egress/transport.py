"""What every HTTP client of the hub stands on: it reads no more and no longer than allowed."""

import asyncio
import contextlib
import ssl
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, Self

import httpcore2
import httpx2

from hub.egress.addresses import Addresses, check_port
from hub.egress.errors import EgressFailed, EgressRefused
from hub.egress.network import CheckedNetwork

LIMITS = "parley_limits"

_MOST_CONNECTIONS = 200
_MOST_IDLE = 40
# Below the 5 s after which Node and Apache hang up: a request that meets a closing connection has an unknown outcome.
_IDLE_S = 4.0
# For SDKs, which bring shorter timeouts of their own: nothing drips for ever or fills the memory.
_SDK_TIMEOUT_S = 600.0
_SDK_MAX_BYTES = 64 * 1024 * 1024
_PIECE_BYTES = 64 * 1024
_GZIP = 16 + zlib.MAX_WBITS
_HTTPX_ERRORS: dict[type[Exception], type[httpx2.TransportError]] = {
    httpcore2.ConnectError: httpx2.ConnectError,
    httpcore2.ConnectTimeout: httpx2.ConnectTimeout,
    httpcore2.LocalProtocolError: httpx2.LocalProtocolError,
    httpcore2.PoolTimeout: httpx2.PoolTimeout,
    httpcore2.ReadError: httpx2.ReadError,
    httpcore2.ReadTimeout: httpx2.ReadTimeout,
    httpcore2.RemoteProtocolError: httpx2.RemoteProtocolError,
    httpcore2.WriteError: httpx2.WriteError,
    httpcore2.WriteTimeout: httpx2.WriteTimeout,
}


@dataclass(frozen=True)
class Limits:
    """How much of an answer is read, decompressed, and until when, by the clock of the event loop."""

    max_bytes: int
    deadline: float

    @classmethod
    def within(cls, timeout_s: float, max_bytes: int) -> Self:
        """Limits of an exchange that starts now."""
        return cls(max_bytes, asyncio.get_running_loop().time() + timeout_s)


class GuardedTransport(httpx2.AsyncBaseTransport):
    """What every httpx2 client of the hub stands on; closing a client leaves it open for the others."""

    def __init__(self, addresses: Addresses, tls: ssl.SSLContext) -> None:
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=_MOST_CONNECTIONS,
            max_keepalive_connections=_MOST_IDLE,
            keepalive_expiry=_IDLE_S,
            network_backend=CheckedNetwork(addresses),
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request, to a checked address, and give the answer before its body is read."""
        check_url(request.url)
        limits = request.extensions.get(LIMITS) or Limits.within(_SDK_TIMEOUT_S, _SDK_MAX_BYTES)
        with _as_httpx():
            async with asyncio.timeout_at(limits.deadline):
                response = await self._pool.handle_async_request(_as_core(request))
        try:
            return _guarded(response, limits)
        except BaseException:
            await response.aclose()
            raise

    async def close_pool(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _GuardedBody(httpx2.AsyncByteStream):
    # httpx2 would decompress as well, without a cap that a caller who reads the whole body could set.

    def __init__(self, stream: Any, limits: Limits, *, is_gzip: bool) -> None:
        self._stream = stream
        self._limits = limits
        self._is_gzip = is_gzip

    async def __aiter__(self) -> AsyncIterator[bytes]:
        received, given = 0, 0
        inflate = zlib.decompressobj(_GZIP) if self._is_gzip else None
        async with contextlib.aclosing(self._received()) as parts:
            async for part in parts:
                received += len(part)
                self._check_size(received)  # too, because an endless gzip header inflates to nothing
                for piece in _inflated(inflate, part) if inflate else (part,):
                    given += len(piece)
                    self._check_size(given)
                    yield piece
        if inflate and received and not inflate.eof:
            raise httpx2.RemoteProtocolError("The compressed answer is cut off")

    async def _received(self) -> AsyncGenerator[bytes, None]:
        async with contextlib.aclosing(aiter(self._stream)) as parts:
            while True:
                with _as_httpx():
                    async with asyncio.timeout_at(self._limits.deadline):
                        part: bytes | None = await anext(parts, None)
                if part is None:
                    return
                yield part

    def _check_size(self, size: int) -> None:
        if size > self._limits.max_bytes:
            limit = self._limits.max_bytes
            raise EgressFailed(f"The answer is larger than {limit} bytes.", reason="too_large", sent=True)

    async def aclose(self) -> None:
        await self._stream.aclose()


def check_url(url: httpx2.URL) -> None:
    """Refuse other schemes and ports than the web's, and names and passwords inside the address."""
    if url.scheme not in ("http", "https"):
        raise EgressRefused("Only addresses that start with http:// or https:// can be contacted.")
    if url.userinfo:
        raise EgressRefused("The address must not contain a user name or a password.")
    if url.port is not None:
        check_port(url.port)


def _as_core(request: httpx2.Request) -> httpcore2.Request:
    url = request.url
    return httpcore2.Request(
        method=request.method,
        url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


def _guarded(response: httpcore2.Response, limits: Limits) -> httpx2.Response:
    headers = httpx2.Headers(response.headers)
    encoding = headers.pop("content-encoding", "identity").strip().lower()
    if encoding not in ("", "identity", "gzip", "x-gzip"):
        raise httpx2.RemoteProtocolError("The answer has a content encoding that was not asked for")
    is_gzip = encoding.endswith("gzip")
    if is_gzip:
        headers.pop("content-length", None)
    body = _GuardedBody(response.stream, limits, is_gzip=is_gzip)
    return httpx2.Response(response.status, headers=headers, stream=body, extensions=response.extensions)


def _inflated(inflate: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    while data and not inflate.eof:
        try:
            piece = inflate.decompress(data, _PIECE_BYTES)
        except zlib.error as error:
            raise httpx2.RemoteProtocolError("The compressed answer is damaged") from error
        data = inflate.unconsumed_tail
        if piece:
            yield piece


@contextlib.contextmanager
def _as_httpx() -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise httpx2.ReadTimeout("The deadline has passed") from error
    except tuple(_HTTPX_ERRORS) as error:
        raise _HTTPX_ERRORS[type(error)](str(error)) from error
    except OSError as error:  # anyio lets a TLS error in the middle of an answer through
        raise httpx2.ReadError(str(error)) from error
