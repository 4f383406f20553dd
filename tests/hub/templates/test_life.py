"""A template from its first words to its end: handed in, looked at by the provider, sent, paused, deleted."""

import asyncio

from tests.hub.templates.stage import Stage
from tests.people import code_of

FLAT = {"key": "button.0", "sample": "flat-7", "fallback": "flat-8"}
BLANKS = [{"key": "first_name", "sample": "Asha", "fallback": "there"}]


async def test_a_draft_is_handed_in_approved_and_sent_with_a_fallback(stage: Stage) -> None:
    template = await stage.has_approved(blanks=[*BLANKS, {"key": "when", "sample": "on Monday", "fallback": "soon"}])
    await stage.clock.advance(hours=25)
    await stage.is_called(name="Maja Okafor")

    said = await stage.uses()
    await stage.work()

    assert template["state"] == "approved"
    assert stage.sandbox.sent[-1].body["template"]["values"] == ["Maja", "soon"]
    assert "text" not in stage.sandbox.sent[-1].body
    assert await stage.read(said) == "Hello Maja, shall we meet soon at the flat?\n\nAcme"


async def test_the_provider_gets_the_words_and_a_sample_for_each_blank(stage: Stage) -> None:
    template = await stage.makes()

    handed_in = await stage.owner.does("POST", f"/templates/{template['id']}/submit")

    [there] = stage.sandbox.templates.values()
    assert (there.body, there.footer, there.category) == (template["body"], "Acme", "utility")
    assert [(one["blank"], one["value"]) for one in there.samples] == [("first_name", "Asha"), ("when", "on Monday")]
    assert handed_in["state"] == "submitted"


async def test_the_blank_of_a_button_is_handed_in_with_its_sample_by_its_name(stage: Stage) -> None:
    button = {"kind": "url", "title": "See it", "value": "https://acme.test/{{flat}}"}
    template = await stage.makes(buttons=[button], blanks=[*stage.wanted()["blanks"], FLAT])

    await stage.owner.does("POST", f"/templates/{template['id']}/submit")

    [there] = stage.sandbox.templates.values()
    assert there.samples[2:] == [{"blank": "flat", "value": "flat-7", "where": "0"}]


async def test_one_that_is_rejected_says_why_and_is_handed_in_again_when_it_was_changed(stage: Stage) -> None:
    template = await stage.makes()
    await stage.owner.does("POST", f"/templates/{template['id']}/submit")
    await stage.decides(template, state="rejected", reason="It promises too much.")
    rejected = await stage.shown(template)

    body = "Hello {{first_name}}, is {{when}} a good time?"
    changed = await stage.owner.does("PATCH", f"/templates/{template['id']}", {"body": body})
    again = await stage.owner.does("POST", f"/templates/{template['id']}/submit")

    assert (rejected["state"], rejected["reason"]) == ("rejected", "It promises too much.")
    assert (changed["state"], again["state"], again["reason"]) == ("draft", "submitted", "")
    assert [one.body for one in stage.sandbox.templates.values()] == [body]


async def test_one_that_is_paused_is_refused_with_its_reason_and_one_that_goes(stage: Stage) -> None:
    template = await stage.has_approved()
    await stage.has_approved(name="hello_again", body="Hello again from us.", blanks=[])
    await stage.clock.advance(hours=25)
    await stage.decides(template, state="paused", reason="People have blocked you.")
    await stage.comes_back()

    verdict = await stage.asks(when="on Monday")

    assert verdict["code"] == "template_not_approved"
    assert "is paused: People have blocked you." in verdict["reason"]
    assert verdict["alternatives"][0] == {**verdict["alternatives"][0], "do": "use_template", "template": "hello_again"}


async def test_what_is_paused_between_the_saying_and_the_sending_does_not_go(stage: Stage) -> None:
    template = await stage.has_approved()
    said = await stage.uses(when="on Monday")

    await stage.decides(template, state="paused")
    await stage.work()

    delivery = await stage.delivery(said)
    assert (delivery.state, delivery.failure and delivery.failure.code) == ("failed", "template_not_approved")
    assert stage.sandbox.sent == []


async def test_how_people_take_it_is_shown_and_changes_nothing_else(stage: Stage) -> None:
    template = await stage.has_approved()

    await stage.decides(template, quality="yellow")
    await stage.decides(template, category="marketing")

    after = await stage.shown(template)
    assert (after["state"], after["quality"], after["category"]) == ("approved", "yellow", "marketing")


async def test_news_come_to_all_lines_that_share_the_template_and_to_no_other(stage: Stage) -> None:
    shared, own = [await stage.connect("sandbox_whatsapp") for _ in range(2)]
    await stage.makes(line_id=own.id, body="Hello {{first_name}}, is {{when}} a good time?")
    template = await stage.has_approved()
    await stage.looks()

    await stage.decides(template, state="paused")

    states = [(await stage.kept(line))["visit"].state for line in (stage.line, shared, own)]
    assert states == ["paused", "paused", "draft"]


async def test_what_is_deleted_is_gone_on_all_lines_that_share_it(stage: Stage) -> None:
    shared = await stage.connect("sandbox_whatsapp")
    template = await stage.has_approved()
    await stage.looks()

    await stage.owner.does("DELETE", f"/templates/{template['id']}")

    assert (await stage.kept(shared))["visit"].state == "deleted"


async def test_what_is_approved_keeps_its_words_and_takes_other_fallbacks(stage: Stage) -> None:
    template = await stage.has_approved()
    path = f"/templates/{template['id']}"

    words = await stage.owner.asks("PATCH", path, {"body": "Hello."})
    blanks = [*BLANKS, {"key": "when", "sample": "on Monday", "fallback": "soon"}]
    other = await stage.owner.does("PATCH", path, {"blanks": blanks})

    assert code_of(words) == (409, "template_fixed")
    assert (other["state"], other["blanks"][1]["fallback"]) == ("approved", "soon")


async def test_what_is_deleted_is_gone_at_the_provider_and_cannot_be_sent(stage: Stage) -> None:
    template = await stage.has_approved()

    await stage.owner.does("DELETE", f"/templates/{template['id']}")

    assert stage.sandbox.templates == {}
    assert (await stage.owner.does("GET", "/templates"))["items"] == []
    assert len((await stage.owner.does("GET", "/templates?state=deleted"))["items"]) == 1


async def test_what_is_said_of_it_while_it_is_deleted_changes_nothing(stage: Stage) -> None:
    shared = await stage.connect("sandbox_whatsapp")
    template = await stage.has_approved()
    await stage.looks()
    stage.sandbox.mood("slow", line="templates", wait_s=0.5)

    deleting = asyncio.create_task(stage.owner.asks("DELETE", f"/templates/{template['id']}"))
    await asyncio.sleep(0.2)
    await stage.is_told("visit", state="paused")
    answer = await deleting

    assert answer.status_code == 204
    assert {(await stage.kept(line))["visit"].state for line in (stage.line, shared)} == {"deleted"}


async def test_a_name_is_free_again_when_its_template_was_deleted(stage: Stage) -> None:
    template = await stage.has_approved()
    taken = await stage.owner.asks("POST", "/templates", stage.wanted())
    await stage.owner.does("DELETE", f"/templates/{template['id']}")

    again = await stage.makes()

    assert code_of(taken) == (409, "template_taken")
    assert (again["state"], again["id"] == template["id"]) == ("draft", False)
