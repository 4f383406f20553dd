"""A closed account: nothing of it can be read again, in the database or in any backup of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import httpx2
import pytest

from hub.accounts.closing import KINDS, PAUSE
from hub.rooms import ROOMS
from hub.settings import Secret, Settings
from hub.store.mongo import KEYS
from hub.store.sealed import MasterKeys, Sealer, Unreadable
from hub.work.desk import Desk
from tests.clock import VirtualClock
from tests.dumps import Dump, dump, raw, sealed_values
from tests.hubs import Hub, running_hub

PASSWORD = "correct horse battery"
MAIL = Secret("smtp://127.0.0.1:1")


@dataclass(frozen=True)
class Business:
    """An account with something in every place, and the words that only it knows."""

    id: str
    name: str
    headers: dict[str, str]
    words: tuple[str, ...]


async def business(hub: Hub, name: str) -> Business:
    """Found one, and fill it: members, invitations, keys, and all that the log says of them."""
    owner, invited, key = f"owner@{name}.test", f"invited@{name}.test", f"key-of-{name}"
    founding = {"account_name": name, "name": f"Owner-{name}", "email": owner, "password": PASSWORD}
    answer = await ok(hub.client.post("/api/v1/sign-up", json=founding, headers={"user-agent": f"Agent-{name}"}))
    headers = {"authorization": f"Bearer {answer['access']['access_token']}"}
    await ok(hub.client.post("/api/v1/invitations", json={"email": invited, "role": "editor"}, headers=headers))
    grants = [{"permission": "members.view"}]
    await ok(hub.client.post("/api/v1/keys", json={"name": key, "grants": grants}, headers=headers))
    await ok(hub.client.patch("/api/v1/me", json={"name": f"Renamed-{name}"}, headers=headers))
    await ok(hub.client.post("/api/v1/password/forgotten", json={"email": owner}))
    words = (name, owner, invited, key, f"Owner-{name}", f"Renamed-{name}", f"Agent-{name}")
    return Business(answer["access"]["account_id"], name, headers, words)


async def ok(asked: Any) -> Any:
    """What was answered, when all is well."""
    answer: httpx2.Response = await asked
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """An installation that anybody may sign up to, and that can send mail."""
    # No worker runs here: what is posted stays in the database.
    settings = replace(settings, mail_url=MAIL, mail_from="parley@example.test", open_sign_up=True)
    async with running_hub(settings, clock=clock) as hub:
        yield hub


async def close(hub: Hub, one: Business) -> None:
    """As its owner does."""
    await ok(hub.client.post("/api/v1/account/close", json={"name": one.name}, headers=one.headers))


async def remove(hub: Hub, one: Business, clock: VirtualClock) -> None:
    """As a worker does, some minutes later."""
    await clock.advance(seconds=PAUSE.total_seconds())
    desk = Desk(hub.deps, KINDS[0])
    await desk.offer(one.id)
    await desk.close(timeout_s=10)


async def readable(hub: Hub, backup: Dump) -> set[str]:
    """Whose sealed values of the backup still open, with all the keys that there are."""
    deps, masters = hub.deps, MasterKeys(hub.deps.settings.master_key, Secret())
    sealer, open_to = Sealer(deps.mongo[KEYS], masters, deps.clock), set()
    for account, place, value in sealed_values(backup):
        try:
            await sealer.unseal(account, place, value)
            open_to.add(account)
        except Unreadable:
            continue
    return open_to


async def test_no_backup_of_it_can_be_read_any_more(hub: Hub) -> None:
    ours, theirs = await business(hub, "acme"), await business(hub, "zenith")
    backup = dump(hub.deps.settings)
    before = await readable(hub, backup)

    await close(hub, ours)

    gone = before - await readable(hub, backup)
    login_of_ours = {document["account"] for document in backup["logins"]} & gone
    assert gone == {ours.id, *login_of_ours}
    assert len(login_of_ours) == 1
    assert theirs.id in await readable(hub, backup)


async def test_nothing_of_it_ever_stood_there_in_plain(hub: Hub) -> None:
    ours = await business(hub, "acme")

    backup = raw(dump(hub.deps.settings)) + raw(dump(hub.deps.settings, keys=True))

    assert [word for word in (*ours.words, PASSWORD) if word.encode() in backup] == []


async def test_whatever_is_sealed_of_an_account_and_its_members_was_in_the_backup(hub: Hub) -> None:
    await business(hub, "acme")

    collections = {place.partition(".")[0] for _, place, _ in sealed_values(dump(hub.deps.settings))}

    # What other rooms seal, they seal by the same keys.
    sealed = {
        name for room in ROOMS if room.name in ("logins", "accounts", "sessions", "audit") for name in room.sealed
    }
    assert sealed - collections <= {"teams", "roles", "passkeys"}


async def test_its_documents_go_and_those_of_others_stay(hub: Hub, clock: VirtualClock) -> None:
    ours, theirs = await business(hub, "acme"), await business(hub, "zenith")
    before = dump(hub.deps.settings)
    await close(hub, ours)

    await remove(hub, ours, clock)

    left = {name: [one["_id"] for one in documents if one["account"] == ours.id] for name, documents in dumps(hub)}
    assert {name: ids for name, ids in left.items() if ids} == {}
    assert of(before, theirs.id) == of(dump(hub.deps.settings), theirs.id)


def dumps(hub: Hub) -> list[tuple[str, list[Any]]]:
    """Both databases, but for what belongs to the installation."""
    both = {**dump(hub.deps.settings), **dump(hub.deps.settings, keys=True)}
    return [(name, documents) for name, documents in both.items() if name not in ("installation", "processes")]


def of(backup: Dump, account: str) -> dict[str, int]:
    """How much an account has, by collection."""
    counts = {name: sum(one.get("account") == account for one in documents) for name, documents in backup.items()}
    return {name: count for name, count in counts.items() if count}


async def test_that_it_was_closed_stands_in_the_log_of_the_installation(hub: Hub) -> None:
    ours = await business(hub, "acme")

    await close(hub, ours)

    entries = [one for one in dump(hub.deps.settings)["audit"] if one["action"] == "account.close"]
    assert [(one["account"], one["target"]["account"]) for one in entries] == [("installation", ours.id)]


async def test_nobody_gets_in_any_more(hub: Hub, clock: VirtualClock) -> None:
    ours = await business(hub, "acme")
    await close(hub, ours)

    await clock.advance(seconds=5)

    answer = await hub.client.get("/api/v1/account", headers=ours.headers)
    again = await hub.client.post("/api/v1/session", json={"email": ours.words[1], "password": PASSWORD})
    assert (answer.status_code, again.status_code) == (401, 401)


async def test_a_wrong_name_closes_nothing(hub: Hub) -> None:
    ours = await business(hub, "acme")

    answer = await hub.client.post("/api/v1/account/close", json={"name": "acne"}, headers=ours.headers)

    assert answer.json()["error"]["code"] == "name_differs"
    assert await ok(hub.client.get("/api/v1/account", headers=ours.headers))


async def test_who_works_elsewhere_too_keeps_the_login(hub: Hub) -> None:
    ours, theirs = await business(hub, "acme"), await business(hub, "zenith")
    both = {"account_name": "Both", "name": "Owner", "email": ours.words[1], "password": PASSWORD}
    await ok(hub.client.post("/api/v1/sign-up", json=both))

    await close(hub, ours)

    answer = await hub.client.post("/api/v1/session", json={"email": ours.words[1], "password": PASSWORD})
    assert answer.json()["access"]["account_id"] not in (ours.id, theirs.id)


async def test_a_removal_that_was_cut_off_is_done_again(hub: Hub, clock: VirtualClock) -> None:
    ours = await business(hub, "acme")
    await close(hub, ours)

    await remove(hub, ours, clock)
    await remove(hub, ours, clock)

    assert of(dump(hub.deps.settings), ours.id) == {}
