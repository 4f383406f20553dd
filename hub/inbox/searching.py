"""Searching over messages, notes and people, by words and by how they begin, as far as the caller may see. The words of
sealed text are found by their tokens; what was found is opened for whoever looks, and only that."""

import asyncio
from collections.abc import Mapping, Sequence

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.errors import Invalid
from hub.fetching.showing import words_heard
from hub.inbox import repository
from hub.inbox.indexing import LONGEST, with_heard
from hub.inbox.models import Findable
from hub.inbox.shapes import Found, MessageHit, PersonHit, PersonNamed, SearchQuery
from hub.inbox.snippets import Span, hits_in, snippet
from hub.inbox.views import within
from hub.people.searching import search as search_people
from hub.people.showing import name_of, names_of
from hub.store.ids import is_id
from hub.store.paging import cursor_of, position_of
from hub.store.tokens import sought, words
from hub.threads import queries
from hub.threads.access import reach_of
from hub.threads.log import opened
from hub.threads.models import Entry, EntryKind

# So many that have the rarest word are looked at for a page, where not all of them will be shown.
LOOKED_AT = 500
# Beside messages, people are few.
FEW = 5


async def search(deps: Deps, caller: Caller, query: SearchQuery) -> Found:
    """Whoever and whatever has all of the words."""
    people: list[PersonHit] = []
    if query.kind == "people" or (query.kind == "all" and not query.cursor):
        limit = query.limit if query.kind == "people" else min(FEW, query.limit)
        people = await people_with(deps, caller, query, limit)
        if query.kind == "people":
            following = people[-1].id if len(people) == limit else None
            return Found(people=people, messages=[], next=following)
    messages, following = await messages_with(deps, caller, query)
    return Found(people=people, messages=messages, next=following)


async def people_with(deps: Deps, caller: Caller, query: SearchQuery, limit: int) -> list[PersonHit]:
    """By name, number or address."""
    below = query.cursor if query.kind == "people" else ""
    if below and not is_id(below):
        raise Invalid("This is not a cursor that a list has given.", field="cursor")
    tokens = sought(await deps.sealer.keyring(caller.account), as_number(query.q))
    found = await search_people(deps, caller, tokens, below=below, limit=limit)
    return [PersonHit(id=person.id, name=await name_of(deps, person)) for person in found]


def as_number(text: str) -> str:
    """A number is one word, however its digits are parted."""
    return "".join(words(text)) if not any(one.isalpha() for one in text) else text


async def messages_with(deps: Deps, caller: Caller, query: SearchQuery) -> tuple[list[MessageHit], str | None]:
    """The latest first, by four queries."""
    wanted = [*dict.fromkeys(words(query.q))]
    if not wanted:
        return [], None
    reach = await reach_of(deps, caller, Permission.THREADS_VIEW)
    # Of one word that may be seen wherever it stands, everything that is found is shown.
    most = query.limit + 1 if reach is None and len(wanted) == 1 else LOOKED_AT
    found = await candidates(deps, caller.account, wanted, query.cursor, most)
    fitting = await fitting_of(deps, caller.account, wanted, found)
    looked_at = fitting if reach is not None else fitting[: query.limit + 1]
    ids = {one.thread for one in looked_at}
    people = await repository.people_of(deps.mongo, caller.account, ids, within(reach)) if ids else {}
    seen = [one for one in looked_at if one.thread in people]
    page = seen[: query.limit]
    last = page[-1] if len(seen) > query.limit else found[-1] if len(found) == most else None
    hits = await hits_of(deps, caller.account, page, wanted, people) if page else []
    return hits, cursor_of(last.at, last.id) if last else None


async def candidates(deps: Deps, account: str, wanted: Sequence[str], cursor: str, most: int) -> list[Findable]:
    """What has the longest of the words, which is as a rule the rarest."""
    keyring = await deps.sealer.keyring(account)
    (token,) = sought(keyring, max(wanted, key=len), longest=LONGEST)
    return await repository.list_findable(
        deps.mongo, account, token, after=position_of(cursor), limit=most, with_tokens=len(wanted) > 1
    )


async def fitting_of(deps: Deps, account: str, wanted: Sequence[str], found: Sequence[Findable]) -> list[Findable]:
    """Those that have all of the words."""
    if len(wanted) == 1:
        return [*found]
    tokens = set(sought(await deps.sealer.keyring(account), " ".join(wanted), longest=LONGEST))
    return [one for one in found if tokens.issubset(one.tokens)]


async def hits_of(
    deps: Deps, account: str, page: Sequence[Findable], wanted: Sequence[str], people: Mapping[str, str]
) -> list[MessageHit]:
    """Opened, and shown where the words stand. What has only the beginning of a long word is no hit."""
    entries = {one.id: one for one in await queries.list_entries(deps, account, [one.id for one in page])}
    contents = {id: await opened(deps, entry) for id, entry in entries.items()}
    heard = await words_heard(deps, [(entries[id], content.media) for id, content in contents.items()])
    names = await names_of(deps, account, {people[one.thread] for one in page})
    hits = []
    for one in page:
        if one.id in entries:
            text = with_heard(contents[one.id], heard.get(one.id, ""))
            # A page of long messages takes a while: others must not wait for it.
            spans = await asyncio.to_thread(hits_in, text, wanted)
            if spans is not None:
                person = people[one.thread]
                hits.append(hit(entries[one.id], PersonNamed(id=person, name=names.get(person, "")), text, spans))
    return hits


def hit(entry: Entry, person: PersonNamed, text: str, spans: Sequence[Span]) -> MessageHit:
    """One message, and the part of it that shows the words."""
    part, marks = snippet(text, spans)
    return MessageHit(
        entry_id=entry.id,
        thread_id=entry.thread,
        seq=entry.seq,
        person=person,
        author=entry.author,
        is_note=entry.kind is EntryKind.NOTE,
        at=entry.stored_at,
        snippet=part,
        marks=marks,
    )
