"""The Content API of the fake Twilio: templates, and what WhatsApp makes of them."""

import secrets
from dataclasses import dataclass, field
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tests.fakes.serving import json
from tests.fakes.twilio.messages import refusal
from tests.fakes.twilio.provider import Twilio

MOST_ON_A_PAGE = 2


@dataclass
class Kept:
    """One content, and its request for approval."""

    sid: str
    about: dict[str, Any]
    approval: dict[str, Any] = field(default_factory=lambda: {"status": "unsubmitted", "rejection_reason": ""})


def add(twilio: Twilio, about: dict[str, Any]) -> Kept:
    """One that somebody makes."""
    kept = Kept(f"HX{secrets.token_hex(16)}", about)
    twilio.contents[kept.sid] = kept
    return kept


async def make(twilio: Twilio, request: Request) -> Response:
    """POST a content."""
    kept = add(twilio, msgspec.json.decode(await request.body()))
    return json({"sid": kept.sid, **kept.about}, 201)


async def hand_in(twilio: Twilio, request: Request) -> Response:
    """POST a request for approval: no name twice in one language."""
    kept, asked = twilio.contents[request.path_params["sid"]], msgspec.json.decode(await request.body())
    named = [one for one in twilio.contents.values() if one.approval.get("name") == asked["name"]]
    if any(one.about["language"] == kept.about["language"] for one in named):
        return refusal(twilio, "63041")
    kept.approval = {**kept.approval, "name": asked["name"], "category": asked["category"], "status": "received"}
    return json(kept.approval, 201)


async def listed(twilio: Twilio, request: Request) -> Response:
    """GET all of them, page by page."""
    page = int(request.query_params.get("Page", 0))
    begin, all_of_them = page * MOST_ON_A_PAGE, list(twilio.contents.values())
    more = len(all_of_them) > begin + MOST_ON_A_PAGE
    after = f"https://content.twilio.com/v1/ContentAndApprovals?PageSize=2&Page={page + 1}" if more else None
    shown = [
        {"sid": one.sid, **one.about, "approval_requests": one.approval}
        for one in all_of_them[begin : begin + MOST_ON_A_PAGE]
    ]
    return json({"contents": shown, "meta": {"key": "contents", "page": page, "next_page_url": after}})


async def delete(twilio: Twilio, request: Request) -> Response:
    """DELETE one."""
    del twilio.contents[request.path_params["sid"]]
    return Response(status_code=204)
