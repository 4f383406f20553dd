"""How a line stands at Mailgun: whether its domain is verified, and who is told what comes in and goes out."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from channels.base import Access, Finding, Out, finding
from channels.mailgun.asking import Pairs, ask, domain_of
from channels.reading import Fields

# What we want to hear. That a mail has failed for now says nothing: Mailgun tries again by itself.
WANTED = ("accepted", "delivered", "opened", "permanent_fail", "complained", "unsubscribed")
# By how the URL ends Mailgun knows that mails are wanted whole.
INBOUND = "/mail?as=mime"
ACTIVE = "active"
# How the description of a route begins that we have made.
MADE_BY_US = "Parley, "
PAGE, MOST_ROUTES = 1000, 10_000
POINT = "Let Parley set it, or enter the line's webhook URL at Mailgun, under Send, Webhooks."


async def probe(out: Out, access: Access) -> Sequence[Finding]:
    """What is well, and what is missing."""
    domain = (await ask(out, access, "GET", at_domain(access, "", "v4"))).part("domain")
    missing = await missing_of(out, access)
    return [domain_found(access, domain), hooks_found(missing), route_found(access, await find_route(out, access))]


async def point(out: Out, access: Access) -> None:
    """Let both come here: what becomes of mails, and mails that come in. What others hear stays as it is."""
    for kind in await missing_of(out, access):
        form = [("url", access.webhook), ("event_types", kind)]
        await ask(out, access, "POST", at_domain(access, "/webhooks", "v4"), form)
    route = await find_route(out, access)
    if not is_for_all(access, route):
        way = ("PUT", f"/v3/routes/{quote(route.id('id'), safe='')}") if route.values else ("POST", "/v3/routes")
        await ask(out, access, *way, wanted(access))


async def missing_of(out: Out, access: Access) -> list[str]:
    """The kinds of events that are not told here."""
    hooks = (await ask(out, access, "GET", at_domain(access, "/webhooks"))).part("webhooks")
    return [kind for kind in WANTED if access.webhook not in hooks.part(kind).items("urls")]


async def find_route(out: Out, access: Access) -> Fields:
    """One that forwards mails to here, for all of the line's addresses if there is such a one; empty where there is
    none."""
    found = [route for route in await list_routes(out, access) if is_here(access, route)]
    return next((one for one in found if is_for_all(access, one)), found[0] if found else Fields({}))


async def list_routes(out: Out, access: Access) -> list[Fields]:
    """All of the account."""
    routes: list[Fields] = []
    while len(routes) < MOST_ROUTES:
        page = await ask(out, access, "GET", f"/v3/routes?limit={PAGE}&skip={len(routes)}")
        listed = page.items("items")
        routes += map(Fields.of, listed)
        if len(listed) < PAGE:
            break
    return routes


def is_here(access: Access, route: Fields) -> bool:
    """Whether it leads to the line's webhook."""
    return any(f"{access.webhook}/mail" in str(one) for one in route.items("actions"))


def is_for_all(access: Access, route: Fields) -> bool:
    """Whether it takes the mails to all of the line's addresses. Of one that somebody has made by hand they know."""
    is_of_ours = route.text("description").startswith(MADE_BY_US)
    return bool(route.values) and (not is_of_ours or route.text("expression") == expression(access))


def wanted(access: Access) -> Pairs:
    """The route, as it is to be."""
    return [
        ("priority", "0"),
        ("description", f"{MADE_BY_US}{access.address}"),
        ("expression", expression(access)),
        ("action", action(access)),
    ]


def expression(access: Access) -> str:
    """For which recipients: the line's address and that of the answers, with anything behind a plus."""
    either = "|".join(pattern(one) for one in addresses_of(access))
    return f'match_recipient("^({either})$")'


def addresses_of(access: Access) -> list[str]:
    """Which people write to."""
    return list(dict.fromkeys([access.address, access.values.get("reply_address", "") or access.address]))


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


def route_found(access: Access, route: Fields) -> Finding:
    """Whether mails that come in come to us."""
    if is_for_all(access, route):
        return finding("inbound", "Mails that come in at Mailgun are forwarded to Parley.")
    advice = f"Let Parley set it, or enter at Mailgun, under Receiving, a route with {action(access)}."
    if route.values:
        addresses = " and ".join(addresses_of(access))
        return finding("inbound", f"Mailgun forwards mails to Parley, but not all that come to {addresses}.", advice)
    return finding("inbound", "Mails that come in at Mailgun are not forwarded to Parley.", advice)


def at_domain(access: Access, path: str, version: str = "v3") -> str:
    """Where the domain itself is."""
    return f"/{version}/domains/{quote(domain_of(access), safe='')}{path}"
