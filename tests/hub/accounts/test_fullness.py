"""An account has no more of anything than its list shows."""

from typing import Any

import pytest
from bson.binary import Binary
from pymongo import MongoClient

from hub.accounts import closing, members, repository
from hub.accounts.errors import AccountFull
from hub.accounts.models import Account
from hub.logins import actions as logins
from hub.settings import Settings
from hub.store.mongo import Document
from hub.store.sealed import SUBTYPE
from tests.hub.accounts.staff import act_of, operators_act
from tests.people import PASSWORD, Person, code_of, invite

BEN = "ben@example.test"
SEALED = Binary(b"", SUBTYPE)


def fill(settings: Settings, account: str, collection: str, number: int = repository.MOST, **more: Any) -> None:
    """So many of them."""
    others: list[Document] = [{"_id": f"{n:05}", "login": f"{n}", "account": account, **more} for n in range(number)]
    with MongoClient[Document](settings.mongodb_url.reveal()) as client:
        client[settings.mongodb_database][collection].insert_many(others)


@pytest.mark.parametrize(
    ("collection", "path", "body"),
    [
        ("api_keys", "/keys", {"name": "x", "grants": []}),
        ("invitations", "/invitations", {"email": BEN, "role": "viewer"}),
    ],
)
async def test_there_are_no_more_than_a_list_shows(
    asha: Person, settings: Settings, collection: str, path: str, body: Any
) -> None:
    fill(settings, asha.account, collection)

    answer = await asha.asks("POST", path, body)

    assert code_of(answer) == (422, "account_full")


async def test_invitations_that_were_accepted_take_no_place(asha: Person, settings: Settings) -> None:
    fill(settings, asha.account, "invitations", accepted_at=asha.hub.deps.clock.now())

    assert await invite(asha, BEN)


async def test_nobody_joins_an_account_that_is_full_and_the_link_stays_good(asha: Person, settings: Settings) -> None:
    token = await invite(asha, BEN)
    fill(settings, asha.account, "members", repository.MOST - 1)
    body = {"token": token, "name": "Ben", "password": PASSWORD}

    refused = await asha.hub.client.post("/api/v1/invitation/accept", json=body)
    await asha.hub.deps.mongo["members"].delete({"_id": "00000"})

    assert code_of(refused) == (422, "account_full")
    assert (await asha.hub.client.post("/api/v1/invitation/accept", json=body)).is_success


async def test_nor_does_the_operator_add_anybody(asha: Person, settings: Settings) -> None:
    deps = asha.hub.deps
    fill(settings, asha.account, "members", repository.MOST - 1)
    account = await repository.find(deps.mongo, asha.account, Account, asha.account)
    login = await logins.make(deps, BEN, PASSWORD, is_proved=True)
    assert account

    with pytest.raises(AccountFull):
        await members.add(operators_act(asha), account, login, name="Ben", role="viewer")


async def test_closing_erases_the_logins_of_all_however_many(asha: Person, settings: Settings) -> None:
    deps = asha.hub.deps
    fill(
        settings,
        asha.account,
        "members",
        repository.MOST + 1,
        role="viewer",
        name=SEALED,
        email=SEALED,
        made_at=deps.clock.now(),
    )
    last = await logins.make(deps, BEN, PASSWORD, is_proved=True)
    await deps.mongo["members"].update({"_id": f"{repository.MOST:05}"}, {"$set": {"login": last.id}})

    await closing.close(act_of(asha), asha.account, name="acme")

    assert await logins.find(deps, BEN) is None
