"""What a provider says about itself: its discovery document, and the keys that it signs with."""

import re
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

import msgspec

from hub.egress import Egress
from hub.settings import Networks
from hub.sso.asking import OK, ask, read
from hub.sso.errors import ProviderWrong
from hub.sso.tokens import ALGORITHMS, Key

WELL_KNOWN = "/.well-known/openid-configuration"
# What browsers and proxies read in two ways, such as spaces and backslashes, is in none of these addresses.
ADDRESS = re.compile(r"https?://[\w.~:/?\[\]@!$&'()*+,;=%-]{1,2000}", re.ASCII)
# Providers that say nothing take the one that every provider must know (OpenID Connect Discovery 1.0, section 3).
USUAL_AUTH_METHODS = ("client_secret_basic",)
AUTH_METHODS = frozenset({"client_secret_basic", "client_secret_post", "none"})


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """Those parts of a discovery document that signing in needs, by the names that they have there."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    id_token_signing_alg_values_supported: tuple[str, ...]
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = USUAL_AUTH_METHODS
    authorization_response_iss_parameter_supported: bool = False

    @property
    def addresses(self) -> dict[str, str]:
        """Every address that is used, by its name in the document."""
        given = {
            "authorization_endpoint": self.authorization_endpoint,
            "token_endpoint": self.token_endpoint,
            "jwks_uri": self.jwks_uri,
            "userinfo_endpoint": self.userinfo_endpoint or "",
        }
        return {name: address for name, address in given.items() if address}


class KeySet(msgspec.Struct, frozen=True):
    """A document of keys (a JWKS)."""

    keys: Annotated[tuple[Key, ...], msgspec.Meta(max_length=100)]


class Provider(msgspec.Struct, frozen=True):
    """A provider as it was read: plain data, good to remember for some minutes."""

    document: Document
    keys: tuple[Key, ...]

    @property
    def issuer(self) -> str:
        """Its name, which is also where it is found."""
        return self.document.issuer


async def read_provider(egress: Egress, issuer: str, allow: Networks = ()) -> Provider:
    """Ask a provider what it is, and raise ProviderWrong with the reason unless Parley can sign people in by it.

    `allow` is the setting `egress_allow`: on loopback networks in it a provider may do without https.
    """
    check_address("issuer", issuer, allow)
    if "?" in issuer:
        raise ProviderWrong("An issuer has no question mark in its address.")
    answer = await ask(egress, "GET", issuer.rstrip("/") + WELL_KNOWN)
    if answer.status != OK:
        raise ProviderWrong(f"There is no OpenID provider: {WELL_KNOWN} under the issuer says {answer.status}.")
    document = read(answer, Document, "The discovery document")
    check_document(document, issuer, allow)
    return Provider(document, await read_keys(egress, document))


def check_document(document: Document, issuer: str, allow: Networks) -> None:
    """Raise unless it is this issuer's, and what it offers is enough to sign in by."""
    if document.issuer != issuer:
        # Who could answer under another's name could let anybody in.
        raise ProviderWrong("The provider calls itself otherwise: the issuer must be given letter by letter.")
    for name, address in document.addresses.items():
        check_address(name, address, allow)
    if not ALGORITHMS.keys() & set(document.id_token_signing_alg_values_supported):
        raise ProviderWrong(f"The provider signs its tokens by none of {', '.join(ALGORITHMS)}.")
    if not AUTH_METHODS & set(document.token_endpoint_auth_methods_supported):
        raise ProviderWrong("The provider takes no client secrets, only other proofs that Parley does not have.")


def check_address(name: str, address: str, allow: Networks) -> None:
    """Raise unless it is an https address that nobody can read in two ways."""
    if not ADDRESS.fullmatch(address):
        raise ProviderWrong(f"`{name}` is not an address that starts with https://.")
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or "@" in parts.netloc:
        raise ProviderWrong(f"`{name}` is not an address with a plain host name.")
    if parts.scheme != "https" and not is_allowed_loopback(host, allow):
        raise ProviderWrong(f"`{name}` must start with https://.")


def is_allowed_loopback(host: str, allow: Networks) -> bool:
    """Whether it is an address of this machine, of a network that the operator has opened to Parley."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback and any(address in network for network in allow)


async def read_keys(egress: Egress, document: Document) -> tuple[Key, ...]:
    """The keys that the provider signs with now."""
    answer = await ask(egress, "GET", document.jwks_uri)
    if answer.status != OK:
        raise ProviderWrong(f"The provider's keys are not at its `jwks_uri`, which says {answer.status}.")
    return read(answer, KeySet, "The document of the provider's keys").keys
