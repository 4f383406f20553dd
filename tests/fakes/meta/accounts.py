"""What belongs to an account of WhatsApp, and not to one of its numbers: webhooks and templates."""

from starlette.requests import Request
from starlette.responses import Response

from tests.fakes.meta.answering import VERSION, Body, read_body, refusal, unknown
from tests.fakes.meta.provider import Meta
from tests.fakes.meta.templates import Template, wrong_with
from tests.fakes.serving import json

DELETED = "This name was deleted in this language, and is free again after 4 weeks."
CHANGEABLE = ("APPROVED", "REJECTED", "PAUSED")
FILES, NO_EXAMPLE = ("IMAGE", "VIDEO", "DOCUMENT"), "A header with a file needs an example of it."
TWICE = "The account has this template in this language already."


async def subscribed(meta: Meta, request: Request) -> Response:
    """GET /{account}/subscribed_apps."""
    webhook = meta.webhooks.get(request.path_params["id"])
    if webhook is None:
        return unknown(request.path_params["id"])
    app = {"whatsapp_business_api_data": {"id": "67890", "name": "Acme's app", "link": "https://acme.test/"}}
    override = {"override_callback_uri": webhook.url} if webhook.url else {}
    return json({"data": [{**app, **override}] if webhook.is_subscribed else []})


async def subscribe(meta: Meta, request: Request) -> Response:
    """POST /{account}/subscribed_apps: Meta first asks whoever is to get the webhooks."""
    webhook, body = meta.webhooks.get(request.path_params["id"]), await read_body(request)
    if webhook is None:
        return unknown(request.path_params["id"])
    url = body.get("override_callback_uri", "")
    if url and not await webhook.asks(url, body.get("verify_token", "")):
        return refusal("2200", "(#2200) Callback verification failed")
    webhook.url, webhook.is_subscribed = url or webhook.url, True
    return json({"success": True})


async def list_templates(meta: Meta, request: Request) -> Response:
    """GET /{account}/message_templates: page by page."""
    account, query = request.path_params["id"], request.query_params
    named = [one for one in meta.templates if one.account == account and query.get("name", "") in one.name]
    start, limit = int(query.get("after") or 0), int(query.get("limit", 25))
    page, end = named[start : start + limit], start + limit
    paging: Body = {"cursors": {"before": str(start), "after": str(end)}} if page else {}
    if end < len(named):
        paging["next"] = f"{meta.url}{VERSION}/{account}/message_templates?after={end}"
    return json({"data": [one.shown for one in page], "paging": paging})


async def make_template(meta: Meta, request: Request) -> Response:
    """POST /{account}/message_templates: it waits to be approved."""
    account, body = request.path_params["id"], await read_body(request)
    if why := wrong_with(body["components"]) or without_example(meta, body["components"]):
        return refusal("100", "Invalid parameter", subcode=2388299, words=why)
    named = (account, body["name"], body["language"])
    if any((one.account, one.name, one.language) == named for one in meta.templates):
        return refusal("100", "Invalid parameter", subcode=2388024, words=TWICE)
    if named in meta.deleted:
        return refusal("100", "Invalid parameter", subcode=2388023, words=DELETED)
    format = body.get("parameter_format", "POSITIONAL")
    template = Template(
        meta.new_template_id(),
        account,
        body["name"],
        body["language"],
        body["category"],
        body["components"],
        format=format,
    )
    meta.templates.append(template)
    return json({"id": template.id, "status": template.status, "category": template.category})


async def change_template(meta: Meta, request: Request) -> Response:
    """POST /{template}: other words, which wait to be approved."""
    found, body = [one for one in meta.templates if one.id == request.path_params["id"]], await read_body(request)
    if not found:
        return unknown(request.path_params["id"])
    if found[0].status not in CHANGEABLE:
        return refusal(
            "100", "Invalid parameter", subcode=2593017, words="A template that is being looked at cannot be changed."
        )
    if why := wrong_with(body["components"]) or without_example(meta, body["components"]):
        return refusal("100", "Invalid parameter", subcode=2388299, words=why)
    found[0].components, found[0].status = body["components"], "PENDING"
    return json({"success": True})


async def delete_template(meta: Meta, request: Request) -> Response:
    """DELETE /{account}/message_templates?name=…: in all languages, or only the one with the id."""
    account, query = request.path_params["id"], request.query_params
    gone = [one for one in meta.templates if (one.account, one.name) == (account, query["name"])]
    gone = [one for one in gone if query.get("hsm_id", one.id) == one.id]
    if not gone:
        return refusal("100", "Message template not found", subcode=2593002)
    meta.templates = [one for one in meta.templates if one not in gone]
    meta.deleted |= {(account, one.name, one.language) for one in gone}
    return json({"success": True})


def without_example(meta: Meta, components: list[Body]) -> str:
    """What Meta says of a file above the words of which it has no example."""
    wanted = [part for part in components if part.get("format") in FILES]
    handles = [handle for part in wanted for handle in part.get("example", {}).get("header_handle", [])]
    return "" if all(handle in meta.examples for handle in handles) and len(handles) == len(wanted) else NO_EXAMPLE
