"""What members change of people: who said it, what the conversation's log tells of it, and what is refused."""

from typing import Any

import pytest

from hub.people.finding import find_or_make
from hub.people.lead import record_lead
from hub.threads import log, repository
from hub.threads.happenings import LeadChanged, StageChanged
from hub.threads.models import Author, AuthorKind, Entry
from tests.hub.people.known import ASHA
from tests.hubs import Hub
from tests.people import Person, code_of, found, join

PHONE = {"kind": "phone", "value": "+919876543210"}
MAIL = {"kind": "email", "value": "asha@company.test"}


async def made(person: Person, **more: Any) -> Any:
    """Somebody new."""
    return await person.does("POST", "/people", {"name": "Asha Rao", "identities": [PHONE], **more})


async def entries(hub: Hub, account: str, person: str) -> list[Entry]:
    """What stands in the log of somebody's conversation."""
    thread = await log.find_or_make(hub.deps, account, person)
    return await repository.list_after(hub.deps.mongo, account, thread.id, 0, limit=100)


async def test_whoever_is_made_is_shown_with_all_that_was_said(hub: Hub) -> None:
    owner = await found(hub, "acme")

    asha = await made(owner, stage="lead", tags=["VIP ", "vip"], locale="en-IN", source="a fair")

    shown = await owner.does("GET", f"/people/{asha['id']}")
    assert shown == asha
    assert (shown["name"], shown["label"], shown["stage"], shown["tags"]) == ("Asha Rao", "Asha Rao", "lead", ["vip"])
    assert [(one["kind"], one["value"]) for one in shown["identities"]] == [("phone", "+919876543210")]
    assert (shown["zone"], shown["is_zone_inferred"], shown["is_locale_inferred"]) == ("Asia/Kolkata", True, False)


async def test_every_field_says_who_has_said_it_and_in_which_words(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha = await found_on_a_line(hub, owner)

    await owner.does("PATCH", f"/people/{asha}", {"name": "Asha Rao", "quote": "Asha Rao here"})
    shown = await owner.does("PATCH", f"/people/{asha}/lead", {"score": 80, "quote": "I want it"})

    by = f"member:{owner.member}"
    assert [(one["field"].partition(".")[0], one["by"], one["quote"]) for one in shown["provenance"]] == [
        ("identities", "line:line", ""),
        ("name", by, "Asha Rao here"),
        ("lead", by, "I want it"),
    ]


async def found_on_a_line(hub: Hub, owner: Person) -> str:
    """Somebody who has written."""
    return (await find_or_make(hub.deps, owner.account, [ASHA], line="line")).id


async def test_what_is_said_anew_replaces_who_has_said_it_before(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha = await made(owner)

    shown = await owner.does("PATCH", f"/people/{asha['id']}", {"name": "Asha", "quote": "just Asha"})

    assert [one["quote"] for one in shown["provenance"] if one["field"] == "name"] == ["just Asha"]


async def test_somebody_known_already_is_not_made_again_and_is_named(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha = await made(owner)

    answer = await owner.asks("POST", "/people", {"identities": [{"kind": "phone", "value": "+91 98765 43210"}]})

    assert code_of(answer) == (409, "identity_taken")
    assert answer.json()["error"]["data"]["person_id"] == asha["id"]


async def test_a_repeat_with_its_key_makes_one_person(hub: Hub) -> None:
    owner = await found(hub, "acme")
    headers = {**owner.headers, "idempotency-key": "once"}

    answers = [
        await hub.client.post("/api/v1/people", json={"name": "Asha", "identities": [PHONE]}, headers=headers)
        for _ in range(2)
    ]

    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_a_number_without_a_country_is_of_the_accounts(hub: Hub) -> None:
    owner = await found(hub, "acme")
    await owner.does("PATCH", "/account", {"region": "IN"})

    asha = await made(owner, identities=[{"kind": "phone", "value": "98765 43210"}])

    assert asha["identities"][0]["value"] == "+919876543210"


@pytest.mark.parametrize(("zone", "region"), [("UTC", "US"), ("Asia/Calcutta", "IN"), ("Europe/Berlin", "DE")])
async def test_an_account_is_where_its_clock_is(hub: Hub, zone: str, region: str) -> None:
    owner = await found(hub, "acme")

    assert (await owner.does("PATCH", "/account", {"zone": zone, "region": ""}))["region"] == region


async def test_there_is_no_such_country(hub: Hub) -> None:
    owner = await found(hub, "acme")

    assert code_of(await owner.asks("PATCH", "/account", {"region": "XX"})) == (400, "no_such_region")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"identities": [{"kind": "phone", "value": "hello"}]}, "bad_identity"),
        ({"identities": [{"kind": "email", "value": "hello"}]}, "bad_identity"),
        ({"attributes": {"shoe": 42}}, "bad_value"),
        ({"zone": "Mars/Olympus"}, "no_such_zone"),
        ({"locale": "not a locale"}, "invalid"),
        ({"stage": "friend"}, "invalid"),
    ],
    ids=["phone", "email", "attribute", "zone", "locale", "stage"],
)
async def test_what_nobody_can_be_is_refused(hub: Hub, body: dict[str, Any], code: str) -> None:
    owner = await found(hub, "acme")

    assert code_of(await owner.asks("POST", "/people", body)) == (400, code)


