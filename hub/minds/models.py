"""The models of an account, as they are stored."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from bson.binary import Binary

from agents.models.failing import Fault
from hub.store.documents import Stored

MINDS = "minds"
KEY_PLACE = f"{MINDS}.key"
URL = "https://api.openai.com/v1"


class MindUse(StrEnum):
    """What a model is for."""

    TRANSCRIPTION = "transcription"


# What OpenAI has for it (its guide "Deprecations": the models before this one end in February 2027).
MODELS: Mapping[MindUse, str] = {MindUse.TRANSCRIPTION: "gpt-transcribe"}


class Mind(Stored, frozen=True):
    """The model that an account has for one use: none has two."""

    use: MindUse
    url: str
    model: str
    # Sealed; a server of one's own may want none.
    key: Binary | None
    # How often it may be asked in a day without anybody asking for it.
    per_day: int
    changed_at: datetime
    # What was wrong when it was asked last, and since when it has been.
    wrong: Fault | None = None
    wrong_since: datetime | None = None
