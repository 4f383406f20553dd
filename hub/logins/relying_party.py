"""Parley as the relying party of WebAuthn: how browsers know it, what it asks of them, and what it believes.

Pure: what is kept of passkeys, and for how long a challenge is good, stands in passkeys.py.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec
import webauthn
from webauthn.helpers import (
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.cose import COSEAlgorithmIdentifier as Algorithm
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from hub.errors import HubError, Unauthenticated, Unprocessable
from hub.logins.models import Passkey

NAME = "Parley"
ALGORITHMS = [Algorithm.ECDSA_SHA_256, Algorithm.EDDSA, Algorithm.RSASSA_PKCS1_v1_5_SHA_256]
CHALLENGE_BYTES = 32
USUAL_PORTS = {"http": 80, "https": 443}
# For how long the browser may ask its user: as long as the ticket lasts.
PATIENCE_S = 300

Options = dict[str, Any]
# As `PublicKeyCredential.toJSON()` gives it.
Credential = Mapping[str, Any]


class PasskeysNeedAName(Unprocessable):
    """Browsers bind passkeys to the name of a host, and this installation is reached by a number."""

    code = "passkeys_need_a_name"


class PasskeyUnfit(Unprocessable):
    """What the browser has made is no passkey that could be kept."""

    code = "passkey_unfit"


class PasskeyRefused(Unauthenticated):
    """What the browser has shown proves nobody's identity; `reason` is one word for why."""

    code = "passkey_refused"


class RelyingParty(NamedTuple):
    """Passkeys are bound to `id` for good; the page that asks for them must be open at `origin`."""

    id: str
    origin: str


class NewKey(NamedTuple):
    """What is kept of a passkey that was just made."""

    credential: bytes
    public_key: bytes
    sign_count: int
    transports: list[str]
    is_backed_up: bool


class Use(NamedTuple):
    """What the device says of itself when a passkey is used."""

    sign_count: int
    is_backed_up: bool


def relying_party(base_url: str) -> RelyingParty:
    """As which browsers know the installation at this URL."""
    url = urlsplit(base_url)
    name = name_of(url.hostname or "")
    if not name:
        raise PasskeysNeedAName(
            "Browsers make passkeys for a name, not for a number: set PARLEY_PUBLIC_URL to an address with a name, "
            "such as https://parley.example.com, and open Parley there.",
            host=url.hostname,
        )
    port = "" if url.port in (None, USUAL_PORTS[url.scheme]) else f":{url.port}"
    return RelyingParty(name, f"{url.scheme}://{name}{port}")


def name_of(host: str) -> str:
    """The host as browsers write its name. The machine itself has one in every browser; other addresses have none."""
    try:
        return "localhost" if ip_address(host).is_loopback else ""
    except ValueError:
        return ascii_name(host)


def ascii_name(host: str) -> str:
    """A name in whatever letters, in those of the name system."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ""


def new_challenge() -> bytes:
    """What a device signs, once."""
    return secrets.token_bytes(CHALLENGE_BYTES)


def creation_options(
    party: RelyingParty, challenge: bytes, *, login: str, email: str, present: Sequence[Passkey]
) -> Options:
    """For `navigator.credentials.create`: a passkey that is found without a name, and asks for a finger or a PIN."""
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=NAME,
        user_id=login.encode(),
        user_name=email,
        challenge=challenge,
        timeout=PATIENCE_S * 1000,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[described(passkey) for passkey in present],
        supported_pub_key_algs=ALGORITHMS,
    )
    return plain(webauthn.options_to_json(options))


def request_options(party: RelyingParty, challenge: bytes) -> Options:
    """For `navigator.credentials.get`: whichever passkey the user has for us, so that nothing is told about anybody."""
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        timeout=PATIENCE_S * 1000,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return plain(webauthn.options_to_json(options))


def plain(json: str) -> Options:
    """Without the library's own types."""
    return msgspec.json.decode(json, type=Options)


def described(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    """One that is there already."""
    transports = [AuthenticatorTransport(name) for name in passkey.transports]
    return PublicKeyCredentialDescriptor(id=passkey.credential, transports=transports)


def check_new(party: RelyingParty, challenge: bytes, credential: Credential) -> NewKey:
    """What to keep of it, or PasskeyUnfit."""
    with translated(PasskeyUnfit):
        sent = parse_registration_credential_json(dict(credential))
        check_page(party, sent.response.client_data_json, PasskeyUnfit)
        made = webauthn.verify_registration_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
            supported_pub_key_algs=ALGORITHMS,
        )
        # Whether it is a key at all shows only where it is used.
        decoded_public_key_to_cryptography(decode_credential_public_key(made.credential_public_key))
    transports = [transport.value for transport in sent.response.transports or ()]
    return NewKey(
        made.credential_id, made.credential_public_key, made.sign_count, transports, made.credential_backed_up
    )


def credential_id(credential: Credential) -> bytes:
    """Which passkey it says it is."""
    with translated(PasskeyRefused):
        return parse_authentication_credential_json(dict(credential)).raw_id


def check_use(party: RelyingParty, challenge: bytes, credential: Credential, passkey: Passkey) -> Use:
    """What its device says now, or PasskeyRefused. Whoever passes has shown the device and a finger or a PIN."""
    with translated(PasskeyRefused):
        sent = parse_authentication_credential_json(dict(credential))
        check_page(party, sent.response.client_data_json, PasskeyRefused)
        if sent.response.user_handle != passkey.account.encode():
            raise unproved(PasskeyRefused)
        used = webauthn.verify_authentication_response(
            credential=sent,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            # The library looks at the count before the signature, and refuses both alike. Whoever calls us judges it.
            credential_current_sign_count=0,
            require_user_verification=True,
        )
    return Use(used.new_sign_count, used.credential_backed_up)


def check_page(party: RelyingParty, client_data: bytes, refusal: type[HubError]) -> None:
    """Raise unless the page that asked was ours, and not inside one of somebody else. That is the mistake that is made
    in good faith, when Parley is open under another name than it is set up for: so it is told apart."""
    said = parse_client_data_json(client_data)
    if said.origin != party.origin or said.cross_origin:
        raise refusal(f"Passkeys work only on Parley's own page at {party.origin}.", reason="origin", at=party.origin)


@contextmanager
def translated(refusal: type[HubError]) -> Iterator[None]:
    """Whatever the library stumbles over becomes one error of ours."""
    try:
        yield
    except HubError:
        raise
    except Exception as error:
        # It takes apart what strangers have made up, and beside its own exceptions lets those of CBOR, of arithmetic
        # and of missing keys through. All of them mean the same.
        raise unproved(refusal) from error


def unproved(refusal: type[HubError]) -> HubError:
    """Which of the checks failed is of use only to whoever forges."""
    return refusal("What the browser sent does not prove a passkey: begin anew.", reason="proof")
