"""What visitors say and are shown."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from channels.widget.parse import LONGEST_TEXT
from hub.accounts.shapes import Id
from hub.http.endpoint import Input, Output
from hub.inbox.live_shapes import Position

By = Literal["you", "agent", "member"]
HowFar = Literal["sent", "delivered", "read"]
VisitorText = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT, pattern=r"\S")]


class VisitWanted(Input, frozen=True):
    """To come as the visitor whose secret it is; without one, as somebody new."""

    secret: Annotated[str, msgspec.Meta(max_length=200)] = ""


class VisitBegun(Output, frozen=True):
    """A token for the socket, good until `expires_at`; the next one is had by the `secret`, which is told once."""

    visitor_id: str
    token: str
    expires_at: datetime
    secret: str | None


class VisitorMessage(Output, frozen=True):
    """A message as a visitor sees it. `name` is a member's first name, `client_id` the id of what the visitor has said,
    and `state` how far a message to the visitor has come."""

    id: str
    by: By
    name: str
    text: str
    at: datetime
    client_id: str
    state: HowFar | None
    # Rises with whatever of it is shown otherwise.
    rev: int


class OpenVisit(Input, frozen=True):
    """What the page knows: everything up to `after`, which is empty at first."""

    after: Position = ""


class VisitOpened(Output, frozen=True):
    """The messages that are new or otherwise since `after`; or, not `recovered`, the last ones. `at` is the next
    `after`."""

    recovered: bool
    at: str
    messages: list[VisitorMessage]


class VisitorSays(Input, frozen=True):
    """A message. Under one `client_id` something is said once. `language` is that of the page, such as `pt-BR`."""

    client_id: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[\w.-]+$")]
    text: VisitorText
    language: Annotated[str, msgspec.Meta(max_length=40)] = ""


class VisitorTypes(Input, frozen=True):
    """What stands in the field by now; empty, when nothing does."""

    text: Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]


class UpTo(Input, frozen=True):
    """A message, and all to the visitor that stand in front of it."""

    message_id: Id
