"""What the rest of the hub calls to reach another machine."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, Literal, Self, TypedDict, Unpack

import httpx2
import msgspec

from hub import VERSION
from hub.egress.addresses import Addresses, Network, Resolver, resolve
from hub.egress.errors import EgressFailed, EgressRefused, Reason
from hub.egress.sockets import connect
from hub.egress.transport import LIMITS, GuardedTransport, Limits

_TIMEOUT_S = 15.0
_MAX_BYTES = 2 * 1024 * 1024
_DEFAULT_HEADERS = {"accept": "*/*", "accept-encoding": "gzip", "user-agent": f"Parley/{VERSION}"}
# Headers can come from whoever set up a webhook; these would change where a request goes or where it ends.
_ROUTING = ("host", "connection", "expect", "keep-alive", "proxy-connection", "upgrade")
_FRAMING = ("accept-encoding", "content-length", "te", "trailer", "transfer-encoding")
_OWN_HEADERS = frozenset((*_ROUTING, *_FRAMING))

_WORDS: Mapping[Reason, str] = {
    "dns": "The name cannot be found.",
    "connect": "The other side does not accept connections.",
    "tls": "No trusted encrypted connection could be made.",
    "timeout": "The other side took too long.",
    "protocol": "The other side gave no proper answer.",
    "too_large": "The answer is too large.",
}


class Options(TypedDict, total=False):
    """What a request may carry besides its method and address."""

    headers: Mapping[str, str]
    content: bytes | str
    json: Any
    form: Mapping[str, str]
    files: Mapping[str, tuple[str, bytes, str]]  # field: file name, content, content type
    timeout_s: float  # the whole exchange: name, connection, request, answer, body
    max_bytes: int  # of the decompressed answer


class Answer(msgspec.Struct, frozen=True):
    """What the other side said, whole."""

    status: int
    headers: httpx2.Headers
    body: bytes

    def json(self) -> Any:
        """The body as JSON; what is not JSON counts as a bad answer."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, RecursionError) as error:
            raise EgressFailed("The answer is not valid JSON.", reason="protocol", sent=True) from error


class Download(msgspec.Struct, frozen=True):
    """An answer whose body is read piece by piece, under the same cap and deadline."""

    status: int
    headers: httpx2.Headers
    pieces: AsyncIterator[bytes]


@cache
def known_authorities(_speaking: Literal["http", "mail"]) -> ssl.SSLContext:
    """Whoever vouches for public servers. Reading them all takes a tenth of a second, and they are the same for every
    way out of a process. One for each kind: httpcore2 writes into its own that HTTP will be spoken (ALPN), at which
    some mail servers hang up."""
    return httpx2.create_ssl_context(trust_env=False)


