"""Filling the blanks of a template for somebody: with what the author says, what is known of them, or the fallback."""

from collections.abc import Mapping

from msgspec.structs import replace

from channels.base import Content, HeaderKind, TemplateUse
from hub.access import Caller, Permission
from hub.accounts.founding import name_of
from hub.accounts.subjects import get_account
from hub.deps import Deps
from hub.lines.actions import access_line
from hub.lines.models import Line
from hub.people.access import access_person
from hub.people.models import Person
from hub.replying.filling import known_of
from hub.templates import repository
from hub.templates.blanks import BUTTON, WITH_FILE, as_used, button_shown, filled, given_in, keys_of, known_for, said
from hub.templates.changing import get
from hub.templates.errors import NoSuchTemplate
from hub.templates.languages import Why, best
from hub.templates.models import KeptTemplate, Words
from hub.templates.policy import language_of
from hub.templates.shapes import BlankFilled, TemplateChoiceQuery, TemplateChosen, TemplatePreview
from hub.templates.showing import shown, words_of


async def with_template(deps: Deps, line: Line, person: Person, content: Content) -> Content:
    """The message with the template as it goes to this person, and with the words that they will read. One that is not
    known here stays as it is: the gate says what to make of it."""
    used = content.template
    kept = await find_for(deps, line, person, used) if used else None
    if used is None or kept is None:
        return content
    words = await words_of(deps, kept)
    values = filled(words, given_in(used, keys_of(words.parts)), await known(deps, person))
    template = replace(as_used(used, words, values, kept.language), id=kept.provider_id)
    if kept.header in WITH_FILE and content.media:
        template = replace(template, header_media=content.media[0])
    if kept.header is HeaderKind.PLACE:
        template = replace(template, header_place=content.place)
    return replace(content, text=said(words.parts, values), template=template)


async def find_for(deps: Deps, line: Line, person: Person, used: TemplateUse) -> KeptTemplate | None:
    """In the language that was asked for, or else in the one that is theirs."""
    if used.language:
        return await repository.find_named(deps.mongo, line.account, line.id, used.name, used.language)
    found = await choose(deps, line, person, used.name)
    return found[0] if found else None


async def choose(deps: Deps, line: Line, person: Person, name: str) -> tuple[KeptTemplate, Why] | None:
    """In which language it goes to them, and why."""
    templates = await repository.list_named(deps.mongo, line.account, line.id, name)
    return best(templates, person.locale, await language_of(deps, line.account))


async def known(deps: Deps, person: Person) -> Mapping[str, str]:
    """Whatever a blank can ask for."""
    account = await name_of(deps, await get_account(deps, person.account))
    return {**await known_of(deps, person), "account.name": account}


async def preview(deps: Deps, caller: Caller, id: str, person_id: str) -> TemplatePreview:
    """What somebody would read whom the caller may see."""
    template = await get(deps, caller.account, id)
    person = await access_person(deps, caller, person_id, Permission.PEOPLE_VIEW)
    return await preview_of(deps, template, person)


async def preview_of(deps: Deps, template: KeptTemplate, person: Person) -> TemplatePreview:
    """With all that would stand in its blanks."""
    words, theirs = await words_of(deps, template), await known(deps, person)
    values = filled(words, {}, theirs)
    parts = words.parts
    return TemplatePreview(
        text=said(parts, values),
        footer=parts.footer,
        buttons=[button_shown(button, values.get(f"{BUTTON}{n}", "")) for n, button in enumerate(parts.buttons)],
        blanks=blanks_filled(words, values, theirs),
    )


def blanks_filled(words: Words, values: Mapping[str, str], theirs: Mapping[str, str]) -> list[BlankFilled]:
    """What stands in each, and where it is from."""
    return [
        BlankFilled(
            key=blank.key,
            value=values[blank.key],
            by="known" if known_for(blank, theirs) else "fallback" if values[blank.key] else "nothing",
        )
        for blank in words.blanks
    ]


async def choice(deps: Deps, caller: Caller, query: TemplateChoiceQuery) -> TemplateChosen:
    """In which language it would go to somebody whom the caller may see, why, and what they would read."""
    line = await access_line(deps, caller, query.line_id)
    person = await access_person(deps, caller, query.person_id, Permission.PEOPLE_VIEW)
    found = await choose(deps, line, person, query.name)
    if found is None:
        raise NoSuchTemplate("The line has no template of this name, in no language.", name=query.name)
    template, why = found
    return TemplateChosen(
        template=await shown(deps, template), why=why, preview=await preview_of(deps, template, person)
    )
