"""Templates at Meta: listed, handed in, and taken away."""

from dataclasses import replace
from typing import Any

import pytest

from channels.base import (
    ButtonKind,
    HeaderKind,
    Media,
    Out,
    Refused,
    TemplateButton,
    Templated,
    TemplateDraft,
    TemplateListed,
    TemplateNews,
    TemplateParts,
    TemplateSample,
    TemplateState,
    Unsure,
)
from channels.meta.standing import REASONS
from tests.channels.meta.stage import MetaStage
from tests.fakes.meta.uploads import UPLOADS

PICTURE = Media(type="image/png", name="the flat & its garden.png", content=b"\x89PNG" + bytes(range(256)))
WORDS = "Hello {{1}}, you can see the flat at {{2}}. Will you come?"
SAMPLES = (TemplateSample(blank="1", value="Asha"), TemplateSample(blank="2", value="ten"))
PARTS = TemplateParts(
    header_kind=HeaderKind.TEXT,
    header="Your viewing",
    body=WORDS,
    footer="Acme",
    buttons=(
        TemplateButton(kind=ButtonKind.REPLY, title="Yes"),
        TemplateButton(kind=ButtonKind.URL, title="The flat", value="https://acme.test/{{1}}"),
        TemplateButton(kind=ButtonKind.PHONE, title="Call us", value="+12025550142"),
    ),
)
DRAFT = TemplateDraft(
    name="viewing",
    language="en_US",
    category="utility",
    parts=PARTS,
    samples=(*SAMPLES, TemplateSample(blank="1", value="7", where="1")),
)


async def create(stage: MetaStage, out: Out, draft: TemplateDraft = DRAFT) -> list[dict[str, Any]]:
    """The parts of it, as they arrive."""
    await stage.channel.create_template(out, stage.access, draft)
    return stage.meta.templates[-1].components


async def listed(stage: MetaStage, out: Out) -> list[TemplateListed]:
    """All that are there."""
    return list(await stage.channel.list_templates(out, stage.access))


def test_the_channel_keeps_templates(stage: MetaStage) -> None:
    assert isinstance(stage.channel, Templated)


async def test_a_template_that_was_handed_in_waits_and_is_listed_as_it_was_written(stage: MetaStage, out: Out) -> None:
    made = await stage.channel.create_template(out, stage.access, DRAFT)

    assert await listed(stage, out) == [made]
    assert (made.state, made.category, made.parts, made.blanks) == ("submitted", "utility", PARTS, ("1", "2"))


async def test_each_blank_has_its_example(stage: MetaStage, out: Out) -> None:
    header, body, footer, buttons = await create(stage, out)

    assert header == {"type": "HEADER", "format": "TEXT", "text": "Your viewing"}
    assert body == {"type": "BODY", "text": WORDS, "example": {"body_text": [["Asha", "ten"]]}}
    assert footer == {"type": "FOOTER", "text": "Acme"}
    assert buttons["buttons"] == [
        {"type": "QUICK_REPLY", "text": "Yes"},
        {
            "type": "URL",
            "text": "The flat",
            "url": "https://acme.test/{{1}}",
            "example": ["https://acme.test/7"],
        },
        {"type": "PHONE_NUMBER", "text": "Call us", "phone_number": "+12025550142"},
    ]


async def test_blanks_may_have_names(stage: MetaStage, out: Out) -> None:
    parts = TemplateParts(header_kind=HeaderKind.TEXT, header="For {{who}}", body="Hello {{who}}, welcome.")
    samples = (TemplateSample(blank="who", value="Asha"), TemplateSample(blank="who", value="you", where="header"))

    header, body = await create(stage, out, replace_draft(parts=parts, samples=samples))

    assert header["example"] == {"header_text_named_params": [{"param_name": "who", "example": "you"}]}
    assert body["example"] == {"body_text_named_params": [{"param_name": "who", "example": "Asha"}]}
    assert stage.meta.templates[0].format == "NAMED"


