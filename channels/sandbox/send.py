"""Handing messages to the sandbox, and asking what became of them."""

from typing import Any
from urllib.parse import quote

import msgspec

from channels.answers import BY_STATUS, failure_of, read, wait_of
from channels.base import Access, Content, HttpAnswer, Medium, Out, Outbound, Receipt, Refused, Unsure
from channels.reading import Fields
from channels.sandbox.failures import FAILURES


async def send(out: Out, access: Access, medium: Medium, message: Outbound) -> Receipt:
    """Hand it over. Only what the provider says in so many words counts as a yes or a no."""
    body = {
        "client_id": message.id,
        "channel": medium.value,
        "from": access.address,
        "to": message.to.value,
        **content(message.content),
    }
    answer = await out("POST", place(access), headers=headers(access), content=msgspec.json.encode(body))
    if not (id := settled(answer).id("id")):
        raise Unsure("a yes that names no message")
    return Receipt(id=id)


def settled(answer: HttpAnswer) -> Fields:
    """What it says; raises Refused or Unsure where that is no yes."""
    said = read(answer)
    if 200 <= answer.status < 300:
        return said
    if code := refusal(answer.status, said.part("error").id("code")):
        raise Refused(failure_of(FAILURES, code), retry_after=wait_of(answer))
    raise Unsure(f"an answer of {answer.status} that says neither yes nor no")


def refusal(status: int, code: str) -> str:
    """Why it surely has not been taken; empty when it may have been."""
    if status < 300 or (status >= 500 and code not in FAILURES):
        return ""
    return code or (BY_STATUS[status].code if status in BY_STATUS else "")


def content(said: Content) -> dict[str, Any]:
    """What it says, as the wire has it. What is empty is left out."""
    fields = {
        # The words of a template are the provider's own.
        "text": "" if said.template else said.text,
        "subject": said.subject,
        "media": [{"type": file.type, "name": file.name, "url": file.url} for file in said.media],
        "location": msgspec.to_builtins(said.place) if said.place else None,
        "cards": [msgspec.to_builtins(card) for card in said.cards],
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
    used, media = said.template, said.template.header_media
    fields = {
        "names": [*used.names],
        "header": used.header,
        "header_media": {"type": media.type, "name": media.name, "url": media.url} if media else None,
        "header_place": msgspec.to_builtins(used.header_place) if used.header_place else None,
        "buttons": [msgspec.to_builtins(button) for button in used.buttons],
    }
    more = {name: value for name, value in fields.items() if value}
    return {"name": used.name, "language": used.language, "values": [*used.values], **more}


async def lookup(out: Out, access: Access, id: str) -> list[Receipt]:
    """What it has taken under our id. Nothing only when it plainly has nothing: a message must not go out twice because
    some proxy did not find the page."""
    answer = await out("GET", f"{place(access)}?client_id={quote(id, safe='')}", headers=headers(access))
    listed = read(answer).values.get("messages")
    if answer.status != 200 or not isinstance(listed, list):
        raise Unsure(f"an answer of {answer.status} that is no list")
    found = [message for message in map(Fields.of, listed) if message.id("client_id") == id and message.id("id")]
    if listed and not found:
        raise Unsure("an answer about other messages")
    return [Receipt(id=message.id("id")) for message in found[:1]]


def place(access: Access) -> str:
    """Where messages are handed over."""
    return access.values.get("url", "").rstrip("/") + "/v1/messages"


def headers(access: Access) -> dict[str, str]:
    """Who we are."""
    return {"authorization": f"Bearer {access.values.get('key', '')}", "content-type": "application/json"}
