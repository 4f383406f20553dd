"""Businesses that have an identity provider, and people at browsers who sign in by it."""

from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2

from tests.fakes.dns import NameServer
from tests.fakes.oidc import forger
from tests.fakes.oidc.browser import sign_in_at
from tests.fakes.oidc.forger import Forger, signed
from tests.fakes.oidc.running import Account, client
from tests.hub.sessions.people import Member
from tests.hubs import ORIGIN, Hub
from tests.people import well

PATH, DOMAINS = "/account/sso", "/account/sso/domains"
BEGIN, CALLBACK = "/session/sso", "/api/v1/session/sso/callback"
SECRET = "secret-of-parley"
OWNER = "owner@acme.test"
# Somebody of whom only the forger speaks.
GITA, GITAS = "gita@acme.test", "subject-of-gita"

# Whoever can sign in at the provider of the tests.
CHITRA = Account("subject-of-chitra", "chitra@acme.test", name="Chitra Das")
DEV = Account("subject-of-dev", "dev@acme.test", name="Dev Anand")
EVA = Account("subject-of-eva", "eva@elsewhere.test")
FAY = Account("subject-of-fay", "fay@acme.test", email_verified=False)
AT_PROVIDER = [CHITRA, DEV, EVA, FAY]
REGISTERED_HERE = [client("parley", ORIGIN + CALLBACK, secret=SECRET)]


def wanted(issuer: str, /, **more: Any) -> dict[str, Any]:
    """What an owner enters."""
    return {"issuer": issuer, "client_id": "parley", "client_secret": SECRET, "mode": "offered", **more}


async def set_up(owner: Member, issuer: str, **more: Any) -> Any:
    """As the owner does."""
    return await owner.does("PUT", PATH, wanted(issuer, **more))


async def set_up_forger(owner: Member, forged: Forger, **more: Any) -> Any:
    """The same with one that says whatever the test wants."""
    return await set_up(owner, forged.issuer, client_id=forger.CLIENT, **more)


async def claim(owner: Member, domain: str = "acme.test") -> Any:
    """Say that it is the account's own."""
    return await owner.does("POST", DOMAINS, {"domain": domain})


def publish(names: NameServer, claimed: Any) -> None:
    """Enter the record, beside those that are there."""
    record = claimed["record"]
    texts = [*names.texts.get(record["name"], ()), f'"{record["content"]}"']
    names.texts = {**names.texts, record["name"]: texts}


async def prove(owner: Member, names: NameServer, domain: str = "acme.test") -> str:
    """Claim it, enter the record, have it looked for: the claim's id."""
    claimed = await claim(owner, domain)
    publish(names, claimed)
    await owner.does("POST", f"{DOMAINS}/{claimed['id']}/prove")
    return str(claimed["id"])


async def begin(browser: Member, **way: Any) -> str:
    """Where the browser is sent."""
    return str((await browser.does("POST", BEGIN, way or {"email": browser.email}))["authorization_url"])


async def come_back(browser: Member, place: str) -> httpx2.Response:
    """Follow the provider's redirect to us."""
    assert place.startswith(ORIGIN + CALLBACK)
    return await browser.client.get(place)


async def signs_in(browser: Member, issuer: str, **way: Any) -> httpx2.Response:
    """The whole way, at the provider's own forms."""
    url = await begin(browser, **way)
    return await come_back(browser, await sign_in_at(issuer, url, browser.email))


async def enters(browser: Member, issuer: str, **way: Any) -> Member:
    """The same, and all is well: the start page has fetched its access token."""
    return await arrives(browser, await signs_in(browser, issuer, **way))


async def arrives(browser: Member, answer: httpx2.Response) -> Member:
    """What the sign-in page does first."""
    assert (answer.status_code, answer.headers["location"]) == (303, f"{ORIGIN}/sign-in")
    well(await browser.refreshes())
    return browser


async def forges(browser: Member, forged: Forger, now: datetime, **said: Any) -> httpx2.Response:
    """Sign in by the forger, which says this of whoever comes."""
    account = said.pop("account_id", None)
    question = question_of(await begin(browser, **({"account_id": account} if account else {})))
    forged.gives(signed(forged.claims(now, nonce=question["nonce"], **{"email": browser.email, **said})))
    return await come_back(browser, f"{ORIGIN}{CALLBACK}?code=c&state={question['state']}")


def question_of(url: str) -> dict[str, str]:
    """What the browser is sent to the provider with."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def refusal(answer: httpx2.Response) -> str:
    """The code with which the sign-in page is shown."""
    page, _, code = answer.headers["location"].partition("#error=")
    assert (answer.status_code, page) == (303, f"{ORIGIN}/sign-in")
    return code


async def entries(hub: Hub, action: str) -> list[dict[str, Any]]:
    """What the audit log says of it, in whatever account."""
    return [entry async for entry in hub.deps.mongo["audit"].each({"action": action})]


async def is_let_in(hub: Hub, forged: Forger, email: str = GITA, /, **said: Any) -> Member:
    """The forger says this of whoever comes, and that is enough."""
    browser = Member(hub, email)
    return await arrives(browser, await forges(browser, forged, hub.deps.clock.now(), **{"sub": GITAS, **said}))


async def is_refused(hub: Hub, forged: Forger, email: str = GITA, /, **said: Any) -> str:
    """And that is not: the code."""
    browser = Member(hub, email)
    return refusal(await forges(browser, forged, hub.deps.clock.now(), **{"sub": GITAS, **said}))
