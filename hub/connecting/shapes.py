"""What the API takes and shows of connecting a line."""

from typing import Annotated, Literal

import msgspec

from hub.http.endpoint import Input, Output


class LineTestWanted(Input, frozen=True):
    """Whom a test message goes to: a phone number with its country code, or an e-mail address."""

    to: Annotated[str, msgspec.Meta(min_length=1, max_length=254)]


class ProviderSaid(Output, frozen=True):
    """What has become of what a provider was asked. `taken`: it has done it, and of a message this is what it calls it.
    `refused`: it was not done, and `words` and `advice` say why. `unreachable`: surely nothing was done. `unsure`: the
    answer was lost, and it may have been."""

    outcome: Literal["taken", "refused", "unreachable", "unsure"]
    words: str
    advice: str
    provider_id: str | None


class CheckStep(Output, frozen=True):
    """One thing that a line needs. Null where nobody can tell whether it is well."""

    about: str
    is_well: bool | None
    words: str
    advice: str


class LineChecked(Output, frozen=True):
    """What a line needs, in the order in which one sees to it. It is well when nothing is missing."""

    is_well: bool
    items: list[CheckStep]
