"""Looking up what a provider has: when, what comes of it, and what is younger than its answer."""

import asyncio

import pytest

from hub.lines.actions import get_line
from hub.templates.models import State
from hub.templates.syncing import sync
from tests.fakes.sandbox.moods import Does
from tests.hub.templates.stage import Stage
from tests.people import code_of, found

NEW = "Hello {{first_name}}, is {{when}} a good time?"


async def test_a_new_line_has_soon_what_was_made_elsewhere(stage: Stage) -> None:
    stage.sandbox.add_template("welcome", "pt_BR", "Bem-vindo, {{1}}, com {{2}}!")

    await stage.looks()

    template = (await stage.kept())["welcome"]
    assert (template.language, template.state, template.blanks) == ("pt_BR", "approved", ["1", "2"])


async def test_it_is_looked_up_again_after_six_hours(stage: Stage) -> None:
    await stage.looks()
    stage.sandbox.add_template("welcome", "en", "Welcome")

    await stage.clock.advance(hours=5, minutes=59)
    await stage.looks()
    before = await stage.kept()
    await stage.clock.advance(minutes=1)
    await stage.looks()

    assert ([*before], [*await stage.kept()]) == ([], ["welcome"])


async def test_a_provider_that_is_down_is_asked_again_after_a_quarter_of_an_hour(stage: Stage) -> None:
    stage.sandbox.add_template("welcome", "en", "Welcome")
    stage.sandbox.mood("down", line="templates")
    await stage.looks()
    before = await stage.kept()

    await stage.clock.advance(minutes=15)
    await stage.looks()

    assert ([*before], [*await stage.kept()]) == ([], ["welcome"])


async def test_a_look_says_what_is_new_otherwise_and_gone_and_a_second_one_that_nothing_is(stage: Stage) -> None:
    await stage.has_approved()
    await stage.has_approved(name="old", body="Old.", blanks=[])
    stage.sandbox.add_template("new", "en", "New")
    stage.sandbox.templates["visit", "en"].quality = "red"
    del stage.sandbox.templates["old", "en"]

    first, second = await stage.syncs(), await stage.syncs()

    assert first == {"found": 2, "added": 1, "changed": 1, "gone": 1}
    assert second == {"found": 2, "added": 0, "changed": 0, "gone": 0}
    assert (await stage.kept())["old"].state is State.DELETED


async def test_sources_and_fallbacks_stay_when_the_words_were_changed_elsewhere(stage: Stage) -> None:
    template = await stage.has_approved()
    stage.sandbox.templates["visit", "en"].body = "Dear {{first_name}}, see you {{where}} then."

    await stage.syncs()

    after = await stage.shown(template)
    assert after["body"].startswith("Dear")
    assert [(blank["key"], blank["fallback"]) for blank in after["blanks"]] == [("first_name", "there"), ("where", "")]


async def test_drafts_are_nobody_elses_business(stage: Stage) -> None:
    template = await stage.makes()

    await stage.syncs()

    assert await stage.state_of(template) == "draft"


async def test_a_draft_that_says_what_the_provider_has_is_that(stage: Stage) -> None:
    same, other = await stage.makes(), await stage.makes(name="other")
    stage.sandbox.add_template("visit", "en", same["body"]).footer = "Acme"
    stage.sandbox.add_template("other", "en", "Something else.")

    await stage.syncs()

    assert (await stage.state_of(same), await stage.state_of(other)) == ("approved", "draft")


async def test_fallbacks_of_what_was_made_elsewhere_are_set_without_a_sample(stage: Stage) -> None:
    stage.sandbox.add_template("elsewhere", "en", "{{1}}, you are at {{2}}")
    await stage.syncs()
    path = f"/templates/{(await stage.kept())['elsewhere'].id}"

    after = await stage.owner.does("PATCH", path, {"blanks": [{"key": "2", "fallback": "home"}]})
    strange = await stage.owner.asks("PATCH", path, {"blanks": [{"key": "3", "fallback": "home"}]})

    assert [blank["fallback"] for blank in after["blanks"]] == ["", "home"]
    assert code_of(strange) == (400, "bad_template")


