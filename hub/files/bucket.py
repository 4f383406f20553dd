"""Files in a bucket of an S3-compatible store."""

import asyncio
import hashlib
from dataclasses import dataclass
from typing import NamedTuple

from hub.clock import Clock
from hub.egress import Egress, EgressFailed, EgressRefused
from hub.egress.client import Answer
from hub.files.errors import FileLost, FileStoreAway
from hub.files.place import Bucket
from hub.files.signing import Signer
from hub.settings import Secret

# Longer than the largest file takes on a slow line.
TIMEOUT_S = 60.0
MOST_BYTES = 32 * 1024 * 1024
FOUND, GONE, REFUSED = frozenset({200, 204}), 404, frozenset({301, 307, 400, 401, 403})


class Keys(NamedTuple):
    """What the store knows us by."""

    key: Secret
    secret: Secret


@dataclass(frozen=True)
class BucketStore:
    """Every request may be repeated: a name is written once, and always with the same file."""

    egress: Egress
    clock: Clock
    bucket: Bucket
    keys: Keys

    @property
    def about(self) -> str:
        """Where it is."""
        return f"the bucket {self.bucket.name} at {self.bucket.endpoint}"

    async def put(self, name: str, content: bytes) -> None:
        """One object."""
        answer = await self._ask("PUT", name, content)
        if answer.status == GONE:
            raise away(self.bucket, "There is no such bucket", answer)

    async def get(self, name: str) -> bytes:
        """All of it."""
        answer = await self._ask("GET", name)
        if answer.status == GONE:
            raise FileLost("The content of this file is not in the store.")
        return answer.body

    async def has(self, name: str) -> bool:
        """Whether it is there."""
        return (await self._ask("HEAD", name)).status in FOUND

    async def remove(self, name: str) -> None:
        """Gone, whether or not it was there."""
        await self._ask("DELETE", name)

    async def _ask(self, method: str, name: str, content: bytes = b"") -> Answer:
        url = self.bucket.url + path_of(name)
        digest = await asyncio.to_thread(digest_of, content)
        signer = Signer(self.keys.key.reveal(), self.keys.secret.reveal(), self.bucket.region)
        headers = signer.sign(method, url, digest, self.clock.now())
        try:
            answer = await self.egress.request(
                method, url, headers=headers, content=content, timeout_s=TIMEOUT_S, max_bytes=MOST_BYTES
            )
        except (EgressFailed, EgressRefused) as error:
            raise FileStoreAway(
                f"{self.bucket.endpoint} cannot be asked for files: {error.message}", retry_after_s=5
            ) from error
        if answer.status not in FOUND and answer.status != GONE:
            why = "It refuses our keys" if answer.status in REFUSED else "It says that it cannot"
            raise away(self.bucket, why, answer)
        return answer


def away(bucket: Bucket, why: str, answer: Answer) -> FileStoreAway:
    """The store has answered, and not as it should."""
    where = f"{bucket.endpoint}, asked for the bucket {bucket.name}, answers {answer.status}."
    return FileStoreAway(f"The store of the files cannot be used. {why}: {where}", retry_after_s=5)


def path_of(name: str) -> str:
    """The same two steps as in a folder: some stores are folders."""
    return f"{name[-1]}/{name[-2]}/{name}"


def digest_of(content: bytes) -> str:
    """What the signature is bound to."""
    return hashlib.sha256(content).hexdigest()
