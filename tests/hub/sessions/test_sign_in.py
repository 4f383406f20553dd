"""Signing in by password: what is answered, and that nobody learns from it which addresses are known."""

from dataclasses import replace
from typing import Any

import httpx2
import pytest

from hub.deps import Deps
from hub.passwords import Passwords
from tests.clock import VirtualClock
from tests.hub.sessions.commands import Commands
from tests.hub.sessions.logs import entries
from tests.hub.sessions.people import EMAIL, Member, join, sign_in, sign_up
from tests.hubs import Hub
from tests.people import PASSWORD, code_of, well

WRONG = (401, "wrong_credentials")
NOBODY = "nobody@example.test"
# What differs between any two answers.
OF_THE_REQUEST = {"x-request-id"}


class CountingPasswords(Passwords):
    """Counts the comparisons, which are what takes the time."""

    def __init__(self) -> None:
        super().__init__(memory_mb=1)
        self.compared = 0

    async def is_right(self, password: str, stored: str | None) -> bool:
        self.compared += 1
        return await super().is_right(password, stored)


def counting(hub: Hub) -> CountingPasswords:
    """The hub's passwords, from now on."""
    passwords = CountingPasswords()
    deps: Deps = replace(hub.deps, passwords=passwords)
    hub.app.state.deps = deps
    return passwords


def told(answer: httpx2.Response) -> tuple[int, Any, dict[str, str]]:
    """Everything that a stranger can see of an answer, but its id."""
    headers = {name: value for name, value in answer.headers.items() if name not in OF_THE_REQUEST}
    return answer.status_code, answer.json(), headers


async def test_the_right_password_lets_in(hub: Hub, asha: Member) -> None:
    answer = await Member(hub).signs_in()

    access = well(answer)["access"]
    assert (answer.status_code, answer.json()["state"]) == (200, "signed_in")
    assert (access["account_id"], access["member_id"]) == (asha.account, asha.id)


async def test_no_other_password_does(hub: Hub, asha: Member) -> None:
    others = (PASSWORD.upper(), f"{PASSWORD} ", f"{PASSWORD}\0", PASSWORD[:-1], "\0", "💥" * 200)

    answers = [await Member(hub).signs_in(password) for password in others]

    assert [code_of(answer) for answer in answers] == [WRONG] * len(others)


async def test_unknown_and_known_addresses_are_refused_with_the_same_words(hub: Hub, asha: Member) -> None:
    known = await Member(hub, EMAIL).signs_in("wrong")
    unknown = await Member(hub, NOBODY).signs_in("wrong")

    assert code_of(known) == WRONG
    assert told(known) == told(unknown)
    assert "set-cookie" not in known.headers


async def test_refusing_costs_one_comparison_whether_the_address_is_known_or_not(hub: Hub, asha: Member) -> None:
    passwords = counting(hub)

    await Member(hub, EMAIL).signs_in("wrong")
    for_known = passwords.compared
    await Member(hub, NOBODY).signs_in("wrong")

    assert (for_known, passwords.compared) == (1, 2)


async def test_refusing_asks_the_database_the_same_whether_the_address_is_known_or_not(
    hub: Hub, asha: Member, commands: Commands
) -> None:
    await Member(hub, NOBODY).signs_in("wrong")
    commands.take()

    await Member(hub, EMAIL).signs_in("wrong")
    for_known = commands.take()
    await Member(hub, NOBODY).signs_in("wrong")
    for_unknown = commands.take()

    assert for_known == for_unknown
    assert for_known.count("find logins") == 1


async def test_it_asks_the_same_too_when_nobody_of_the_account_was_here_for_a_while(
    hub: Hub, asha: Member, commands: Commands, clock: VirtualClock
) -> None:
    await clock.advance(minutes=5)
    await Member(hub, NOBODY).signs_in("wrong")
    commands.take()

    await Member(hub, EMAIL).signs_in("wrong")
    for_known = commands.take()
    await Member(hub, NOBODY).signs_in("wrong")

    assert for_known == commands.take()


