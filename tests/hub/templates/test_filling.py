"""What comes into the blanks of a template, and which of its languages goes to somebody."""

from typing import Any

import pytest

from tests.hub.templates.stage import Stage
from tests.people import code_of

COMPANY = {"key": "company", "type": "text", "label": "Company"}
NAMED = {"key": "first_name", "sample": "Asha", "fallback": "you"}
COUPON: dict[str, Any] = {
    "body": "A tenth less, until Monday.",
    "buttons": [{"kind": "code", "title": "Copy", "value": "SAVE10"}],
}


async def test_what_the_author_says_stands_before_what_is_known_and_that_before_a_fallback(stage: Stage) -> None:
    await stage.has_approved()

    known = await stage.read(await stage.uses(when="on Monday"))
    said = await stage.read(await stage.uses(when="on Monday", first_name="Asha"))
    in_order = await stage.read(await stage.uses("Ravi", "now"))

    assert [text.partition(",")[0] for text in (known, said, in_order)] == ["Hello Maja", "Hello Asha", "Hello Ravi"]


async def test_a_blank_of_which_nothing_is_known_is_never_sent_empty(stage: Stage) -> None:
    await stage.has_approved()

    missing, *unseen = await stage.asks(), await stage.asks(when=" \n "), await stage.asks(when="\u200b\u2060 \u3164")

    assert {verdict["code"] for verdict in (missing, *unseen)} == {"template_incomplete"}
    assert "'when'" in missing["reason"]


async def test_a_blank_takes_an_emoji_of_several_signs_whole(stage: Stage) -> None:
    await stage.has_approved()

    await stage.uses(when="👩\u200d🔧")
    await stage.work()

    assert stage.sandbox.sent[-1].body["template"]["values"][1] == "👩\u200d🔧"


async def test_a_blank_is_filled_from_an_attribute_that_is_called_so_or_that_it_names(stage: Stage) -> None:
    await stage.owner.does("POST", "/attributes", COMPANY)
    await stage.is_called(attributes={"company": "Kunal & Sons"})
    blanks = [{"key": "company", "sample": "x"}, {"key": "us", "sample": "x", "source": "account.name"}]
    await stage.has_approved(body="Is {{company}} still looking? Your friends at {{us}} ask.", blanks=blanks)

    said = await stage.read(await stage.uses())

    assert said.startswith("Is Kunal & Sons still looking? Your friends at acme ask.")


async def test_a_value_goes_out_in_one_line(stage: Stage) -> None:
    await stage.has_approved()

    await stage.uses(when="on\n\tMonday  at   ten")
    await stage.work()

    assert stage.sandbox.sent[-1].body["template"]["values"][1] == "on Monday at ten"


async def test_a_blank_that_there_is_not_is_refused(stage: Stage) -> None:
    await stage.has_approved()
    path = f"/threads/{(await stage.thread()).id}/messages"

    def named(values: Any) -> dict[str, Any]:
        return {"client_id": "c", "template": {"name": "visit", "language": "en", "values": values}}

    answers = [await stage.owner.asks("POST", path, named(values)) for values in ({"where": "here"}, ["a", "b", "c"])]

    assert [code_of(answer) for answer in answers] == [(422, "no_such_blank")] * 2


async def test_a_repeat_of_a_template_says_nothing_again(stage: Stage) -> None:
    await stage.has_approved()
    path = f"/threads/{(await stage.thread()).id}/messages"
    body = {"client_id": "c", "template": {"name": "visit", "language": "en", "values": {"when": "now"}}}

    first, again = [await stage.owner.does("POST", path, body) for _ in range(2)]

    assert first["message"]["id"] == again["message"]["id"]


async def test_header_and_button_have_blanks_of_their_own(stage: Stage) -> None:
    await stage.has_approved(
        header_kind="text",
        header="For {{1}}",
        body="Your visit is on {{1}}, dear {{2}}.  Thank you!",
        buttons=[{"kind": "url", "title": "See it", "value": "https://acme.test/{{1}}"}],
        blanks=[{"key": key, "sample": "x"} for key in ("1", "2", "header.1", "button.0")],
    )

    said = await stage.uses(**{"1": "Monday", "2": "Asha", "header.1": "you", "button.0": "flat-7"})
    await stage.work()

    template = stage.sandbox.sent[-1].body["template"]
    assert (template["values"], template["header"]) == (["Monday", "Asha"], "you")
    assert template["buttons"] == [{"at": 0, "kind": "url", "value": "flat-7", "name": "1"}]
    assert (await stage.read(said)).startswith("For you\n\nYour visit is on Monday, dear Asha.")


async def test_a_preview_shows_the_button_with_its_blank_filled_whatever_it_is_called(stage: Stage) -> None:
    buttons = [
        {"kind": "url", "title": title, "value": f"https://acme.test/{{{{{blank}}}}}"}
        for title, blank in (("See it", "flat"), ("Garden", "1"))
    ]
    blanks = [{"key": "button.0", "sample": "x", "fallback": "flat-7"}, {"key": "button.1", "sample": "x"}]
    template = await stage.makes(body="This flat.", buttons=buttons, blanks=blanks)

    shown = await stage.owner.does("GET", f"/templates/{template['id']}/preview?person_id={stage.someone.id}")

    assert [one["value"] for one in shown["buttons"]] == ["https://acme.test/flat-7", "https://acme.test/{{1}}"]


