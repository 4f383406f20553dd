"""How a line stands at Mailgun: whether its domain is verified, and who is told what comes in and goes out."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from channels.base import Access, Finding, Out
from channels.mailgun.asking import ask, domain_of
from channels.reading import Fields

# What we want to hear. That a mail has failed for now says nothing: Mailgun tries again by itself.
WANTED = ("accepted", "delivered", "opened", "permanent_fail", "complained", "unsubscribed")
# By how the URL ends Mailgun knows that mails are wanted whole.
INBOUND = "/mail?as=mime"
ACTIVE = "active"
PAGE, MOST_ROUTES = 1000, 10_000
POINT = "Let Parley set it, or enter the line's webhook URL at Mailgun, under Send, Webhooks."


async def probe(out: Out, access: Access) -> Sequence[Finding]:
    """What is well, and what is missing."""
    domain = (await ask(out, access, "GET", at_domain(access, "", "v4"))).part("domain")
    missing = await missing_of(out, access)
    return [domain_found(access, domain), hooks_found(missing), route_found(access, await has_route(out, access))]


async def point(out: Out, access: Access) -> None:
    """Let both come here: what becomes of mails, and mails that come in. What others hear stays as it is."""
    for kind in await missing_of(out, access):
        form = [("url", access.webhook), ("event_types", kind)]
        await ask(out, access, "POST", at_domain(access, "/webhooks", "v4"), form)
    if not await has_route(out, access):
        form = [
            ("priority", "0"),
            ("description", f"Parley, {access.address}"),
            ("expression", expression(access)),
            ("action", action(access)),
        ]
        await ask(out, access, "POST", "/v3/routes", form)


async def missing_of(out: Out, access: Access) -> list[str]:
    """The kinds of events that are not told here."""
    hooks = (await ask(out, access, "GET", at_domain(access, "/webhooks"))).part("webhooks")
    return [kind for kind in WANTED if access.webhook not in hooks.part(kind).items("urls")]


async def has_route(out: Out, access: Access) -> bool:
    """Whether mails that come in are forwarded here."""
    for skipped in range(0, MOST_ROUTES, PAGE):
        page = await ask(out, access, "GET", f"/v3/routes?limit={PAGE}&skip={skipped}")
        routes = [Fields.of(one) for one in page.items("items")]
        if any(access.webhook + "/mail" in str(one) for route in routes for one in route.items("actions")):
            return True
        if len(routes) < PAGE:
            break
    return False


def expression(access: Access) -> str:
    """For which recipients: the line's address and that of the answers, with anything behind a plus."""
    addresses = dict.fromkeys([access.address, access.values.get("reply_address", "") or access.address])
    either = "|".join(pattern(one) for one in addresses)
    return f'match_recipient("^({either})$")'


def pattern(address: str) -> str:
    """An address as the pattern of a route; its letters stand for themselves."""
    local, _, domain = address.rpartition("@")
    return rf"{re.escape(local)}(\+.+)?@{re.escape(domain)}"


def action(access: Access) -> str:
    """What is done with them."""
    return f'forward("{access.webhook}{INBOUND}")'


def domain_found(access: Access, domain: Fields) -> Finding:
    """Whether it may send."""
    name, state = domain_of(access), domain.text("state")
    if state == ACTIVE and domain.values.get("is_disabled") is not True:
        return finding("domain", f"{name} is verified.")
    return finding(
        "domain", f"{name} is {state or 'unknown'} at Mailgun.", "Set up its DNS records, as Mailgun shows them."
    )


def hooks_found(missing: Sequence[str]) -> Finding:
    """Whether we are told what becomes of mails."""
    if not missing:
        return finding("webhook", "What becomes of mails is told to Parley.")
    return finding("webhook", f"Not told to Parley: {', '.join(missing)}.", POINT)


def route_found(access: Access, is_there: bool) -> Finding:
    """Whether mails that come in come to us."""
    if is_there:
        return finding("inbound", "Mails that come in at Mailgun are forwarded to Parley.")
    advice = f"Let Parley set it, or enter at Mailgun, under Receiving, a route with {action(access)}."
    return finding("inbound", "Mails that come in at Mailgun are not forwarded to Parley.", advice)


def at_domain(access: Access, path: str, version: str = "v3") -> str:
    """Where the domain itself is."""
    return f"/{version}/domains/{quote(domain_of(access), safe='')}{path}"


def finding(about: str, words: str, advice: str = "") -> Finding:
    """What needs no advice is well."""
    return Finding(about=about, is_well=not advice, words=words, advice=advice)
