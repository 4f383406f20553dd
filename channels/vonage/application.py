"""The application at Vonage that a line's numbers are linked to: where its webhooks go, and which numbers it has."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from channels.answers import INVALID
from channels.base import Access, Finding, Out, Refused
from channels.numbers import with_plus
from channels.reading import Fields
from channels.vonage.asking import ask, older, place

WEBHOOKS = ("inbound_url", "status_url")
MOST_NUMBERS = 100


async def probe(out: Out, access: Access) -> Sequence[Finding]:
    """What is well and what is missing."""
    found = await ask(out, access, "GET", application(access))
    mine = older(access, f"/account/numbers?application_id={name(access)}&size={MOST_NUMBERS}")
    listed = (await ask(out, access, "GET", mine)).items("numbers")
    linked = {with_plus(Fields.of(one).id("msisdn")) for one in listed}
    return [*webhooks(access, found), *lent(access, linked)]


def webhooks(access: Access, found: Fields) -> Iterator[Finding]:
    """Whether they come to us, in the form that we read, and their files without a key."""
    messages = found.part("capabilities").part("messages")
    places = {messages.part("webhooks").part(name).text("address") for name in WEBHOOKS}
    words = "What people write comes to Parley." if places == {access.webhook} else "Its webhooks go elsewhere."
    advice = "" if places == {access.webhook} else f"Enter {access.webhook} as Inbound URL and as Status URL."
    yield Finding(about="webhook", is_well=not advice, words=words, advice=advice)
    if messages.text("version") not in ("", "v1"):
        words = "The application's webhooks have an older form, which Parley does not read."
        yield Finding(about="version", is_well=False, words=words, advice="Set the application's version to v1.")
    if messages.values.get("authenticate_inbound_media") is True:
        words = "Files that people send are handed out by another key only."
        yield Finding(about="media", is_well=False, words=words, advice="Switch off Secure Inbound Media.")


def lent(access: Access, linked: set[str]) -> Iterator[Finding]:
    """Whether what people write to the line's numbers comes to the application."""
    for number in dict.fromkeys(access.names):
        is_there = number in linked
        words = f"{number} is linked to the application." if is_there else f"{number} is not linked to the application."
        advice = "" if is_there else "Link it in the application's settings at Vonage."
        yield Finding(about="number", is_well=is_there, words=words, advice=advice)


async def point(out: Out, access: Access) -> None:
    """Both webhooks to us. The rest of the application stays as it is; Vonage takes it only as a whole."""
    found = (await ask(out, access, "GET", application(access))).values
    capabilities = Fields.of(found.get("capabilities")).values
    kept = Fields.of(capabilities.get("messages")).values
    hooks = {one: {"address": access.webhook, "http_method": "POST"} for one in WEBHOOKS}
    messages = {**kept, "version": "v1", "webhooks": hooks}
    whole: dict[str, Any] = {one: found[one] for one in ("name", "keys", "privacy") if one in found}
    body = {**whole, "capabilities": {**capabilities, "messages": messages}}
    if not body.get("name"):
        raise Refused(INVALID)
    await ask(out, access, "PUT", application(access), body)


def application(access: Access) -> str:
    """Where it is."""
    return place(access, f"/v2/applications/{name(access)}")


def name(access: Access) -> str:
    """Its id, as a step of a path."""
    return quote(access.values.get("application", "").strip(), safe="")