async def test_two_looks_at_once_make_nothing_twice(stage: Stage) -> None:
    for number in range(5):
        stage.sandbox.add_template(f"number_{number}", "en", "Hello")

    one, other = await asyncio.gather(*(sync(stage.deps, stage.line) for _ in range(2)))

    assert (one.added + other.added, len(await stage.kept())) == (5, 5)


async def test_what_a_webhook_says_meanwhile_is_younger_than_the_answer(stage: Stage) -> None:
    template = await stage.is_approved_silently()
    stage.sandbox.mood("slow", line="templates", wait_s=0.5)

    looking = asyncio.create_task(sync(stage.deps, stage.line))
    await asyncio.sleep(0.2)
    await stage.decides(template, state="paused")
    await looking

    assert await stage.state_of(template) == "paused"


async def test_what_is_deleted_meanwhile_does_not_come_back(stage: Stage) -> None:
    template = await stage.is_approved_silently()
    stage.sandbox.mood("slow", line="templates", wait_s=0.5)

    looking = asyncio.create_task(sync(stage.deps, stage.line))
    await asyncio.sleep(0.2)
    await stage.owner.does("DELETE", f"/templates/{template['id']}")
    await looking

    assert await stage.state_of(template) == "deleted"


@pytest.mark.parametrize(("mood", "after"), [("hang_up", "submitted"), ("vanish", "draft")])
async def test_when_the_answer_to_a_handing_in_is_lost_the_next_look_tells(
    stage: Stage, mood: Does, after: str
) -> None:
    template = await stage.makes()
    stage.sandbox.mood(mood, line="templates")

    answer = await stage.owner.asks("POST", f"/templates/{template['id']}/submit")
    meanwhile = await stage.state_of(template)
    await stage.clock.advance(minutes=1)
    await stage.looks()

    assert (code_of(answer), meanwhile) == ((503, "templates_away"), "submitted")
    assert await stage.state_of(template) == after


@pytest.mark.parametrize("otherwise", [{"body": NEW}, {"category": "marketing"}], ids=["words", "category"])
async def test_a_second_handing_in_that_never_came_there_is_a_draft_again_as_it_was_written(
    stage: Stage, otherwise: dict[str, str]
) -> None:
    template = await stage.is_rejected()
    path = f"/templates/{template['id']}"
    written = await stage.owner.does("PATCH", path, otherwise)
    stage.sandbox.mood("vanish", line="templates")

    answer = await stage.owner.asks("POST", f"{path}/submit")
    await stage.clock.advance(minutes=1)
    await stage.looks()

    after = await stage.shown(template)
    assert (code_of(answer), after["state"]) == ((503, "templates_away"), "draft")
    assert (after["body"], after["category"]) == (written["body"], written["category"])


async def test_a_second_handing_in_whose_answer_is_lost_has_come_there(stage: Stage) -> None:
    template = await stage.is_rejected()
    path = f"/templates/{template['id']}"
    await stage.owner.does("PATCH", path, {"body": NEW})
    stage.sandbox.mood("hang_up", line="templates")

    await stage.owner.asks("POST", f"{path}/submit")
    await stage.clock.advance(minutes=1)
    await stage.looks()
    stage.sandbox.templates["visit", "en"].state = "rejected"
    await stage.syncs()

    after = await stage.shown(template)
    assert (after["state"], after["body"]) == ("rejected", NEW)


async def test_a_look_while_it_is_handed_in_again_leaves_the_new_words(stage: Stage) -> None:
    template = await stage.is_rejected()
    path = f"/templates/{template['id']}"
    await stage.owner.does("PATCH", path, {"body": NEW})
    stage.sandbox.mood("slow", line="templates", wait_s=0.5)

    handing_in = asyncio.create_task(stage.owner.does("POST", f"{path}/submit"))
    await asyncio.sleep(0.2)
    await stage.syncs()
    after = await handing_in

    assert (after["state"], after["body"]) == ("submitted", NEW)


