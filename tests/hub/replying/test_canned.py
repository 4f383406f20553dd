"""Canned replies: one shortcut each, for everybody or one team, filled with what is known."""

from typing import Any

import pytest

from channels.base import Address, IdentityKind
from hub.people.finding import find_or_make
from hub.replying.models import CANNED
from hub.threads.models import Thread
from tests.clock import VirtualClock
from tests.hub.accounts.staff import last_entry, make_team, until_known
from tests.hub.threads.talk import a_thread
from tests.people import Person, code_of, join


def wanted(**more: Any) -> dict[str, Any]:
    """A greeting."""
    return {"name": "Greeting", "shortcut": "hello", "text": "Hello {{person.name|there}}", **more}


async def test_it_is_made_changed_and_deleted(asha: Person) -> None:
    made = await asha.does("POST", "/canned", wanted())

    changed = await asha.does("PATCH", f"/canned/{made['id']}", {"text": "Hi", "shortcut": "hi"})
    await asha.does("DELETE", f"/canned/{made['id']}")

    assert made["blanks"] == ["person.name"]
    assert (changed["text"], changed["shortcut"], changed["name"]) == ("Hi", "hi", "Greeting")
    assert (await asha.does("GET", "/canned"))["items"] == []
    assert (await last_entry(asha, "canned.delete"))["before"]["text"] == "Hi"


async def test_a_shortcut_is_there_once_however_it_is_written(asha: Person) -> None:
    await asha.does("POST", "/canned", wanted())
    other = await asha.does("POST", "/canned", wanted(shortcut="bye"))

    answers = [
        await asha.asks("POST", "/canned", wanted(shortcut="HELLO")),
        await asha.asks("PATCH", f"/canned/{other['id']}", {"shortcut": "Hello"}),
    ]

    assert {code_of(answer) for answer in answers} == {(409, "shortcut_taken")}


async def test_a_teams_own_is_for_its_members_and_whoever_manages(asha: Person, clock: VirtualClock) -> None:
    ravi, mina = [await join(asha, f"{name}@acme.test") for name in ("ravi", "mina")]
    team = await make_team(asha, "Sales", ravi)
    made = await asha.does("POST", "/canned", wanted(team_id=team))
    await until_known(clock)

    seen = [len((await one.does("GET", "/canned"))["items"]) for one in (asha, ravi, mina)]

    assert seen == [1, 1, 0]
    assert code_of(await mina.asks("GET", f"/canned/{made['id']}")) == (404, "no_such_canned")
    await asha.does("PUT", f"/canned/{made['id']}/team", {"team_id": None})
    assert (await mina.does("GET", f"/canned/{made['id']}"))["team_id"] is None


async def test_only_whoever_manages_the_account_writes_them(asha: Person) -> None:
    ravi = await join(asha, "ravi@acme.test")

    assert code_of(await ravi.asks("POST", "/canned", wanted())) == (403, "forbidden")


@pytest.mark.parametrize("text", ["{{person.nam}}", "Hello {{person.name"])
async def test_a_text_that_could_not_be_sent_is_not_kept(asha: Person, text: str) -> None:
    made = await asha.does("POST", "/canned", wanted())

    answers = [
        await asha.asks("POST", "/canned", wanted(text=text, shortcut="other")),
        await asha.asks("PATCH", f"/canned/{made['id']}", {"text": text}),
    ]

    assert {code_of(answer) for answer in answers} == {(400, "unknown_blank")}


async def a_thread_with(asha: Person, name: str) -> Thread:
    """With somebody who is called so."""
    address = Address(kind=IdentityKind.PHONE, value="+4930123456")
    person = await find_or_make(asha.hub.deps, asha.account, [address], name=name)
    return await a_thread(asha, person.id)


async def test_the_blanks_are_filled_with_what_is_known(asha: Person) -> None:
    thread = await a_thread_with(asha, "Ada Lovelace")
    text = "Hello {{person.first_name}}, {{attribute.title|dear}}: {{member.name}} of {{account.name}}"
    made = await asha.does("POST", "/canned", wanted(text=text))

    filled = await asha.does("GET", f"/canned/{made['id']}/filled?thread_id={thread.id}")

    assert filled == {"text": "Hello Ada, dear: Owner of acme of acme"}


async def test_a_number_is_no_name(asha: Person) -> None:
    thread = await a_thread_with(asha, "")
    made = await asha.does("POST", "/canned", wanted())

    filled = await asha.does("GET", f"/canned/{made['id']}/filled?thread_id={thread.id}")

    assert filled == {"text": "Hello there"}


async def test_a_blank_that_nothing_fills_is_an_error_that_names_it(asha: Person) -> None:
    thread = await a_thread_with(asha, "")
    made = await asha.does("POST", "/canned", wanted(text="Hello {{person.name}}"))

    refused = await asha.asks("GET", f"/canned/{made['id']}/filled?thread_id={thread.id}")

    assert code_of(refused) == (400, "blank_unfilled")
    assert refused.json()["error"]["data"] == {"blanks": ["person.name"]}


async def test_what_it_says_is_sealed(asha: Person) -> None:
    await asha.does("POST", "/canned", wanted(text="Very secret"))

    stored = str(await asha.hub.deps.mongo[CANNED].find_one({"account": asha.account}))

    assert not {word for word in ("secret", "Greeting", "hello") if word in stored}
