"""Which entries those of a page answer. Providers name a message by their own ids: what it is called in our log is
found when it is shown, since the name of one of ours may be learned after somebody has answered it."""

from collections.abc import Mapping, Sequence

from channels.base import Content
from hub.deps import Deps
from hub.threads import repository
from hub.threads.models import Entry
from hub.threads.repository import Named

Said = Sequence[tuple[Entry, Content]]


async def list_answered(deps: Deps, said: Said) -> Mapping[str, str]:
    """By the ids of entries of one account, those that they answer; by two queries at most. Nobody's word leads into
    the conversations of somebody else, whatever it names."""
    ours = {entry.id: entry.reply_to for entry, _ in said if entry.reply_to}
    naming = [(entry, content.reply_to) for entry, content in said if content.reply_to]
    if not naming:
        return ours
    account = naming[0][0].account
    lines, names = {entry.line for entry, _ in naming}, {name for _, name in naming}
    named = {(one.line, one.provider_id): one for one in await repository.list_named(deps.mongo, account, lines, names)}
    pairs = [(entry, named[entry.line, name]) for entry, name in naming if (entry.line, name) in named]
    persons = await persons_of(deps, account, pairs)
    return ours | {entry.id: one.entry for entry, one in pairs if is_of_same(entry, one, persons)}


async def persons_of(deps: Deps, account: str, pairs: Sequence[tuple[Entry, Named]]) -> Mapping[str, str]:
    """Whose the conversations are, where an answer stands in another one: as they do after two have become one."""
    apart = {id for entry, one in pairs if entry.thread != one.thread for id in (entry.thread, one.thread)}
    return await repository.list_persons(deps.mongo, account, apart) if apart else {}


def is_of_same(entry: Entry, one: Named, persons: Mapping[str, str]) -> bool:
    """Whether both stand in the conversations of one person."""
    return entry.thread == one.thread or persons.get(entry.thread) == persons.get(one.thread, "")
