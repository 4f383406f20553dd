"""The passkeys of a member: made by a device, listed, named, removed."""

import dataclasses
from collections.abc import Awaitable, Callable

import pytest

from hub.logins import actions as logins
from hub.logins import passkeys, repository
from hub.settings import Settings
from tests.clock import VirtualClock
from tests.fakes.authenticator import EDDSA, ES256, RS256, AlreadyHere, Authenticator, unwritten, written
from tests.hub.sessions.devices import PASSKEYS, adds, begins, enters, new_device, passkeys_of, sends, tries_to_add
from tests.hub.sessions.people import Member, join, sign_up
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, code_of, well

WRONG_DEVICES = {
    "on a page of somebody else": ({"origin": "https://evil.test"}, "origin"),
    "on another port": ({"origin": "http://localhost:8001"}, "origin"),
    "over https": ({"origin": "https://localhost:8000"}, "origin"),
    "inside a page of somebody else": ({"is_framed": True}, "origin"),
    "for another name": ({"signs_for": "evil.test"}, "proof"),
    "without a finger": ({"is_verified": False}, "proof"),
    "without anybody": ({"is_present": False}, "proof"),
}
Come = Callable[[Member], Awaitable[Member]]
OTHERS: dict[str, Come] = {
    "a colleague": lambda asha: join(asha, "bea@example.test"),
    "somebody else": lambda asha: sign_up(asha.hub, "bea@example.test"),
}


async def test_a_passkey_that_was_made_is_there(asha: Member) -> None:
    made = await adds(asha, new_device(is_backed_up=True), "Laptop")

    assert await passkeys_of(asha) == [made]
    about = {name: made[name] for name in ("name", "transports", "is_backed_up", "is_locked", "used_at")}
    assert about == {
        "name": "Laptop",
        "transports": ["internal", "hybrid"],
        "is_backed_up": True,
        "is_locked": False,
        "used_at": None,
    }


