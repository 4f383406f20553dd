"""What a provider tells of a template by webhook: whether it may be used, and how people take it."""

from channels.base import TemplateNews
from hub.deps import Deps
from hub.lines.actions import list_lines
from hub.lines.looking import SOON, look_at_templates
from hub.lines.models import Line
from hub.templates import repository
from hub.templates.changing import change
from hub.templates.models import KeptTemplate, State

# Each failed attempt means that somebody else has written.
ATTEMPTS = 20


async def hear(deps: Deps, line: Line, news: TemplateNews) -> None:
    """Write it down, on all lines that share the template; of one that is not known, the provider is asked. Whoever
    makes many at once is told of each, and asked once."""
    found = await repository.find_named(deps.mongo, line.account, line.id, news.name, news.language)
    if found is None or found.state in (State.DRAFT, State.DELETED):
        for one in await neighbours(deps, line):
            await look_at_templates(deps, one, after=SOON)
        return
    for kept in [found, *await others(deps, line, found)]:
        await apply(deps, kept, news)


async def others(deps: Deps, line: Line, found: KeptTemplate) -> list[KeptTemplate]:
    """The same template on the other lines of the same business at the provider."""
    if not found.provider_id:
        return []
    shared = await repository.list_shared(deps.mongo, found, [one.id for one in await neighbours(deps, line)])
    return [one for one in shared if one.id != found.id and one.state is not State.DELETED]


async def neighbours(deps: Deps, line: Line) -> list[Line]:
    """All lines of its provider: which of them share their templates, the provider knows."""
    return [one for one in await list_lines(deps, line.account) if one.provider == line.provider]


async def apply(deps: Deps, seen: KeptTemplate, news: TemplateNews) -> None:
    """What is new of it. A reason is one as long as there is something to give a reason for."""
    for _ in range(ATTEMPTS):
        fields = told(seen, news)
        if not fields or await change(deps, seen, **fields):
            return
        again = await repository.find(deps.mongo, seen.account, seen.id)
        if again is None:
            return
        seen = again
    raise TimeoutError("A template is changed all the time.")


def told(seen: KeptTemplate, news: TemplateNews) -> dict[str, object]:
    """The fields that are otherwise."""
    fields: dict[str, object] = {}
    if news.state in [*State]:
        fields = {"state": State(news.state), "reason": news.reason}
    fields |= {name: value for name in ("quality", "category") if (value := getattr(news, name))}
    return {name: value for name, value in fields.items() if getattr(seen, name) != value}
