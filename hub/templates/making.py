"""Templates as people make, change and look at them. Handing them in is another matter."""

from msgspec.structs import replace

from channels.base import TemplateButton, TemplateParts
from hub.access import Caller
from hub.act import Act
from hub.deps import Deps
from hub.lines.actions import access_line, get_line
from hub.store.mongo import Document, Duplicate
from hub.store.paging import cursor_of, position_of
from hub.templates import repository
from hub.templates.blanks import keys_of, with_known
from hub.templates.changing import change_seen, get, tell
from hub.templates.checking import check_blanks, check_name, check_parts
from hub.templates.errors import TemplateFixed, TemplatesFull, TemplateTaken
from hub.templates.examples import example_of
from hub.templates.models import OPEN, Blank, KeptTemplate, State, Words
from hub.templates.providing import check_keeps_templates
from hub.templates.shapes import (
    BlankWanted,
    ButtonWanted,
    MessageTemplateChange,
    MessageTemplatePage,
    MessageTemplateQuery,
    MessageTemplateShown,
    MessageTemplateWanted,
)
from hub.templates.showing import sealed, shown, words_of


async def list_templates(deps: Deps, caller: Caller, query: MessageTemplateQuery) -> MessageTemplatePage:
    """A page of the account's, the youngest first."""
    where: Document = {"state": query.state or {"$ne": State.DELETED}}
    if query.line_id:
        where["line"] = (await get_line(deps, caller.account, query.line_id)).id
    if query.name:
        where["name"] = query.name
    after = position_of(query.cursor)
    found = await repository.list_page(deps.mongo, caller.account, where, after=after, limit=query.limit)
    is_full = len(found) == query.limit
    return MessageTemplatePage(
        items=[await shown(deps, one) for one in found],
        next=cursor_of(found[-1].made_at, found[-1].id) if is_full else None,
    )


async def show(deps: Deps, caller: Caller, id: str) -> MessageTemplateShown:
    """One of the account's."""
    return await shown(deps, await get(deps, caller.account, id))


async def make(act: Act, wanted: MessageTemplateWanted) -> MessageTemplateShown:
    """A draft. A repeat of the request gets the first."""
    deps, now = act.deps, act.deps.clock.now()
    line = await access_line(deps, act.caller, wanted.line_id)
    check_keeps_templates(line)
    check_name(wanted.name, wanted.language)
    words = words_wanted(wanted)
    check_parts(words.parts, words.blanks)
    if wanted.header_file_id:
        media = await example_of(act, line, wanted.header_kind, wanted.header_file_id)
        words = replace(words, header_media=media)
    template = KeptTemplate(
        id=act.new_id,
        account=act.account,
        line=line.id,
        name=wanted.name,
        language=wanted.language,
        category=wanted.category,
        state=State.DRAFT,
        words=await sealed(deps, act.account, words),
        header=words.parts.header_kind,
        blanks=keys_of(words.parts),
        made_at=now,
        changed_at=now,
    )
    await add(deps, template)
    return await noted(act, template.id)


def words_wanted(wanted: MessageTemplateWanted) -> Words:
    """All that it is to say."""
    parts = TemplateParts(
        body=wanted.body,
        header_kind=wanted.header_kind,
        header=wanted.header,
        footer=wanted.footer,
        buttons=buttons_of(wanted.buttons),
    )
    return Words(parts=parts, blanks=blanks_of(wanted.blanks), header_media=wanted.header_media)


def buttons_of(wanted: list[ButtonWanted]) -> tuple[TemplateButton, ...]:
    """As adapters know them."""
    return tuple(TemplateButton(kind=one.kind, title=one.title, value=one.value) for one in wanted)


def blanks_of(wanted: list[BlankWanted]) -> list[Blank]:
    """As they are kept."""
    return [Blank(key=one.key, sample=one.sample, source=one.source, fallback=one.fallback) for one in wanted]


async def add(deps: Deps, template: KeptTemplate) -> None:
    """Store it, in the place of one that was deleted; or raise TemplateTaken. A repeat meets what it has stored."""
    if await repository.is_full(deps.mongo, template.account, template.line):
        raise TemplatesFull(f"A line has {repository.MOST} templates at most.", most=repository.MOST)
    named = template.account, template.line, template.name, template.language
    there = await repository.find_named(deps.mongo, *named)
    if there and there.state is State.DELETED:
        await repository.remove(deps.mongo, there)
    try:
        await repository.add(deps.mongo, template)
    except Duplicate:
        if await repository.find(deps.mongo, template.account, template.id) is None:
            raise TemplateTaken("The line has a template of this name in this language.", field="name") from None
    tell(deps, template.account, template.line)


async def change(act: Act, id: str, wanted: MessageTemplateChange) -> MessageTemplateShown:
    """Other words, as long as nobody has approved them; other fallbacks at any time."""
    deps, seen = act.deps, await get(act.deps, act.account, id)
    if seen.state not in OPEN and says_otherwise(wanted):
        raise TemplateFixed(
            f"It is {seen.state}: only what comes into its blanks can be changed. Make a new one.", state=seen.state
        )
    act.note.target, act.note.before = {"template": id, "line": seen.line}, await shown(deps, seen)
    words = changed(await words_of(deps, seen), wanted)
    check_blanks(words.parts, blanks_of(wanted.blanks or []))
    if seen.state in OPEN:
        check_parts(words.parts, words.blanks)
    if wanted.header_file_id:
        line = await get_line(deps, act.account, seen.line)
        media = await example_of(act, line, words.parts.header_kind, wanted.header_file_id)
        words = replace(words, header_media=media)
    await change_seen(
        deps,
        seen,
        words=await sealed(deps, act.account, words),
        header=words.parts.header_kind,
        blanks=keys_of(words.parts),
        category=wanted.category or seen.category,
        state=State.DRAFT if says_otherwise(wanted) else seen.state,
    )
    return await noted(act, id)


def says_otherwise(wanted: MessageTemplateChange) -> bool:
    """Whether anything is changed that the provider looks at."""
    return any(getattr(wanted, name) is not None for name in wanted.__struct_fields__ if name != "blanks")


def changed(words: Words, wanted: MessageTemplateChange) -> Words:
    """With what is to be otherwise."""
    names = ("body", "header_kind", "header", "footer")
    given = {name: value for name in names if (value := getattr(wanted, name)) is not None}
    if wanted.buttons is not None:
        given["buttons"] = buttons_of(wanted.buttons)
    parts = replace(words.parts, **given)
    blanks = with_known(parts, [*words.blanks, *blanks_of(wanted.blanks or [])])
    media = words.header_media if wanted.header_media is None else wanted.header_media
    return Words(parts=parts, blanks=blanks, header_media=media)


async def noted(act: Act, id: str) -> MessageTemplateShown:
    """How it is, for the audit log and the answer."""
    template = await get(act.deps, act.account, id)
    after = await shown(act.deps, template)
    act.note.target, act.note.after = {"template": id, "line": template.line}, after
    return after
