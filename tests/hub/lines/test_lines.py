"""Lines over HTTP: what they need, what they show, and what becomes of them."""

from contextlib import nullcontext
from datetime import timedelta
from typing import Any

import pytest

from hub.lines import health
from hub.lines.actions import get_line
from hub.lines.channels import channel_named
from hub.lines.errors import BadLine
from hub.lines.looking import note_allowed
from hub.lines.models import Allowed
from hub.lines.repository import LINES
from hub.lines.repository import change_line as change_stored
from hub.lines.values import changed, opened
from tests.hub.lines.connected import VALUES, connect
from tests.hubs import Hub
from tests.people import Person, code_of, found, join

NUMBER = "+49 30 123456"
WANTED = {"provider": "sandbox_sms", "name": "Sales", "address": NUMBER, "values": VALUES}


@pytest.fixture
async def owner(hub: Hub) -> Person:
    """The owner of an account."""
    return await found(hub, "acme")


def wanted(**more: Any) -> dict[str, Any]:
    """A line, but for this."""
    return {**WANTED, **more}


async def test_a_line_shows_the_address_that_its_provider_must_know(owner: Person) -> None:
    line = await owner.does("POST", "/lines", WANTED)

    assert line["webhook_url"] == f"{owner.hub.deps.settings.base_url}/in/{line['id']}"
    assert (line["address"], line["medium"], line["is_paused"]) == ("+4930123456", "sms", False)


async def test_a_secret_is_never_shown_again(owner: Person) -> None:
    line = await owner.does("POST", "/lines", WANTED)

    answers = [await owner.asks("GET", path) for path in ("/lines", f"/lines/{line['id']}")]

    assert line["has_secrets"] == {"key": True, "webhook_secret": True}
    assert line["values"] == {"url": VALUES["url"]}
    assert [VALUES["key"] in answer.text or VALUES["webhook_secret"] in answer.text for answer in answers] == [
        False
    ] * 2


async def test_what_is_stored_of_a_line_tells_nobody_anything(owner: Person) -> None:
    await owner.does("POST", "/lines", WANTED)

    stored = str(await owner.hub.deps.mongo[LINES].find_one({}))

    assert [word for word in ("Sales", "4930123456", *VALUES.values()) if word in stored] == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"provider": "carrier_pigeon"}, "no_such_channel"),
        ({"values": {"url": "http://x", "key": "k"}}, "bad_line"),
        ({"values": {**VALUES, "webhook_secret": " "}}, "bad_line"),
        ({"values": {**VALUES, "colour": "red"}}, "bad_line"),
        ({"address": "0301"}, None),
        ({"address": "030 123456"}, "bad_line"),
        ({"address": "+49"}, "bad_line"),
        ({"provider": "sandbox_email"}, "bad_line"),
        ({"provider": "sandbox_chat", "address": " "}, "bad_line"),
        ({"provider": "widget", "values": {"origins": "acme.test https://acme.test"}}, None),
        ({"provider": "widget", "values": {"origins": "https://acme.test http://www.acme.test"}}, "bad_line"),
    ],
)
async def test_what_a_provider_would_not_understand_is_refused(
    owner: Person, more: dict[str, Any], code: str | None
) -> None:
    answer = await owner.asks("POST", "/lines", wanted(**more))

    assert answer.status_code == (400 if code else 201)
    assert code is None or code_of(answer) == (400, code)


async def test_no_account_has_a_number_twice_on_one_medium(owner: Person) -> None:
    await owner.does("POST", "/lines", WANTED)

    again = await owner.asks("POST", "/lines", wanted(address="+49-30-123456"))
    other = await owner.asks("POST", "/lines", wanted(provider="sandbox_whatsapp"))

    assert code_of(again) == (409, "line_taken")
    assert other.status_code == 201


async def test_values_that_are_left_out_stay(owner: Person) -> None:
    line = await owner.does("POST", "/lines", WANTED)

    after = await owner.does("PATCH", f"/lines/{line['id']}", {"values": {"key": "another"}})

    assert after["values"] == line["values"]
    assert after["has_secrets"] == {"key": True, "webhook_secret": True}


async def test_what_came_along_when_a_value_was_pasted_is_left_out(owner: Person) -> None:
    deps = owner.hub.deps
    line = await owner.does("POST", "/lines", wanted(values={**VALUES, "key": "\u00a0the key\n"}))
    made = await opened(deps, await get_line(deps, owner.account, line["id"]))
    await owner.does("PATCH", f"/lines/{line['id']}", {"values": {"webhook_secret": " another "}})
    changed = await opened(deps, await get_line(deps, owner.account, line["id"]))

    assert (made["key"], changed["webhook_secret"]) == ("the key", "another")


async def test_with_other_values_its_templates_are_looked_up_and_its_last_failure_counts_no_more(
    owner: Person,
) -> None:
    deps = owner.hub.deps
    line = await connect(deps, "sandbox_whatsapp", account=owner.account)
    in_a_while = {"templates.due_at": deps.clock.now() + timedelta(hours=6)}
    await change_stored(deps.mongo, owner.account, line.id, **in_a_while)
    health.failed(deps, line, "account_suspended")
    await deps.pulses.write()

    shown = await owner.does("PATCH", f"/lines/{line.id}", {"values": {"key": "another"}})

    after = await get_line(deps, owner.account, line.id)
    assert shown["health"]["failed"] is None
    assert after.templates and after.templates.due_at and after.templates.due_at <= deps.clock.now()


