"""Routing over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.routing import colleagues, explaining, offering, setting
from hub.routing.shapes import (
    Availability,
    ExplanationShown,
    MemberRoutingShown,
    MemberRoutingWanted,
    OfferAnswer,
    RoutingShown,
    RoutingWanted,
    TeamRoutingWanted,
)
from hub.threads.routes.declaring import shown_to
from hub.threads.shapes import ThreadShown

TAG = Tag("Routing", "Who gets a conversation that nobody owns.")
ACCOUNT, TEAM = "/api/v1/routing", "/api/v1/teams/{team_id}/routing"
MEMBER, MINE = "/api/v1/members/{member_id}/routing", "/api/v1/me/availability"
THREAD = "/api/v1/threads/{thread_id}"
LOG = "the conversation's log"


async def show_routing(call: Call[None, Any]) -> RoutingShown:
    """How conversations of the account find somebody."""
    return await setting.show_routing(call.deps, call.caller.account)


async def set_routing(call: Call[RoutingWanted, Any]) -> RoutingShown:
    """From now on. What waits for an answer, and is nobody's, is routed too."""
    return await setting.set_routing(call.act, call.body)


async def show_team_routing(call: Call[None, Any]) -> RoutingShown:
    """How conversations of the team find somebody: by its own policy, or by the account's."""
    return await setting.show_routing(call.deps, call.caller.account, call.path["team_id"])


async def set_team_routing(call: Call[TeamRoutingWanted, Any]) -> RoutingShown:
    """A policy of the team's own, whatever the account's is."""
    return await setting.set_team_routing(call.act, call.path["team_id"], call.body)


async def forget_team_routing(call: Call[None, Any]) -> None:
    """The account's policy counts for the team again."""
    await setting.forget_team_routing(call.act, call.path["team_id"])


async def show_member_routing(call: Call[None, Any]) -> MemberRoutingShown:
    """How much a member gets, which languages, skills and lines, and whether the member is there."""
    return await colleagues.show_member_routing(call.deps, call.caller, call.path["member_id"])


async def set_member_routing(call: Call[MemberRoutingWanted, Any]) -> MemberRoutingShown:
    """How much a member gets, and what. With a capacity of 0 routing gives nothing."""
    return await colleagues.set_member_routing(call.act, call.path["member_id"], call.body)


async def show_my_availability(call: Call[None, Any]) -> MemberRoutingShown:
    """Whether one is there for routing, and how much one has."""
    return await colleagues.show_availability(call.deps, call.caller)


async def set_my_availability(call: Call[Availability, Any]) -> MemberRoutingShown:
    """Away: nothing new comes, and what is offered goes to somebody else. Back: whatever has waited longest comes."""
    return await colleagues.set_availability(call.act, call.body)


async def explain_routing(call: Call[None, Any]) -> ExplanationShown:
    """Why the conversation went where it went, and for every member why it would, or would not, go there now."""
    return await explaining.explain(call.deps, call.caller, call.path["thread_id"])


async def accept_offer(call: Call[OfferAnswer, Any]) -> ThreadShown:
    """Take the conversation that is offered to oneself."""
    return shown_to(call, await offering.accept(call.act, call.path["thread_id"], call.body.member_id))


async def decline_offer(call: Call[OfferAnswer, Any]) -> ThreadShown:
    """Leave it to somebody else, who is asked at once."""
    return shown_to(call, await offering.decline(call.act, call.path["thread_id"], call.body.member_id))


ENDPOINTS = (
    Endpoint(
        method="GET", path=ACCOUNT, handler=show_routing, permission=Permission.ACCOUNT_VIEW,
        answer=RoutingShown, summary="Show how conversations are routed", tag=TAG,
    ),
    Endpoint(
        method="PUT", path=ACCOUNT, handler=set_routing, permission=Permission.ACCOUNT_MANAGE,
        body=RoutingWanted, answer=RoutingShown, audit="routing.set",
        summary="Set how conversations are routed", tag=TAG,
    ),
    Endpoint(
        method="GET", path=TEAM, handler=show_team_routing, permission=Permission.ACCOUNT_VIEW,
        answer=RoutingShown, summary="Show how a team's conversations are routed", tag=TAG,
    ),
    Endpoint(
        method="PUT", path=TEAM, handler=set_team_routing, permission=Permission.ACCOUNT_MANAGE,
        body=TeamRoutingWanted, answer=RoutingShown, audit="routing.set_team",
        summary="Set how a team's conversations are routed", tag=TAG,
    ),
    Endpoint(
        method="DELETE", path=TEAM, handler=forget_team_routing, permission=Permission.ACCOUNT_MANAGE,
        status=204, audit="routing.forget_team", summary="Route a team's conversations like all others", tag=TAG,
    ),
    Endpoint(
        method="GET", path=MEMBER, handler=show_member_routing, permission=Permission.MEMBERS_VIEW,
        answer=MemberRoutingShown, summary="Show what routing goes by of a member", tag=TAG,
    ),
    Endpoint(
        method="PUT", path=MEMBER, handler=set_member_routing, permission=Permission.MEMBERS_MANAGE,
        body=MemberRoutingWanted, answer=MemberRoutingShown, audit="routing.set_member",
        summary="Set what routing goes by of a member", tag=TAG,
    ),
    Endpoint(
        method="GET", path=MINE, handler=show_my_availability, permission=Permission.MEMBERSHIP,
        answer=MemberRoutingShown, summary="Show whether one is available", tag=TAG,
    ),
    Endpoint(
        method="PUT", path=MINE, handler=set_my_availability, permission=Permission.MEMBERSHIP,
        body=Availability, answer=MemberRoutingShown, audit="routing.availability",
        summary="Say whether one is available", tag=TAG,
    ),
    Endpoint(
        method="GET", path=f"{THREAD}/routing", handler=explain_routing, permission=Permission.THREADS_VIEW,
        answer=ExplanationShown, summary="Explain who gets a conversation", tag=TAG,
    ),
    Endpoint(
        method="POST", path=f"{THREAD}/offer/accept", handler=accept_offer, permission=Permission.THREADS_REPLY,
        body=OfferAnswer, answer=ThreadShown, recorded_in=LOG, summary="Accept an offered conversation", tag=TAG,
    ),
    Endpoint(
        method="POST", path=f"{THREAD}/offer/decline", handler=decline_offer, permission=Permission.THREADS_REPLY,
        body=OfferAnswer, answer=ThreadShown, recorded_in=LOG, summary="Decline an offered conversation", tag=TAG,
    ),
)  # fmt: skip
