"""Single sign-on over HTTP: what owners set up, and what browsers go through."""

from typing import Any

from starlette.responses import RedirectResponse, Response

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Reply, Tag
from hub.limits import Rate
from hub.sessions.routes import TRIES
from hub.sso import claiming, registration, signing_in
from hub.sso.shapes import DomainList, DomainShown, DomainWanted, SsoBegun, SsoBrought, SsoShown, SsoWanted, SsoWay

TAG = Tag("Single sign-on", "Members sign in by the account's own OpenID Connect provider.")
PATH = "/api/v1/account/sso"
# Each asks somebody else's servers.
RARELY = Rate(20)
SEE_OTHER = 303


async def show_sso(call: Call[None, Any]) -> SsoShown:
    """The account's identity provider, and the redirect URI to register there before there is one."""
    return await registration.show(call.deps, call.caller.account)


async def put_sso(call: Call[SsoWanted, Any]) -> SsoShown:
    """Set the identity provider up, or change how it is used. The provider is asked at once whether it is there and
    knows Parley by this client id and secret. With another issuer, or turned off, whoever came in by it is signed out.
    """
    return await registration.put(call.act, call.body)


async def remove_sso(call: Call[None, Any]) -> None:
    """No identity provider any more. Whoever came in by it is signed out."""
    await registration.remove(call.act)


async def claim_domain(call: Call[DomainWanted, Any]) -> DomainShown:
    """Say that a domain is the account's own. The answer has the DNS record that proves it."""
    return await claiming.claim(call.act, call.body.domain)


async def list_domains(call: Call[None, Any]) -> DomainList:
    """All domains that the account has claimed."""
    return await claiming.list_domains(call.deps, call.caller.account)


async def prove_domain(call: Call[None, Any]) -> DomainShown:
    """Look for the record in the DNS now. People with addresses of a proved domain become members when they sign in."""
    return await claiming.prove(call.act, call.path["domain_id"])


async def remove_domain(call: Call[None, Any]) -> None:
    """Claim it no more. Members stay."""
    await claiming.remove(call.act, call.path["domain_id"])


async def begin_sso(call: Call[SsoWay, Any]) -> Reply:
    """Where to send the browser, for an account or for an address whose domain an account has proved."""
    return await signing_in.begin(call.deps, call.body, mark(call))


async def finish_sso(call: Call[None, SsoBrought]) -> Response:
    """Where the provider sends the browser back to: the sign-in page, signed in; or with the code of what has failed
    behind the #."""
    cookies = await signing_in.finish(call.act, call.query, mark(call))
    response = RedirectResponse(f"{call.deps.settings.base_url}/sign-in", SEE_OTHER)
    for cookie in cookies:
        response.headers.append("set-cookie", cookie)
    return response


def mark(call: Call[Any, Any]) -> str:
    """What this browser was given when it began."""
    return call.request.cookies.get(signing_in.COOKIE, "")


def owned(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For owners, in person: whoever sets the provider can become anybody in the account."""
    return Endpoint(
        method=method, path=PATH + path, handler=handler, permission=Permission.ACCOUNT_OWN, tag=TAG, **more
    )


def public(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who have no credential yet."""
    return Endpoint(
        method=method, path=registration.PATH + path, handler=handler, permission=Permission.PUBLIC, rate=TRIES,
        tag=TAG, **more,
    )  # fmt: skip


ENDPOINTS = (
    owned("GET", "", show_sso, answer=SsoShown, summary="Show the identity provider"),
    owned(
        "PUT", "", put_sso,
        body=SsoWanted, answer=SsoShown, rate=RARELY, audit="sso.put", summary="Set the identity provider up",
    ),
    owned("DELETE", "", remove_sso, status=204, audit="sso.remove", summary="Remove the identity provider"),
    owned(
        "POST", "/domains", claim_domain,
        body=DomainWanted, answer=DomainShown, status=201, creates=True, audit="domain.claim",
        summary="Claim a domain",
    ),
    owned("GET", "/domains", list_domains, answer=DomainList, summary="The account's domains"),
    owned(
        "POST", "/domains/{domain_id}/prove", prove_domain,
        answer=DomainShown, rate=RARELY, audit="domain.prove", summary="Prove a domain",
    ),
    owned(
        "DELETE", "/domains/{domain_id}", remove_domain,
        status=204, audit="domain.remove", summary="Claim a domain no more",
    ),
    public(
        "POST", "", begin_sso,
        body=SsoWay, answer=SsoBegun, recorded_in="the slip: what comes of it is written down",
        summary="Begin to sign in by a provider",
    ),
    public(
        "GET", "/callback", finish_sso,
        query=SsoBrought, status=SEE_OTHER, audit="session.sso", failure_page="/sign-in",
        summary="Come back from a provider",
    ),
)  # fmt: skip