async def test_a_code_is_an_example_and_its_button_is_called_as_meta_likes(stage: MetaStage, out: Out) -> None:
    code = TemplateButton(kind=ButtonKind.CODE, title="Copy", value="SAVE10")

    _, buttons = await create(stage, out, replace_draft(parts=TemplateParts(body="Less.", buttons=(code,)), samples=()))
    [there] = await listed(stage, out)

    assert buttons["buttons"] == [{"type": "COPY_CODE", "example": "SAVE10"}]
    assert there.parts.buttons == (TemplateButton(kind=ButtonKind.CODE, title="Copy offer code", value="SAVE10"),)


async def test_files_stand_above_the_words_by_an_example_that_meta_has(stage: MetaStage, out: Out) -> None:
    parts = TemplateParts(header_kind=HeaderKind.IMAGE, body="Look.")
    handle = await stage.channel.keep_example(out, stage.access, PICTURE)

    header, _ = await create(stage, out, replace_draft(parts=parts, samples=(), header_media=handle))

    assert header == {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle]}}
    assert stage.meta.examples[handle].content == PICTURE.content


async def test_a_file_without_an_example_is_refused_in_metas_words(stage: MetaStage, out: Out) -> None:
    parts = TemplateParts(header_kind=HeaderKind.IMAGE, body="Look.")

    with pytest.raises(Refused) as caught:
        await create(stage, out, replace_draft(parts=parts, samples=()))

    assert caught.value.failure.words == "Meta says: A header with a file needs an example of it."


async def test_an_example_of_which_meta_says_nothing_sensible_is_none(stage: MetaStage, out: Out) -> None:
    stage.meta.mood("nonsense", line=UPLOADS)

    with pytest.raises(Refused) as caught:
        await stage.channel.keep_example(out, stage.access, PICTURE)

    assert caught.value.failure.is_passing


async def test_what_meta_takes_no_examples_of_is_not_sent_there(stage: MetaStage, out: Out) -> None:
    with pytest.raises(Refused) as caught:
        await stage.channel.keep_example(out, stage.access, Media(type="image/gif", content=b"GIF"))

    assert caught.value.failure.code == "unknown_type"


async def test_what_meta_does_not_take_is_refused_in_its_own_words(stage: MetaStage, out: Out) -> None:
    with pytest.raises(Refused) as caught:
        await create(stage, out, replace_draft(samples=()))

    assert caught.value.failure.words == "Meta says: The BODY has blanks without an example."
    assert stage.meta.templates == []


async def test_what_was_rejected_is_changed_where_it_is(stage: MetaStage, out: Out) -> None:
    made = await stage.channel.create_template(out, stage.access, DRAFT)
    stage.meta.templates[0].status = "REJECTED"
    parts = TemplateParts(body="We meet at {{1}} o'clock.")
    again = replace_draft(parts=parts, samples=SAMPLES[:1], replaces=made.id)

    changed = await stage.channel.create_template(out, stage.access, again)

    assert await listed(stage, out) == [changed]
    assert (changed.id, changed.state, changed.parts) == (made.id, TemplateState.SUBMITTED, parts)


async def test_a_name_that_was_deleted_is_not_free_for_weeks(stage: MetaStage, out: Out) -> None:
    await create(stage, out)
    await stage.channel.delete_template(out, stage.access, DRAFT.name)

    with pytest.raises(Refused) as caught:
        await create(stage, out)

    assert "4 weeks" in caught.value.failure.words


