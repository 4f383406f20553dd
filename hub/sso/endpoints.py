"""The half of a sign-in that goes from us to the provider: tokens for a code, and what it tells about somebody."""

import base64
from typing import NamedTuple
from urllib.parse import quote_plus

import msgspec

from hub.egress import Answer, Egress
from hub.errors import HubError
from hub.sso.asking import OK, ask, read
from hub.sso.attempt import Attempt, Client
from hub.sso.discovery import Provider
from hub.sso.errors import ClientRefused, ProviderWrong, SignInRefused
from hub.sso.tokens import Text

UNAUTHORIZED = 401
# What RFC 6749, section 5.2 has for a client that is registered otherwise, and for a code that is not good any more.
NOT_OUR_CLIENT = frozenset({"invalid_client", "unauthorized_client"})
NOT_GOOD_ANY_MORE = "invalid_grant"


class Tokens(msgspec.Struct, frozen=True):
    """What a code is exchanged for."""

    id_token: str
    access_token: str = ""


class Refusal(msgspec.Struct, frozen=True):
    """Why a code was not exchanged."""

    error: str


class UserInfo(msgspec.Struct, frozen=True):
    """What a provider tells about somebody when it is asked."""

    sub: str
    email: Text | None = None
    email_verified: bool | str | None = None
    name: Text | None = None


class Proof(NamedTuple):
    """One way in which a client says who it is."""

    headers: dict[str, str]
    form: dict[str, str]


async def redeem(egress: Egress, provider: Provider, client: Client, attempt: Attempt, code: str) -> Tokens:
    """Exchange the code for tokens, or say whose fault it is that this cannot be done."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": client.redirect_uri,
        "code_verifier": attempt.verifier,
    }
    refusal: HubError | None = None
    for proof in proofs(provider, client):
        address = provider.document.token_endpoint
        answer = await ask(egress, "POST", address, form={**form, **proof.form}, headers=proof.headers)
        if answer.status == OK:
            return read(answer, Tokens, "The answer to the code")
        refusal = refusal_of(answer)
        if not isinstance(refusal, ClientRefused):
            break
    raise refusal or ClientRefused("The provider takes no client secrets.")


def proofs(provider: Provider, client: Client) -> list[Proof]:
    """The ways to try, best first: what a provider can take is published, what it takes from this client is not."""
    if not client.secret:
        return [Proof({}, {"client_id": client.id})]
    pair = f"{quote_plus(client.id)}:{quote_plus(client.secret)}"
    ways = {
        "client_secret_basic": Proof({"authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}, {}),
        "client_secret_post": Proof({}, {"client_id": client.id, "client_secret": client.secret}),
    }
    return [proof for name, proof in ways.items() if name in provider.document.token_endpoint_auth_methods_supported]


def refusal_of(answer: Answer) -> HubError:
    """What an answer other than tokens means."""
    try:
        error = msgspec.json.decode(answer.body, type=Refusal).error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        error = ""
    if error in NOT_OUR_CLIENT or (not error and answer.status == UNAUTHORIZED):
        return ClientRefused("The provider does not know Parley by this client id and secret.")
    if error == NOT_GOOD_ANY_MORE:
        return SignInRefused("code")
    return ProviderWrong(f"The provider does not exchange codes as Parley asks for it: it says {answer.status}.")


async def ask_userinfo(egress: Egress, address: str, access_token: str) -> UserInfo:
    """What the provider tells about whom the token belongs to."""
    answer = await ask(egress, "GET", address, headers={"authorization": f"Bearer {access_token}"})
    if answer.status != OK:
        raise ProviderWrong(f"The provider tells nothing about the person: its userinfo says {answer.status}.")
    return read(answer, UserInfo, "What the provider tells about the person")
