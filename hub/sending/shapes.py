"""What the API takes and shows of sending."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from channels.base import Medium
from hub.accounts.shapes import Id, Ids
from hub.http.endpoint import Input, Moment, Output
from hub.sending.models import Alternative, Quiet, ScheduledState, Why
from hub.threads.models import Author, Failing
from hub.threads.shapes import EntryShown, Seq

ClientId = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
# As much as the most patient channel takes; the gate knows what each of them does.
Text = Annotated[str, msgspec.Meta(max_length=500_000)]
Subject = Annotated[str, msgspec.Meta(max_length=500)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Blank = Annotated[str, msgspec.Meta(max_length=2000)]
BlankName = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Blanks = (
    Annotated[list[Blank], msgspec.Meta(max_length=50)] | Annotated[dict[BlankName, Blank], msgspec.Meta(max_length=50)]
)
Files = Annotated[list[Id], msgspec.Meta(max_length=20)]
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^[^\r\n]*\S[^\r\n]*$")]
Payload = Annotated[str, msgspec.Meta(max_length=200)]
OneLine = Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\r\n]*$")]
# As people see one letter, it may be many: a family, a flag.
Emoji = Annotated[str, msgspec.Meta(max_length=20, pattern=r"^[^\sA-Za-z]*$")]
Copy = Annotated[str, msgspec.Meta(min_length=3, max_length=254)]
Copies = Annotated[list[Copy], msgspec.Meta(max_length=50)]
BODY_BYTES = 2 * 1024 * 1024


class TemplateWanted(Input, frozen=True):
    """An approved template; without a language, in that of the person. `values` fill its blanks, in their order or by
    their names; those that are left out are filled with what is known of the person, or their fallbacks. A file that is
    attached stands above its words, where it has a place for one. What it says is the message's text."""

    name: Name
    language: Annotated[str, msgspec.Meta(min_length=2, max_length=20)] | None = None
    values: Blanks = []


class ChoiceWanted(Input, frozen=True):
    """Something that the person may choose. `payload` comes back in its place when they do; without one, the title."""

    title: Title
    payload: Payload = ""


class PlaceWanted(Input, frozen=True):
    """Somewhere on earth."""

    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    name: OneLine = ""
    address: OneLine = ""


class CardWanted(Input, frozen=True):
    """Somebody whose address is passed on."""

    name: Title
    phones: Annotated[list[OneLine], msgspec.Meta(max_length=10)] = []
    emails: Annotated[list[OneLine], msgspec.Meta(max_length=10)] = []
    company: OneLine = ""


class MessageWanted(Input, frozen=True):
    """What to say. `client_id` is the sender's own: a repeat of it says nothing again. Without `line_id` it goes where
    the person wrote last. A note is for colleagues only; `mention_ids` has effect in notes. With `send_at` it is said
    then, and with `unless_answered` not at all if they write before. `choices`, `place` and `cards` stand in the text
    where the channel has no other way for them. `reply_to` is the entry that it answers; a `reaction` is put to that
    one, goes alone, and takes the one before away when it is empty. The addresses of `cc` and `bcc` get a copy of what
    goes by e-mail."""

    client_id: ClientId
    text: Text = ""
    subject: Subject = ""
    cc: Copies = []
    bcc: Copies = []
    line_id: Id | None = None
    seen_seq: Seq | None = None
    note: bool = False
    mention_ids: Ids = []
    attachment_ids: Files = []
    template: TemplateWanted | None = None
    choices: Annotated[list[ChoiceWanted], msgspec.Meta(max_length=10)] = []
    place: PlaceWanted | None = None
    cards: Annotated[list[CardWanted], msgspec.Meta(max_length=10)] = []
    reply_to: Id | None = None
    reaction: Emoji | None = None
    send_at: Moment | None = None
    unless_answered: bool = False


class ScheduledShown(Output, frozen=True):
    """Something that is to be said later. `failure` says why it was not, or what it still waits for."""

    id: str
    author: Author
    text: str
    subject: str
    cc: list[str]
    bcc: list[str]
    line_id: str | None
    attachment_ids: list[str]
    send_at: datetime
    unless_answered: bool
    state: ScheduledState
    failure: Failing | None
    made_at: datetime
    rev: int


class ScheduledList(Output, frozen=True):
    """What is to be said later in a conversation, the next first."""

    items: list[ScheduledShown]


class MessageSaid(Output, frozen=True):
    """The message as it stands in the log, or what is to be said later. `missed`: what others have written that the
    sender had not seen by `seen_seq`. `seq` and `rev` are the conversation's."""

    message: EntryShown | None
    scheduled: ScheduledShown | None
    missed: list[EntryShown]
    warnings: list[str]
    seq: int
    rev: int


class MessageChanged(Output, frozen=True):
    """The message as it is now."""

    message: EntryShown
    rev: int


class SegmentsShown(Output, frozen=True):
    """What a text takes where it is sent, and paid for, in segments: how many, in which encoding. `letters` are counted
    as the encoding has them, where some are two; `left` is how many more fit into the last segment."""

    encoding: Literal["gsm7", "ucs2"]
    letters: int
    count: int
    left: int


class VerdictShown(Output, frozen=True):
    """What the gate says: yes; or no, why, and what would be allowed instead. `line_id` is where it would go;
    `segments` what its text takes there, where the channel counts them."""

    is_allowed: bool
    code: Why | None
    reason: str
    alternatives: list[Alternative]
    warnings: list[str]
    line_id: str
    medium: Medium
    segments: SegmentsShown | None


class ScheduledChange(Input, frozen=True):
    """What is to be otherwise; what is left out stays."""

    text: Text | None = None
    send_at: Moment | None = None


class SendingPolicyWanted(Input, frozen=True):
    """Quiet hours, by the person's clock, in which no machine writes (null: none); and how many automated messages
    somebody gets within a day without having answered."""

    quiet: Quiet | None
    cap: Annotated[int, msgspec.Meta(ge=1, le=100)]


class SendingPolicyShown(Output, frozen=True):
    """What the account asks of messages that no person sends."""

    quiet: Quiet | None
    cap: int


class TemplateKnown(Input, frozen=True):
    """A template that the provider has approved, and how many blanks it has."""

    name: Name
    language: Annotated[str, msgspec.Meta(min_length=2, max_length=20)]
    blanks: Annotated[int, msgspec.Meta(ge=0, le=50)] = 0


class TemplatesWanted(Input, frozen=True):
    """All approved templates of a line."""

    items: Annotated[list[TemplateKnown], msgspec.Meta(max_length=500)]


class TemplatesShown(Output, frozen=True):
    """All approved templates of a line; null when nobody has told which there are, and the provider decides."""

    items: list[TemplateKnown] | None
