"""`python -m hub line …`, as operators type them, beside a hub that runs."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from hub.settings import Settings
from tests.fakes.sandbox.running import RunningSandbox, running_sandbox
from tests.hubs import Hub, running_hub
from tests.people import Person, found
from tests.processes import Result, command

pytestmark = pytest.mark.slow
NUMBER, PHONE = "+4930123456", "+4915112345678"


@dataclass
class Terminal:
    """Where commands are typed, and what they are about."""

    hub: Hub
    owner: Person
    sandbox: RunningSandbox

    async def types(self, *argv: str, typed: str = "") -> Result:
        """One command against the servers of the hub."""
        settings = self.hub.deps.settings
        return await command(
            *("line", argv[0], self.owner.account, *argv[1:]),
            typed=typed,
            PARLEY_MONGODB_URL=settings.mongodb_url.reveal(),
            PARLEY_MONGODB_DATABASE=settings.mongodb_database,
            PARLEY_REDIS_URL=settings.redis_url.reveal(),
            PARLEY_MASTER_KEY=settings.master_key.reveal(),
            PARLEY_EGRESS_ALLOW="127.0.0.0/8",
        )

    async def answered(self, *argv: str, typed: str = "") -> Any:
        """The answer in JSON of a command that succeeds."""
        result = await self.types(*argv, "--json", typed=typed)
        assert result.code == 0, result.err
        return json.loads(result.out)

    async def adds(self, key: str = "") -> Any:
        """A line at the sandbox."""
        secrets = json.dumps({"key": key or self.sandbox.key, "webhook_secret": "a secret"})
        url = f"url={self.sandbox.url}"
        return await self.answered("add", "sandbox_sms", NUMBER, "--value", url, "--secrets-stdin", typed=secrets)


@pytest.fixture
async def terminal(settings: Settings) -> AsyncIterator[Terminal]:
    """Beside a hub with an account, and the provider."""
    async with running_hub(settings) as hub, running_sandbox() as sandbox:
        yield Terminal(hub, await found(hub, "acme"), sandbox)


async def test_a_line_is_added_listed_and_removed(terminal: Terminal) -> None:
    line = await terminal.adds()
    listed = await terminal.types("list")

    await terminal.answered("remove", line["id"])

    assert [word in listed.out for word in (line["id"], NUMBER, line["webhook_url"], "new")] == [True] * 4
    assert await terminal.answered("list") == []


async def test_a_line_is_pointed_tested_and_checked(terminal: Terminal) -> None:
    line = await terminal.adds()

    pointed = await terminal.answered("point", line["id"])
    tested = await terminal.answered("test", line["id"], PHONE)
    checked = await terminal.types("check", line["id"])

    assert (pointed["outcome"], tested["outcome"]) == ("taken", "taken")
    assert terminal.sandbox.line(NUMBER).webhook == line["webhook_url"]
    assert [sent.to for sent in terminal.sandbox.sent] == [PHONE]
    assert (checked.code, "MISSING  public_url" in checked.out) == (1, True)


async def test_a_wrong_secret_is_entered_anew_and_the_rest_stays(terminal: Terminal) -> None:
    line = await terminal.adds(key="another key")

    right = json.dumps({"key": terminal.sandbox.key})
    changed = await terminal.answered("change", line["id"], "--name", "Sales", "--secrets-stdin", typed=right)
    tested = await terminal.answered("test", line["id"], PHONE)

    assert (changed["id"], changed["name"], changed["values"]) == (line["id"], "Sales", line["values"])
    assert tested["outcome"] == "taken"


async def test_a_new_mailbox_has_no_webhook_to_be_entered(terminal: Terminal) -> None:
    values = ["--value", "host=127.0.0.1", "--value", "security=none"]

    added = await terminal.types("add", "smtp_email", "sales@acme.test", *values)

    assert (added.code, "/in/" in added.out, "Enter a mailbox" in added.out) == (0, False, True)


async def test_what_the_provider_refuses_is_said_plainly_and_fails(terminal: Terminal) -> None:
    line = await terminal.adds(key="another key")

    result = await terminal.types("test", line["id"], PHONE)

    assert (result.code, "does not know this line's key" in result.out) == (1, True)


async def test_what_operators_do_with_a_line_stands_in_its_accounts_audit_log(terminal: Terminal) -> None:
    line = await terminal.adds()
    await terminal.answered("test", line["id"], PHONE)

    entries = (await terminal.owner.does("GET", "/audit"))["items"]

    told = [(entry["action"], entry["actor"]["kind"]) for entry in entries if entry["action"].startswith("line.")]
    assert sorted(told) == [("line.make", "operator"), ("line.test", "operator")]


@pytest.mark.parametrize(
    ("more", "typed", "words"),
    [
        (["--value", "key=mine"], "", "--secret key"),
        (["--value", "url"], "", "NAME=VALUE"),
        (["--secrets-stdin"], "no JSON", "JSON"),
        (["--value", "url=http://127.0.0.1:1"], "", "needs key, webhook_secret"),
        (
            ["--value", "url=127.0.0.1:1", "--secrets-stdin"],
            '{"key": "a", "webhook_secret": "b"}',
            "begins with https://",
        ),
    ],
)
async def test_what_cannot_be_added_says_why(terminal: Terminal, more: list[str], typed: str, words: str) -> None:
    result = await terminal.types("add", "sandbox_sms", NUMBER, *more, typed=typed)

    assert (result.code, words in result.err) == (1, True)
    assert "mine" not in result.err
