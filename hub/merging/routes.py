"""Merging over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.merging import actions
from hub.merging.shapes import MergePage, MergeQuery, MergeShown, MergeWanted

TAG = Tag("Merging", "Two people who are one become one, and two again when they were not.")


async def merge_people(call: Call[MergeWanted, Any]) -> MergeShown:
    """The other is this person from now on: identities, conversations, notes and consent come together. What is known
    of this one counts; of the other what is missing here is added, and any no to being written to."""
    return await actions.merge(call.act, call.path["person_id"], call.body.other_id)


async def undo_people_merge(call: Call[None, Any]) -> MergeShown:
    """They are two again, exactly as they were; what was changed or added since stays with the one who went on."""
    return await actions.undo(call.act, call.path["merge_id"])


async def list_people_merges(call: Call[None, MergeQuery]) -> MergePage:
    """Who was merged with whom, when and by whom."""
    return await actions.list_merges(call.deps, call.caller, call.query)


ENDPOINTS = (
    Endpoint(
        method="POST", path="/api/v1/people/{person_id}/merge", handler=merge_people, tag=TAG,
        permission=Permission.PEOPLE_EDIT, body=MergeWanted, answer=MergeShown, status=201, creates=True,
        audit="person.merge", summary="Merge two people",
    ),
    Endpoint(
        method="POST", path="/api/v1/merges/{merge_id}/undo", handler=undo_people_merge, tag=TAG,
        permission=Permission.PEOPLE_EDIT, answer=MergeShown, audit="person.undo_merge",
        summary="Undo a merge of people",
    ),
    Endpoint(
        method="GET", path="/api/v1/merges", handler=list_people_merges, tag=TAG,
        permission=Permission.PEOPLE_VIEW, query=MergeQuery, answer=MergePage, summary="List merges of people",
    ),
)  # fmt: skip