async def test_another_name_leaves_what_its_provider_has_said(owner: Person) -> None:
    deps = owner.hub.deps
    line = await connect(deps, "sandbox_whatsapp", account=owner.account)
    await note_allowed(deps, line, Allowed(people=250, shared="acme"))

    await owner.does("PATCH", f"/lines/{line.id}", {"name": "Another", "values": {}})

    assert (await get_line(deps, owner.account, line.id)).allowed is not None


async def test_for_another_address_the_secrets_are_entered_anew(owner: Person) -> None:
    """Whoever may change a line is shown none of them, and could have them sent home."""
    line, path = await owner.does("POST", "/lines", WANTED), {"url": "http://127.0.0.1:2"}

    answers = [
        await owner.asks("PATCH", f"/lines/{line['id']}", {"values": {**path, **more}})
        for more in ({}, {"key": "k"}, {"key": "k", "webhook_secret": "w"})
    ]

    assert [code_of(answer) for answer in answers[:2]] == [(400, "bad_line")] * 2
    assert answers[2].json()["values"] == path


@pytest.mark.parametrize(
    ("wanted", "lacking"),
    [
        ({"host": "mail.evil.example"}, "password"),
        ({"security": "none"}, "password"),
        ({"imap_host": "mail.evil.example"}, "imap_password"),
        ({"imap_port": "143"}, "imap_password"),
        ({"imap_host": "imap.acme.test", "imap_password": "new"}, ""),
        ({"user": "asha"}, ""),
    ],
    ids=range(6),
)
def test_a_mailbox_has_secrets_of_its_own(wanted: dict[str, str], lacking: str) -> None:
    users = {"user": "ravi", "password": "p", "imap_user": "ravi", "imap_password": "i"}
    before = {"host": "smtp.acme.test", "imap_host": "mail.acme.test", **users}

    with pytest.raises(BadLine, match=f"enter {lacking} anew") if lacking else nullcontext():
        changed(channel_named("smtp_email"), before, wanted)


async def test_a_required_value_cannot_be_emptied(owner: Person) -> None:
    line = await owner.does("POST", "/lines", WANTED)

    answer = await owner.asks("PATCH", f"/lines/{line['id']}", {"values": {"key": ""}})

    assert code_of(answer) == (400, "bad_line")


async def test_an_address_of_a_site_that_no_page_can_have_is_named(owner: Person) -> None:
    site = {"provider": "widget", "address": "acme.test", "values": {"origins": "https://acme.test"}}
    line = await owner.does("POST", "/lines", wanted(**site))

    answer = await owner.asks("PATCH", f"/lines/{line['id']}", {"values": {"origins": "acme.test https://*.acme.test"}})

    assert code_of(answer) == (400, "bad_line")
    assert "https://*.acme.test" in answer.json()["error"]["message"]


async def test_a_line_is_paused_and_goes_on(owner: Person) -> None:
    line = await owner.does("POST", "/lines", WANTED)

    paused = await owner.does("POST", f"/lines/{line['id']}/pause")
    resumed = await owner.does("POST", f"/lines/{line['id']}/resume")

    assert (paused["is_paused"], resumed["is_paused"]) == (True, False)


async def test_a_line_belongs_to_a_team_of_the_account_or_to_none(owner: Person) -> None:
    line, team = await owner.does("POST", "/lines", WANTED), await owner.does("POST", "/teams", {"name": "Sales"})

    with_team = await owner.does("PUT", f"/lines/{line['id']}/team", {"team_id": team["id"]})
    without = await owner.does("PUT", f"/lines/{line['id']}/team", {"team_id": None})
    strange = await owner.asks("PUT", f"/lines/{line['id']}/team", {"team_id": "nobody"})

    assert (with_team["team_id"], without["team_id"]) == (team["id"], None)
    assert code_of(strange) == (404, "no_such_team")


async def test_its_pace_is_the_providers_unless_said_otherwise(owner: Person) -> None:
    line = await owner.does("POST", "/lines", wanted(per_second=2.5))

    usual = await owner.does("PATCH", f"/lines/{line['id']}", {"per_second": 0})

    assert (line["per_second"], usual["per_second"]) == (2.5, 10)


async def test_a_removed_line_is_gone_and_its_number_free(owner: Person) -> None:
    line = await owner.does("POST", "/lines", WANTED)

    await owner.does("DELETE", f"/lines/{line['id']}")

    assert code_of(await owner.asks("GET", f"/lines/{line['id']}")) == (404, "no_such_line")
    assert code_of(await owner.asks("DELETE", f"/lines/{line['id']}")) == (404, "no_such_line")
    assert (await owner.does("GET", "/lines"))["items"] == []
    assert (await owner.does("POST", "/lines", WANTED))["id"] != line["id"]


async def test_everybody_sees_lines_and_few_connect_them(owner: Person) -> None:
    await owner.does("POST", "/lines", WANTED)
    rep = await join(owner, "rep@acme.test")

    shown, refused = await rep.does("GET", "/lines"), await rep.asks("POST", "/lines", wanted(address="+4930999999"))

    assert [line["address"] for line in shown["items"]] == ["+4930123456"]
    assert code_of(refused) == (403, "forbidden")


async def test_providers_say_what_they_need(owner: Person) -> None:
    channels = (await owner.does("GET", "/channels"))["items"]

    sms = next(channel for channel in channels if channel["provider"] == "sandbox_sms")
    assert [(field["name"], field["is_secret"], field["is_required"]) for field in sms["fields"]] == [
        ("url", False, True),
        ("key", True, True),
        ("webhook_secret", True, True),
    ]
    assert {channel["provider"]: channel["window_s"] for channel in channels}["sandbox_whatsapp"] == 24 * 3600
