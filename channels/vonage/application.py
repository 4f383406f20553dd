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
A_PAGE, MOST_PAGES = 100, 100


async def probe(out: Out, access: Access) -> Sequence[Finding]:
    """What is well and what is missing."""
    found = await ask(out, access, "GET", application(access))
    return [*webhooks(access, found), *lent(access, await numbers(out, access))]


async def numbers(out: Out, access: Access) -> set[str]:
    """All that are linked to the application, page by page."""
    linked = set[str]()
    for index in range(1, MOST_PAGES + 1):
        query = f"application_id={name(access)}&index={index}&size={A_PAGE}"
        listed = (await ask(out, access, "GET", older(access, f"/account/numbers?{query}"))).items("numbers")
        linked |= {with_plus(Fields.of(one).id("msisdn")) for one in listed}
        if len(listed) < A_PAGE:
            break
    return linked


def webhooks(access: Access, found: Fields) -> Iterator[Finding]:
    """Whether they come to us, in the form that we read, and their files without a key. Lines of one application share
    its addresses."""
    messages = found.part("capabilities").part("messages")
    is_ours = all(access.is_told_at(messages.part("webhooks").part(name).text("address")) for name in WEBHOOKS)
    words = "What people write comes to Parley." if is_ours else "Its webhooks go elsewhere."
    advice = "" if is_ours else f"Enter {access.webhook} as Inbound URL and as Status URL."
    yield Finding(about="webhook", is_well=not advice, words=words, advice=advice)
    if messages.text("version") not in ("", "v1"):
        words = "The application's webhooks have an older form, which Parley does not read."
        yield Finding(about="version", is_well=False, words=words, advice="Set the application's version to v1.")
    if messages.values.get("authenticate_inbound_media") is True:
        words = "Files that people send are handed out by another key only."
        yield Finding(about="media", is_well=False, words=words, advice="Switch off Secure Inbound Media.")


def lent(access: Access, linked: set[str]) -> Iterator[Finding]:
    """Whether what people write to the line's numbers comes to the application. Short codes are not looked for: nothing
    of Vonage's says that they are listed there."""
    for number in dict.fromkeys(name for name in access.names if name.startswith("+")):
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
    return quote(access.values.get("application", ""), safe="")
