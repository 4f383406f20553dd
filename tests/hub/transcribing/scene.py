"""A business with a line at the sandbox and a model that listens, and somebody who sends voice notes."""

from dataclasses import dataclass
from typing import Any

from hub.fetching.fetching import KINDS as FETCHING
from hub.transcribing.transcribing import KINDS as TRANSCRIBING
from tests.fakes.openai.provider import KEY
from tests.fakes.openai.running import RunningOpenAI
from tests.hub.fetching import scene
from tests.hub.sending.scene import work_off

PATH = "/minds/transcription"


def voice(word: str = "hello") -> bytes:
    """A sound, in which something else is heard for each word."""
    return b"OggS\0\2" + bytes(20) + word.encode()


@dataclass
class Scene(scene.Scene):
    """What there is."""

    openai: RunningOpenAI

    async def sets(self, **more: Any) -> None:
        """The business has a model that listens."""
        await self.owner.does("PUT", PATH, {"url": self.openai.base_url, "key": KEY, **more})

    async def gets_sound(self, content: bytes, **more: Any) -> None:
        """They send a voice note."""
        await self.gets(self.sandbox.keep("audio/ogg; codecs=opus", "voice.ogg", content), **more)

    async def work(self) -> None:
        """Fetch what is due, and listen to it."""
        await super().work()
        for _ in range(3):
            await work_off(self.deps, TRANSCRIBING)

    async def fetch(self) -> None:
        """And nothing else."""
        await work_off(self.deps, FETCHING)

    async def transcripts(self) -> list[Any]:
        """Those of all files of the conversation, as a rep sees them."""
        return [media["transcript"] for media in await self.shown()]

    async def asks(self, place: int = 0) -> Any:
        """A rep asks for the words of a file; what comes back."""
        id = (await self.shown())[place]["file_id"]
        return await self.owner.asks("POST", f"/files/{id}/transcript")

    async def wrong(self) -> Any:
        """What is wrong with the model, in a word."""
        (shown,) = (await self.owner.does("GET", "/minds"))["items"]
        return shown["wrong"] and shown["wrong"]["code"]

    async def search(self, words: str) -> list[Any]:
        """The messages that are found by these words."""
        found: list[Any] = (await self.owner.does("GET", f"/search?q={words}"))["messages"]
        return found
