"""What can be wrong between the world and us."""

import ipaddress
from urllib.parse import urlsplit

import msgspec

from hub.deps import Deps
from hub.doctor.models import Finding, failed, note, well
from hub.egress import Egress, EgressFailed, EgressRefused
from hub.mail import actions as own_mail
from hub.operations.presence import list_present

NAME = "public URL"
LOOPBACK = ("127.0.0.0/8", "::1/128")


async def public_url(deps: Deps) -> Finding:
    """Do requests to the public URL arrive here? Providers send their webhooks there."""
    url = deps.settings.base_url
    if is_loopback(url):
        return await loopback_url(deps, url)
    if not url.startswith("https://"):
        return failed(NAME, f"{url} is not https", "Put a certificate in front: providers and browsers insist on it.")
    return await ask_for_us(deps, deps.egress, url)


async def loopback_url(deps: Deps, url: str) -> Finding:
    """Good for trying out, and reachable from this machine alone."""
    if not any(process["kind"] == "web" for process in await list_present(deps)):
        return note(NAME, f"{url}; the hub is not running, so it was not asked", "python -m hub run")
    async with Egress.open(allow=LOOPBACK) as egress:
        found = await ask_for_us(deps, egress, url)
    if found.mend:
        return found
    return note(
        NAME,
        f"{url} answers, from this machine alone",
        "For webhooks of providers set PARLEY_PUBLIC_URL to an https address that leads here.",
    )


async def ask_for_us(deps: Deps, egress: Egress, url: str) -> Finding:
    """Ask who answers there."""
    try:
        answer = await egress.request("GET", f"{url}/live", timeout_s=10)
    except EgressRefused as error:
        return failed(NAME, f"{url}: {error.message}", "PARLEY_PUBLIC_URL must be reachable from the internet.")
    except EgressFailed as error:
        return failed(NAME, f"{url} does not answer: {error.message}", "Check DNS, certificate, proxy and firewall.")
    if answer.status != 200 or installation_in(answer.body) != deps.installation:
        return failed(NAME, f"something else answers at {url}", "Point the proxy at this hub's port.")
    return well(NAME, f"{url} leads here")


def installation_in(body: bytes) -> object:
    """Which installation says that it lives; None when it is something else that speaks."""
    try:
        said = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return None
    return said.get("installation") if isinstance(said, dict) else None


def is_loopback(url: str) -> bool:
    """Whether only this machine can use it."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def operator_token(deps: Deps) -> Finding:
    """Can Prometheus and operators ask?"""
    if deps.settings.operator_token:
        return well("operator token", "set")
    return note(
        "operator token",
        "not set: /metrics and the operator's API answer 401",
        "PARLEY_OPERATOR_TOKEN=$(openssl rand -hex 32)",
    )


async def mail(deps: Deps) -> Finding:
    """Would the mail server take our invitations and password resets?"""
    if not own_mail.is_set_up(deps):
        return note(
            "mail",
            "not set up: nobody gets an invitation or a password reset by mail",
            "PARLEY_MAIL_URL=smtp://user:password@mail.example.com:587 PARLEY_MAIL_FROM='Parley <parley@example.com>'",
        )
    await own_mail.greet(deps)
    return well("mail", f"the mail server lets us in; the sender is {deps.settings.mail_from}")
