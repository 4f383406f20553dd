"""What devices count: a passkey whose count goes backwards may have been copied, and opens nothing any more."""

import dataclasses
from typing import Any

import pytest

from hub.logins import repository
from hub.settings import Secret, Settings
from tests.clock import VirtualClock
from tests.fakes.authenticator import Authenticator
from tests.hub.sessions.devices import PASSKEYS, adds, asked, enters, new_device, passkeys_of, shows_it, tries_to_enter
from tests.hub.sessions.letters import letters_to
from tests.hub.sessions.people import Member, sign_up
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, code_of, well

LOCKED = (401, "passkey_locked")


@pytest.fixture
async def device(hub: Hub, asha: Member, clock: VirtualClock) -> Authenticator:
    """Asha's, which was used once."""
    device = new_device()
    await adds(asha, device)
    await clock.advance(minutes=1)
    await enters(hub, device)
    await clock.advance(minutes=1)
    return device


@pytest.mark.parametrize("counted_back", [1, 2], ids=["the same again", "backwards"])
async def test_a_count_that_does_not_grow_locks_the_passkey(
    hub: Hub, asha: Member, device: Authenticator, counted_back: int
) -> None:
    device.passkeys[0].count -= counted_back

    answer = await tries_to_enter(hub, device)

    assert code_of(answer) == LOCKED
    assert [one["is_locked"] for one in await passkeys_of(asha)] == [True]


async def test_a_device_that_stops_counting_locks_its_passkey(hub: Hub, device: Authenticator) -> None:
    device.passkeys[0].count = device.step = 0

    assert code_of(await tries_to_enter(hub, device)) == LOCKED


async def test_a_locked_passkey_is_not_opened_by_counting_on(hub: Hub, device: Authenticator) -> None:
    device.passkeys[0].count -= 1
    await tries_to_enter(hub, device)

    device.passkeys[0].count += 100

    assert code_of(await tries_to_enter(hub, device)) == LOCKED


async def test_only_whoever_has_the_key_can_lock_it(hub: Hub, asha: Member, device: Authenticator) -> None:
    device.passkeys[0].count -= 2
    device.is_verified = False

    answer = await tries_to_enter(hub, device)

    assert code_of(answer) == (401, "passkey_refused")
    assert [one["is_locked"] for one in await passkeys_of(asha)] == [False]


async def test_an_answer_that_was_only_late_locks_nothing(
    hub: Hub, asha: Member, device: Authenticator, clock: VirtualClock
) -> None:
    late = await asked(hub)
    credential = device.get(late["options"])
    await clock.advance(seconds=1)
    await enters(hub, device)

    _, answer = await shows_it(hub, late["ticket"], credential)

    assert code_of(answer) == (401, "passkey_refused")
    assert answer.json()["error"]["data"]["reason"] == "count"
    assert [one["is_locked"] for one in await passkeys_of(asha)] == [False]


async def test_a_device_that_does_not_count_signs_in_again_and_again(hub: Hub, asha: Member) -> None:
    device = new_device(step=0)
    await adds(asha, device)

    entered = [await enters(hub, device) for _ in range(3)]

    assert {one.id for one in entered} == {asha.id}


async def test_a_locked_passkey_is_removed_and_another_one_made(hub: Hub, asha: Member, device: Authenticator) -> None:
    device.passkeys[0].count -= 1
    await tries_to_enter(hub, device)
    locked = (await passkeys_of(asha))[0]
    await asha.does("POST", f"{PASSKEYS}/{locked['id']}/remove", {"password": PASSWORD})

    await adds(asha, device)

    assert (await enters(hub, device)).id == asha.id


async def test_a_passkey_that_was_used_meanwhile_is_not_used_with_a_count_of_before(hub: Hub, asha: Member) -> None:
    made = await adds(asha, new_device())
    seen = await repository.find_passkey_by_credential(hub.deps.mongo, await credential_of(hub, made["id"]))
    assert seen
    use: dict[str, Any] = {"is_backed_up": False, "now": hub.deps.clock.now()}

    used = [await repository.use_passkey(hub.deps.mongo, seen, sign_count=count, **use) for count in (5, 4, 5, 0, 6)]

    assert used == [True, False, False, False, True]


async def credential_of(hub: Hub, id: str) -> bytes:
    """The name that its device has given it."""
    stored = await hub.deps.mongo[repository.PASSKEYS].find_one({"_id": id}) or {}
    return bytes(stored["credential"])


async def test_its_owner_is_told_by_mail_of_everything_that_happens_to_it(
    settings: Settings, clock: VirtualClock
) -> None:
    mailing = dataclasses.replace(settings, mail_url=Secret("smtp://127.0.0.1:1"), mail_from="parley@example.test")
    async with running_hub(mailing, clock=clock) as hub:
        asha, device = await sign_up(hub), new_device()
        made = await adds(asha, device, "Laptop")
        await clock.advance(seconds=1)
        device.passkeys[0].count = -1
        for _ in range(2):
            await tries_to_enter(hub, device)
        await clock.advance(seconds=1)
        well(await asha.asks("POST", f"{PASSKEYS}/{made['id']}/remove", {"password": PASSWORD}))

        letters = await letters_to(hub, asha.email)

    about = [one for one in letters if "passkey" in one.subject]
    assert [one.subject for one in about] == ["A passkey was added", "A passkey was locked", "A passkey was removed"]
    assert all("Laptop" in one.text for one in about)
