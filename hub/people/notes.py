"""Notes on people, for colleagues only."""

from collections.abc import Sequence

from hub.access import Caller, Permission
from hub.act import Act
from hub.deps import Deps
from hub.http.endpoint import PageQuery
from hub.people import repository
from hub.people.access import access_person
from hub.people.editing import access
from hub.people.errors import NoSuchNote
from hub.people.models import Person, PersonNote
from hub.people.provenance import by_caller
from hub.people.shapes import NotePage, NoteShown, NoteWanted
from hub.store.mongo import Duplicate
from hub.store.paging import cursor_of, position_of

PLACE = f"{repository.NOTES}.text"


async def list_notes(deps: Deps, caller: Caller, person_id: str, query: PageQuery) -> NotePage:
    """One page, the latest first."""
    after = position_of(query.cursor)
    person = await access_person(deps, caller, person_id, Permission.PEOPLE_VIEW)
    found = await repository.list_notes(deps.mongo, caller.account, person.id, after=after, limit=query.limit)
    is_last = len(found) < query.limit
    return NotePage(
        items=[await note_shown(deps, note) for note in found],
        next=None if is_last else cursor_of(found[-1].made_at, found[-1].id),
    )


async def add_note(act: Act, person_id: str, wanted: NoteWanted) -> NoteShown:
    """One more."""
    person = await access(act, person_id)
    note = PersonNote(
        id=act.new_id,
        account=act.account,
        person=person.id,
        by=by_caller(act.caller),
        text=await act.deps.sealer.seal(act.account, PLACE, wanted.text),
        made_at=act.deps.clock.now(),
    )
    try:
        await repository.add(act.deps.mongo, note)
    except Duplicate:
        # A request that was cut off and is sent again meets what it has stored itself.
        note = await get_note(act, person, note.id)
    act.note.target = {"person": person.id, "note": note.id}
    shown = act.note.after = await note_shown(act.deps, note)
    return shown


async def delete_note(act: Act, person_id: str, note_id: str) -> NoteShown:
    """It is gone; this is what it said."""
    act.note.target = {"note": note_id}
    note = await get_note(act, await access(act, person_id), note_id)
    shown = act.note.before = await note_shown(act.deps, note)
    if not await repository.remove(act.deps.mongo, act.account, PersonNote, note.id):
        raise no_such_note(note_id)
    return shown


async def get_note(act: Act, person: Person, id: str) -> PersonNote:
    """One of those on this person."""
    note = await repository.find(act.deps.mongo, act.account, PersonNote, id)
    if note is None or note.person != person.id:
        raise no_such_note(id)
    return note


async def note_shown(deps: Deps, note: PersonNote) -> NoteShown:
    """As the API shows it."""
    text = await deps.sealer.text(note.account, PLACE, note.text)
    return NoteShown(id=note.id, person_id=note.person, by=note.by, text=text, made_at=note.made_at)


def no_such_note(id: str) -> NoSuchNote:
    """There is none on this person."""
    return NoSuchNote("There is no such note on this person.", id=id)


async def list_note_ids(deps: Deps, account: str, person_id: str) -> list[str]:
    """Of all notes on a person: for a merge, which must know what it has moved."""
    return await repository.list_note_ids(deps.mongo, account, person_id)


async def move_notes(deps: Deps, account: str, ids: Sequence[str], *, to: str) -> None:
    """These are about another person from now on."""
    await repository.move_notes(deps.mongo, account, ids, to=to)
