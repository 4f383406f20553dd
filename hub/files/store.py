"""The store: something that keeps bytes by a name that we have made. It never sees what the bytes say."""

from typing import Protocol

from hub.deps import Deps
from hub.files.bucket import BucketStore, Keys
from hub.files.folder import FolderStore
from hub.files.place import Bucket, read_place

FOLDER = "files"


class Store(Protocol):
    """All of it raises FileStoreAway when the store cannot be used."""

    @property
    def about(self) -> str:
        """Where it is, in words for the operator."""

    async def put(self, name: str, content: bytes) -> None:
        """Keep it: whole and for good once this returns, or not at all."""

    async def get(self, name: str) -> bytes:
        """What was kept; raises FileLost."""

    async def has(self, name: str) -> bool:
        """Whether it is there."""

    async def remove(self, name: str) -> None:
        """It is not there any more, if it ever was."""


def store_of(deps: Deps) -> Store:
    """The one of the settings; a folder beside the embedded servers' when they name none."""
    settings = deps.settings
    place = read_place(settings.files)
    if isinstance(place, Bucket):
        return BucketStore(deps.egress, deps.clock, place, Keys(settings.files_key, settings.files_secret))
    return FolderStore(place or settings.data.absolute() / FOLDER)
