"""What screens show of the files of messages: with two queries, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from channels.base import Media
from hub.deps import Deps
from hub.fetching import repository
from hub.fetching.models import MOST_FILES, Missing, file_id_of, is_fetched
from hub.files.actions import list_files, shown
from hub.files.models import FileShown
from hub.files.transcripts import words_of
from hub.threads.models import Entry
from hub.threads.shapes import MediaMissing, MediaShown, MediaState

WORDS: Mapping[Missing, str] = {
    Missing.GONE: "The provider does not have this file, or not any more.",
    Missing.TOO_LARGE: "The file is larger than 25 MB.",
    Missing.REFUSED: "The file is a program, empty, or one of too many, and was not kept.",
    Missing.UNREACHABLE: "The provider did not hand the file over, however often it was asked.",
    Missing.GIVEN_UP: "It was given up: the list of work that was given up says why.",
}
NOT_KEPT = "The file is not kept any more."
# One message, and its files in their order.
Album = tuple[Entry, Sequence[Media]]


@dataclass(frozen=True)
class Found:
    """What there is of the files of a page, by their ids, and why there is no more."""

    files: Mapping[str, FileShown] = field(default_factory=dict)
    missing: Mapping[str, Missing] = field(default_factory=dict)


async def find_files(deps: Deps, albums: Sequence[Album]) -> Found:
    """The files of messages of one account."""
    wanted = {file_of(entry, media, place) for entry, files in albums for place, media in enumerate(files)} - {""}
    if not wanted:
        return Found()
    account = albums[0][0].account
    files = {id: await shown(deps, file) for id, file in (await list_files(deps, account, wanted)).items()}
    lost = wanted - files.keys()
    return Found(files, await repository.list_missing(deps.mongo, account, lost) if lost else {})


async def words_heard(deps: Deps, albums: Sequence[Album]) -> Mapping[str, str]:
    """What is said in the voice notes of messages of one account, by the message, as far as it was written down."""
    wanted = {file_of(entry, media, place): entry for entry, files in albums for place, media in enumerate(files)}
    wanted.pop("", None)
    if not wanted:
        return {}
    heard: dict[str, str] = {}
    files = await list_files(deps, albums[0][0].account, wanted.keys())
    for id, entry in wanted.items():
        if id in files and (words := await words_of(deps, files[id])):
            heard[entry.id] = f"{heard.get(entry.id, '')}\n{words}".strip()
    return heard


def file_of(entry: Entry, media: Media, place: int) -> str:
    """The id of the file, be it there or not; nothing where none will ever be."""
    if media.file or not is_fetched(entry):
        return media.file
    return file_id_of(entry.id, place) if place < MOST_FILES else ""


def media_shown(entry: Entry, media: Media, place: int, found: Found) -> MediaShown:
    """A file as it was found to be; until it is there, what its sender says of it."""
    id = file_of(entry, media, place)
    if file := found.files.get(id):
        return MediaShown(
            type=file.type,
            name=file.name,
            size=file.size,
            file_id=id,
            url=file.url,
            preview_url=file.preview_url,
            width=file.width,
            height=file.height,
            transcript=file.transcript,
            state=MediaState.KEPT,
            reason=None,
        )
    reason = reason_of(entry, id, found)
    return MediaShown(
        type=media.type,
        name=media.name,
        size=media.size,
        file_id=None,
        url=None,
        preview_url=None,
        width=None,
        height=None,
        transcript=None,
        state=MediaState.FAILED if reason else MediaState.FETCHING,
        reason=reason,
    )


def reason_of(entry: Entry, id: str, found: Found) -> MediaMissing | None:
    """Why there is no file, and will be none."""
    if not is_fetched(entry):
        return MediaMissing(code=Missing.GONE, words=NOT_KEPT)
    missing = found.missing.get(id) if id else Missing.REFUSED
    return MediaMissing(code=missing, words=WORDS[missing]) if missing else None
