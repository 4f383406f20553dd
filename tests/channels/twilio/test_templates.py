"""Templates at Twilio: made, handed in, listed as they were, and sent by what Twilio calls them."""

from typing import Any

import pytest

from channels.base import (
    ButtonKind,
    ButtonUse,
    Content,
    Exemplified,
    HeaderKind,
    Media,
    Out,
    Refused,
    TemplateButton,
    TemplateDraft,
    TemplateParts,
    TemplateSample,
    TemplateState,
    TemplateUse,
)
from channels.twilio.channel import WHATSAPP
from channels.twilio.contents import kept_example
from channels.twilio.templates import create_template, delete_template, list_templates
from tests.channels.twilio.stage import TwilioStage
from tests.fakes.twilio import contents
from tests.fakes.twilio.running import RunningTwilio

REPLY = TemplateButton(kind=ButtonKind.REPLY, title="Yes")
PAGE = TemplateButton(kind=ButtonKind.URL, title="See it", value="https://acme.test/{{flat}}")
CODE = TemplateButton(kind=ButtonKind.CODE, title="Copy", value="SAVE10")
FILES = "https://parley.test/files"
BODY = "Hello {{1}}, shall we meet {{2}}?"
SAMPLES = (
    TemplateSample(blank="1", value="Asha"),
    TemplateSample(blank="2", value="on Monday"),
    TemplateSample(blank="flat", value="12", where="0"),
)


@pytest.fixture
def stage(twilio: RunningTwilio) -> TwilioStage:
    """A number of WhatsApp."""
    return TwilioStage.of(twilio, "twilio_whatsapp")


def draft(name: str = "visit", *, example: str = "", **parts: Any) -> TemplateDraft:
    """An invitation, with this around it."""
    said = TemplateParts(body=BODY, **parts)
    return TemplateDraft(
        name=name, language="en", category="utility", parts=said, samples=SAMPLES, header_media=example
    )


@pytest.mark.parametrize(
    ("parts", "type"),
    [
        ({}, "twilio/text"),
        ({"buttons": (REPLY,)}, "twilio/quick-reply"),
        ({"buttons": (PAGE,)}, "twilio/call-to-action"),
        ({"buttons": (REPLY, CODE)}, "whatsapp/card"),
        ({"footer": "Acme"}, "whatsapp/card"),
        ({"header_kind": HeaderKind.TEXT, "header": "Your flat", "buttons": (PAGE, REPLY)}, "whatsapp/card"),
    ],
)
async def test_what_was_handed_in_is_listed_as_it_was(
    stage: TwilioStage, out: Out, parts: dict[str, Any], type: str
) -> None:
    made = await create_template(out, stage.access, draft(**parts))

    [there] = await list_templates(out, stage.access)

    assert [*stage.twilio.contents[made.id].about["types"]] == [type]
    assert (there, there.parts) == (made, draft(**parts).parts)
    assert (there.state, there.category, there.blanks) == (TemplateState.SUBMITTED, "utility", ("1", "2"))


async def test_each_blank_comes_with_a_sample(stage: TwilioStage, out: Out) -> None:
    made = await create_template(out, stage.access, draft(buttons=(PAGE,)))

    assert stage.twilio.contents[made.id].about["variables"] == {"1": "Asha", "2": "on Monday", "flat": "12"}


async def test_a_code_is_a_blank_of_its_own_with_the_templates_as_its_sample(stage: TwilioStage, out: Out) -> None:
    made = await create_template(out, stage.access, draft(buttons=(CODE,)))
    used = TemplateUse(name="visit", language="en", id=made.id, buttons=(ButtonUse(at=0, kind="code", value="ASHA20"),))

    await stage.channel.send(out, stage.access, stage.message("m-1", Content(template=used)))

    about = stage.twilio.contents[made.id].about
    [action] = about["types"]["whatsapp/card"]["actions"]
    assert (action["code"], about["variables"]["button_0"]) == ("{{button_0}}", "SAVE10")
    assert stage.twilio.sent[0].first("ContentVariables") == '{"button_0":"ASHA20"}'


@pytest.mark.parametrize(
    ("code", "kind"), [("SAVE10", ButtonKind.OTHER), ("{{7}}", ButtonKind.CODE), ("", ButtonKind.OTHER)]
)
async def test_a_code_that_is_the_same_in_all_messages_is_asked_of_nobody(
    stage: TwilioStage, out: Out, code: str, kind: ButtonKind
) -> None:
    made = await create_template(out, stage.access, draft(buttons=(CODE,)))
    stage.twilio.contents[made.id].about["types"]["whatsapp/card"]["actions"][0]["code"] = code

    [there] = await list_templates(out, stage.access)

    assert there.parts.buttons == (TemplateButton(kind=kind, title="Copy", value=code),)


