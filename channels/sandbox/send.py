"""Handing messages to the sandbox, and asking what became of them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import msgspec

from channels.base import Access, Content, Http, HttpAnswer, Medium, Outbound, Receipt, Refused, Unsure
from channels.sandbox.failures import FAILURES, RATE_LIMITED, WRONG_KEY, WRONG_URL, failure_of, wait_of
from channels.sandbox.reading import Fields

# What the statuses mean where the provider does not say more; whoever answers with another one may have taken it.
SURELY_REFUSED: Mapping[int, str] = {
    **dict.fromkeys((301, 302, 303, 307, 308, 404, 405, 410), WRONG_URL),
    **dict.fromkeys((400, 413, 415, 422), "invalid"),
    **dict.fromkeys((401, 403), WRONG_KEY),
    429: RATE_LIMITED,
}


async def send(http: Http, access: Access, medium: Medium, message: Outbound) -> Receipt:
    """Hand it over. Only what the provider says in so many words counts as a yes or a no."""
    body = {
        "client_id": message.id,
        "channel": medium.value,
        "from": access.address,
        "to": message.to.value,
        **content(message.content),
    }
    answer = await http("POST", place(access), headers=headers(access), content=msgspec.json.encode(body))
    said = read(answer)
    if 200 <= answer.status < 300 and (id := said.id("id")):
        return Receipt(id=id)
    if code := refusal(answer.status, said.part("error").id("code")):
        raise Refused(failure_of(code), retry_after=wait_of(answer.headers.get("retry-after", "")))
    raise Unsure(f"an answer of {answer.status} that says neither yes nor no")


def refusal(status: int, code: str) -> str:
    """Why it surely has not been taken; empty when it may have been."""
    if status < 300 or (status >= 500 and code not in FAILURES):
        return ""
    return code or SURELY_REFUSED.get(status, "")


def content(said: Content) -> dict[str, Any]:
    """What it says, as the wire has it. What is empty is left out."""
    fields = {
        "text": said.text,
        "subject": said.subject,
        "media": [{"type": file.type, "name": file.name, "url": file.url} for file in said.media],
        "location": msgspec.to_builtins(said.place) if said.place else None,
        "choices": [{"title": choice.title, "payload": choice.payload} for choice in said.choices],
        "reply_to": said.reply_to,
        "template": template(said),
    }
    if said.reaction is not None:
        fields |= {"reaction": {"emoji": said.reaction, "message_id": said.reply_to}, "reply_to": ""}
    return {name: value for name, value in fields.items() if value}


def template(said: Content) -> dict[str, Any] | None:
    """The template and what stands in its blanks."""
    if said.template is None:
        return None
    used = said.template
    return {"name": used.name, "language": used.language, "values": [*used.values]}


async def lookup(http: Http, access: Access, id: str) -> Receipt | None:
    """What it has taken under our id. None only when it plainly has nothing: a message must not go out twice because
    some proxy did not find the page."""
    answer = await http("GET", f"{place(access)}?client_id={quote(id, safe='')}", headers=headers(access))
    listed = read(answer).values.get("messages")
    if answer.status != 200 or not isinstance(listed, list):
        raise Unsure(f"an answer of {answer.status} that is no list")
    found = [message for message in map(Fields.of, listed) if message.id("client_id") == id and message.id("id")]
    if listed and not found:
        raise Unsure("an answer about other messages")
    return Receipt(id=found[0].id("id")) if found else None


def place(access: Access) -> str:
    """Where messages are handed over."""
    return access.values.get("url", "").rstrip("/") + "/v1/messages"


def headers(access: Access) -> dict[str, str]:
    """Who we are."""
    return {"authorization": f"Bearer {access.values.get('key', '')}", "content-type": "application/json"}


def read(answer: HttpAnswer) -> Fields:
    """What an answer says; nothing, where it makes no sense."""
    try:
        return Fields.of(msgspec.json.decode(answer.body))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Fields({})