async def test_a_login_without_a_password_is_refused_like_one_that_is_not_there(
    hub: Hub, asha: Member, commands: Commands
) -> None:
    ben = await join(asha, "ben@example.test")
    await hub.deps.mongo["logins"].update(
        {"last_account": ben.account, "is_proved": False}, {"$unset": {"password": ""}}
    )
    passwords = counting(hub)

    answers = [await Member(hub, email).signs_in("wrong") for email in (ben.email, EMAIL, NOBODY)]

    assert [told(answer) for answer in answers] == [told(answers[0])] * 3
    assert passwords.compared == 3


async def test_a_wrong_try_is_written_down_with_the_login_it_was_for_and_in_no_accounts_log(
    hub: Hub, asha: Member
) -> None:
    await Member(hub, EMAIL, address="192.0.2.7").signs_in("wrong")

    entry = (await entries(hub, "installation", "session.begin"))[-1]
    assert (entry["status"], entry["address"], list(entry["target"])) == (401, "192.0.2.7", ["login"])
    assert await entries(hub, asha.account, "session.begin") == []


async def test_signing_in_is_written_into_the_log_of_the_account_that_was_entered(hub: Hub, asha: Member) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")
    await join(cleo, asha.email)
    await sign_in(hub, account=cleo.account)

    again = await sign_in(hub, account=asha.account)

    [ours], theirs = (
        await entries(hub, asha.account, "session.begin"),
        await entries(hub, cleo.account, "session.begin"),
    )
    assert (ours["target"]["member"], ours["target"]["session"]) == (asha.id, again.session)
    assert ours["after"] == {"proofs": ["password"]}
    assert asha.id not in str(theirs)


async def test_without_a_word_one_gets_where_one_was_last(hub: Hub, asha: Member) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")
    await join(cleo, asha.email)
    await sign_in(hub, account=asha.account)

    assert (await sign_in(hub)).account == asha.account


async def test_whoever_is_out_of_the_account_of_last_time_gets_into_another(hub: Hub, asha: Member) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")
    guest = await join(cleo, asha.email)
    await cleo.does("DELETE", f"/members/{guest.id}")

    assert (await sign_in(hub)).account == asha.account


async def test_an_account_of_others_cannot_be_entered_with_ones_own_password(hub: Hub, asha: Member) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")

    refused = await Member(hub).signs_in(account=cleo.account)

    assert code_of(refused) == (403, "no_membership")
    assert "set-cookie" not in refused.headers


async def test_whoever_is_shut_out_is_told_so_only_with_the_right_password(hub: Hub, asha: Member) -> None:
    ben = await join(asha, "ben@example.test")
    await asha.does("POST", f"/members/{ben.id}/disable")

    wrong, right = await Member(hub, ben.email).signs_in("wrong"), await Member(hub, ben.email).signs_in()

    assert (code_of(wrong), code_of(right)) == (WRONG, (403, "no_membership"))


async def test_a_wrong_try_leaves_nothing_of_an_account_that_is_gone(hub: Hub, asha: Member) -> None:
    cleo = await sign_up(hub, "cleo@example.test", name="Zenith")
    await join(cleo, asha.email)
    await cleo.does("POST", "/account/close", {"name": "Zenith"})

    await Member(hub, EMAIL).signs_in("wrong")

    assert not await hub.deps.sealer.has_keys(cleo.account)


async def test_a_password_that_was_hashed_at_other_costs_is_hashed_anew(hub: Hub, asha: Member) -> None:
    cheap = await Passwords(memory_mb=2).hash(PASSWORD)
    await hub.deps.mongo["logins"].update({}, {"$set": {"password": cheap}})

    await sign_in(hub)
    await sign_in(hub)

    stored = await hub.deps.mongo["logins"].find_one({}) or {}
    assert "m=1024," in stored["password"]


@pytest.mark.parametrize("body", [{"email": {"$gt": ""}}, {"password": {"$ne": ""}}, {"email": ["a@b.test"]}, {"x": 1}])
async def test_operators_are_no_credentials(hub: Hub, asha: Member, body: Any) -> None:
    answer = await asha.client.post("/api/v1/session", json={"email": EMAIL, "password": PASSWORD, **body})

    assert code_of(answer) == (400, "invalid")
