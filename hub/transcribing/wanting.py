"""Whether the words of a sound are wanted: of what people send within limits, since somebody pays for it; and of
whatever a member asks for."""

from hub.access import Permission
from hub.act import Act
from hub.deps import Deps
from hub.files.access import access_file, mark_of
from hub.files.actions import get_file, shown
from hub.files.models import File, FileShown, Transcript, Untold
from hub.files.transcripts import want_words
from hub.limits import Bucket, Rate
from hub.minds.actions import find_mind, need_mind
from hub.minds.models import MindUse
from hub.threads.delivering import show_entry_anew
from hub.threads.models import AuthorKind
from hub.transcribing.errors import NothingToHear
from hub.transcribing.transcribing import TRANSCRIBE

DAY_S = 24 * 60 * 60
# What one person sends; everything more is listened to when a member asks.
OF_PERSON = Rate(20, DAY_S)
# Half an hour of a voice note, and hours of one that was made to cost us something.
MOST_UNASKED_BYTES = 4 * 1024 * 1024


async def want(deps: Deps, file: File) -> None:
    """An arrival: of a sound the words are found out, where the account has a model that listens."""
    if not is_heard(file) or file.transcript:
        return
    if await find_mind(deps, file.account, MindUse.TRANSCRIPTION) is None:
        return
    now = deps.clock.now()
    untold = await why_not(deps, file)
    wanted = Transcript(asked_at=now, due_at=None if untold else now, untold=untold)
    # Whoever shows the file does so after the arrivals.
    if await want_words(deps, file, wanted, again=False) and not untold:
        await deps.bell.ring(TRANSCRIBE, file.id)


def is_heard(file: File) -> bool:
    """Whether it is a sound that somebody has sent us."""
    return file.type.startswith("audio/") and file.by.startswith(f"{AuthorKind.PERSON}:")


async def why_not(deps: Deps, file: File) -> Untold | None:
    """Why nobody listens to it unasked; None where somebody does."""
    if file.size > MOST_UNASKED_BYTES:
        return Untold.LONG
    verdict = await deps.limiter.take(Bucket(f"transcripts:{file.account}:{file.by}", OF_PERSON))
    return Untold.TOO_MANY if verdict.wait_us else None


async def ask(act: Act, id: str) -> FileShown:
    """Because a member wants to read it. What is known, or about to be, stays."""
    deps = act.deps
    file = await access_file(deps, act.caller, id, Permission.THREADS_REPLY)
    act.note.target = {"file": id}
    if not is_heard(file):
        raise NothingToHear("Only a sound that somebody has sent can be written down.", id=id)
    await need_mind(deps, act.account, MindUse.TRANSCRIPTION)
    now = deps.clock.now()
    wanted = Transcript(asked_at=now, by=mark_of(act.caller), due_at=now)
    if await want_words(deps, file, wanted, again=True):
        await deps.bell.ring(TRANSCRIBE, id)
        if file.thread and file.entry:
            await show_entry_anew(deps, file.account, file.thread, file.entry)
    after = await shown(deps, await get_file(deps, act.account, id))
    # What was said stands in no audit log.
    act.note.after = {"state": after.transcript.state if after.transcript else None}
    return after
