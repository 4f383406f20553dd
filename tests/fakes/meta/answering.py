"""How Meta answers."""

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tests.fakes.meta.checking import status_of
from tests.fakes.serving import json

Body = dict[str, Any]
VERSION = "/v26.0"


def refusal(code: str, message: str = "", subcode: int = 0, wait_s: float = 0, words: str = "") -> Response:
    """A plain no, in Meta's form."""
    error = {
        "message": message or f"(#{code}) It cannot be done",
        "type": "OAuthException",
        "code": int(code),
        "error_data": {"messaging_product": "whatsapp", "details": "There is something wrong."},
        "fbtrace_id": "AbCdEf0123456789",
    }
    more: Body = {"error_subcode": subcode} if subcode else {}
    if words:
        more |= {"error_user_title": "It is not as it should be", "error_user_msg": words}
    headers = {"retry-after": str(int(wait_s))} if wait_s else {}
    return json({"error": {**error, **more}}, status_of(code), **headers)


def unknown(id: str) -> Response:
    """There is nothing of this id, or the token may not see it."""
    return refusal("100", f"There is no object with ID '{id}'", subcode=33)


async def read_body(request: Request) -> Body:
    """What was asked."""
    return msgspec.json.decode(await request.body(), type=Body)
