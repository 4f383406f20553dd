"""An S3-compatible store on loopback: it keeps what it is given by whoever signs, and checks every signature by its own
reading of AWS's description."""

import asyncio
import contextlib
import hashlib
import hmac
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

KEY, SECRET, REGION, BUCKET = "AKIDOFTHETESTS", "secret/of+the/tests", "test-1", "parley-files"
CREDENTIAL = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<day>\d{8})/(?P<region>[^/]+)/s3/aws4_request,"
    r"SignedHeaders=(?P<names>[a-z0-9;-]+),Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class Asked:
    """One request, as it came."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class FakeS3:
    """What a test asks about the store, and tells it: with a `status` it answers nothing else."""

    objects: dict[str, bytes] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    status: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        """As the setting takes it."""
        return f"s3://{BUCKET}/of/tests?endpoint=http://127.0.0.1:{self.port}&region={REGION}"

    def answer(self, asked: Asked) -> tuple[int, bytes]:
        """What S3 would say."""
        self.asked.append(asked)
        if self.status or not is_signed(asked):
            return self.status or 403, b"<Error/>"
        bucket, _, name = asked.target.lstrip("/").partition("/")
        if bucket != BUCKET:
            return 404, b"<Error><Code>NoSuchBucket</Code></Error>"
        if asked.method == "PUT":
            self.objects[name] = asked.body
            return 200, b""
        if asked.method == "DELETE":
            self.objects.pop(name, None)
            return 204, b""
        return (200, self.objects[name]) if name in self.objects else (404, b"<Error><Code>NoSuchKey</Code></Error>")

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, as long as requests come on it."""
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                asked = await read_asked(reader)
                status, body = self.answer(asked)
                length = 0 if status == 204 else len(body)
                writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n\r\n".encode())
                writer.write(b"" if asked.method == "HEAD" or status == 204 else body)
                await writer.drain()
        writer.close()


async def read_asked(reader: asyncio.StreamReader) -> Asked:
    """The next request."""
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().rstrip().split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    return Asked(method, target, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


def is_signed(asked: Asked) -> bool:
    """Whether somebody who knows the secret has asked for exactly this."""
    said = CREDENTIAL.fullmatch(asked.headers.get("authorization", ""))
    if said is None or said["key"] != KEY or said["region"] != REGION:
        return False
    digest, moment = hashlib.sha256(asked.body).hexdigest(), asked.headers["x-amz-date"]
    names = said["names"].split(";")
    is_whole = asked.headers["x-amz-content-sha256"] == digest and {"host", "x-amz-date"} <= set(names)
    written = f"{asked.method}\n{asked.target}\n\n"
    written += "".join(f"{name}:{asked.headers[name]}\n" for name in names)
    written += f"\n{said['names']}\n{digest}"
    hashed = hashlib.sha256(written.encode()).hexdigest()
    text = f"AWS4-HMAC-SHA256\n{moment}\n{said['day']}/{REGION}/s3/aws4_request\n{hashed}"
    first = hmac.new(b"AWS4" + SECRET.encode(), said["day"].encode(), hashlib.sha256)
    second = hmac.new(first.digest(), REGION.encode(), hashlib.sha256)
    third = hmac.new(second.digest(), b"s3", hashlib.sha256)
    last = hmac.new(third.digest(), b"aws4_request", hashlib.sha256)
    expected = hmac.new(last.digest(), text.encode(), hashlib.sha256).hexdigest()
    return is_whole and moment.startswith(said["day"]) and expected == said["signature"]


@contextlib.asynccontextmanager
async def fake_s3() -> AsyncIterator[FakeS3]:
    """Serve until the block ends."""
    fake = FakeS3()
    server = await asyncio.start_server(fake.handle, "127.0.0.1", 0)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
