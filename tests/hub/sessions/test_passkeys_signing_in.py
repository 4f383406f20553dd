"""Signing in with a passkey: who gets in, and what does not help anybody else."""

from collections.abc import Callable
from typing import Any

import pyotp
import pytest

from hub.audit import repository as audit
from hub.sessions import cookies
from tests.clock import VirtualClock
from tests.fakes.authenticator import unwritten, written
from tests.hub.sessions.devices import (
    PASSKEYS,
    adds,
    asked,
    begins,
    enters,
    new_device,
    passkeys_of,
    shows_it,
    tries_to_enter,
)
from tests.hub.sessions.people import Member, accept, invite, join, sign_up
from tests.hubs import Hub
from tests.people import PASSWORD, code_of, well

WRONG_DEVICES = {
    "on a page of somebody else": ({"origin": "https://evil.test"}, "origin"),
    "on another port": ({"origin": "http://localhost:8001"}, "origin"),
    "inside a page of somebody else": ({"is_framed": True}, "origin"),
    "for another name": ({"signs_for": "evil.test"}, "proof"),
    "without a finger": ({"is_verified": False}, "proof"),
    "without anybody": ({"is_present": False}, "proof"),
}
Forge = Callable[[Any], Any]


def with_response(credential: Any, **changes: str) -> Any:
    """The same credential with another answer."""
    return credential | {"response": credential["response"] | changes}


def with_bit_turned(credential: Any, part: str) -> Any:
    """The same credential with one bit of its answer turned."""
    data = bytearray(unwritten(credential["response"][part]))
    data[-1] ^= 1
    return with_response(credential, **{part: written(bytes(data))})


FORGERIES: dict[str, Forge] = {
    "a signature with a bit turned": lambda credential: with_bit_turned(credential, "signature"),
    "data with a bit turned": lambda credential: with_bit_turned(credential, "authenticatorData"),
    "a client with a bit turned": lambda credential: with_bit_turned(credential, "clientDataJSON"),
    "no signature to speak of": lambda credential: with_response(credential, signature="AA"),
    "the name of somebody else": lambda credential: with_response(credential, userHandle=written(b"somebody-else")),
    "two names": lambda credential: credential | {"id": written(b"another")},
    "data that ends early": lambda credential: with_response(credential, authenticatorData="AAAA"),
    "a client that is no JSON": lambda credential: with_response(credential, clientDataJSON=written(b"{")),
}


@pytest.fixture
async def bea(asha: Member) -> Member:
    """A colleague of Asha's."""
    return await join(asha, "bea@example.test")


def reason_of(answer: Any) -> tuple[int, str, str]:
    """How it was refused, and the word for why."""
    return *code_of(answer), answer.json()["error"]["data"]["reason"]


async def test_a_passkey_signs_in(hub: Hub, asha: Member) -> None:
    device = new_device()
    await adds(asha, device)

    entered = await enters(hub, device)

    assert (entered.id, entered.account) == (asha.id, asha.account)
    assert await entered.is_in()
    assert (await entered.refreshes()).is_success


async def test_it_gives_the_same_cookies_as_a_password(hub: Hub, asha: Member) -> None:
    device = new_device()
    await adds(asha, device)

    by_password, by_passkey = await asha.signs_in(), await tries_to_enter(hub, device)

    def given(answer: Any) -> list[str]:
        return [cookie.partition("=")[0] for cookie in answer.headers.get_list("set-cookie")]

    assert given(by_passkey) == given(by_password) == [cookies.REFRESH, cookies.DEVICE]
    assert by_passkey.json().keys() == by_password.json().keys()


async def test_nothing_is_told_to_strangers(hub: Hub, asha: Member) -> None:
    before = await asked(hub)
    await adds(asha, new_device())

    after = await asked(hub)

    assert after["options"] | {"challenge": ""} == before["options"] | {"challenge": ""}
    assert after["options"]["allowCredentials"] == []
    assert after["options"]["userVerification"] == "required"
    assert after["options"]["challenge"] != before["options"]["challenge"]


