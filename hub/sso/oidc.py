"""Who has signed in at a provider: OpenID Connect's authorization code flow, from the code on. Knows no accounts."""

from datetime import datetime

import msgspec

from hub.egress import Egress
from hub.sso.attempt import Attempt, Client
from hub.sso.discovery import Provider, read_keys
from hub.sso.endpoints import Tokens, UserInfo, ask_userinfo, redeem
from hub.sso.errors import SignInRefused
from hub.sso.tokens import Claims, Expected, find_key, header_of, verify

LONGEST_NAME = 200


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who somebody is in the provider's words: known by issuer and subject, because an address can change hands."""

    issuer: str
    subject: str
    email: str
    is_email_verified: bool
    name: str


async def exchange(
    egress: Egress, provider: Provider, client: Client, attempt: Attempt, *, code: str, now: datetime
) -> Identity:
    """Exchange the code that the browser brought for what it proves: the e-mail is empty when the provider has none."""
    tokens = await redeem(egress, provider, client, attempt, code)
    expected = Expected(provider.issuer, client.id, attempt.nonce, now)
    claims = await believe(egress, provider, tokens.id_token, expected)
    return identity(provider, await told_about(egress, provider, tokens, claims))


async def believe(egress: Egress, provider: Provider, id_token: str, expected: Expected) -> Claims:
    """What the ID token proves; a key that is not known is looked for once, since providers change theirs."""
    header = header_of(id_token)
    key = find_key(header, provider.keys) or find_key(header, await read_keys(egress, provider.document))
    if key is None:
        raise SignInRefused("key")
    return verify(id_token, header, key, expected)


async def told_about(egress: Egress, provider: Provider, tokens: Tokens, claims: Claims) -> Claims | UserInfo:
    """What the token says, or what the provider tells when it is asked, where the token has no address."""
    address = provider.document.userinfo_endpoint
    if claims.email or not address or not tokens.access_token:
        return claims
    told = await ask_userinfo(egress, address, tokens.access_token)
    if told.sub != claims.sub:
        raise SignInRefused("subject")
    return told


def identity(provider: Provider, told: Claims | UserInfo) -> Identity:
    """What was told, in our words. An address is verified only where the provider says so."""
    return Identity(
        issuer=provider.issuer,
        subject=told.sub,
        email=told.email or "",
        # Amazon Cognito and Apple send the word instead of the value.
        is_email_verified=bool(told.email) and told.email_verified in (True, "true"),
        name=" ".join((told.name or "").split())[:LONGEST_NAME],
    )
