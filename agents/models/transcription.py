"""What a sound says, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agents.models.endpoint import Endpoint, HttpClient, asking
from agents.models.failing import Fault, ModelFailed

# Endpoints tell what a sound is by the end of its name. What the sender has called it is nobody else's business.
ENDINGS: Mapping[str, str] = {
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/flac": "flac",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/webm": "webm",
}
# OpenAI takes no more (guide "Speech to text").
MOST_BYTES = 25 * 1024 * 1024
# More than an hour of talking, and as much as is kept of any message.
MOST_LETTERS = 64 * 1024
LONGEST_LANGUAGE = 40


@dataclass(frozen=True)
class Sound:
    """Something to listen to, and its media type."""

    content: bytes
    type: str


@dataclass(frozen=True)
class Transcript:
    """What was said: nothing at all, as far as the model has heard, where the text is empty. The language is as the
    model calls it, or empty."""

    text: str
    language: str = ""
    seconds: float | None = None


async def transcribe(client: HttpClient, endpoint: Endpoint, sound: Sound, *, timeout_s: float) -> Transcript:
    """The words of a sound, or ModelFailed. No language is suggested: models hear it themselves, and some write
    nonsense when they are told a wrong one."""
    if len(sound.content) > MOST_BYTES:
        raise ModelFailed(Fault.TOO_LARGE)
    name = f"sound.{ENDINGS.get(sound.type, 'bin')}"
    async with asking(client, endpoint, timeout_s=timeout_s) as openai:
        # The one format that every model of this protocol has.
        said: Any = await openai.audio.transcriptions.create(
            model=endpoint.model, file=(name, sound.content, sound.type), response_format="json"
        )
    return read(said)


def read(said: Any) -> Transcript:
    """The answer. Beside the text each endpoint says something else, or nothing."""
    text = getattr(said, "text", None)
    if not isinstance(text, str):
        raise ModelFailed(Fault.BROKEN)
    return Transcript(text=text.strip()[:MOST_LETTERS], language=language_of(said), seconds=seconds_of(said))


def seconds_of(said: Any) -> float | None:
    """How long it was, as newer and as older models tell it."""
    seconds = getattr(getattr(said, "usage", None), "seconds", None) or getattr(said, "duration", None)
    return float(seconds) if isinstance(seconds, int | float) else None


def language_of(said: Any) -> str:
    """The first of several, or the one that older models name."""
    several = getattr(said, "languages", None)
    first = several[0] if isinstance(several, list) and several else getattr(said, "language", None)
    name = getattr(first, "code", first)
    return name[:LONGEST_LANGUAGE] if isinstance(name, str) else ""
