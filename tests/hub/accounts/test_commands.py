"""`python -m hub account …`, `member …`, `key …`, as operators type them, beside a hub that runs."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pyotp
import pytest

from hub.settings import Settings
from tests.hubs import Hub, running_hub
from tests.people import PASSWORD, Person, code_of, sign_in, well
from tests.processes import Result, command

pytestmark = pytest.mark.slow
OWNER = "you@example.test"


@pytest.fixture
async def hub(settings: Settings) -> AsyncIterator[Hub]:
    """A hub on the same database."""
    async with running_hub(settings) as hub:
        yield hub


async def parley(hub: Hub, *argv: str, typed: str = "") -> Result:
    """One command against the servers of the hub."""
    settings = hub.deps.settings
    return await command(
        *argv,
        typed=typed,
        PARLEY_MONGODB_URL=settings.mongodb_url.reveal(),
        PARLEY_MONGODB_DATABASE=settings.mongodb_database,
        PARLEY_REDIS_URL=settings.redis_url.reveal(),
        PARLEY_MASTER_KEY=settings.master_key.reveal(),
        PARLEY_PASSWORD_MEMORY_MB="1",
    )


async def answered(hub: Hub, *argv: str, typed: str = "") -> Any:
    """The answer in JSON of a command that succeeds."""
    result = await parley(hub, *argv, "--json", typed=typed)
    assert result.code == 0, result.err
    return json.loads(result.out)


async def acme(hub: Hub) -> Any:
    """An account with its owner and a key."""
    return await answered(hub, "account", "create", "Acme", "--owner", OWNER, "--password-stdin", typed=f"{PASSWORD}\n")


def script(hub: Hub, secret: str) -> Person:
    """Whoever has the key."""
    return Person(hub, "", "", "", secret)


async def test_one_command_makes_an_account_its_owner_and_a_key_that_works_at_once(hub: Hub) -> None:
    made = await acme(hub)

    account = await script(hub, made["key"]).does("GET", "/account")
    owner = await sign_in(hub, OWNER)
    assert (account["id"], account["name"], account["owners"]) == (made["account_id"], "Acme", [made["member_id"]])
    assert (owner.account, owner.member) == (made["account_id"], made["member_id"])


async def test_without_a_password_the_owner_gets_a_link_to_set_one(hub: Hub) -> None:
    made = await answered(hub, "account", "create", "Acme", "--owner", OWNER)
    token = made["password_link"].partition("#")[2]

    well(await hub.client.post("/api/v1/password/reset", json={"token": token, "password": PASSWORD}))

    assert (await sign_in(hub, OWNER)).member == made["member_id"]


async def test_a_weak_password_makes_nothing(hub: Hub) -> None:
    result = await parley(hub, "account", "create", "Acme", "--owner", OWNER, "--password-stdin", typed="short\n")

    assert result.code == 1
    assert "10 letters" in result.err
    assert await answered(hub, "account", "list") == []


async def test_the_list_shows_every_account(hub: Hub) -> None:
    made = await acme(hub)

    [line] = await answered(hub, "account", "list")

    assert (line["id"], line["name"], line["members"]) == (made["account_id"], "Acme", 1)


async def test_an_account_is_deleted_by_its_id_and_its_name(hub: Hub) -> None:
    made = await acme(hub)
    wrong = await parley(hub, "account", "delete", made["account_id"], "--name", "Acne")

    await answered(hub, "account", "delete", made["account_id"], "--name", "Acme")

    answer = await hub.client.post("/api/v1/session", json={"email": OWNER, "password": PASSWORD})
    assert wrong.code == 1
    assert code_of(answer) == (401, "wrong_credentials")


async def test_a_member_is_added_without_an_invitation_and_shut_out(hub: Hub) -> None:
    made = await acme(hub)
    added = await answered(hub, "member", "add", made["account_id"], "ben@example.test", "--role", "viewer")
    token = added["password_link"].partition("#")[2]
    well(await hub.client.post("/api/v1/password/reset", json={"token": token, "password": PASSWORD}))
    ben = await sign_in(hub, "ben@example.test")

    await answered(hub, "member", "disable", made["account_id"], "ben@example.test")

    again = await hub.client.post("/api/v1/session", json={"email": "ben@example.test", "password": PASSWORD})
    assert ben.member == added["member_id"]
    assert code_of(again) == (403, "no_membership")


async def test_the_last_owner_is_not_shut_out(hub: Hub) -> None:
    made = await acme(hub)

    result = await parley(hub, "member", "disable", made["account_id"], OWNER)

    assert result.code == 1
    assert "last owner" in result.err


async def test_whoever_lost_the_password_gets_a_link_from_the_operator(hub: Hub) -> None:
    await acme(hub)

    link = (await answered(hub, "member", "reset", OWNER))["password_link"]

    body = {"token": link.partition("#")[2], "password": "a wholly new password"}
    well(await hub.client.post("/api/v1/password/reset", json=body))
    assert (await sign_in(hub, OWNER, password="a wholly new password")).email == OWNER


async def test_whoever_lost_the_phone_too_gets_in_again_by_the_operator(hub: Hub) -> None:
    await acme(hub)
    owner = await sign_in(hub, OWNER)
    begun = await owner.does("POST", "/me/codes")
    code = pyotp.TOTP(begun["secret"]).at(hub.deps.clock.now())
    await owner.does("POST", "/me/codes/confirm", {"ticket": begun["ticket"], "code": code})

    await answered(hub, "member", "reset", OWNER, "--second-factor")

    assert (await sign_in(hub, OWNER)).member == owner.member


async def test_keys_are_made_listed_and_revoked(hub: Hub) -> None:
    account = (await acme(hub))["account_id"]
    made = await answered(hub, "key", "create", account, "CRM", "--permission", "members.view", "--days", "30")
    before = await script(hub, made["secret"]).asks("GET", "/members")

    listed = await answered(hub, "key", "list", account)
    await answered(hub, "key", "revoke", account, made["key"]["id"])

    assert before.status_code == 200
    assert [key["name"] for key in listed] == ["made with the account", "CRM"]
    assert [key["name"] for key in await answered(hub, "key", "list", account)] == ["made with the account"]


@pytest.mark.parametrize(
    "argv",
    [
        ("account", "delete", "nobody", "--name", "x"),
        ("member", "add", "nobody", "ben@example.test"),
        ("member", "disable", "nobody", "ben@example.test"),
        ("member", "reset", "ben@example.test"),
        ("key", "create", "nobody", "x"),
        ("key", "list", "nobody"),
        ("key", "revoke", "nobody", "x"),
    ],
    ids=" ".join,
)
async def test_what_does_not_exist_is_told_in_a_line(hub: Hub, argv: tuple[str, ...]) -> None:
    result = await parley(hub, *argv)

    assert result.code == 1
    assert result.err.count("\n") == 1
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "argv",
    [
        *(("key", "create", "ACCOUNT", "CRM", "--days", days) for days in ("0", "-1", "3651")),
        *(("key", "create", "ACCOUNT", name) for name in ("", " ", "x" * 201)),
        *(("member", "add", "ACCOUNT", "ben@example.test", "--name", name) for name in (" ", "x" * 201)),
    ],
    ids=lambda argv: " ".join(argv)[:60],
)
async def test_what_the_api_would_not_take_a_command_does_not_take_either(hub: Hub, argv: tuple[str, ...]) -> None:
    result = await parley(hub, *argv)

    assert result.code == 1
    assert "does not fit" in result.err


async def test_what_operators_do_stands_in_the_log_of_the_account(hub: Hub) -> None:
    made = await acme(hub)
    await answered(hub, "key", "create", made["account_id"], "CRM")

    log = await script(hub, made["key"]).does("GET", "/audit")

    assert [(one["action"], one["actor"]["kind"]) for one in log["items"]] == [
        ("key.make", "operator"),
        ("account.create", "operator"),
    ]