@pytest.mark.parametrize(
    "parts",
    [
        {"header_kind": HeaderKind.IMAGE},
        {"header_kind": HeaderKind.PLACE},
        {"header_kind": HeaderKind.TEXT, "header": "For {{1}}"},
        {"buttons": (TemplateButton(kind=ButtonKind.OTHER, title="Flow"),)},
    ],
)
async def test_what_twilio_cannot_be_told_is_refused_before_anything_is_made(
    stage: TwilioStage, out: Out, parts: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refused:
        await create_template(out, stage.access, draft(**parts))

    assert refused.value.failure.advice
    assert stage.twilio.contents == {}


@pytest.mark.parametrize(
    ("status", "state"),
    [("approved", TemplateState.APPROVED), ("rejected", TemplateState.REJECTED), ("new_word", TemplateState.DISABLED)],
)
async def test_how_it_stands_is_told_by_the_list(
    stage: TwilioStage, out: Out, status: str, state: TemplateState
) -> None:
    made = await create_template(out, stage.access, draft())
    stage.twilio.contents[made.id].approval |= {"status": status, "rejection_reason": "It promises too much."}

    [there] = await list_templates(out, stage.access)

    assert (there.state, there.reason) == (state, "It promises too much.")


async def test_all_pages_are_read_and_what_nobody_has_handed_in_is_none(stage: TwilioStage, out: Out) -> None:
    for number in range(5):
        await create_template(out, stage.access, draft(f"visit_{number}"))
    contents.add(stage.twilio, {"friendly_name": "reply", "language": "en", "types": {"twilio/text": {"body": "Hi"}}})

    found = await list_templates(out, stage.access)

    assert [one.name for one in found] == [f"visit_{number}" for number in range(5)]


async def test_one_that_is_replaced_goes(stage: TwilioStage, out: Out) -> None:
    old = await create_template(out, stage.access, draft())

    new = await create_template(
        out,
        stage.access,
        TemplateDraft(name="visit", language="en", category="utility", parts=TemplateParts(body="Hi"), replaces=old.id),
    )

    assert [one.id for one in await list_templates(out, stage.access)] == [new.id]


async def test_one_is_deleted_in_a_language_or_in_all(stage: TwilioStage, out: Out) -> None:
    await create_template(out, stage.access, draft())
    await create_template(out, stage.access, draft("other"))

    await delete_template(out, stage.access, "visit", language="de")
    await delete_template(out, stage.access, "other")
    await delete_template(out, stage.access, "not there")

    assert [one.name for one in await list_templates(out, stage.access)] == ["visit"]


async def test_it_is_sent_by_what_twilio_calls_it_with_all_of_its_blanks(stage: TwilioStage, out: Out) -> None:
    used = TemplateUse(
        name="visit",
        language="en",
        id="HX1",
        values=("Asha", "on Monday"),
        names=("2", "3"),
        header="flat",
        header_name="1",
        buttons=(ButtonUse(at=0, kind="url", value="12", name="flat"),),
    )

    await stage.channel.send(out, stage.access, stage.message("m-1", Content(template=used)))

    [sent] = stage.twilio.sent
    assert sent.first("ContentSid") == "HX1"
    assert sent.first("ContentVariables") == '{"flat":"12","1":"flat","2":"Asha","3":"on Monday"}'


@pytest.mark.parametrize(
    ("kind", "type", "end"),
    [
        (HeaderKind.IMAGE, "image/jpeg", "1.abc~.jpg"),
        (HeaderKind.VIDEO, "video/mp4", "2.abc~.mp4"),
        (HeaderKind.DOCUMENT, "application/pdf", "3.abc~.pdf"),
    ],
)
async def test_a_file_stands_above_the_words_by_the_end_of_its_address(
    stage: TwilioStage, out: Out, kind: HeaderKind, type: str, end: str
) -> None:
    example = kept_example(Media(type=type, url=f"{FILES}/{end}"))
    made = await create_template(out, stage.access, draft(header_kind=kind, footer="Acme", example=example))

    [there] = await list_templates(out, stage.access)

    about = stage.twilio.contents[made.id].about
    assert about["types"]["whatsapp/card"]["media"] == [f"{FILES}/{{{{file}}}}"]
    assert about["variables"] == {"file": end, "1": "Asha", "2": "on Monday"}
    assert there.parts == made.parts


async def test_each_message_brings_a_file_of_its_own(stage: TwilioStage, out: Out) -> None:
    shown = Media(type="image/jpeg", url=f"{FILES}/9.xyz~.jpg")
    used = TemplateUse(name="visit", language="en", id="HX1", values=("Asha",), header_media=shown)

    await stage.channel.send(out, stage.access, stage.message("m-1", Content(template=used)))

    assert stage.twilio.sent[0].first("ContentVariables") == '{"file":"9.xyz~.jpg","1":"Asha"}'


async def test_the_end_of_our_address_goes_to_no_other_server(stage: TwilioStage, out: Out) -> None:
    """It opens the file."""
    made = await create_template(out, stage.access, draft(footer="Acme"))
    card = stage.twilio.contents[made.id].about["types"]["whatsapp/card"]
    card["media"] = ["https://cdn.example.com/files/{{file}}"]

    [there] = await list_templates(out, stage.access)
    foreign = draft(header_kind=HeaderKind.IMAGE, footer="Acme", example="https://cdn.example.com/files/1.jpg")

    assert there.parts.header_kind is HeaderKind.NONE
    with pytest.raises(Refused):
        await create_template(out, stage.access, foreign)


async def test_a_file_that_is_the_same_in_all_messages_is_asked_of_nobody(stage: TwilioStage, out: Out) -> None:
    made = await create_template(out, stage.access, draft(footer="Acme"))
    stage.twilio.contents[made.id].about["types"]["whatsapp/card"]["media"] = ["https://acme.test/flat.jpg"]

    [there] = await list_templates(out, stage.access)

    assert there.parts.header_kind is HeaderKind.NONE


def test_what_whatsapp_shows_above_no_words_is_no_example() -> None:
    with pytest.raises(Refused):
        kept_example(Media(type="image/gif", url=f"{FILES}/1.abc~.gif"))


def test_the_channel_takes_examples() -> None:
    assert isinstance(WHATSAPP, Exemplified)