@pytest.mark.parametrize(("values", "code"), [({"button.0": "ASHA20"}, "ASHA20"), ({}, "SAVE10")])
async def test_each_message_brings_a_code_its_own_or_that_of_the_template(
    stage: Stage, values: dict[str, str], code: str
) -> None:
    made = await stage.has_approved(**COUPON, blanks=[])

    await stage.uses(**values)
    await stage.work()

    assert [(one["key"], one["sample"]) for one in made["blanks"]] == [("button.0", "")]
    assert stage.sandbox.sent[-1].body["template"]["buttons"] == [{"at": 0, "kind": "code", "value": code}]


async def test_a_code_comes_from_what_is_known_of_the_person_before_that_of_the_template(stage: Stage) -> None:
    await stage.owner.does("POST", "/attributes", {**COMPANY, "key": "coupon"})
    await stage.is_called(attributes={"coupon": "MAJA30"})
    made = await stage.has_approved(**COUPON, blanks=[{"key": "button.0", "source": "attribute.coupon"}])

    shown = await stage.owner.does("GET", f"/templates/{made['id']}/preview?person_id={stage.someone.id}")
    await stage.uses()
    await stage.work()

    assert [one["value"] for one in shown["buttons"]] == ["MAJA30"]
    assert stage.sandbox.sent[-1].body["template"]["buttons"][0]["value"] == "MAJA30"


async def test_a_file_that_is_attached_stands_above_the_words_and_goes_out_once(stage: Stage) -> None:
    await stage.has_approved(header_kind="image", header_media="4::handle", body="This flat.", blanks=[])
    missing = await stage.asks()
    picture = await stage.keep("flat.png")

    path = f"/threads/{(await stage.thread()).id}/messages"
    template = {"name": "visit", "language": "en"}
    said = await stage.owner.does("POST", path, {"client_id": "c", "template": template, "attachment_ids": [picture]})
    await stage.work()

    assert missing["code"] == "template_incomplete"
    [sent] = stage.sandbox.sent
    assert (sent.body["template"]["header_media"]["type"], "media" in sent.body) == ("image/png", False)
    assert [one["name"] for one in said["message"]["content"]["media"]] == ["flat.png"]


async def test_a_place_stands_above_the_words_and_goes_out_once(stage: Stage) -> None:
    await stage.has_approved(header_kind="place", body="Here we meet.", blanks=[])
    path = f"/threads/{(await stage.thread()).id}/messages"
    body = {"client_id": "c", "template": {"name": "visit"}, "place": {"latitude": 52.5, "longitude": 13.4}}

    missing = await stage.asks()
    said = await stage.owner.does("POST", path, body)
    await stage.work()

    assert missing["code"] == "template_incomplete"
    [sent] = stage.sandbox.sent
    assert (sent.body["template"]["header_place"]["latitude"], "location" in sent.body) == (52.5, False)
    assert said["message"]["content"]["place"]["longitude"] == 13.4


@pytest.mark.parametrize(
    ("locale", "why", "greeting"),
    [("pt-BR", "locale", "Olá"), ("fr-CA", "language", "Salut"), ("ja", "default", "Hello"), ("", "default", "Hello")],
)
async def test_a_template_goes_in_the_language_of_the_person(
    stage: Stage, locale: str, why: str, greeting: str
) -> None:
    for language, words in (("pt_BR", "Olá"), ("fr", "Salut"), ("en", "Hello")):
        await stage.has_approved(language=language, body=f"{words} {{{{first_name}}}} of ours.", blanks=[NAMED])
    await stage.is_called(**({"locale": locale} if locale else {}))

    query = f"line_id={stage.line.id}&name=visit&person_id={stage.someone.id}"
    chosen = await stage.owner.does("GET", f"/templates/choice?{query}")
    verdict = await stage.asks(None)
    said = await stage.read(await stage.uses(language=""))

    assert (chosen["why"], verdict["is_allowed"]) == (why, True)
    assert said.startswith(f"{greeting} Maja") and chosen["preview"]["text"] == said


async def test_the_accounts_language_is_the_last_resort(stage: Stage) -> None:
    for language in ("de", "en"):
        await stage.has_approved(language=language)
    await stage.owner.does("PUT", "/template-policy", {"language": "de"})

    query = f"line_id={stage.line.id}&name=visit&person_id={stage.someone.id}"
    chosen = await stage.owner.does("GET", f"/templates/choice?{query}")

    assert (chosen["template"]["language"], chosen["why"]) == ("de", "default")


async def test_a_preview_tells_which_fallbacks_would_stand_there(stage: Stage) -> None:
    blanks = [NAMED, {"key": "when", "sample": "x", "fallback": "soon"}, {"key": "where", "sample": "x"}]
    body = "Hello {{first_name}}, shall we meet {{when}} or {{where}} instead?"
    template = await stage.makes(body=body, blanks=blanks)

    shown = await stage.owner.does("GET", f"/templates/{template['id']}/preview?person_id={stage.someone.id}")

    assert [blank["by"] for blank in shown["blanks"]] == ["known", "fallback", "nothing"]
    assert shown["text"].startswith("Hello Maja, shall we meet soon or {{where}} instead?")
