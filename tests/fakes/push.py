"""A push service and its browsers on loopback. It checks and opens what it is given by its own reading of RFC 8030,
8188, 8291 and 8292; the browsers show what the worker of our page would show."""

import asyncio
import base64
import contextlib
import hmac
import itertools
import json
import os
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hub.clock import SystemClock
from tests.fakes.s3 import Asked, read_asked

CURVE = ec.SECP256R1()
CREDENTIAL = re.compile(r"vapid t=(?P<head>[\w-]+)\.(?P<claims>[\w-]+)\.(?P<signature>[\w-]+), k=(?P<key>[\w-]+)")
TOPIC = re.compile(r"[\w-]{1,32}")
MOST_BYTES, DAY_S = 4_096, 86_400


class Refused(Exception):
    """The service answers with this status."""


@dataclass
class Browser:
    """What a browser keeps of its subscription, and what it shows: notifications by their tag."""

    endpoint: str
    # The only key whose owner may push to it.
    server_key: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(CURVE))
    auth: bytes = field(default_factory=lambda: os.urandom(16))
    told: list[dict[str, Any]] = field(default_factory=list)
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def subscription(self) -> dict[str, Any]:
        """As the API takes it."""
        return {"endpoint": self.endpoint, "keys": {"p256dh": text(self.public), "auth": text(self.auth)}}

    def open(self, body: bytes) -> bytes:
        """What was encrypted for it, in one record."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        sender, record = body[21 : 21 + length], body[21 + length :]
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        secret = mac(mac(self.auth, shared), b"WebPush: info\0" + self.public + sender + b"\x01")
        drawn = mac(salt, secret)
        key = mac(drawn, b"Content-Encoding: aes128gcm\0\x01")[:16]
        nonce = mac(drawn, b"Content-Encoding: nonce\0\x01")[:12]
        # The last record ends with a 2 and perhaps zeros; here it is the first one too.
        plain = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\0")
        if len(record) > size or not plain.endswith(b"\x02"):
            raise Refused(400)
        return plain[:-1]

    def take(self, plain: bytes) -> None:
        """Do what the page's worker does."""
        message = json.loads(plain)
        self.told.append(message)
        if message["kind"] == "show":
            self.shown[message["tag"]] = message
        else:
            self.shown.pop(message["tag"], None)


@dataclass
class FakePush:
    """What a test asks about the service, and tells it: with a `status` it answers nothing else."""

    now: Callable[[], datetime]
    browsers: dict[str, Browser] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    status: int = 0
    retry_after: str = ""
    # How long it takes to answer, and what it does then.
    pause_s: float = 0.0
    port: int = 0
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def subscribe(self, server_key: str) -> Browser:
        """A browser more."""
        path = f"/push/{next(self.numbers)}"
        self.browsers[path] = Browser(self.origin + path, server_key)
        return self.browsers[path]

    def answer(self, asked: Asked) -> int:
        """What a service would say."""
        self.asked.append(asked)
        if self.status:
            return self.status
        browser = self.browsers.get(asked.target)
        if browser is None:
            return 410
        try:
            check_request(asked)
            self.check_sender(asked, browser)
            browser.take(browser.open(asked.body))
        except Refused as refused:
            return int(refused.args[0])
        return 201

    def check_sender(self, asked: Asked, browser: Browser) -> None:
        """Raise unless it is for this service, of today, and by the owner of the browser's key."""
        found = CREDENTIAL.fullmatch(asked.headers.get("authorization", ""))
        if found is None:
            raise Refused(401)
        head, claims = (json.loads(raw(found[part])) for part in ("head", "claims"))
        is_of_today = 0 < claims["exp"] - self.now().timestamp() <= DAY_S
        if head != {"typ": "JWT", "alg": "ES256"} or claims["aud"] != self.origin or not is_of_today:
            raise Refused(401)
        if found["key"] != browser.server_key or not is_signed(found):
            raise Refused(403)

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, as long as requests come on it."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                asked = await read_asked(reader)
                await asyncio.sleep(self.pause_s)
                status = self.answer(asked)
                more = f"Retry-After: {self.retry_after}\r\n" if self.retry_after else ""
                writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n{more}\r\n".encode())
                await writer.drain()
        writer.close()


def check_request(asked: Asked) -> None:
    """Raise unless it is what RFC 8030 describes."""
    headers = asked.headers
    if asked.method != "POST" or not headers.get("ttl", "").isdecimal():
        raise Refused(400)
    if not TOPIC.fullmatch(headers.get("topic", "x")) or headers.get("content-encoding") != "aes128gcm":
        raise Refused(400)
    if headers.get("urgency", "normal") not in {"very-low", "low", "normal", "high"}:
        raise Refused(400)
    if len(asked.body) > MOST_BYTES:
        raise Refused(413)


def is_signed(found: re.Match[str]) -> bool:
    """By the key beside it."""
    signature = raw(found["signature"])
    pair = encode_dss_signature(int.from_bytes(signature[:32]), int.from_bytes(signature[32:]))
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw(found["key"]))
    try:
        key.verify(pair, f"{found['head']}.{found['claims']}".encode(), ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def mac(key: bytes, content: bytes) -> bytes:
    return hmac.digest(key, content, "sha256")


def text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@contextlib.asynccontextmanager
async def fake_push(*, port: int = 0, now: Callable[[], datetime] | None = None) -> AsyncIterator[FakePush]:
    """Serve until the block ends."""
    fake = FakePush(now or SystemClock().now)
    server = await asyncio.start_server(fake.handle, "127.0.0.1", port)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