async def test_a_browser_is_asked_for_a_passkey_that_needs_no_address_and_asks_for_a_finger(asha: Member) -> None:
    begun = await begins(asha)

    options = begun["options"]
    assert begun["origin"] == "http://localhost:8000"
    assert options["rp"] == {"name": "Parley", "id": "localhost"}
    assert options["user"] | {"id": ""} == {"name": asha.email, "displayName": asha.email, "id": ""}
    assert [offer["alg"] for offer in options["pubKeyCredParams"]] == [ES256, EDDSA, RS256]
    assert options["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }
    assert options["attestation"] == "none"
    assert len(unwritten(options["challenge"])) == 32


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
async def test_every_algorithm_that_is_offered_signs_in(hub: Hub, asha: Member, algorithm: int) -> None:
    device = new_device(algorithm=algorithm)
    await adds(asha, device)

    assert (await enters(hub, device)).id == asha.id


@pytest.mark.parametrize("password", [None, "another password"])
async def test_nothing_begins_without_the_password(asha: Member, password: str | None) -> None:
    answer = await asha.asks("POST", f"{PASSKEYS}/begin", {"password": password})

    assert code_of(answer) == (401, "wrong_credentials")


async def test_a_device_that_has_one_is_not_given_another(asha: Member) -> None:
    device = new_device()
    await adds(asha, device)

    options = (await begins(asha))["options"]

    with pytest.raises(AlreadyHere):
        device.create(options)


async def test_a_second_device_signs_in_as_well(hub: Hub, asha: Member, clock: VirtualClock) -> None:
    laptop, phone = new_device(), new_device()
    await adds(asha, laptop, "Laptop")
    await clock.advance(seconds=1)
    await adds(asha, phone, "Phone")

    entered = [await enters(hub, laptop), await enters(hub, phone)]

    assert [one.id for one in entered] == [asha.id, asha.id]
    assert [one["name"] for one in await passkeys_of(asha)] == ["Laptop", "Phone"]


@pytest.mark.parametrize(("traits", "reason"), WRONG_DEVICES.values(), ids=WRONG_DEVICES)
async def test_what_proves_nothing_is_not_kept(asha: Member, traits: dict[str, object], reason: str) -> None:
    answer = await tries_to_add(asha, new_device(**traits))

    assert code_of(answer) == (422, "passkey_unfit")
    assert answer.json()["error"]["data"]["reason"] == reason
    assert await passkeys_of(asha) == []


async def test_an_answer_to_another_challenge_is_not_kept(asha: Member) -> None:
    first, second = await begins(asha), await begins(asha)

    answer = await sends(asha, first["ticket"], new_device().create(second["options"]))

    assert code_of(answer) == (422, "passkey_unfit")


async def test_a_ticket_is_good_once(asha: Member) -> None:
    begun = await begins(asha)
    well(await sends(asha, begun["ticket"], new_device().create(begun["options"])))

    again = await sends(asha, begun["ticket"], new_device().create(begun["options"]))

    assert code_of(again) == (422, "slip_spent")
    assert len(await passkeys_of(asha)) == 1


async def test_a_ticket_is_good_for_five_minutes(asha: Member, clock: VirtualClock) -> None:
    begun = await begins(asha)
    await clock.advance(minutes=5)

    answer = await sends(asha, begun["ticket"], new_device().create(begun["options"]))

    assert code_of(answer) == (422, "slip_spent")


async def test_a_ticket_of_somebody_else_is_good_for_nothing_but_still_for_its_owner(hub: Hub, asha: Member) -> None:
    bea, begun = await sign_up(hub, "bea@example.test"), await begins(asha)
    credential = new_device().create(begun["options"])

    stolen = await sends(bea, begun["ticket"], credential)

    assert code_of(stolen) == (422, "slip_spent")
    assert (await sends(asha, begun["ticket"], credential)).status_code == 201


async def test_a_ticket_from_before_a_new_password_is_good_for_nothing(asha: Member) -> None:
    begun = await begins(asha)
    await asha.does("POST", "/me/password", {"current": PASSWORD, "new": "staple battery horse"})

    answer = await sends(asha, begun["ticket"], new_device().create(begun["options"]))

    assert code_of(answer) == (422, "slip_spent")


async def test_a_passkey_belongs_to_one_login(hub: Hub, asha: Member) -> None:
    bea, device = await sign_up(hub, "bea@example.test"), new_device()
    await adds(asha, device)

    answer = await tries_to_add(bea, new_device(next_id=device.passkeys[0].id))

    assert code_of(answer) == (409, "passkey_exists")
    assert await passkeys_of(bea) == []


async def test_a_request_that_is_sent_again_with_its_key_adds_nothing_more(asha: Member) -> None:
    begun = await begins(asha)
    credential = new_device().create(begun["options"])

    answers = [await sends(asha, begun["ticket"], credential, idempotency_key="k1") for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert len(await passkeys_of(asha)) == 1


async def test_nobody_has_more_than_twenty(hub: Hub, asha: Member) -> None:
    login = await logins.find(hub.deps, asha.email)
    assert login
    # Whoever has one adds another by it.
    await adds(asha, new_device())
    for number in range(1, passkeys.MOST):
        ticket, options, _ = await passkeys.begin_making(hub.deps, login)
        credential = new_device().create(options)
        await passkeys.make(hub.deps, login, id=f"p{number}", ticket=ticket, name="Key", credential=credential)

    answer = await asha.asks("POST", f"{PASSKEYS}/begin", {"password": PASSWORD})

    assert code_of(answer) == (422, "too_many_passkeys")


async def test_a_passkey_is_renamed(asha: Member) -> None:
    made = await adds(asha, new_device())

    renamed = await asha.does("PATCH", f"{PASSKEYS}/{made['id']}", {"name": "Old laptop"})

    assert renamed == made | {"name": "Old laptop"}
    assert await passkeys_of(asha) == [renamed]


async def test_a_passkey_is_removed_by_whoever_knows_the_password(asha: Member) -> None:
    made = await adds(asha, new_device())

    refused = await asha.asks("POST", f"{PASSKEYS}/{made['id']}/remove", {})
    await asha.does("POST", f"{PASSKEYS}/{made['id']}/remove", {"password": PASSWORD})

    assert code_of(refused) == (401, "wrong_credentials")
    assert await passkeys_of(asha) == []


@pytest.mark.parametrize("come", OTHERS.values(), ids=OTHERS)
async def test_a_passkey_of_another_login_does_not_exist(asha: Member, come: Come) -> None:
    made, bea = await adds(asha, new_device()), await come(asha)

    renamed = await bea.asks("PATCH", f"{PASSKEYS}/{made['id']}", {"name": "Mine"})
    removed = await bea.asks("POST", f"{PASSKEYS}/{made['id']}/remove", {"password": PASSWORD})

    assert code_of(renamed) == code_of(removed) == (404, "no_such_passkey")
    assert await passkeys_of(bea) == []
    assert await passkeys_of(asha) == [made]


async def test_no_query_reaches_a_passkey_of_another_login(hub: Hub, asha: Member) -> None:
    made, mongo = await adds(asha, new_device()), hub.deps.mongo

    reached = [
        await repository.find_passkey(mongo, "another", made["id"]),
        await repository.rename_passkey(mongo, "another", made["id"], b""),
        await repository.lock_passkey(mongo, "another", made["id"], hub.deps.clock.now()),
        await repository.remove_passkey(mongo, "another", made["id"]),
    ]

    assert reached == [None, False, False, False]
    assert await passkeys_of(asha) == [made]


async def test_one_sees_how_many_one_has(asha: Member) -> None:
    await adds(asha, new_device())

    assert (await asha.does("GET", "/me"))["passkeys"] == 1


async def test_a_session_that_adds_a_passkey_has_shown_a_second_factor(asha: Member) -> None:
    await asha.does("PUT", "/account/sign-in-rules", {"requires_second_factor": True})
    await asha.signs_in()
    before = await asha.asks("GET", "/members")

    await adds(asha, new_device())

    assert code_of(before) == (403, "second_factor_required")
    assert (await asha.asks("GET", "/members")).status_code == 200


async def test_a_hub_that_is_reached_by_a_number_says_what_it_needs(settings: Settings, clock: VirtualClock) -> None:
    numbered = dataclasses.replace(settings, public_url="https://192.0.2.7")
    async with running_hub(numbered, clock=clock) as hub:
        asha = await sign_up(hub)

        mine = await asha.asks("POST", f"{PASSKEYS}/begin", {"password": PASSWORD})
        anybodys = await hub.client.post("/api/v1/session/passkey/begin")

    assert code_of(mine) == code_of(anybodys) == (422, "passkeys_need_a_name")
    assert "PARLEY_PUBLIC_URL" in mine.json()["error"]["message"]


async def test_a_hub_with_a_name_is_known_by_it(settings: Settings, clock: VirtualClock) -> None:
    named = dataclasses.replace(settings, public_url="https://parley.example.com/")
    async with running_hub(named, clock=clock) as hub:
        asha, device = await sign_up(hub), Authenticator("https://parley.example.com")

        await adds(asha, device)

        assert (await enters(hub, device)).id == asha.id
        assert device.passkeys[0].rp_id == "parley.example.com"


async def test_what_newer_browsers_add_is_passed_over_and_what_they_must_send_is_not(asha: Member) -> None:
    begun = await begins(asha)
    credential = new_device().create(begun["options"])
    lacking = credential | {"response": {"clientDataJSON": written(b"{}")}}

    refused = await sends(asha, begun["ticket"], lacking)
    taken = await sends(asha, begun["ticket"], credential | {"signalled": {"by": ["a", "newer", "browser"]}})

    assert code_of(refused) == (400, "invalid")
    assert taken.status_code == 201
