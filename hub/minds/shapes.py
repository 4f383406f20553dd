"""What the API takes and shows of the models of an account."""

from datetime import datetime
from typing import Annotated

import msgspec

from agents.models.failing import Fault
from hub.http.endpoint import Input, Output
from hub.minds.models import URL, MindUse

USUAL_PER_DAY = 200
MindUrl = Annotated[str, msgspec.Meta(max_length=500, pattern=r"^https?://[^\s/?#@]+[^\s?#@]*$")]
ModelName = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^\S*$")]
# What stands in a header.
ModelKey = Annotated[str, msgspec.Meta(max_length=1000, pattern=r"^[!-~]*$")]
PerDay = Annotated[int, msgspec.Meta(ge=1, le=100_000)]


class MindWanted(Input, frozen=True):
    """A model, at any endpoint that speaks OpenAI's protocol; `url` ends in front of `/audio/transcriptions`. Without a
    `model` it is the usual one of its use. Without a `key` the one that was entered before stays, as long as the `url`
    does; an empty one is none. It is asked `per_day` times a day at most, whoever writes."""

    url: MindUrl = URL
    model: ModelName = ""
    key: ModelKey | None = None
    per_day: PerDay = USUAL_PER_DAY


class MindWrong(Output, frozen=True):
    """What was wrong when the model was asked last, and since when it has been."""

    code: Fault
    words: str
    since: datetime


class MindShown(Output, frozen=True):
    """A model, without its key."""

    use: MindUse
    url: str
    model: str
    has_key: bool
    per_day: int
    changed_at: datetime
    wrong: MindWrong | None


class MindList(Output, frozen=True):
    """The models of the account."""

    items: list[MindShown]


class MindChecked(Output, frozen=True):
    """Whether the model did something small, and if not, why."""

    is_well: bool
    words: str
