"""What a provider may answer when it is asked for tokens, or about somebody."""

import base64
import re
from typing import Any

import msgspec
import pytest

from hub.egress import Egress, EgressRefused
from hub.errors import HubError
from hub.sso.attempt import Client
from hub.sso.discovery import Provider
from hub.sso.errors import ClientRefused, ProviderAway, ProviderWrong, SignInRefused
from hub.sso.oidc import Identity, exchange
from tests.clock import MORNING
from tests.fakes.oidc.forger import SUBJECT, Forger, signed, tokens
from tests.hub.sso.signing import AT_FORGER, ATTEMPT_AT_FORGER

MANY_BYTES = 5 * 1024 * 1024
DEEP = b'{"more":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
ANSWERS: list[tuple[str, Any, type[HubError]]] = [
    ("500 Oops", b"", ProviderAway),
    ("503 Away", {"error": "temporarily_unavailable"}, ProviderAway),
    ("429 Slow down", {"error": "invalid_client"}, ProviderAway),
    ("400 Bad", {"error": "invalid_grant"}, SignInRefused),
    ("400 Bad", {"error": "invalid_client"}, ClientRefused),
    ("400 Bad", {"error": "unauthorized_client"}, ClientRefused),
    ("401 Who", {"error": "invalid_client", "error_description": "No such client"}, ClientRefused),
    ("401 Who", b"<html>", ClientRefused),
    ("400 Bad", {"error": "unsupported_grant_type"}, ProviderWrong),
    ("400 Bad", {"error": ["invalid_grant"]}, ProviderWrong),
    ("302 Found", b"", ProviderWrong),
    ("404 Not Found", b"", ProviderWrong),
    ("200 OK", b"", ProviderWrong),
    ("200 OK", b"<html>", ProviderWrong),
    ("400 Bad", b'{"error":"\xff"}', ProviderWrong),
    ("400 Bad", DEEP, ProviderWrong),
    ("200 OK", b'{"id_token":"\xff"}', ProviderWrong),
    ("200 OK", DEEP, ProviderWrong),
    ("200 OK", {"access_token": "a"}, ProviderWrong),
    ("200 OK", {"id_token": 7}, ProviderWrong),
    ("200 OK", b" " * MANY_BYTES, ProviderWrong),
]
TOLD: list[tuple[str, Any, type[HubError]]] = [
    ("200 OK", {"sub": "somebody-else", "email": "asha@example.test"}, SignInRefused),
    ("200 OK", {"email": "asha@example.test"}, ProviderWrong),
    ("200 OK", {"sub": SUBJECT, "email": ["asha@example.test"]}, ProviderWrong),
    ("200 OK", b"eyJhbGciOiJub25lIn0.e30.", ProviderWrong),
    ("401 Who", {"sub": SUBJECT, "email": "asha@example.test"}, ProviderWrong),
    ("500 Oops", b"", ProviderAway),
]
VERIFIED = [(True, True), ("true", True), (False, False), ("false", False), ("yes", False), (None, False)]


async def come_back(egress: Egress, provider: Provider) -> Identity:
    return await exchange(egress, provider, AT_FORGER, ATTEMPT_AT_FORGER, code="code-1", now=MORNING)


def with_document(provider: Provider, **changes: Any) -> Provider:
    return msgspec.structs.replace(provider, document=msgspec.structs.replace(provider.document, **changes))


@pytest.mark.parametrize(("status", "content", "expected"), ANSWERS, ids=lambda value: repr(value)[:40])
async def test_answer_to_a_code_has_one_meaning(
    status: str, content: Any, expected: type[HubError], egress: Egress, forger: Forger, forged: Provider
) -> None:
    forger.says("/token", content, status)

    with pytest.raises(expected):
        await come_back(egress, forged)


