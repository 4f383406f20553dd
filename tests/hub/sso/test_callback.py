"""What the browser brings back, or somebody else in its place."""

from urllib.parse import urlsplit

import msgspec
import pytest

from hub.sso.attempt import Callback, authorization_url, code_of, new_attempt
from hub.sso.discovery import Provider
from hub.sso.errors import SignInRefused
from tests.hub.sso.signing import AT_FORGER, ATTEMPT_AT_FORGER

STATE = ATTEMPT_AT_FORGER.state
REFUSED = {
    "no state": (Callback(code="c"), "state"),
    "another state": (Callback(state="other", code="c"), "state"),
    "a state beyond ASCII": (Callback(state="é" * 20, code="c"), "state"),
    "another state with an error": (Callback(state="other", error="access_denied"), "state"),
    "another provider": (Callback(state=STATE, code="c", iss="https://other.test"), "issuer"),
    "an error": (Callback(state=STATE, code="c", error="access_denied"), "denied"),
    "no code": (Callback(state=STATE), "denied"),
}


@pytest.mark.parametrize("case", REFUSED)
async def test_callback_that_is_not_ours_is_refused(case: str, forged: Provider) -> None:
    callback, reason = REFUSED[case]

    with pytest.raises(SignInRefused) as error:
        code_of(callback, forged, ATTEMPT_AT_FORGER)

    assert error.value.data == {"reason": reason}


async def test_provider_that_says_who_it_is_must_say_it_always(forged: Provider) -> None:
    document = msgspec.structs.replace(forged.document, authorization_response_iss_parameter_supported=True)
    provider = msgspec.structs.replace(forged, document=document)

    with pytest.raises(SignInRefused) as error:
        code_of(Callback(state=STATE, code="c"), provider, ATTEMPT_AT_FORGER)

    assert error.value.data == {"reason": "issuer"}


@pytest.mark.parametrize("iss", [False, True])
async def test_callback_of_this_attempt_brings_its_code(iss: bool, forged: Provider) -> None:
    callback = Callback(state=STATE, code="c", iss=forged.issuer * iss)

    assert code_of(callback, forged, ATTEMPT_AT_FORGER) == "c"


async def test_attempt_without_a_state_is_met_by_nothing(forged: Provider) -> None:
    attempt = msgspec.structs.replace(ATTEMPT_AT_FORGER, state="")

    with pytest.raises(SignInRefused):
        code_of(Callback(state="", code="c"), forged, attempt)


async def test_question_that_the_address_has_already_is_kept(forged: Provider) -> None:
    document = msgspec.structs.replace(forged.document, authorization_endpoint="https://login.test/auth?tenant=7")
    provider = msgspec.structs.replace(forged, document=document)

    url = authorization_url(provider, AT_FORGER, ATTEMPT_AT_FORGER)

    assert url.startswith("https://login.test/auth?tenant=7&response_type=code&client_id=")


async def test_hint_cannot_add_a_question_of_its_own(forged: Provider) -> None:
    url = authorization_url(forged, AT_FORGER, ATTEMPT_AT_FORGER, login_hint="a@b.test&prompt=none#x")

    assert urlsplit(url).query.endswith("&login_hint=a%40b.test%26prompt%3Dnone%23x")
    assert urlsplit(url).fragment == ""


def test_attempts_have_nothing_in_common() -> None:
    secrets = [secret for _ in range(50) for secret in msgspec.structs.astuple(new_attempt())]

    assert len(set(secrets)) == len(secrets)
    assert min(map(len, secrets)) >= 43
