"""How a line stands at SendGrid: whether its domain is authenticated, and who is told what comes in and goes out."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from msgspec.structs import replace

from channels.base import Access, Finding, Out, Refused, finding
from channels.reading import Fields
from channels.sendgrid.asking import ask
from channels.sendgrid.failures import INBOUND_TAKEN

HOOKS, PARSES = "/v3/user/webhooks/event/settings", "/v3/user/webhooks/parse/settings"
# What we want to hear. What else there is says nothing of how a mail fares.
WANTED = ("processed", "delivered", "open", "bounce", "dropped", "spam_report", "unsubscribe", "group_unsubscribe")
UNHEARD = ("deferred", "click", "group_resubscribe")
HOST = re.compile(r"https?://(?:[^/?#]*@)?([^/?#@]+)")
POINT = "Let Parley set it, or enter the line's webhook URL at SendGrid, under Mail Settings, Event Webhooks."


async def probe(out: Out, access: Access) -> Sequence[Finding]:
    """What is well, and what is missing."""
    domains = await ask(
        out, access, "GET", f"/v3/whitelabel/domains?{urlencode({'domain': domain_of(access.address)})}"
    )
    found = [domain_found(access, domains if isinstance(domains, list) else [])]
    hook = hook_in(access, await ask(out, access, "GET", f"{HOOKS}/all"))
    found += hook_found(access, hook)
    if inbound_at(access):
        found.append(parse_found(access, parse_in(access, await ask(out, access, "GET", PARSES))))
    return found


async def point(out: Out, access: Access) -> None:
    """Let both webhooks come here: what becomes of mails, signed, and mails that come in, where the line has a key."""
    hook = hook_in(access, await ask(out, access, "GET", f"{HOOKS}/all"))
    wanted = {**dict.fromkeys(WANTED, True), **dict.fromkeys(UNHEARD, False), "enabled": True, "url": access.webhook}
    if id := hook.id("id"):
        await ask(out, access, "PATCH", f"{HOOKS}/{quote(id, safe='')}", wanted)
    else:
        made = Fields.of(await ask(out, access, "POST", HOOKS, {**wanted, "friendly_name": "Parley"}))
        id = made.id("id")
    if not hook.text("public_key"):
        await ask(out, access, "PATCH", f"{HOOKS}/signed/{quote(id, safe='')}", {"enabled": True})
    if inbound_at(access):
        await point_parse(out, access)


async def point_parse(out: Out, access: Access) -> None:
    """Mails that come to the domain of the answers. They go to one place alone, which is taken from nobody; where that
    is another line of the account, answers find their conversations by it."""
    host, parse = host_of(access), parse_in(access, await ask(out, access, "GET", PARSES))
    wanted = {"url": inbound_at(access), "send_raw": True, "spam_check": False}
    if not parse.values:
        await ask(out, access, "POST", PARSES, {**wanted, "hostname": host})
    elif is_own(access, parse.text("url")):
        await ask(out, access, "PATCH", f"{PARSES}/{quote(host, safe='')}", wanted)
    elif not is_of_account(access, parse.text("url")):
        words = f"Mails to {host} go to {place_of(parse)} at SendGrid, and Parley takes them from nobody."
        raise Refused(replace(INBOUND_TAKEN, words=words))


def is_own(access: Access, url: str) -> bool:
    """Whether it is the line's, be it with another word behind it, or under an address that Parley had before."""
    return url.partition("?")[0].endswith(f"{urlsplit(access.webhook).path}/mail")


def is_of_account(access: Access, url: str) -> bool:
    """Whether it is that of another line of the same account."""
    return url.startswith(tuple(f"{webhook}/mail?" for webhook in access.webhooks if webhook != access.webhook))


def place_of(parse: Fields) -> str:
    """Where mails go, without what may be a secret."""
    found = HOST.match(parse.text("url"))
    return found[1] if found else "somewhere else"


def domain_found(access: Access, domains: Sequence[Any]) -> Finding:
    """Whether SendGrid may sign what comes from it."""
    name = domain_of(access.address)
    is_known = any(
        one.text("domain").lower() == name and one.values.get("valid") is True for one in map(Fields.of, domains)
    )
    if is_known:
        return finding("domain", f"{name} is authenticated.")
    advice = (
        "Authenticate it at SendGrid, under Settings, Sender Authentication: mails without that are taken for spam."
    )
    return finding("domain", f"{name} is not authenticated at SendGrid.", advice)


def hook_found(access: Access, hook: Fields) -> list[Finding]:
    """Whether we are told what becomes of mails, and can believe it."""
    if not hook.values:
        return [finding("webhook", "Nobody tells Parley what becomes of mails.", POINT)]
    missing = [name for name in WANTED if hook.values.get(name) is not True]
    if hook.values.get("enabled") is not True or missing:
        return [finding("webhook", "Not all that becomes of mails is told to Parley.", POINT)]
    key, told = hook.text("public_key"), finding("webhook", "What becomes of mails is told to Parley.")
    if not key:
        return [told, finding("public_key", "What is told to Parley is not signed.", POINT)]
    if key not in access.values.get("public_key", "").split():
        return [told, finding("public_key", "The line has not the webhook's key.", f"Enter as its public_key: {key}")]
    return [told, finding("public_key", "What is told to Parley is signed.")]


def parse_found(access: Access, parse: Fields) -> Finding:
    """Whether mails that come in come to us."""
    host, url = host_of(access), parse.text("url")
    if url == inbound_at(access) or is_of_account(access, url):
        return finding("inbound", f"Mails to {host} come to Parley, once its MX record is mx.sendgrid.net.")
    if url and not is_own(access, url):
        return finding("inbound", f"Mails to {host} go to {place_of(parse)} at SendGrid.", INBOUND_TAKEN.advice)
    advice = f"Let Parley set it, or enter for {host}, under Settings, Inbound Parse: {access.webhook}/mail?key=…"
    return finding("inbound", f"Mails to {host} do not come to Parley.", advice)


def hook_in(access: Access, listed: Any) -> Fields:
    """The webhook that is ours; nothing where none is."""
    hooks = map(Fields.of, Fields.of(listed).items("webhooks"))
    return next((one for one in hooks if one.text("url") == access.webhook), Fields({}))


def parse_in(access: Access, listed: Any) -> Fields:
    """What happens to mails to the domain of the answers; nothing where SendGrid knows nothing of it."""
    parses = map(Fields.of, Fields.of(listed).items("result"))
    return next((one for one in parses if one.text("hostname").lower() == host_of(access)), Fields({}))


def inbound_at(access: Access) -> str:
    """Where mails come in; empty where no word keeps others from sending some."""
    key = access.values.get("inbound_key", "")
    return f"{access.webhook}/mail?{urlencode({'key': key})}" if key else ""


def host_of(access: Access) -> str:
    """Behind the @ of whatever answers come back to."""
    return domain_of(access.values.get("reply_address", "") or access.address)


def domain_of(address: str) -> str:
    """Behind the @."""
    return address.rpartition("@")[2].strip().lower()
