"""Handing a template in at the provider, and taking it away there."""

from channels.base import Refused, TemplateDraft, TemplateNews, TemplateParts, TemplateSample, Unreachable, Unsure
from hub.act import Act
from hub.deps import Deps
from hub.lines.actions import get_line
from hub.lines.looking import SOON, look_at_templates
from hub.lines.models import Line
from hub.sending.ways import ways_of
from hub.templates.blanks import BUTTON, HEADER, blank_in, button_of, example_of, name_of
from hub.templates.changing import change, change_seen, get, remove
from hub.templates.checking import check_parts
from hub.templates.errors import TemplateFixed
from hub.templates.hearing import apply, others
from hub.templates.making import noted
from hub.templates.models import OPEN, Blank, KeptTemplate, State
from hub.templates.providing import in_words, provider_of
from hub.templates.shapes import MessageTemplateShown
from hub.templates.showing import shown, words_of


async def submit(act: Act, id: str) -> MessageTemplateShown:
    """Hand a draft, or one that was rejected, to the provider. When its answer is lost, the next look at what it has
    tells whether it came there."""
    deps, seen = act.deps, await get(act.deps, act.account, id)
    if seen.state not in OPEN:
        raise TemplateFixed(f"It is {seen.state} already.", state=seen.state)
    act.note.target, act.note.before = {"template": id, "line": seen.line}, await shown(deps, seen)
    line, draft = await get_line(deps, act.account, seen.line), await draft_of(deps, seen)
    # Before the call: whoever finds it so after a crash asks the provider first.
    seen = await change_seen(deps, seen, state=State.SUBMITTED, reason="", is_unanswered=True)
    with in_words():
        try:
            await hand_in(deps, line, seen, draft)
        except (Refused, Unreachable) as error:
            await change(deps, seen, state=State.DRAFT, reason=reason_of(error))
            raise
        except Unsure:
            await look_at_templates(deps, line, after=SOON)
            raise
    return await noted(act, id)


def reason_of(error: Refused | Unreachable) -> str:
    """Why it was not handed in."""
    return error.failure.words if isinstance(error, Refused) else ""


async def draft_of(deps: Deps, template: KeptTemplate) -> TemplateDraft:
    """As the provider gets it."""
    words = await words_of(deps, template)
    parts = words.parts
    check_parts(parts, words.blanks)
    return TemplateDraft(
        name=template.name,
        language=template.language,
        category=template.category,
        parts=parts,
        samples=tuple(sample_of(parts, blank) for blank in words.blanks if not example_of(parts, blank.key)),
        header_media=words.header_media,
        replaces=template.provider_id or "",
    )


def sample_of(parts: TemplateParts, blank: Blank) -> TemplateSample:
    """Where it stands, what it is called there, and what may stand in it."""
    if blank.key.startswith(BUTTON):
        name, at = blank_in(button_of(parts, blank.key)), blank.key.removeprefix(BUTTON)
        return TemplateSample(blank=name, value=blank.sample, where=at)
    where = "header" if blank.key.startswith(HEADER) else "body"
    return TemplateSample(blank=name_of(blank.key), value=blank.sample, where=where)


async def hand_in(deps: Deps, line: Line, seen: KeptTemplate, draft: TemplateDraft) -> None:
    """In the place of what was rejected there before. What the provider says of it meanwhile by webhook stands."""
    channel, access = await provider_of(deps, line)
    made = await channel.create_template(ways_of(deps), access, draft)
    known = {"provider_id": made.id, "category": made.category or seen.category, "is_unanswered": False}
    said = {"state": State(made.state.value), "reason": made.reason}
    if not await change(deps, seen, **known, **said):
        now = await get(deps, seen.account, seen.id)
        # Whoever has looked at the provider meanwhile may have looked too early.
        await change(deps, now, **known, **(said if now.state is State.DRAFT else {}))


async def delete(act: Act, id: str) -> None:
    """Nobody uses it any more, here or elsewhere. A sign of it stays, so that a look at the provider that was begun
    before does not bring it back."""
    deps, seen = act.deps, await get(act.deps, act.account, id)
    act.note.target, act.note.before = {"template": id, "line": seen.line}, await shown(deps, seen)
    line = await get_line(deps, act.account, seen.line)
    is_there = seen.state is not State.DELETED and (seen.provider_id or seen.state is not State.DRAFT)
    if not is_there or line.removed_at:
        await remove(deps, seen)
        return
    channel, access = await provider_of(deps, line)
    with in_words():
        await channel.delete_template(ways_of(deps), access, seen.name, language=seen.language)
    # Now that it is gone, whatever was said of it meanwhile changes nothing.
    gone = TemplateNews(name=seen.name, language=seen.language, state=State.DELETED.value)
    for one in [seen, *await others(deps, line, seen)]:
        await apply(deps, one, gone)