class Egress:
    """The hub's way out: public addresses only, capped, no redirects, no cookies, no proxies."""

    def __init__(self, transport: GuardedTransport, addresses: Addresses, tls: ssl.SSLContext | None) -> None:
        self._transport = transport
        self._addresses = addresses
        self._tls = tls

    @classmethod
    @contextlib.asynccontextmanager
    async def open(
        cls,
        *,
        allow: Iterable[str | Network] = (),
        resolver: Resolver = resolve,
        tls: ssl.SSLContext | None = None,
    ) -> AsyncIterator[Self]:
        """Open the way out; only the networks in `allow` are reachable besides the public internet."""
        web_tls = tls or known_authorities("http")
        if web_tls.verify_mode is not ssl.CERT_REQUIRED or not web_tls.check_hostname:
            raise ValueError("Egress needs a TLS context that verifies certificates and host names")
        addresses = Addresses(allow, resolver)
        transport = GuardedTransport(addresses, web_tls)
        try:
            yield cls(transport, addresses, tls)
        finally:
            await transport.close_pool()

    async def request(self, method: str, url: str, **options: Unpack[Options]) -> Answer:
        """Send one request and read the whole answer, whatever its status; a redirect is an answer like any other."""
        async with self.stream(method, url, **options) as download:
            body = b"".join([piece async for piece in download.pieces])
            return Answer(download.status, download.headers, body)

    @contextlib.asynccontextmanager
    async def stream(self, method: str, url: str, **options: Unpack[Options]) -> AsyncIterator[Download]:
        """Send one request and hand over the answer while it comes in."""
        exchange = _Exchange()
        request = exchange.build(method, url, options)
        with exchange.translated():
            response = await self._transport.handle_async_request(request)
        async with contextlib.aclosing(response), contextlib.aclosing(exchange.pieces(response)) as pieces:
            yield Download(response.status_code, response.headers, pieces)

    async def connect(self, host: str, port: int) -> socket.socket:
        """A connection to a mail server, open and without encryption as yet; whoever has it closes it."""
        return await connect(self._addresses, host, port)

    async def mail_tls(self) -> ssl.SSLContext:
        """Whoever vouches for mail servers."""
        if self._tls is None:
            return await asyncio.to_thread(known_authorities, "mail")
        return self._tls

    def client(self) -> httpx2.AsyncClient:
        """A client for a provider's SDK (openai's `http_client`), which may close it, on the same guarded connections.

        It raises httpx2's own errors, and EgressRefused. Redirects, if the SDK asks for them, are checked hop by hop.
        """
        # One jar for all would carry one account's cookies into another account's requests to the same host.
        nothing = CookieJar(DefaultCookiePolicy(allowed_domains=()))
        headers = {"accept-encoding": "gzip"}
        return httpx2.AsyncClient(transport=self._transport, trust_env=False, cookies=nothing, headers=headers)


class _Exchange:
    # One request and what is known about how far it got.

    def __init__(self) -> None:
        self._stage: Reason = "connect"
        self._is_sent = False

    def build(self, method: str, url: str, options: Options) -> httpx2.Request:
        limits = Limits.within(options.get("timeout_s", _TIMEOUT_S), options.get("max_bytes", _MAX_BYTES))
        try:
            return httpx2.Request(
                method,
                url,
                headers=_headers(options.get("headers", {})),
                content=options.get("content"),
                data=options.get("form"),
                files=options.get("files"),
                json=options.get("json"),
                extensions={LIMITS: limits, "trace": self._trace},
            )
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise EgressRefused("The address, a header or the body is not valid.") from error

    async def pieces(self, response: httpx2.Response) -> AsyncGenerator[bytes, None]:
        with self.translated():
            async with contextlib.aclosing(response.aiter_raw()) as parts:
                async for part in parts:
                    yield part

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        try:
            yield
        except httpx2.TransportError as error:
            reason = self._reason(error)
            # httpx2 raises LocalProtocolError only before it writes: a header or method that HTTP does not have.
            is_sent = self._is_sent and not isinstance(error, httpx2.LocalProtocolError)
            raise EgressFailed(_WORDS[reason], reason=reason, sent=is_sent) from error

    def _reason(self, error: httpx2.TransportError) -> Reason:
        if isinstance(error, httpx2.TimeoutException):
            return "timeout"
        return "protocol" if self._is_sent or isinstance(error, httpx2.ProtocolError) else self._stage

    async def _trace(self, event: str, _info: Mapping[str, Any]) -> None:
        # httpcore2's documented "trace" extension: the only exact witness of whether bytes may have left.
        if event == "connection.start_tls.started":
            self._stage = "tls"
        elif event == "http11.send_request_headers.started":
            self._is_sent = True


def _headers(given: Mapping[str, str]) -> httpx2.Headers:
    if own := sorted(_OWN_HEADERS & {name.strip().lower() for name in given}):
        raise EgressRefused(f"Parley sets the header {own[0]} itself.")
    headers = httpx2.Headers(_DEFAULT_HEADERS)
    headers.update(given)
    return headers
