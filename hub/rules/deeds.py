"""What a rule can do: the last part of it, as it is said and kept."""

from typing import Annotated

from msgspec import Meta

from hub.accounts.shapes import Id
from hub.http.endpoint import Input
from hub.people.models import Intent, LeadStatus, Stage
from hub.people.shapes import Score, Source
from hub.people.shapes import Tags as PersonTags
from hub.replying.shapes import LONGEST, Subject
from hub.threads.happenings import Priority
from hub.threads.shapes import Tags

MOST_DEEDS = 10
A_YEAR_MIN = 366 * 24 * 60

Text = Annotated[str, Meta(min_length=1, max_length=LONGEST, pattern=r"\S")]
Minutes = Annotated[int, Meta(ge=1, le=A_YEAR_MIN)]


class Deed(Input, frozen=True, tag_field="do"):
    """One thing that is done."""


class Assign(Deed, frozen=True, tag="assign"):
    """To a member, to a team, or to a member with the work of a team."""

    member_id: Id | None = None
    team_id: Id | None = None


class SetPriority(Deed, frozen=True, tag="set_priority"):
    """More urgent, or less."""

    priority: Priority


class Tag(Deed, frozen=True, tag="tag"):
    """Tags to put on the conversation, and to take off."""

    put: Tags = []
    take_off: Tags = []


class Close(Deed, frozen=True, tag="close"):
    """Nothing more to do, until somebody writes."""


class Snooze(Deed, frozen=True, tag="snooze"):
    """Not now, for so long."""

    minutes: Minutes


class Send(Deed, frozen=True, tag="send"):
    """A message to the person, with the blanks of canned replies; without a line, where they wrote last."""

    text: Text
    subject: Subject = ""
    line_id: Id | None = None


class SendCanned(Deed, frozen=True, tag="send_canned"):
    """A canned reply to the person; without a line, where they wrote last."""

    canned_id: Id
    line_id: Id | None = None


class AddNote(Deed, frozen=True, tag="note"):
    """For colleagues only; with the same blanks."""

    text: Text


class SetLead(Deed, frozen=True, tag="set_lead"):
    """What is known of the person as a lead; what is left out stays."""

    status: LeadStatus | None = None
    intent: Intent | None = None
    score: Score | None = None
    source: Source | None = None
    assignee_id: Id | None = None


class SetStage(Deed, frozen=True, tag="set_stage"):
    """The person is further along, or is put back."""

    stage: Stage


class TagPerson(Deed, frozen=True, tag="tag_person"):
    """Tags to put on the person, and to take off."""

    put: PersonTags = []
    take_off: PersonTags = []


class Follow(Deed, frozen=True, tag="follow"):
    """The member hears of the conversation from now on."""

    member_id: Id


AnyDeed = (
    Assign | SetPriority | Tag | Close | Snooze | Send | SendCanned | AddNote | SetLead | SetStage | TagPerson | Follow
)
Deeds = Annotated[list[AnyDeed], Meta(min_length=1, max_length=MOST_DEEDS)]


def name_of(deed: AnyDeed) -> str:
    """What it is called in a rule and in a log."""
    return str(deed.__struct_config__.tag)
