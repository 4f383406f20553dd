"""Notes on people over HTTP."""

from typing import Any

from hub.http.endpoint import Call, PageQuery
from hub.people import notes
from hub.people.routes.people import edited, viewed
from hub.people.shapes import NotePage, NoteShown, NoteWanted

PATH = "/{person_id}/notes"


async def list_person_notes(call: Call[None, PageQuery]) -> NotePage:
    """The latest first."""
    return await notes.list_notes(call.deps, call.caller, call.path["person_id"], call.query)


async def add_person_note(call: Call[NoteWanted, Any]) -> NoteShown:
    """Something for colleagues only."""
    return await notes.add_note(call.act, call.path["person_id"], call.body)


async def delete_person_note(call: Call[None, Any]) -> NoteShown:
    """It is gone, and said here for the last time."""
    return await notes.delete_note(call.act, call.path["person_id"], call.path["note_id"])


ENDPOINTS = (
    viewed(PATH, list_person_notes, query=PageQuery, answer=NotePage, summary="List the notes on a person"),
    edited(
        "POST", PATH, add_person_note,
        body=NoteWanted, answer=NoteShown, status=201, creates=True, audit="person.add_note", summary="Add a note",
    ),
    edited(
        "DELETE", f"{PATH}/{{note_id}}", delete_person_note,
        answer=NoteShown, audit="person.delete_note", summary="Delete a note",
    ),
)  # fmt: skip
