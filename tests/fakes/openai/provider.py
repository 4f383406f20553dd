"""The fake endpoint, in its own words. What it hears in a sound depends on nothing but the bytes of that."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.responses import Response

from tests.fakes.sandbox.moods import Moods
from tests.fakes.serving import Busy, json

KEY, MODEL = "sk-fake-0123456789", "gpt-transcribe"
MODELS = (MODEL, "whisper-1", "gpt-4o-transcribe")
MOST_BYTES = 25 * 1024 * 1024
ENDINGS = ("flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm")
SPOKEN = ("hello", "please", "call", "me", "tomorrow", "about", "the", "garden", "flat", "kitchen", "noon", "thanks")
# By its code: status, type, parameter, words.
NOES: Mapping[str, tuple[int, str, str | None, str]] = {
    "invalid_api_key": (401, "invalid_request_error", None, "Incorrect API key provided."),
    "unsupported_country": (403, "request_forbidden", None, "Country, region, or territory not supported"),
    "insufficient_quota": (429, "insufficient_quota", None, "You exceeded your current quota."),
    "rate_limit_exceeded": (429, "requests", None, "Rate limit reached for requests."),
    "model_not_found": (
        404,
        "invalid_request_error",
        None,
        "The model does not exist or you do not have access to it.",
    ),
    "invalid_value": (400, "invalid_request_error", "file", "Audio file might be corrupted or unsupported."),
    "too_large": (413, "server_error", None, "Maximum content size limit (26214400) exceeded."),
    "invalid": (400, "invalid_request_error", None, "Something in the request is not as it must be."),
    "server_error": (500, "server_error", None, "The server had an error while processing your request."),
}


@dataclass(frozen=True)
class Heard:
    """A sound that it was asked about."""

    model: str
    name: str
    type: str
    content: bytes
    format: str


class Endpoint(Busy):
    """What it is like."""

    def __init__(self, *, key: str = KEY) -> None:
        super().__init__()
        self.key = key
        self.models = list(MODELS)
        self.moods = Moods()
        self.heard: list[Heard] = []
        self.words_in: Callable[[bytes], str] = words_in

    def no(self, code: str, wait_s: float = 0) -> Response:
        """As OpenAI says it."""
        status, type, param, message = NOES[code]
        headers = {"retry-after": str(int(wait_s))} if wait_s else {}
        return json({"error": {"message": message, "type": type, "param": param, "code": code}}, status, **headers)

    def check(self, heard: Heard) -> str:
        """The code of what is wrong with a request; empty where nothing is."""
        if heard.model not in self.models:
            return "model_not_found"
        if len(heard.content) > MOST_BYTES:
            return "too_large"
        if heard.name.rpartition(".")[2] not in ENDINGS or not heard.content:
            return "invalid_value"
        if heard.format not in ("json", "verbose_json") or (heard.format != "json" and heard.model.startswith("gpt-")):
            return "invalid"
        return ""

    def answer(self, heard: Heard) -> Response:
        """What it has heard, in the form that the model has."""
        text, seconds = self.words_in(heard.content), seconds_of(heard.content)
        usage = {"type": "duration", "seconds": seconds}
        if heard.format == "verbose_json":
            verbose = {"task": "transcribe", "language": "english", "duration": float(seconds), "segments": []}
            return json({"text": text, "usage": usage, **verbose})
        languages = {"languages": [{"code": "en"}]} if heard.model == MODEL else {}
        return json({"text": text, "usage": usage, **languages})


def words_in(content: bytes) -> str:
    """What is said in a sound: other bytes, other words. Nothing is said where there are only zeros."""
    if not content.strip(b"\0"):
        return ""
    return " ".join(SPOKEN[byte % len(SPOKEN)] for byte in hashlib.sha256(content).digest()[:6]).capitalize() + "."


def seconds_of(content: bytes) -> int:
    """How long it is taken to be."""
    return len(content) // 2000 + 1


def form(body: bytes, content_type: str) -> dict[str, tuple[str, str, bytes]]:
    """A form: of each field the name of its file, its type and its content, to the byte."""
    boundary = b"--" + content_type.partition("boundary=")[2].strip('"').encode()
    fields = {}
    for part in body.split(boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        about = dict(re.findall(r'(name|filename)="([^"]*)"', head.decode()))
        type = re.search(r"content-type: *(\S+)", head.decode(), re.IGNORECASE)
        fields[about["name"]] = (about.get("filename", ""), type[1] if type else "", content.removesuffix(b"\r\n"))
    return fields
