"""Templates of WhatsApp on the whole way: written in the hub, looked at by Meta, filled and sent after the window has
closed; and what Meta says of an account, for all of its numbers."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from channels.meta.standing import REASONS
from hub.files.access import mark_of
from hub.files.actions import keep
from hub.lines.actions import list_lines
from hub.people.editing import change as change_person
from hub.people.shapes import PersonChange
from hub.sending.delivery import KINDS as SENDING
from hub.settings import Settings
from hub.templates.syncing import KINDS as LOOKING
from hub.threads import log
from hub.threads.models import Author, AuthorKind
from tests.channels.meta.test_whole_way import Business, connected
from tests.clock import VirtualClock
from tests.fakes.meta import ASHA, running_meta
from tests.hub.connecting.conftest import reaching  # noqa: F401 - a fixture
from tests.hub.files.samples import PNG
from tests.hub.lines.connected import act_in
from tests.hub.sending.scene import work_off
from tests.hubs import running_hub
from tests.people import code_of, found, sign_in

VISIT: dict[str, Any] = {
    "name": "visit",
    "language": "en",
    "category": "utility",
    "body": "Hello {{first_name}}, shall we meet {{when}} at the flat?",
    "footer": "Acme",
    "blanks": [
        {"key": "first_name", "sample": "Asha", "fallback": "there"},
        {"key": "when", "sample": "on Monday"},
    ],
}

FLAT: dict[str, Any] = {
    "name": "flat",
    "language": "en",
    "category": "utility",
    "header_kind": "image",
    "body": "This is the flat.",
}
COUPON: dict[str, Any] = {
    "name": "coupon",
    "language": "en",
    "category": "marketing",
    "body": "A tenth less, until Monday.",
    "buttons": [{"kind": "code", "title": "Copy", "value": "SAVE10"}],
}


@pytest.fixture
async def business(reaching: Settings, clock: VirtualClock) -> AsyncIterator[Business]:  # noqa: F811
    """With two numbers of one account."""
    async with running_hub(reaching, clock=clock) as hub, running_meta(now=clock.now) as meta:
        owner = await found(hub, "acme")
        number, second = meta.connect("12025550142"), meta.connect("12025550143")
        lines = [await connected(hub, owner, meta, one) for one in (number, second)]
        webhook = meta.webhooks[number.account]
        webhook.client, webhook.url = hub.client, f"/in/{lines[0].id}"
        yield Business(hub, owner, meta, lines[0], number, second)


async def handed_in(business: Business) -> Any:
    """The template, as the hub has it."""
    made = await business.owner.does("POST", "/templates", {"line_id": business.line.id, **VISIT})
    return await business.owner.does("POST", f"/templates/{made['id']}/submit")


async def decided(business: Business, event: str, reason: str = "NONE") -> None:
    """Meta has looked at it, and tells."""
    await business.meta.decide(business.meta.templates[0], event, reason)
    await business.told()


async def shown(business: Business, template: Any) -> Any:
    """As it is by now."""
    return await business.owner.does("GET", f"/templates/{template['id']}")


async def asks_to_send(business: Business) -> Any:
    """A day after she has written, only a template goes."""
    person = await business.person(ASHA.user_id)
    thread = await log.find_or_make(business.hub.deps, business.owner.account, person.id)
    owner = await sign_in(business.hub, business.owner.email)
    body = {
        "client_id": "1",
        "template": {"name": "visit", "language": "en", "values": {"when": "on Monday"}},
        "line_id": business.line.id,
    }
    answer = await owner.asks("POST", f"/threads/{thread.id}/messages", body)
    await work_off(business.hub.deps, SENDING)
    return answer


async def test_one_that_meta_has_approved_goes_out_after_the_window_with_its_blanks_filled(
    business: Business, clock: VirtualClock
) -> None:
    await business.meta.say(ASHA, business.number.id, "Is the flat still free?")
    await business.told()
    person = await business.person(ASHA.user_id)
    act = act_in(business.hub.deps, business.owner.account)
    await change_person(act, person.id, PersonChange(name="Asha Rao"))
    template = await handed_in(business)
    await decided(business, "APPROVED")
    approved = await shown(business, template)
    await clock.advance(hours=25)

    answer = await asks_to_send(business)

    assert (template["state"], approved["state"], answer.status_code) == ("submitted", "approved", 200)
    [sent] = business.meta.sent
    [body] = [part for part in sent.body["template"]["components"] if part["type"] == "body"]
    assert sent.body["template"]["name"] == "visit"
    assert [one["text"] for one in body["parameters"]] == ["Asha", "on Monday"]


async def test_one_that_meta_has_rejected_is_not_sent_and_says_why(business: Business, clock: VirtualClock) -> None:
    await business.meta.say(ASHA, business.number.id, "Is the flat still free?")
    await business.told()
    template = await handed_in(business)
    await decided(business, "REJECTED", "INVALID_FORMAT")
    await clock.advance(hours=25)

    answer = await asks_to_send(business)

    assert code_of(answer)[1] == "send_refused"
    assert business.meta.sent == []
    owner = await sign_in(business.hub, business.owner.email)
    rejected = await shown(replace(business, owner=owner), template)
    assert (rejected["state"], rejected["reason"]) == ("rejected", REASONS["INVALID_FORMAT"])


async def test_what_somebody_has_made_at_meta_is_found_on_both_numbers(business: Business) -> None:
    business.meta.add_template("hello_again", "en", "Hello again from us.")

    await work_off(business.hub.deps, LOOKING)

    listed = (await business.owner.does("GET", "/templates"))["items"]
    assert [(one["name"], one["state"]) for one in listed] == [("hello_again", "approved")] * 2


async def test_what_meta_says_of_an_account_is_shown_at_all_of_its_numbers(business: Business) -> None:
    await business.meta.change(business.number.account, "account_update", {"event": "ACCOUNT_RESTRICTION"})
    await business.told()
    await business.hub.deps.pulses.write()

    lines = await list_lines(business.hub.deps, business.owner.account)
    assert [line.health.failed_code for line in lines] == ["account_restricted"] * 2


async def test_a_template_with_a_picture_is_handed_in_with_an_example_and_sent_with_another(
    business: Business, clock: VirtualClock
) -> None:
    await business.meta.say(ASHA, business.number.id, "Is the flat still free?")
    await business.told()
    made = await business.owner.does(
        "POST", "/templates", {**FLAT, "line_id": business.line.id, **await kept(business)}
    )
    await business.owner.does("POST", f"/templates/{made['id']}/submit")
    [header, _] = business.meta.templates[0].components
    await decided(business, "APPROVED")
    await clock.advance(hours=25)
    owner = await sign_in(business.hub, business.owner.email)

    await sends(replace(business, owner=owner), FLAT["name"])

    [handle] = header["example"]["header_handle"]
    [shown] = business.meta.sent[0].body["template"]["components"][0]["parameters"]
    assert business.meta.examples[handle].type == "image/png"
    assert shown["image"]["link"].endswith("~.png")


async def test_a_template_with_a_code_brings_one_in_each_message(business: Business, clock: VirtualClock) -> None:
    await business.meta.say(ASHA, business.number.id, "Is the flat still free?")
    await business.told()
    made = await business.owner.does("POST", "/templates", {**COUPON, "line_id": business.line.id})
    await business.owner.does("POST", f"/templates/{made['id']}/submit")
    await decided(business, "APPROVED")
    await work_off(business.hub.deps, LOOKING)
    approved = await shown(business, made)
    await clock.advance(hours=25)
    owner = await sign_in(business.hub, business.owner.email)

    await sends_coupon(replace(business, owner=owner), {"button.0": "ASHA20"})
    await sends_coupon(replace(business, owner=owner), {})

    codes = [one.body["template"]["components"][0]["parameters"] for one in business.meta.sent]
    assert (approved["state"], approved["buttons"]) == ("approved", made["buttons"])
    assert codes == [[{"type": "coupon_code", "coupon_code": code}] for code in ("ASHA20", "SAVE10")]


async def sends_coupon(business: Business, values: dict[str, str]) -> None:
    """The owner sends a template with a code."""
    person = await business.person(ASHA.user_id)
    thread = await log.find_or_make(business.hub.deps, business.owner.account, person.id)
    template = {"name": COUPON["name"], "language": "en", "values": values}
    body = {"client_id": f"coupon-{len(values)}", "template": template, "line_id": business.line.id}
    await business.owner.does("POST", f"/threads/{thread.id}/messages", body)
    await work_off(business.hub.deps, SENDING)


async def kept(business: Business) -> dict[str, str]:
    """A picture that the owner has uploaded."""
    by = mark_of(Author(AuthorKind.MEMBER, business.owner.member))
    return {"header_file_id": (await keep(business.hub.deps, business.owner.account, "flat.png", PNG, by=by)).id}


async def sends(business: Business, name: str) -> None:
    """The owner sends a template with a picture."""
    person = await business.person(ASHA.user_id)
    thread = await log.find_or_make(business.hub.deps, business.owner.account, person.id)
    files = [*(await kept(business)).values()]
    template = {"name": name, "language": "en"}
    body = {"client_id": name, "template": template, "line_id": business.line.id, "attachment_ids": files}
    await business.owner.does("POST", f"/threads/{thread.id}/messages", body)
    await work_off(business.hub.deps, SENDING)
