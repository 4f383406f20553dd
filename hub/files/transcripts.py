"""The words of sounds, which belong to the files: asked for, kept, and shown."""

from collections.abc import Mapping

from hub.deps import Deps
from hub.files import repository
from hub.files.models import (
    TRANSCRIPT_PLACE,
    File,
    Transcript,
    TranscriptFailed,
    TranscriptShown,
    TranscriptState,
    Untold,
)
from hub.store.mongo import Where

WORDS: Mapping[Untold, str] = {
    Untold.TOO_MANY: "This person has sent many sounds in a day: ask for those that matter.",
    Untold.LONG: "It is a long sound: ask for its words if they matter.",
    Untold.TOO_LARGE: "The sound is larger than the model takes.",
    Untold.UNREADABLE: "The model cannot read this sound.",
    Untold.NO_MODEL: "No model is set up that listens to sounds.",
    Untold.REFUSED: "The model did not do it, however often it was asked: where it is set up stands what is wrong.",
    Untold.UNREACHABLE: "The model was not reached, however often it was asked.",
    Untold.DAY_FULL: "As many sounds came as are transcribed in a day, for days.",
    Untold.GIVEN_UP: "It was given up: the list of work that was given up says why.",
}


async def want_words(deps: Deps, file: File, transcript: Transcript, *, again: bool) -> bool:
    """What the sound says is to be found out, or will not be; False where that is decided already."""
    return await repository.ask_for_transcript(deps.mongo, file.account, file.id, transcript, again=again)


async def keep_words(
    deps: Deps, file: File, where: Where, text: str, *, language: str = "", seconds: float | None = None
) -> bool:
    """What it says, once and for all, under the claim that `where` names."""
    sealed = await deps.sealer.seal(file.account, TRANSCRIPT_PLACE, text)
    found = {"text": sealed, "language": language, "seconds": seconds}
    return await repository.note_transcript(deps.mongo, file.account, where, **found)


async def keep_untold(deps: Deps, file: File, where: Where, untold: Untold) -> bool:
    """Why nobody knows what it says, under the claim that `where` names."""
    return await repository.note_transcript(deps.mongo, file.account, where, untold=untold)


async def words_of(deps: Deps, file: File) -> str:
    """What it says, as far as that is known."""
    sealed = file.transcript.text if file.transcript else None
    return "" if sealed is None else await deps.sealer.text(file.account, TRANSCRIPT_PLACE, sealed)


async def transcript_shown(deps: Deps, file: File) -> TranscriptShown | None:
    """As the API shows it."""
    found = file.transcript
    if found is None:
        return None
    if found.text is not None:
        language = found.language or None
        text = await words_of(deps, file)
        return TranscriptShown(state=TranscriptState.DONE, text=text, language=language, reason=None)
    if untold := why_untold(found):
        reason = TranscriptFailed(code=untold, words=WORDS[untold])
        return TranscriptShown(state=TranscriptState.FAILED, text=None, language=None, reason=reason)
    return TranscriptShown(state=TranscriptState.WAITING, text=None, language=None, reason=None)


def why_untold(found: Transcript) -> Untold | None:
    """Why there are no words and will be none, as it stands; None while there may be some."""
    return found.untold or (Untold.GIVEN_UP if found.due_at is None else None)
