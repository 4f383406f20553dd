"""A provider's keys: which sign for it, and what happens when they change."""

from typing import Any

import jwt
import msgspec
import pytest

from hub.egress import Egress
from hub.sso.discovery import Provider, read_provider
from hub.sso.errors import ProviderWrong, SignInRefused
from hub.sso.oidc import exchange
from hub.sso.tokens import Expected, Header, Key, verify
from tests.clock import MORNING
from tests.fakes.oidc import forger as forging
from tests.fakes.oidc.forger import Forger, public_key, signed
from tests.hub.sso.signing import AT_FORGER, ATTEMPT_AT_FORGER, HERE

HEADERS = [Header(alg, "first") for alg in ("RS256", "PS256", "ES256", "EdDSA")]
KINDS = ["RSA", "EC", "OKP", "oct", ""]
RUBBISH: list[dict[str, str]] = [
    {},
    {"n": "AQAB", "e": "AQAB"},
    {"n": "!", "e": "é"},
    {"n": "", "e": ""},
    {"x": "AA", "y": "AA", "crv": "P-256"},
    {"x": "AA", "y": "AA", "crv": "P-384"},
    {"x": "A" * 43, "y": "A" * 43, "crv": "P-256"},
    {"x": "A", "crv": "Ed25519"},
    {"x": "A" * 43, "crv": "Ed25519"},
    {"x": "A" * 43, "crv": "unknown"},
]


async def come_back(egress: Egress, provider: Provider) -> str:
    identity = await exchange(egress, provider, AT_FORGER, ATTEMPT_AT_FORGER, code="code-1", now=MORNING)
    return identity.subject


async def test_new_key_is_found_when_it_signs_for_the_first_time(
    egress: Egress, forger: Forger, forged: Provider
) -> None:
    forger.publishes("second")
    forger.gives(signed(forger.claims(MORNING), "second"))

    assert await come_back(egress, forged) == forging.SUBJECT
    assert forger.asked.count("/jwks") == 2


async def test_known_key_is_not_asked_for_again(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.gives(signed(forger.claims(MORNING)))

    await come_back(egress, forged)

    assert forger.asked.count("/jwks") == 1


async def test_unknown_key_is_asked_for_once(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.gives(signed(forger.claims(MORNING), "second"))

    with pytest.raises(SignInRefused):
        await come_back(egress, forged)

    assert forger.asked.count("/jwks") == 2


async def test_token_that_names_no_key_is_by_the_only_one(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.gives(signed(forger.claims(MORNING), kid=""))

    assert await come_back(egress, forged) == forging.SUBJECT


async def test_token_that_names_no_key_of_several_is_refused(egress: Egress, forger: Forger) -> None:
    forger.publishes("first", "second")
    provider = await read_provider(egress, forger.issuer, HERE)
    forger.gives(signed(forger.claims(MORNING), kid=""))

    with pytest.raises(SignInRefused) as error:
        await come_back(egress, provider)

    assert error.value.data == {"reason": "key"}


@pytest.mark.parametrize("change", [{"use": "enc"}, {"alg": "RS512"}, {"alg": "HS256"}, {"kty": "oct"}, {"kid": "x"}])
async def test_key_for_something_else_signs_nothing(change: dict[str, str], egress: Egress, forger: Forger) -> None:
    forger.says("/jwks", {"keys": [{**public_key("first"), **change}]})
    provider = await read_provider(egress, forger.issuer, HERE)
    forger.gives(signed(forger.claims(MORNING)))

    with pytest.raises(SignInRefused) as error:
        await come_back(egress, provider)

    assert error.value.data == {"reason": "key"}


async def test_short_key_signs_nothing(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.publishes("short")
    with pytest.warns(jwt.InsecureKeyLengthWarning):
        forger.gives(signed(forger.claims(MORNING), "short"))

    with pytest.raises(SignInRefused) as error:
        await come_back(egress, forged)

    assert error.value.data == {"reason": "signature"}


async def test_private_key_that_a_provider_publishes_is_not_kept(egress: Egress, forger: Forger) -> None:
    forger.says("/jwks", {"keys": [{**public_key("first"), "d": "the-secret"}]})

    provider = await read_provider(egress, forger.issuer, HERE)

    assert b"the-secret" not in msgspec.json.encode(provider)


@pytest.mark.parametrize("header", HEADERS, ids=lambda header: header.alg)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("content", RUBBISH, ids=str)
def test_rubbish_in_place_of_a_key_is_a_plain_refusal(content: dict[str, str], kind: str, header: Header) -> None:
    token = f"{forging.part(header)}.{forging.part({})}.{'A' * 86}"

    with pytest.raises(SignInRefused):
        verify(token, header, Key(kind, "first", **content), Expected("i", "c", "n", MORNING))


@pytest.mark.parametrize("document", [b"", b"[]", b"{}", b'{"keys":{}}', b'{"keys":[1]}', b'{"keys":[{"kid":"a"}]}'])
async def test_rubbish_in_place_of_keys_is_said(document: bytes, egress: Egress, forger: Forger) -> None:
    forger.says("/jwks", document)

    with pytest.raises(ProviderWrong):
        await read_provider(egress, forger.issuer, HERE)


async def test_more_keys_than_anybody_has_are_refused(egress: Egress, forger: Forger) -> None:
    forger.says("/jwks", {"keys": [{"kty": "RSA"}] * 101})

    with pytest.raises(ProviderWrong):
        await read_provider(egress, forger.issuer, HERE)


async def test_remembered_provider_is_plain_data(forged: Provider) -> None:
    kept: Any = msgspec.json.encode(forged)

    assert msgspec.json.decode(kept, type=Provider) == forged