async def test_long_lists_are_read_to_their_end(stage: MetaStage, out: Out) -> None:
    for n in range(250):
        stage.add_template(f"t_{n}", "Hello")

    assert [one.name for one in await listed(stage, out)] == [f"t_{n}" for n in range(250)]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("APPROVED", TemplateState.APPROVED),
        ("IN_APPEAL", TemplateState.SUBMITTED),
        ("REJECTED", TemplateState.REJECTED),
        ("PAUSED", TemplateState.PAUSED),
        ("DISABLED", TemplateState.DISABLED),
        ("DELETED", TemplateState.DELETED),
        ("SOMETHING_NEW", TemplateState.DISABLED),
    ],
)
async def test_each_is_listed_as_it_stands(stage: MetaStage, out: Out, status: str, state: TemplateState) -> None:
    stage.add_template("viewing", "Hello", status=status, quality="YELLOW", reason="SPAM")

    [one] = await listed(stage, out)

    assert (one.state, one.quality, one.reason) == (state, "yellow", "SPAM")


async def test_parts_that_parley_cannot_make_are_listed_all_the_same(stage: MetaStage, out: Out) -> None:
    parts = [
        {"type": "HEADER", "format": "HOLOGRAM"},
        {"type": "BODY", "text": "Your code is {{1}}."},
        {"type": "CAROUSEL", "cards": []},
        {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "Copy"}, {"type": "COPY_CODE", "example": ["AB"]}, 7]},
    ]
    stage.add_template("code", "", components=parts, category="AUTHENTICATION")

    [one] = await listed(stage, out)

    assert [(button.kind, button.title, button.value) for button in one.parts.buttons] == [
        (ButtonKind.OTHER, "Copy", ""),
        (ButtonKind.CODE, "", "AB"),
        (ButtonKind.OTHER, "", ""),
    ]
    assert (one.parts.header_kind, one.blanks) == (HeaderKind.NONE, ("1",))


@pytest.mark.parametrize(("language", "left"), [("", ["viewing_2"]), ("en", ["viewing/de", "viewing_2"]), ("fr", None)])
async def test_a_template_is_deleted_in_one_language_or_in_all(
    stage: MetaStage, out: Out, language: str, left: list[str] | None
) -> None:
    stage.add_template("viewing", "Hello")
    stage.meta.add_template("viewing", "de", "Hallo")
    stage.add_template("viewing_2", "Hello")

    await stage.channel.delete_template(out, stage.access, "viewing", language=language)

    there = [one.name if one.name == "viewing_2" else f"{one.name}/{one.language}" for one in stage.meta.templates]
    assert there == (left or ["viewing/en", "viewing/de", "viewing_2"])


async def test_that_a_template_is_not_there_is_no_error(stage: MetaStage, out: Out) -> None:
    await stage.channel.delete_template(out, stage.access, "viewing")


async def test_a_line_without_an_account_has_no_templates(stage: MetaStage, out: Out) -> None:
    bare = replace(stage.access, values={**stage.access.values, "waba_id": ""})

    assert await stage.channel.list_templates(out, bare) == []
    with pytest.raises(Refused, match="no_account"):
        await stage.channel.create_template(out, bare, DRAFT)
    with pytest.raises(Refused, match="no_account"):
        await stage.channel.delete_template(out, bare, DRAFT.name)


async def test_a_meta_that_is_away_says_nothing_of_templates(stage: MetaStage, out: Out) -> None:
    stage.meta.is_broken = True

    with pytest.raises(Unsure):
        await stage.channel.list_templates(out, stage.access)


async def test_who_looks_at_a_template_tells_by_webhook(stage: MetaStage, out: Out) -> None:
    await create(stage, out)

    await stage.meta.decide(stage.meta.templates[0], "REJECTED", "INVALID_FORMAT")

    [news] = stage.heard()
    assert news == TemplateNews(
        name="viewing",
        language="en_US",
        at_line=stage.number.account,
        state="rejected",
        reason=REASONS["INVALID_FORMAT"],
    )


def replace_draft(**more: Any) -> TemplateDraft:
    """The usual one with something else in it."""
    return TemplateDraft(**{name: getattr(DRAFT, name) for name in DRAFT.__struct_fields__} | more)
