"""People over HTTP: who they are, and what is known of them."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.people import editing, knowing, lead, listing, making, tags
from hub.people.shapes import (
    IdentityWanted,
    LeadChange,
    PeopleQuery,
    PersonChange,
    PersonPage,
    PersonShown,
    PersonWanted,
    StageWanted,
    TagsChange,
)

TAG = Tag("People", "Whoever the account talks with, and what is known of them.")
PATH = "/api/v1/people"


async def list_people(call: Call[None, PeopleQuery]) -> PersonPage:
    """As far as the permission reaches, whoever changed last first."""
    return await listing.list_people(call.deps, call.caller, call.query)


async def make_person(call: Call[PersonWanted, Any]) -> PersonShown:
    """Somebody new. Whoever is known by one of the identities is in `data.person_id` of the refusal."""
    return await making.make(call.act, call.body)


async def show_person(call: Call[None, Any]) -> PersonShown:
    """All that is known of somebody, and who has said so. Of somebody who was merged into another, that one."""
    return await listing.show_person(call.deps, call.caller, call.path["person_id"])


async def change_person(call: Call[PersonChange, Any]) -> PersonShown:
    """Name, attributes, time zone, language."""
    return await editing.change(call.act, call.path["person_id"], call.body)


async def add_identity(call: Call[IdentityWanted, Any]) -> PersonShown:
    """They are known by this too. Numbers without a country are of the account's."""
    return await knowing.add_identity(call.act, call.path["person_id"], call.body)


async def remove_identity(call: Call[None, Any]) -> PersonShown:
    """They are known by this no more."""
    return await knowing.remove_identity(call.act, call.path["person_id"], call.path["identity_id"])


async def change_lead(call: Call[LeadChange, Any]) -> PersonShown:
    """Where the lead stands in the sale, whose it is, and how much they want it."""
    return await lead.change_lead(call.act, call.path["person_id"], call.body)


async def set_stage(call: Call[StageWanted, Any]) -> PersonShown:
    """Further along, or put back."""
    return await lead.set_stage(call.act, call.path["person_id"], call.body.stage)


async def change_person_tags(call: Call[TagsChange, Any]) -> PersonShown:
    """Some tags more, some less. Capitals do not count."""
    return await tags.change_tags(call.act, call.path["person_id"], call.body)


async def block_person(call: Call[None, Any]) -> PersonShown:
    """Nothing that they write reaches anybody from now on, and nothing is sent to them."""
    return await knowing.block(call.act, call.path["person_id"])


async def unblock_person(call: Call[None, Any]) -> PersonShown:
    """They may write again."""
    return await knowing.unblock(call.act, call.path["person_id"])


def viewed(path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who may see people."""
    return Endpoint(method="GET", path=PATH + path, handler=handler, permission=Permission.PEOPLE_VIEW, tag=TAG, **more)


def edited(method: Any, path: str, handler: Any, *, answer: Any = PersonShown, **more: Any) -> Endpoint:
    """For those who may change people."""
    permission = Permission.PEOPLE_EDIT
    return Endpoint(
        method=method, path=PATH + path, handler=handler, permission=permission, tag=TAG, answer=answer, **more
    )


ENDPOINTS = (
    viewed("", list_people, query=PeopleQuery, answer=PersonPage, summary="List people"),
    edited(
        "POST", "", make_person,
        body=PersonWanted, status=201, creates=True, audit="person.make", summary="Make a person",
    ),
    viewed("/{person_id}", show_person, answer=PersonShown, summary="Show a person"),
    edited(
        "PATCH", "/{person_id}", change_person,
        body=PersonChange, audit="person.change", summary="Change a person",
    ),
    edited(
        "POST", "/{person_id}/identities", add_identity,
        body=IdentityWanted, audit="person.add_identity", summary="Add what a person is known by",
    ),
    edited(
        "DELETE", "/{person_id}/identities/{identity_id}", remove_identity,
        audit="person.remove_identity", summary="Remove what a person is known by",
    ),
    edited(
        "PATCH", "/{person_id}/lead", change_lead,
        body=LeadChange, audit="person.lead", summary="Change what is known of a lead",
    ),
    edited(
        "PUT", "/{person_id}/stage", set_stage,
        body=StageWanted, audit="person.stage", summary="Set how far a person is",
    ),
    edited(
        "PATCH", "/{person_id}/tags", change_person_tags,
        body=TagsChange, audit="person.tags", summary="Change a person's tags",
    ),
    edited("POST", "/{person_id}/block", block_person, audit="person.block", summary="Block a person"),
    edited("POST", "/{person_id}/unblock", unblock_person, audit="person.unblock", summary="Unblock a person"),
)  # fmt: skip
