"""The HTTP API of the fake Twilio, on one host where Twilio has several."""

import base64
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tests.fakes.serving import json
from tests.fakes.twilio import contents, messages
from tests.fakes.twilio.messages import refusal
from tests.fakes.twilio.provider import Number, Twilio

Answer = Callable[[Twilio, Request], Awaitable[Response]]
ACCOUNT = "/2010-04-01/Accounts/{account}"


async def account(twilio: Twilio, request: Request) -> Response:
    """GET the account itself. As Twilio does, with its token in it."""
    kind = "Trial" if twilio.is_trial else "Full"
    return json({"sid": twilio.account, "status": "active", "type": kind, "auth_token": twilio.token})


async def media(twilio: Twilio, request: Request) -> Response:
    """GET a file: it is somewhere else."""
    id = f"{request.path_params['message']}/{request.path_params['file']}"
    return RedirectResponse(f"{twilio.url}/kept/{id}", 307) if id in twilio.files else refusal(twilio, "20404")


async def numbers(twilio: Twilio, request: Request) -> Response:
    """GET the numbers, by one of them."""
    found = twilio.numbers.get(request.query_params.get("PhoneNumber", ""))
    return json({"incoming_phone_numbers": [number_shown(found)] if found else []})


async def set_number(twilio: Twilio, request: Request) -> Response:
    """POST where a number's messages are told."""
    number = next(one for one in twilio.numbers.values() if one.sid == request.path_params["sid"])
    form = parse_qs((await request.body()).decode())
    number.webhook = form["SmsUrl"][0]
    number.fallback = form.get("SmsFallbackUrl", [""])[0]
    return json(number_shown(number))


def number_shown(number: Number) -> dict[str, Any]:
    """As a resource."""
    about = {"sid": number.sid, "phone_number": number.address, "capabilities": number.can}
    return {**about, "sms_url": number.webhook, "sms_method": "POST"}


async def senders(twilio: Twilio, request: Request) -> Response:
    """GET the senders of WhatsApp."""
    found = [one for one in twilio.numbers.values() if one.address.startswith("whatsapp:")]
    return json({"senders": [sender_shown(one) for one in found], "meta": {"next_page_url": None}})


async def set_sender(twilio: Twilio, request: Request) -> Response:
    """POST where a sender's messages are told."""
    sender = next(one for one in twilio.numbers.values() if one.sid == request.path_params["sid"])
    hook = msgspec.json.decode(await request.body())["webhook"]
    sender.webhook, sender.fallback = hook["callback_url"], hook.get("fallback_url", "")
    return json(sender_shown(sender), 202)


def sender_shown(sender: Number) -> dict[str, Any]:
    """As a resource."""
    hook = {"callback_url": sender.webhook, "callback_method": "POST"}
    return {
        "sid": sender.sid,
        "sender_id": sender.address,
        "status": "ONLINE",
        "webhook": hook,
        "offline_reasons": None,
    }


async def service(twilio: Twilio, request: Request) -> Response:
    """GET a messaging service."""
    sid = request.path_params["sid"]
    return json({"sid": sid, **twilio.services[sid]}) if sid in twilio.services else refusal(twilio, "20404")


async def set_service(twilio: Twilio, request: Request) -> Response:
    """POST where a service's messages are told."""
    form = parse_qs((await request.body()).decode())
    changed = {"inbound_request_url": form["InboundRequestUrl"][0], "use_inbound_webhook_on_number": False}
    changed["fallback_url"] = form.get("FallbackUrl", [""])[0]
    twilio.services[request.path_params["sid"]].update(changed)
    return await service(twilio, request)


def routes(twilio: Twilio) -> list[Route]:
    """All of it, for whoever has the account's token; files also for whoever knows where they are kept."""
    pair = f"{twilio.account}:{twilio.token}".encode()
    key = f"Basic {base64.b64encode(pair).decode()}"

    def route(path: str, method: str, answer: Answer) -> Route:
        async def endpoint(request: Request) -> Response:
            is_account = request.path_params.get("account", twilio.account) == twilio.account
            if request.headers.get("authorization") != key or not is_account:
                return refusal(twilio, "20003")
            try:
                return await answer(twilio, request)
            except (KeyError, RuntimeError, msgspec.DecodeError):
                return refusal(twilio, "20404")

        return Route(path, endpoint, methods=[method])

    async def kept(request: Request) -> Response:
        if "authorization" in request.headers:
            return Response(b"<Error>Only one way to sign in is allowed</Error>", 400)
        type, content = twilio.files[f"{request.path_params['message']}/{request.path_params['file']}"]
        return Response(content, media_type=type)

    return [
        route(f"{ACCOUNT}.json", "GET", account),
        route(f"{ACCOUNT}/Messages.json", "POST", messages.take),
        route(f"{ACCOUNT}/Messages.json", "GET", messages.listed),
        route(f"{ACCOUNT}/Messages/{{message}}/Media/{{file}}", "GET", media),
        route(f"{ACCOUNT}/IncomingPhoneNumbers.json", "GET", numbers),
        route(f"{ACCOUNT}/IncomingPhoneNumbers/{{sid}}.json", "POST", set_number),
        route("/v1/Services/{sid}", "GET", service),
        route("/v1/Services/{sid}", "POST", set_service),
        route("/v2/Channels/Senders", "GET", senders),
        route("/v2/Channels/Senders/{sid}", "POST", set_sender),
        route("/v1/Content", "POST", contents.make),
        route("/v1/Content/{sid}", "DELETE", contents.delete),
        route("/v1/Content/{sid}/ApprovalRequests/whatsapp", "POST", contents.hand_in),
        route("/v1/ContentAndApprovals", "GET", contents.listed),
        Route("/kept/{message}/{file}", kept),
    ]