async def test_what_was_rejected_and_is_of_another_category_now_stays_a_draft(stage: Stage) -> None:
    template = await stage.is_rejected()
    await stage.owner.does("PATCH", f"/templates/{template['id']}", {"category": "marketing"})

    await stage.syncs()

    after = await stage.shown(template)
    assert (after["state"], after["category"]) == ("draft", "marketing")


async def test_what_is_written_anew_is_a_draft_while_the_one_before_is_still_being_deleted(stage: Stage) -> None:
    await stage.has_approved()
    stage.sandbox.templates["visit", "en"].state = "deleted"
    await stage.syncs()
    template = await stage.makes()

    await stage.syncs()

    assert await stage.state_of(template) == "draft"


async def test_a_no_of_the_provider_is_told_in_words_and_leaves_a_draft(stage: Stage) -> None:
    template = await stage.makes()
    stage.sandbox.mood("refuse", line="templates", code="account_suspended")

    answer = await stage.owner.asks("POST", f"/templates/{template['id']}/submit")

    assert code_of(answer) == (409, "template_refused")
    assert "suspended the account" in answer.json()["error"]["message"]
    assert await stage.state_of(template) == "draft"


async def test_a_provider_that_is_gone_leaves_a_draft_a_draft_and_an_approved_one_approved(stage: Stage) -> None:
    template, approved = await stage.makes(), await stage.has_approved(name="other")
    async with stage.sandbox.gone():
        paths = [f"/templates/{template['id']}/submit", "/templates/sync"]
        answers = [await stage.owner.asks("POST", path, {"line_id": stage.line.id}) for path in paths[1:]]
        answers.append(await stage.owner.asks("POST", paths[0]))
        answers.append(await stage.owner.asks("DELETE", f"/templates/{approved['id']}"))

    assert [code_of(answer) for answer in answers] == [(503, "templates_away")] * 3
    assert (await stage.state_of(template), await stage.state_of(approved)) == ("draft", "approved")


async def test_news_of_a_template_that_nobody_knows_make_us_look(stage: Stage) -> None:
    await stage.looks()
    stage.sandbox.add_template("elsewhere", "en", "Made elsewhere.")

    await stage.decides({"name": "elsewhere", "language": "en"}, state="approved")
    await stage.clock.advance(minutes=1)
    await stage.looks()

    assert (await stage.kept())["elsewhere"].state is State.APPROVED


async def test_however_many_nobody_knows_the_provider_is_asked_once(stage: Stage) -> None:
    await stage.looks()
    for number in range(3):
        await stage.is_told(f"elsewhere_{number}", state="approved")
        await stage.clock.advance(seconds=20)

    line = await get_line(stage.deps, stage.account, stage.line.id)

    assert line.templates and line.templates.due_at == stage.clock.now()


async def test_what_is_told_of_one_that_nobody_knows_puts_no_look_off(stage: Stage) -> None:
    stage.sandbox.add_template("welcome", "en", "Welcome")

    await stage.is_told("elsewhere", state="approved")
    await stage.looks()

    assert [*await stage.kept()] == ["welcome"]


async def test_templates_of_another_account_are_nowhere_to_be_found(stage: Stage) -> None:
    template = await stage.makes()
    stranger = await found(stage.hub, "other")

    asked = [("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/submit")]
    answers = [
        await stranger.asks(method, f"/templates/{template['id']}{path}", {} if method == "PATCH" else None)
        for method, path in asked
    ]

    assert [code_of(answer) for answer in answers] == [(404, "no_such_template")] * 4
    assert (await stranger.does("GET", "/templates"))["items"] == []


async def test_a_line_whose_provider_keeps_no_templates_says_so(stage: Stage) -> None:
    sms = await stage.connect("sandbox_sms")

    made = await stage.owner.asks("POST", "/templates", stage.wanted(line_id=sms.id))
    looked = await stage.owner.asks("POST", "/templates/sync", {"line_id": sms.id})

    assert (code_of(made), code_of(looked)) == ((422, "no_templates"), (422, "no_templates"))
