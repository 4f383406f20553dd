"""The Graph API, as far as WhatsApp needs it."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.fakes.meta import uploads
from tests.fakes.meta.accounts import (
    change_template,
    delete_template,
    list_templates,
    make_template,
    subscribe,
    subscribed,
)
from tests.fakes.meta.answering import VERSION, Body, read_body, refusal, unknown
from tests.fakes.meta.checking import fails_later, why_not
from tests.fakes.meta.provider import OWNER, Meta, Number, Sent
from tests.fakes.meta.signing import proven
from tests.fakes.serving import HungUp, json

Answer = Callable[[Meta, Request], Awaitable[Response]]


async def take(meta: Meta, request: Request) -> Response:
    """POST /{number}/messages: a message, or that one was read."""
    number, body = meta.numbers.get(request.path_params["id"]), await read_body(request)
    if number is None:
        return unknown(request.path_params["id"])
    if body.get("status") == "read":
        meta.read.append(body)
        return json({"success": True})
    to, moods = str(body.get("to") or body.get("recipient") or ""), meta.moods
    if moods.take("vanish", number.id, to):
        return HungUp()
    if moods.take("down", number.id, to):
        return refusal("2")
    if mood := moods.take("refuse", number.id, to):
        return refusal(mood.code, wait_s=mood.wait_s)
    if (limit := moods.find("limit", number.id, to)) and meta.is_over(number.id, limit.count):
        moods.take("limit", number.id, to)
        return refusal("130429", wait_s=limit.wait_s)
    if code := why_not(meta, number, body):
        return refusal(code)
    return await accept(meta, number, body)


async def accept(meta: Meta, number: Number, body: Body) -> Response:
    """Take it and say so, or not. It knows no id of the sender's again: what comes twice goes out twice."""
    sent = meta.take(number.id, body)
    if code := fails_later(meta, number, body):
        report = meta.report(sent, "failed", code=code)
    else:
        report = meta.report(sent, *meta.follows)
    if meta.moods.take("early", number.id, sent.to):
        await report
    else:
        meta.start(report)
    return await answer(meta, sent)


async def answer(meta: Meta, sent: Sent) -> Response:
    """What it says of a message that it has taken."""
    moods = meta.moods
    if mood := moods.take("slow", sent.number, sent.to):
        await asyncio.sleep(mood.wait_s)
    if moods.take("hang_up", sent.number, sent.to):
        return HungUp()
    if moods.take("nonsense", sent.number, sent.to):
        return Response(b"<html>all is well</html>", 200)
    contact = {"input": sent.to, "wa_id": sent.to.lstrip("+")} if sent.body.get("to") else {"user_id": sent.to}
    messages = [{"id": sent.id, "message_status": "accepted"}]
    return json({"messaging_product": "whatsapp", "contacts": [contact], "messages": messages})


async def show(meta: Meta, request: Request) -> Response:
    """GET /{id}: a number, an account of WhatsApp, or where a file is."""
    id = request.path_params["id"]
    if kept := meta.files.get(id):
        url = f"{meta.url}/whatsapp_business/attachments?mid={id}"
        size = len(kept.content)
        return json({"messaging_product": "whatsapp", "url": url, "mime_type": kept.type, "file_size": size, "id": id})
    if id in meta.webhooks:
        return json(
            {"id": id, "owner_business_info": {"name": "Acme", "id": OWNER}} if meta.tells_owner else {"id": id}
        )
    number = meta.numbers.get(id)
    if number is None:
        return unknown(id)
    limit = {"whatsapp_business_manager_messaging_limit": number.tier} if number.tier else {}
    return json(
        {
            "id": id,
            "display_phone_number": f"+{number.shown[:1]} {number.shown[1:4]}-{number.shown[4:7]}-{number.shown[7:]}",
            "verified_name": "Acme",
            "quality_rating": number.quality,
            "name_status": "APPROVED",
            "status": number.status,
            **limit,
        }
    )


async def download(meta: Meta, request: Request) -> Response:
    """The file itself: it is no part of the Graph API, and asks for no proof."""
    id = request.query_params.get("mid", "")
    kept = None if id in meta.lost else meta.files.get(id)
    return Response(kept.content, media_type=kept.type) if kept else Response(status_code=404)


async def debug_token(meta: Meta, request: Request) -> Response:
    """GET /debug_token?input_token=…"""
    is_valid = request.query_params["input_token"] == meta.token
    data = {"app_id": "67890", "type": "SYSTEM_USER", "is_valid": is_valid, "expires_at": meta.expires_at}
    return json({"data": {**data, "scopes": list(meta.scopes) if is_valid else []}})


def routes(meta: Meta) -> list[Route]:
    """All of it, for whoever has the token, and the proof that the app's secret is known."""

    def route(path: str, method: str, answer: Answer, *, needs_proof: bool = True, word: str = "Bearer") -> Route:
        async def endpoint(request: Request) -> Response:
            if meta.is_broken:
                return refusal("2", "Not available now")
            if request.headers.get("authorization") != f"{word} {meta.token}":
                return refusal("190", "The access token is not valid")
            if needs_proof and request.query_params.get("appsecret_proof") != proven(meta.secret, meta.token):
                return refusal("100", "Invalid appsecret_proof provided in the API argument")
            try:
                return await answer(meta, request)
            except (msgspec.DecodeError, KeyError, TypeError, AttributeError, ValueError):
                return refusal("100", "Invalid parameter")

        return Route(path, endpoint, methods=[method])

    return [
        route(f"{VERSION}/debug_token", "GET", debug_token),
        route(f"{VERSION}/app/uploads", "POST", uploads.begin),
        route(f"{VERSION}/upload:{{name}}", "POST", uploads.take, word="OAuth"),
        route(f"{VERSION}/{{id}}/messages", "POST", take),
        route(f"{VERSION}/{{id}}/subscribed_apps", "GET", subscribed),
        route(f"{VERSION}/{{id}}/subscribed_apps", "POST", subscribe),
        route(f"{VERSION}/{{id}}/message_templates", "GET", list_templates),
        route(f"{VERSION}/{{id}}/message_templates", "POST", make_template),
        route(f"{VERSION}/{{id}}/message_templates", "DELETE", delete_template),
        route(f"{VERSION}/{{id}}", "GET", show),
        route(f"{VERSION}/{{id}}", "POST", change_template),
        route("/whatsapp_business/attachments", "GET", download, needs_proof=False),
    ]
