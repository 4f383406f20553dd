"""What a provider says about itself, and what of that is taken."""

from ipaddress import ip_network
from typing import Any

import pytest

from hub.egress import Egress, EgressRefused
from hub.errors import HubError
from hub.sso.discovery import read_provider
from hub.sso.errors import ProviderAway, ProviderWrong
from tests.fakes.oidc.forger import DISCOVERY, Forger
from tests.hub.sso.signing import HERE

MANY_BYTES = 5 * 1024 * 1024

# What a good document would say instead.
DOCUMENTS: list[dict[str, Any]] = [
    {"issuer": "https://other.test"},
    {"issuer": ""},
    {"issuer": None},
    {"authorization_endpoint": None},
    {"authorization_endpoint": "javascript:alert(1)//https://a.test"},
    {"authorization_endpoint": "http://login.test/auth"},
    {"authorization_endpoint": "//login.test/auth"},
    {"authorization_endpoint": "https://login.test/auth\r\nSet-Cookie: a=b"},
    {"authorization_endpoint": "https://good.test\\@bad.test/"},
    {"authorization_endpoint": "https://good.test@bad.test/"},
    {"authorization_endpoint": "https://login.test/#fragment"},
    {"authorization_endpoint": "https://[bad/"},
    {"authorization_endpoint": "https:///auth"},
    {"token_endpoint": "http://10.0.0.1/token"},
    {"token_endpoint": "http://localhost/token"},
    {"token_endpoint": "http://127.0.0.1.other.test/token"},
    {"token_endpoint": "https://token.test/" + "a" * 2000},
    {"token_endpoint": 7},
    {"jwks_uri": "file:///etc/passwd"},
    {"userinfo_endpoint": "ftp://login.test/me"},
    {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    {"id_token_signing_alg_values_supported": []},
    {"token_endpoint_auth_methods_supported": ["private_key_jwt", "tls_client_auth"]},
]
ANSWERS: list[tuple[str, Any, type[HubError]]] = [
    ("200 OK", b"", ProviderWrong),
    ("200 OK", b"<!doctype html><title>Welcome</title>", ProviderWrong),
    ("200 OK", b"null", ProviderWrong),
    ("200 OK", b"[]", ProviderWrong),
    ("200 OK", b'{"issuer":' * 50_000, ProviderWrong),
    ("200 OK", b"\xff\xfe", ProviderWrong),
    ("200 OK", b'{"issuer":"' + b"a" * MANY_BYTES + b'"}', ProviderWrong),
    ("404 Not Found", b"", ProviderWrong),
    ("403 Forbidden", b"", ProviderWrong),
    ("301 Moved", b"", ProviderWrong),
    ("500 Oops", b"", ProviderAway),
    ("503 Away", b"", ProviderAway),
    ("429 Slow down", b"", ProviderAway),
]
BAD_ISSUERS = ["", "forger.test", "http://forger.test", "https://", "https://a.test?b", "https://a.test#b"]
BAD_ISSUERS += ["https://a b.test", "https://a:b@c.test", "HTTPS://a.test", "ftp://a.test", " https://a.test"]


async def test_good_document_makes_a_provider(egress: Egress, forger: Forger) -> None:
    provider = await read_provider(egress, forger.issuer, HERE)

    assert provider.issuer == forger.issuer
    assert provider.document.token_endpoint == f"{forger.issuer}/token"
    assert [key.kid for key in provider.keys] == ["first"]
    assert forger.asked == [DISCOVERY, "/jwks"]


async def test_document_that_says_the_least_is_good(egress: Egress, forger: Forger) -> None:
    least = forger.document(userinfo_endpoint=None)
    del least["token_endpoint_auth_methods_supported"]
    forger.says(DISCOVERY, least)

    provider = await read_provider(egress, forger.issuer, HERE)

    assert provider.document.token_endpoint_auth_methods_supported == ("client_secret_basic",)


async def test_issuer_that_ends_in_a_slash_is_found_without_it(egress: Egress, forger: Forger) -> None:
    forger.says(DISCOVERY, forger.document(issuer=f"{forger.issuer}/"))

    provider = await read_provider(egress, f"{forger.issuer}/", HERE)

    assert provider.issuer == f"{forger.issuer}/"


@pytest.mark.parametrize("changes", DOCUMENTS, ids=lambda changes: repr(changes)[:60])
async def test_document_that_does_not_fit_is_refused(changes: dict[str, Any], egress: Egress, forger: Forger) -> None:
    forger.says(DISCOVERY, forger.document(**changes))

    with pytest.raises(ProviderWrong):
        await read_provider(egress, forger.issuer, HERE)

    assert forger.asked == [DISCOVERY]


@pytest.mark.parametrize("end", ["/", "/other", "/."])
async def test_issuer_is_given_letter_by_letter(end: str, egress: Egress, forger: Forger) -> None:
    forger.says("/other" + DISCOVERY, forger.document())
    forger.says("/." + DISCOVERY, forger.document())

    with pytest.raises(ProviderWrong):
        await read_provider(egress, forger.issuer + end, HERE)


@pytest.mark.parametrize(("status", "content", "expected"), ANSWERS, ids=lambda value: repr(value)[:40])
async def test_answer_that_is_no_document_is_said(
    status: str, content: Any, expected: type[HubError], egress: Egress, forger: Forger
) -> None:
    forger.says(DISCOVERY, content, status)

    with pytest.raises(expected):
        await read_provider(egress, forger.issuer, HERE)


async def test_redirect_is_not_followed(egress: Egress, forger: Forger) -> None:
    forger.says(DISCOVERY, b"", f"302 Found\r\nLocation: {forger.issuer}/elsewhere")
    forger.says("/elsewhere", forger.document())

    with pytest.raises(ProviderWrong):
        await read_provider(egress, forger.issuer, HERE)

    assert forger.asked == [DISCOVERY]


@pytest.mark.parametrize("status", ["404 Not Found", "302 Found"])
async def test_keys_must_be_where_the_document_says(status: str, egress: Egress, forger: Forger) -> None:
    forger.says("/jwks", b"", status)

    with pytest.raises(ProviderWrong):
        await read_provider(egress, forger.issuer, HERE)


@pytest.mark.parametrize("issuer", BAD_ISSUERS)
async def test_issuer_that_is_no_address_is_not_asked(issuer: str, egress: Egress) -> None:
    with pytest.raises(ProviderWrong):
        await read_provider(egress, issuer, HERE)


async def test_loopback_is_for_those_who_have_opened_it(egress: Egress, forger: Forger) -> None:
    with pytest.raises(ProviderWrong):
        await read_provider(egress, forger.issuer)

    assert forger.asked == []


async def test_only_loopback_may_do_without_https(egress: Egress) -> None:
    with pytest.raises(ProviderWrong):
        await read_provider(egress, "http://10.0.0.1", (ip_network("10.0.0.0/8"),))


async def test_issuer_inside_our_network_is_not_asked(egress: Egress) -> None:
    with pytest.raises(EgressRefused):
        await read_provider(egress, "https://192.168.0.1", HERE)


async def test_provider_that_does_not_listen_is_away(egress: Egress, forger: Forger) -> None:
    where_nobody_listens = forger.issuer.replace("127.0.0.1", "127.0.0.9")

    with pytest.raises(ProviderAway) as error:
        await read_provider(egress, where_nobody_listens, HERE)

    assert error.value.data == {"retry_after_s": 10}
