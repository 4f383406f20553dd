"""Requests that succeed: an account's identity provider and its domains, and signing in by it."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

from hub.sso import claiming, registration, signing_in
from hub.sso.domains import record_of
from hub.sso.models import Mode
from hub.sso.shapes import SsoWanted, SsoWay
from tests.contracts.companies import Person
from tests.contracts.matrix import Example, Maker
from tests.fakes.oidc.forger import CLIENT, signed


async def a_provider(person: Person) -> Example:
    """One that is there."""
    body = {
        "issuer": person.company.outside.provider.issuer,
        "client_id": CLIENT,
        "client_secret": "secret-of-the-contracts",
        "mode": "offered",
        "default_role": await person.company.role(),
    }
    return Example(body=body, owned=frozenset({"default_role"}))


async def register(person: Person) -> None:
    """The account has a provider."""
    company = person.company
    wanted = SsoWanted(issuer=company.outside.provider.issuer, client_id=CLIENT, mode=Mode.OFFERED)
    await registration.put(company.act(), wanted)


async def a_set_up_provider(person: Person) -> Example:
    """One that the account has."""
    await register(person)
    return Example()


async def a_new_domain(person: Person) -> Example:
    """One that nobody has claimed."""
    return Example(body={"domain": f"{person.company.name().replace(' ', '-')}.test"})


async def a_domain(person: Person) -> Example:
    """One that is claimed, and whose record stands in the DNS."""
    company = person.company
    claimed = await claiming.claim(company.act(), (await a_new_domain(person)).body["domain"])
    record = record_of(claimed.domain, claimed.record.content.partition("=")[2])
    names = company.outside.names
    names.texts = {**names.texts, record.name: [record.content]}
    return Example(path={"domain_id": claimed.id}, owned=frozenset({"domain_id"}))


async def a_way(person: Person) -> Example:
    """To an account that has a provider."""
    await register(person)
    # Anybody may say where to sign in.
    return Example(body={"account_id": person.company.account, "email": person.email}, words=frozenset({"account_id"}))


async def a_way_back(person: Person) -> Example:
    """What a browser brings that has signed in at the provider."""
    deps, provider = person.deps, person.company.outside.provider
    await register(person)
    reply: Any = await signing_in.begin(deps, SsoWay(account_id=person.company.account), "")
    asked = {name: texts[0] for name, texts in parse_qs(urlsplit(reply.value.authorization_url).query).items()}
    claims = provider.claims(deps.clock.now(), nonce=asked["nonce"], email=person.email, sub=person.member)
    provider.gives(signed(claims))
    return Example(
        query={"state": asked["state"], "code": "code", "iss": provider.issuer},
        headers={"cookie": reply.cookies[0].partition(";")[0]},
        log=person.company.account,
    )


EXAMPLES: Mapping[str, Maker] = {
    "put_sso": a_provider,
    "remove_sso": a_set_up_provider,
    "claim_domain": a_new_domain,
    "prove_domain": a_domain,
    "remove_domain": a_domain,
    "begin_sso": a_way,
    "finish_sso": a_way_back,
}