async def test_no_code_is_asked_for_where_an_app_is_set_up(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    device = new_device()
    await adds(asha, device)
    begun = await asha.does("POST", "/me/codes")
    code = pyotp.TOTP(begun["secret"]).at(clock.now())
    await asha.does("POST", "/me/codes/confirm", {"ticket": begun["ticket"], "code": code})

    by_password, by_passkey = await asha.signs_in(), await tries_to_enter(hub, device)

    assert by_password.json()["state"] == "second_factor"
    assert by_passkey.json()["state"] == "signed_in"


async def test_it_is_a_second_factor_where_one_is_asked_for(hub: Hub, asha: Member) -> None:
    device = new_device()
    await adds(asha, device)
    await asha.does("PUT", "/account/sign-in-rules", {"requires_second_factor": True})

    answer = await tries_to_enter(hub, device)

    assert answer.json()["access"]["needs_second_factor"] is False


async def test_the_session_says_how_it_began(hub: Hub, asha: Member) -> None:
    device = new_device()
    await adds(asha, device)

    entered = await enters(hub, device)

    sessions = (await entered.does("GET", "/me/sessions"))["items"]
    assert [one["proofs"] for one in sessions if one["is_this"]] == [["passkey"]]


async def test_the_list_says_when_it_was_used(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    device = new_device()
    await adds(asha, device)
    await clock.advance(minutes=1)

    await enters(hub, device)

    assert (await passkeys_of(asha))[0]["used_at"] == clock.now().isoformat().replace("+00:00", "Z")


async def test_one_enters_the_account_that_one_names(hub: Hub, asha: Member) -> None:
    other = await sign_up(hub, "owner@zenith.test", name="Zenith")
    await accept(hub, await invite(other, asha.email), asha.email)
    device = new_device()
    await adds(asha, device)

    entered = await enters(hub, device, account=other.account)

    assert entered.account == other.account


async def test_one_enters_no_account_that_one_does_not_work_for(hub: Hub, asha: Member) -> None:
    other, device = await sign_up(hub, "owner@zenith.test", name="Zenith"), new_device()
    await adds(asha, device)
    begun = await asked(hub)

    _, answer = await shows_it(hub, begun["ticket"], device.get(begun["options"]), other.account)

    assert code_of(answer) == (403, "no_membership")


async def test_a_member_who_is_shut_out_stays_out(hub: Hub, asha: Member, bea: Member) -> None:
    device = new_device()
    await adds(bea, device)
    await asha.does("POST", f"/members/{bea.id}/disable")

    answer = await tries_to_enter(hub, device)

    assert code_of(answer) == (403, "no_membership")


@pytest.mark.parametrize(("traits", "reason"), WRONG_DEVICES.values(), ids=WRONG_DEVICES)
async def test_what_proves_nothing_lets_nobody_in(hub: Hub, asha: Member, traits: Any, reason: str) -> None:
    device = new_device()
    await adds(asha, device)
    vars(device).update(traits)

    answer = await tries_to_enter(hub, device)

    assert reason_of(answer) == (401, "passkey_refused", reason)


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
async def test_a_forgery_lets_nobody_in(hub: Hub, asha: Member, forge: Forge) -> None:
    device = new_device()
    await adds(asha, device)
    begun = await asked(hub)

    _, answer = await shows_it(hub, begun["ticket"], forge(device.get(begun["options"])))

    assert code_of(answer) == (401, "passkey_refused")


async def test_a_passkey_that_nobody_added_is_unknown(hub: Hub, asha: Member) -> None:
    device = new_device()
    device.create((await begins(asha))["options"])

    answer = await tries_to_enter(hub, device)

    assert reason_of(answer) == (401, "passkey_refused", "unknown")


async def test_a_passkey_that_was_removed_is_unknown(hub: Hub, asha: Member) -> None:
    device = new_device()
    made = await adds(asha, device)
    await asha.does("POST", f"{PASSKEYS}/{made['id']}/remove", {"password": PASSWORD})

    answer = await tries_to_enter(hub, device)

    assert reason_of(answer) == (401, "passkey_refused", "unknown")


async def test_an_answer_to_another_challenge_lets_nobody_in(hub: Hub, asha: Member) -> None:
    device = new_device()
    await adds(asha, device)
    first, second = await asked(hub), await asked(hub)

    _, answer = await shows_it(hub, first["ticket"], device.get(second["options"]))

    assert code_of(answer) == (401, "passkey_refused")


async def test_what_was_shown_once_is_good_for_nothing_again(hub: Hub, asha: Member) -> None:
    device = new_device()
    await adds(asha, device)
    begun, later = await asked(hub), await asked(hub)
    credential = device.get(begun["options"])
    well((await shows_it(hub, begun["ticket"], credential))[1])

    _, same_ticket = await shows_it(hub, begun["ticket"], credential)
    _, new_ticket = await shows_it(hub, later["ticket"], credential)

    assert code_of(same_ticket) == (422, "slip_spent")
    assert code_of(new_ticket) == (401, "passkey_refused")


async def test_a_ticket_is_spent_by_a_try_that_fails(hub: Hub, asha: Member) -> None:
    device = new_device()
    await adds(asha, device)
    begun = await asked(hub)
    credential = device.get(begun["options"])
    await shows_it(hub, begun["ticket"], with_bit_turned(credential, "signature"))

    _, answer = await shows_it(hub, begun["ticket"], credential)

    assert code_of(answer) == (422, "slip_spent")


async def test_a_ticket_is_good_for_five_minutes(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    device = new_device()
    await adds(asha, device)
    begun = await asked(hub)
    await clock.advance(minutes=5)

    _, answer = await shows_it(hub, begun["ticket"], device.get(begun["options"]))

    assert code_of(answer) == (422, "slip_spent")


async def test_a_ticket_for_adding_signs_nobody_in(hub: Hub, asha: Member) -> None:
    device = new_device()
    await adds(asha, device)
    ticket, options = (await begins(asha))["ticket"], (await asked(hub))["options"]

    _, answer = await shows_it(hub, ticket, device.get(options))

    assert code_of(answer) == (422, "slip_spent")


async def test_a_passkey_of_another_login_is_not_passed_off_as_ones_own(hub: Hub, asha: Member, bea: Member) -> None:
    hers, his = new_device(), new_device()
    await adds(asha, hers)
    await adds(bea, his)
    his.passkeys[0].id, his.passkeys[0].user_handle = hers.passkeys[0].id, hers.passkeys[0].user_handle

    answer = await tries_to_enter(hub, his)

    assert code_of(answer) == (401, "passkey_refused")


async def test_both_ways_it_ends_stand_in_the_audit_log(hub: Hub, asha: Member) -> None:
    device = new_device()
    made = await adds(asha, device)

    entered = await tries_to_enter(hub, device)
    device.is_verified = False
    refused = await tries_to_enter(hub, device)

    for answer in (entered, refused):
        entry = await hub.deps.mongo[audit.AUDIT].find_one({"request": answer.headers["x-request-id"]})
        assert entry
        assert (entry["account"], entry["action"]) == (asha.account, "session.begin")
        assert entry["status"] == answer.status_code
        assert entry["target"]["passkey"] == made["id"]
