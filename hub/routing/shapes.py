"""What the API takes and shows of routing."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta, field

from hub.accounts.shapes import Id, Ids
from hub.http.endpoint import Input, Output
from hub.routing.models import CAPACITY, OFFER_S, RoutingMode, Way, Wish

Ways = Annotated[list[Way], Meta(min_length=1, max_length=2)]
Seconds = Annotated[int, Meta(ge=15, le=86_400)]
Language = Annotated[str, Meta(min_length=2, max_length=35, pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")]
Skill = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]


class TeamRoutingWanted(Input, frozen=True):
    """How conversations of a team find somebody."""

    is_on: bool
    mode: RoutingMode = RoutingMode.ASSIGN
    offer_seconds: Seconds = OFFER_S
    ways: Ways = field(default_factory=lambda: [Way.LAST_REP, Way.ROUND_ROBIN])
    language: Wish = Wish.PREFERRED
    skills: Wish = Wish.PREFERRED


class RoutingWanted(TeamRoutingWanted, frozen=True):
    """How conversations find somebody, where their team says nothing of its own. The default team is asked where
    neither conversation nor line name one; without one, everybody is."""

    default_team_id: Id | None = None


class RoutingShown(Output, frozen=True):
    """How conversations find somebody. Of a team without a policy of its own (`is_own`), that of the account."""

    is_on: bool
    mode: RoutingMode
    offer_seconds: int
    ways: list[Way]
    language: Wish
    skills: Wish
    default_team_id: str | None
    is_own: bool


class MemberRoutingWanted(Input, frozen=True):
    """How many open conversations routing gives the member at most, and which. Without lines: those of all."""

    capacity: Annotated[int, Meta(ge=0, le=1000)] = CAPACITY
    languages: Annotated[list[Language], Meta(max_length=20)] = []
    skills: Annotated[list[Skill], Meta(max_length=50)] = []
    line_ids: Ids = []


class MemberRoutingShown(Output, frozen=True):
    """What routing goes by, of a member. `load`: how many open conversations are the member's or on the way there,
    counted a little further than the capacity at most."""

    member_id: str
    capacity: int
    languages: list[str]
    skills: list[str]
    line_ids: list[str]
    is_away: bool
    is_there: bool
    load: int


class Availability(Input, frozen=True):
    """Whether the member wants nothing new."""

    is_away: bool


class OfferAnswer(Input, frozen=True):
    """Scripts say for which member they answer."""

    member_id: Id | None = None


class CandidateShown(Output, frozen=True):
    """A member who may reply: whether the conversation could go there now, and why, or why not."""

    member_id: str
    is_fit: bool
    why: str
    load: int
    capacity: int


class ExplanationShown(Output, frozen=True):
    """Who would get the conversation now, in the order in which they would. `because` is why routing last gave or
    offered it to whom it did."""

    thread_id: str
    is_on: bool
    mode: RoutingMode
    team_id: str | None
    language: str | None
    skills: list[str]
    last_rep_id: str | None
    waits_since: datetime | None
    offered_to: str | None
    offered_until: datetime | None
    because: str | None
    candidates: list[CandidateShown]
