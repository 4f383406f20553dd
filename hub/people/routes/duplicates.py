"""Duplicates over HTTP: two people who may be one."""

from typing import Any

from hub.http.endpoint import Call, PageQuery
from hub.people import suggestions
from hub.people.routes.people import edited, viewed
from hub.people.shapes import DuplicatePage, DuplicateShown


async def list_duplicates(call: Call[None, PageQuery]) -> DuplicatePage:
    """Those that nobody has settled, and whose both people one may see; the latest first."""
    return await suggestions.list_duplicates(call.deps, call.caller, call.query)


async def dismiss_duplicate(call: Call[None, Any]) -> DuplicateShown:
    """They are two. Nobody is asked about them again."""
    return await suggestions.dismiss(call.act, call.path["duplicate_id"])


ENDPOINTS = (
    viewed("/duplicates", list_duplicates, query=PageQuery, answer=DuplicatePage, summary="List likely duplicates"),
    edited(
        "POST", "/duplicates/{duplicate_id}/dismiss", dismiss_duplicate,
        answer=DuplicateShown, audit="person.not_a_duplicate", summary="Say that two people are two",
    ),
)  # fmt: skip
