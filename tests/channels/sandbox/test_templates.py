"""Templates at the sandbox, through its adapter."""

import pytest
from msgspec.structs import replace

from channels.base import (
    ButtonKind,
    HeaderKind,
    Out,
    Refused,
    TemplateButton,
    Templated,
    TemplateDraft,
    TemplateParts,
    TemplateSample,
    TemplateState,
    Unreachable,
    Unsure,
)
from channels.sandbox.channel import CHANNELS, WHATSAPP
from tests.channels.sandbox.stage import SandboxStage
from tests.fakes.sandbox.running import RunningSandbox

DRAFT = TemplateDraft(
    name="visit",
    language="en",
    category="utility",
    parts=TemplateParts(
        body="Hello {{2}}, it is on {{1}} then.",
        header_kind=HeaderKind.TEXT,
        header="For {{1}}",
        footer="Acme",
        buttons=(TemplateButton(kind=ButtonKind.URL, title="See it", value="https://acme.test/{{1}}"),),
    ),
    samples=(TemplateSample(blank="1", value="Monday"), TemplateSample(blank="1", value="you", where="header")),
)


@pytest.fixture
async def whatsapp(sandbox: RunningSandbox) -> SandboxStage:
    """The channel that has templates."""
    return await SandboxStage.of(sandbox, WHATSAPP.provider)


def test_only_whatsapp_keeps_templates() -> None:
    assert [name for name, channel in CHANNELS.items() if isinstance(channel, Templated)] == ["sandbox_whatsapp"]


async def test_what_was_handed_in_is_listed_as_it_was(whatsapp: SandboxStage, out: Out) -> None:
    made = await WHATSAPP.create_template(out, whatsapp.access, DRAFT)

    [listed] = await WHATSAPP.list_templates(out, whatsapp.access)

    assert listed == made
    assert (listed.state, listed.parts, listed.category) == (TemplateState.SUBMITTED, DRAFT.parts, "utility")
    assert listed.blanks == ("1", "2")


async def test_a_second_one_of_the_name_is_refused(whatsapp: SandboxStage, out: Out) -> None:
    await WHATSAPP.create_template(out, whatsapp.access, DRAFT)

    with pytest.raises(Refused, match="template_exists"):
        await WHATSAPP.create_template(out, whatsapp.access, DRAFT)


async def test_one_that_is_replaced_keeps_its_id_and_stays_as_it_was_where_nothing_came_there(
    whatsapp: SandboxStage, out: Out
) -> None:
    made = await WHATSAPP.create_template(out, whatsapp.access, DRAFT)
    again = replace(DRAFT, parts=TemplateParts(body="Hello."), samples=(), replaces=made.id)
    whatsapp.sandbox.mood("vanish", line="templates")

    with pytest.raises(Unsure):
        await WHATSAPP.create_template(out, whatsapp.access, again)
    [before] = await WHATSAPP.list_templates(out, whatsapp.access)
    changed = await WHATSAPP.create_template(out, whatsapp.access, again)

    assert before == made
    assert (changed.id, changed.parts) == (made.id, again.parts)
    assert await WHATSAPP.list_templates(out, whatsapp.access) == [changed]


async def test_one_is_deleted_in_one_language_or_in_all_and_a_second_time_is_no_error(
    whatsapp: SandboxStage, out: Out
) -> None:
    for language in ("en", "de", "fr"):
        whatsapp.sandbox.add_template("visit", language, "Hello")

    await WHATSAPP.delete_template(out, whatsapp.access, "visit", language="en")
    left = [one.language for one in await WHATSAPP.list_templates(out, whatsapp.access)]
    for _ in range(2):
        await WHATSAPP.delete_template(out, whatsapp.access, "visit")

    assert left == ["de", "fr"]
    assert await WHATSAPP.list_templates(out, whatsapp.access) == []


async def test_a_lost_answer_leaves_it_open_whether_it_was_taken(whatsapp: SandboxStage, out: Out) -> None:
    whatsapp.sandbox.mood("hang_up", line="templates")

    with pytest.raises(Unsure):
        await WHATSAPP.create_template(out, whatsapp.access, DRAFT)

    assert len(await WHATSAPP.list_templates(out, whatsapp.access)) == 1


async def test_a_provider_that_is_down_has_not_said_that_there_are_none(whatsapp: SandboxStage, out: Out) -> None:
    whatsapp.sandbox.mood("down", line="templates")

    with pytest.raises(Unsure):
        await WHATSAPP.list_templates(out, whatsapp.access)


async def test_a_provider_that_is_gone_was_surely_told_nothing(whatsapp: SandboxStage, out: Out) -> None:
    async with whatsapp.sandbox.gone():
        with pytest.raises(Unreachable):
            await WHATSAPP.create_template(out, whatsapp.access, DRAFT)
