"""The whole way of a sign-in, at a real provider."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from hub.egress import Egress
from hub.sso.attempt import authorization_url, code_of, new_attempt
from hub.sso.discovery import Provider, read_provider
from hub.sso.errors import ClientRefused, ProviderAway, SignInRefused
from hub.sso.oidc import Identity, exchange
from tests.fakes.oidc.browser import sign_in_at
from tests.fakes.oidc.running import running_provider
from tests.hub.sso.signing import ASHA, BASIC, BEN, CLIENTS, HERE, REGISTERED, at_present, callback_of, code_at


def asha_at(issuer: str) -> Identity:
    return Identity(issuer=issuer, subject=ASHA.sub, email=ASHA.email, is_email_verified=True, name="Asha Rao")


@pytest.mark.parametrize("name", CLIENTS)
async def test_person_signs_in_by_every_kind_of_client(name: str, egress: Egress, provider: Provider) -> None:
    attempt, code = await code_at(provider, CLIENTS[name])

    identity = await exchange(egress, provider, CLIENTS[name], attempt, code=code, now=at_present())

    assert identity == asha_at(provider.issuer)


async def test_person_is_asked_about_when_the_token_says_only_who(egress: Egress) -> None:
    async with running_provider([ASHA], REGISTERED, id_tokens_have_claims=False) as issuer:
        provider = await read_provider(egress, issuer, HERE)
        attempt, code = await code_at(provider, BASIC)

        identity = await exchange(egress, provider, BASIC, attempt, code=code, now=at_present())

    assert identity == asha_at(issuer)


async def test_address_that_the_provider_has_not_verified_is_told_as_such(egress: Egress, provider: Provider) -> None:
    attempt, code = await code_at(provider, BASIC, BEN.email)

    identity = await exchange(egress, provider, BASIC, attempt, code=code, now=at_present())

    assert (identity.email, identity.is_email_verified) == (BEN.email, False)


async def test_login_hint_fills_in_the_providers_form(egress: Egress, provider: Provider) -> None:
    attempt = new_attempt()
    url = authorization_url(provider, BASIC, attempt, login_hint=BEN.email)

    code = code_of(callback_of(await sign_in_at(provider.issuer, url)), provider, attempt)

    identity = await exchange(egress, provider, BASIC, attempt, code=code, now=at_present())
    assert identity.subject == BEN.sub


async def test_keys_that_were_changed_meanwhile_are_read_again(egress: Egress, provider: Provider) -> None:
    remembered = msgspec.structs.replace(provider, keys=())
    attempt, code = await code_at(remembered, BASIC)

    identity = await exchange(egress, remembered, BASIC, attempt, code=code, now=at_present())

    assert identity == asha_at(provider.issuer)


async def test_person_whom_the_provider_does_not_let_in_is_refused(provider: Provider) -> None:
    with pytest.raises(SignInRefused) as error:
        await code_at(provider, BASIC, "nobody@example.test")

    assert error.value.data == {"reason": "denied"}


async def test_code_is_good_once(egress: Egress, provider: Provider) -> None:
    attempt, code = await code_at(provider, BASIC)
    await exchange(egress, provider, BASIC, attempt, code=code, now=at_present())

    with pytest.raises(SignInRefused) as error:
        await exchange(egress, provider, BASIC, attempt, code=code, now=at_present())

    assert error.value.data == {"reason": "code"}


@pytest.mark.parametrize(
    ("part", "reason"),
    [("nonce", "nonce"), ("verifier", "code")],
)
async def test_code_of_another_attempt_is_refused(part: str, reason: str, egress: Egress, provider: Provider) -> None:
    attempt, code = await code_at(provider, BASIC)
    other = msgspec.structs.replace(attempt, **{part: getattr(new_attempt(), part)})

    with pytest.raises(SignInRefused) as error:
        await exchange(egress, provider, BASIC, other, code=code, now=at_present())

    assert error.value.data == {"reason": reason}


@pytest.mark.parametrize("by", [timedelta(minutes=-5), timedelta(hours=2)])
async def test_token_of_another_time_is_refused(by: timedelta, egress: Egress, provider: Provider) -> None:
    attempt, code = await code_at(provider, BASIC)

    with pytest.raises(SignInRefused) as error:
        await exchange(egress, provider, BASIC, attempt, code=code, now=at_present() + by)

    assert error.value.data == {"reason": "time"}


async def test_code_of_another_client_is_refused(egress: Egress, provider: Provider) -> None:
    attempt, code = await code_at(provider, BASIC)

    with pytest.raises(SignInRefused) as error:
        await exchange(egress, provider, CLIENTS["post"], attempt, code=code, now=at_present())

    assert error.value.data == {"reason": "code"}


@pytest.mark.parametrize("change", [{"secret": "wrong"}, {"id": "unknown"}, {"secret": ""}])
async def test_wrong_registration_is_told_apart_from_a_wrong_person(
    change: dict[str, str], egress: Egress, provider: Provider
) -> None:
    attempt, code = await code_at(provider, BASIC)
    client = msgspec.structs.replace(BASIC, **change)

    with pytest.raises(ClientRefused):
        await exchange(egress, provider, client, attempt, code=code, now=at_present())


async def test_provider_that_has_gone_is_away(egress: Egress) -> None:
    async with running_provider([ASHA], REGISTERED) as issuer:
        provider = await read_provider(egress, issuer, HERE)
        attempt, code = await code_at(provider, BASIC)

    with pytest.raises(ProviderAway):
        await exchange(egress, provider, BASIC, attempt, code=code, now=at_present())


async def test_browser_is_sent_with_everything_and_nothing_secret(provider: Provider) -> None:
    attempt = new_attempt()

    url = authorization_url(provider, BASIC, attempt)

    asked = parse_qs(urlsplit(url).query)
    assert asked["scope"] == ["openid email profile"]
    assert (asked["code_challenge"], asked["code_challenge_method"]) == ([attempt.challenge], ["S256"])
    assert attempt.verifier not in url
    assert BASIC.secret not in str(asked)
