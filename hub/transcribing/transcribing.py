"""Writing down what a sound says, as due work that stands in the file's own document. Whoever dies between the model's
answer and our writing it down leaves it to the next one, who asks again; nobody writes it down twice."""

from datetime import datetime, timedelta

from agents.models.failing import Fault, ModelFailed
from agents.models.transcription import Sound, Transcript
from hub.deps import Deps
from hub.errors import HubError
from hub.files.actions import list_files, read
from hub.files.errors import FileLost
from hub.files.models import FILES, TRANSCRIPT, File, Untold
from hub.files.transcripts import keep_untold, keep_words
from hub.limits import Bucket, Rate
from hub.minds.actions import find_mind
from hub.minds.asking import listen
from hub.minds.models import Mind, MindUse
from hub.store.mongo import Document
from hub.threads.delivering import find_entry, show_entry_anew
from hub.work.kinds import Kind, Later, Lease

TRANSCRIBE = "transcribing.transcribe"
DAY = timedelta(days=1)
# With pauses up to an hour: about half a day. Somebody may have to enter another key first.
TRIES = 20
# How long it waits for an endpoint that asks for it, and for a day on which fewer sounds have come.
PATIENCE = 3 * DAY
SHORTEST_WAIT = timedelta(seconds=10)
OF_INPUT = {Fault.TOO_LARGE: Untold.TOO_LARGE, Fault.UNREADABLE: Untold.UNREADABLE}
# What passes by itself, and does not when it lasts.
PASSING = frozenset({Fault.BUSY, Fault.AWAY, Fault.BROKEN})


class NotTranscribed(HubError):
    """The model did not write a sound down; it is asked again."""

    code = "not_transcribed"


async def transcribe(deps: Deps, document: Document, lease: Lease) -> None:
    """Write it down, unless it is; or write down why nobody will."""
    file = (await list_files(deps, document["account"], [document["_id"]])).get(document["_id"])
    if file is None or file.transcript is None:
        return
    if file.transcript.text is None and file.transcript.untold is None:
        await find_out(deps, file, lease)
    if file.thread and file.entry:
        await show_entry_anew(deps, file.account, file.thread, file.entry)
        await tell(deps, file.account, file.entry)


async def tell(deps: Deps, account: str, entry_id: str) -> None:
    """Other rooms, each of which may hear of it twice, or that there are no words."""
    if entry := await find_entry(deps, account, entry_id):
        for hearing in deps.declared.hearings:
            await hearing(deps, entry)


async def find_out(deps: Deps, file: File, lease: Lease) -> None:
    """By the account's model, as often as the account wants it in a day."""
    mind = await find_mind(deps, file.account, MindUse.TRANSCRIPTION)
    if mind is None:
        await give_up(deps, file, lease, Untold.NO_MODEL)
    elif await has_room(deps, file, mind):
        await hear(deps, file, mind, lease)
    else:
        await give_up(deps, file, lease, Untold.DAY_FULL)


async def has_room(deps: Deps, file: File, mind: Mind) -> bool:
    """Whether the model may be asked once more; raises Later while there may be room on another day. Every question
    counts: each may cost something."""
    rate = Rate(mind.per_day, round(DAY.total_seconds()))
    verdict = await deps.limiter.take(Bucket(f"transcripts:{file.account}", rate))
    if not verdict.wait_us:
        return True
    again_at = deps.clock.now() + timedelta(microseconds=verdict.wait_us)
    if again_at < asked_at(file) + PATIENCE:
        raise Later(again_at)
    return False


async def hear(deps: Deps, file: File, mind: Mind, lease: Lease) -> None:
    """Have the model listen to it."""
    try:
        sound = Sound(await read(deps, file), file.type)
        said = await listen(deps, mind, sound)
    except FileLost:
        await give_up(deps, file, lease, Untold.UNREADABLE)
    except ModelFailed as failed:
        await put_off(deps, file, lease, failed)
    else:
        await keep(deps, file, lease, said)


async def keep(deps: Deps, file: File, lease: Lease, said: Transcript) -> None:
    """Whoever has lost the claim writes nothing."""
    async with lease.writing:
        await keep_words(deps, file, lease.where, said.text, language=said.language, seconds=said.seconds)


async def put_off(deps: Deps, file: File, lease: Lease, failed: ModelFailed) -> None:
    """It may work later; of what the model cannot read nothing is expected."""
    if untold := OF_INPUT.get(failed.fault):
        await give_up(deps, file, lease, untold)
        return
    now = deps.clock.now()
    if lease.attempt >= TRIES or now >= asked_at(file) + PATIENCE:
        await give_up(deps, file, lease, Untold.UNREACHABLE if failed.fault in PASSING else Untold.REFUSED)
        return
    if failed.retry_after is not None:
        # Each question counts, and may cost something: less often, the longer it has been going on.
        raise Later(now + max(failed.retry_after, SHORTEST_WAIT, (now - asked_at(file)) / 4)) from failed
    raise NotTranscribed(f"The model did not write it down: {failed.words}") from failed


async def give_up(deps: Deps, file: File, lease: Lease, untold: Untold) -> None:
    """There will be no words, and screens say why."""
    async with lease.writing:
        await keep_untold(deps, file, lease.where, untold)


def asked_at(file: File) -> datetime:
    """Since when somebody waits for it."""
    return file.transcript.asked_at if file.transcript else file.stored_at


KINDS = (
    Kind(
        name=TRANSCRIBE,
        collection=FILES,
        handler=transcribe,
        prefix=TRANSCRIPT,
        # One more than we try: who dies over the last try has not written down that it was one.
        attempts=TRIES + 1,
        lease=timedelta(minutes=2),
        backoff=timedelta(seconds=5),
        # Each holds a whole file in memory.
        slots=2,
    ),
)