async def test_an_identity_is_added_once_and_removed(hub: Hub) -> None:
    owner = await found(hub, "acme")
    path = f"/people/{(await made(owner))['id']}/identities"

    await owner.does("POST", path, MAIL)
    both = await owner.does("POST", path, MAIL)
    left = await owner.does("DELETE", f"{path}/{both['identities'][0]['id']}")

    assert [one["kind"] for one in both["identities"]] == ["phone", "email"]
    assert [one["value"] for one in left["identities"]] == [MAIL["value"]]
    assert [one["field"] for one in left["provenance"]] == ["name", f"identities.{left['identities'][0]['id']}"]


async def test_an_identity_of_somebody_else_is_refused_with_whose_it_is(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha, meera = await made(owner), await made(owner, identities=[MAIL])

    answer = await owner.asks("POST", f"/people/{meera['id']}/identities", PHONE)

    assert code_of(answer) == (409, "identity_taken")
    assert answer.json()["error"]["data"]["person_id"] == asha["id"]


async def test_a_zone_that_somebody_has_named_is_no_guess_until_it_is_taken_back(hub: Hub) -> None:
    owner = await found(hub, "acme")
    path = f"/people/{(await made(owner))['id']}"

    named = await owner.does("PATCH", path, {"zone": "Europe/Paris", "locale": "fr"})
    guessed = await owner.does("PATCH", path, {"zone": "", "locale": ""})

    assert (named["zone"], named["is_zone_inferred"], named["is_locale_inferred"]) == ("Europe/Paris", False, False)
    assert (guessed["zone"], guessed["is_zone_inferred"], guessed["locale"]) == ("Asia/Kolkata", True, None)


async def test_a_lead_is_changed_field_by_field_and_the_log_tells(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha = (await made(owner))["id"]
    await log.find_or_make(hub.deps, owner.account, asha)

    await owner.does("PATCH", f"/people/{asha}/lead", {"status": "qualified", "intent": "hot", "score": 80})
    shown = await owner.does("PATCH", f"/people/{asha}/lead", {"intent": None, "assignee_id": owner.member})

    assert shown["lead"] == {
        **{"status": "qualified", "intent": None, "score": 80, "source": ""},
        "assignee_id": owner.member,
    }
    assert [entry.event for entry in await entries(hub, owner.account, asha)] == [
        LeadChanged(changed={"status": "qualified", "intent": "hot", "score": "80"}),
        LeadChanged(changed={"intent": "", "assignee": owner.member}),
    ]


async def test_without_a_conversation_nothing_is_told_and_none_begins(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha = (await made(owner))["id"]

    await owner.does("PATCH", f"/people/{asha}/lead", {"score": 80})

    assert await log.find_thread_of(hub.deps, owner.account, asha) is None


async def test_the_same_again_is_not_told_again(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha = (await made(owner))["id"]
    await log.find_or_make(hub.deps, owner.account, asha)

    for _ in range(2):
        await owner.does("PATCH", f"/people/{asha}/lead", {"score": 80})
        await owner.does("PUT", f"/people/{asha}/stage", {"stage": "customer"})

    assert [type(entry.event) for entry in await entries(hub, owner.account, asha)] == [LeadChanged, StageChanged]


async def test_an_agent_records_a_lead_once_however_often_it_says_so(hub: Hub) -> None:
    person = await find_or_make(hub.deps, "account", [ASHA])
    await log.find_or_make(hub.deps, "account", person.id)
    agent = Author(AuthorKind.AGENT, "agent")

    for _ in range(2):
        after = await record_lead(hub.deps, "account", person.id, {"score": 70}, author=agent, id="turn", quote="Yes!")

    assert after.lead.score == 70
    assert after.provenance[-1].by == "agent:agent"
    assert [entry.author for entry in await entries(hub, "account", person.id)] == [agent]


async def test_a_message_that_makes_a_lead_stands_in_the_log(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha = (await made(owner))["id"]
    await log.find_or_make(hub.deps, owner.account, asha)

    await find_or_make(hub.deps, owner.account, [ASHA], line="line")

    assert [entry.event for entry in await entries(hub, owner.account, asha)] == [StageChanged(stage="lead")]


async def test_a_step_back_is_kept_with_who_made_it(hub: Hub) -> None:
    owner = await found(hub, "acme")
    path = f"/people/{(await made(owner, stage='customer'))['id']}"

    shown = await owner.does("PUT", f"{path}/stage", {"stage": "contact"})

    by = f"member:{owner.member}"
    assert [(step["stage"], step["by"]) for step in shown["steps"]] == [("customer", by), ("contact", by)]


async def test_tags_are_put_and_taken(hub: Hub) -> None:
    owner = await found(hub, "acme")
    path = f"/people/{(await made(owner, tags=['old']))['id']}/tags"

    shown = await owner.does("PATCH", path, {"put": ["New", "new "], "taken": ["OLD"]})

    assert shown["tags"] == ["new"]


async def test_nobody_has_more_tags_than_there_can_be(hub: Hub) -> None:
    owner = await found(hub, "acme")
    path = f"/people/{(await made(owner, tags=[f'tag{n}' for n in range(50)]))['id']}/tags"

    assert code_of(await owner.asks("PATCH", path, {"put": ["more"]})) == (422, "too_many_of_them")


async def test_blocking_keeps_when_it_was_and_can_be_taken_back(hub: Hub) -> None:
    owner = await found(hub, "acme")
    path = f"/people/{(await made(owner))['id']}"

    blocked, again = [await owner.does("POST", f"{path}/block") for _ in range(2)]
    unblocked = await owner.does("POST", f"{path}/unblock")

    assert blocked["blocked_at"] == again["blocked_at"] is not None
    assert (unblocked["blocked_at"], unblocked["is_blocked"]) == (None, False)


async def test_notes_are_listed_the_latest_first_and_deleted(hub: Hub) -> None:
    owner = await found(hub, "acme")
    path = f"/people/{(await made(owner))['id']}/notes"
    one, two = [await owner.does("POST", path, {"text": text}) for text in ("Likes tea.", "Likes it hot.")]

    first = await owner.does("GET", f"{path}?limit=1")
    rest = await owner.does("GET", f"{path}?limit=1&cursor={first['next']}")
    await owner.does("DELETE", f"{path}/{two['id']}")

    assert (first["items"], rest["items"]) == ([two], [one])
    assert (await owner.does("GET", path))["items"] == [one]
    assert one["by"] == f"member:{owner.member}"


async def test_a_note_on_one_is_no_note_on_another(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha, meera = (await made(owner))["id"], (await made(owner, identities=[MAIL]))["id"]
    note = await owner.does("POST", f"/people/{asha}/notes", {"text": "Likes tea."})

    answer = await owner.asks("DELETE", f"/people/{meera}/notes/{note['id']}")

    assert code_of(answer) == (404, "no_such_note")


async def test_a_viewer_sees_people_and_changes_none(hub: Hub) -> None:
    owner = await found(hub, "acme")
    asha, viewer = (await made(owner))["id"], await join(owner, "viewer@acme.test", "viewer")

    assert (await viewer.does("GET", f"/people/{asha}"))["id"] == asha
    assert code_of(await viewer.asks("PATCH", f"/people/{asha}", {"name": "X"})) == (403, "forbidden")