async def test_code_goes_out_with_all_that_proves_it_is_ours(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.gives(signed(forger.claims(MORNING)))

    await come_back(egress, forged)

    request = forger.server.requests[-1].decode()
    assert "grant_type=authorization_code&code=code-1&redirect_uri=https%3A%2F%2F" in request
    assert "&code_verifier=verifier-of-the-attempt" in request


async def test_secret_is_escaped_on_its_way_in_the_header(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.says("/token", {"error": "invalid_grant"}, "400 Bad")
    client = Client("by: basic", "a+b %41:c/é", AT_FORGER.redirect_uri)

    with pytest.raises(SignInRefused):
        await exchange(egress, forged, client, ATTEMPT_AT_FORGER, code="code-1", now=MORNING)

    pair = re.search(rb"(?i)authorization: basic (\S+)", forger.server.requests[-1])
    assert pair
    assert base64.b64decode(pair[1]) == b"by%3A+basic:a%2Bb+%2541%3Ac%2F%C3%A9"


async def test_secret_goes_into_the_form_where_the_provider_takes_it_there(
    egress: Egress, forger: Forger, forged: Provider
) -> None:
    forger.gives(signed(forger.claims(MORNING)))

    await come_back(
        egress, with_document(forged, token_endpoint_auth_methods_supported=("client_secret_post", "tls_client_auth"))
    )

    request = forger.server.requests[-1].decode()
    assert request.endswith(f"&client_id={AT_FORGER.id}&client_secret={AT_FORGER.secret}")
    assert "authorization:" not in request.lower()


async def test_each_way_to_prove_the_client_is_tried_once(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.says("/token", {"error": "invalid_client"}, "401 Who")

    with pytest.raises(ClientRefused):
        await come_back(egress, forged)

    assert forger.asked.count("/token") == 2


async def test_provider_that_takes_one_way_of_those_it_names_is_no_obstacle(
    egress: Egress, forger: Forger, forged: Provider
) -> None:
    forger.says("/token", {"error": "invalid_client"}, "401 Who")
    forger.then_says("/token", tokens(signed(forger.claims(MORNING))))

    assert (await come_back(egress, forged)).subject == SUBJECT


async def test_code_that_is_refused_is_not_sent_again(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.says("/token", {"error": "invalid_grant"}, "400 Bad")

    with pytest.raises(SignInRefused):
        await come_back(egress, forged)

    assert forger.asked.count("/token") == 1


async def test_secret_is_not_sent_where_none_is_taken(egress: Egress, forger: Forger, forged: Provider) -> None:
    with pytest.raises(ClientRefused):
        await come_back(egress, with_document(forged, token_endpoint_auth_methods_supported=("none",)))

    assert "/token" not in forger.asked


@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri", "userinfo_endpoint"])
async def test_address_inside_our_network_is_not_asked(
    name: str, egress: Egress, forger: Forger, forged: Provider
) -> None:
    forger.gives(signed(forger.claims(MORNING, email=None)))
    provider = with_document(forged, **{name: "https://169.254.169.254/latest/meta-data"})

    with pytest.raises(EgressRefused):
        await come_back(egress, msgspec.structs.replace(provider, keys=()))


@pytest.mark.parametrize(("status", "content", "expected"), TOLD, ids=lambda value: repr(value)[:40])
async def test_what_is_told_about_somebody_must_fit(
    status: str, content: Any, expected: type[HubError], egress: Egress, forger: Forger, forged: Provider
) -> None:
    forger.gives(signed(forger.claims(MORNING, email=None)))
    forger.says("/me", content, status)

    with pytest.raises(expected):
        await come_back(egress, forged)


async def test_person_is_asked_about_with_the_access_token(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.gives(signed(forger.claims(MORNING, email=None)))
    forger.says("/me", {"sub": SUBJECT, "email": "asha@example.test", "email_verified": True, "name": " Asha\n Rao "})

    identity = await come_back(egress, forged)

    assert (identity.email, identity.is_email_verified, identity.name) == ("asha@example.test", True, "Asha Rao")
    assert b"authorization: bearer access-1\r\n" in forger.server.requests[-1].lower()


@pytest.mark.parametrize(("said", "is_verified"), VERIFIED)
async def test_address_is_verified_only_in_as_many_words(
    said: object, is_verified: bool, egress: Egress, forger: Forger, forged: Provider
) -> None:
    forger.gives(signed(forger.claims(MORNING, email_verified=said)))

    assert (await come_back(egress, forged)).is_email_verified is is_verified


async def test_person_without_an_address_has_none(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.gives(signed(forger.claims(MORNING, email=None)))

    identity = await come_back(egress, with_document(forged, userinfo_endpoint=None))

    assert (identity.email, identity.is_email_verified) == ("", False)


async def test_no_word_of_the_provider_gets_into_a_message(egress: Egress, forger: Forger, forged: Provider) -> None:
    forger.says("/token", {"error": "asha@example.test", "error_description": "asha@example.test"}, "400 Bad")

    with pytest.raises(ProviderWrong) as error:
        await come_back(egress, forged)

    assert "asha" not in error.value.message + str(error.value.data)
