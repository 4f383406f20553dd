"""Asking a model of an account, by the guarded way out. How it went stands at the model: no failure is silent."""

import contextlib
from collections.abc import AsyncIterator, Iterator

from agents.models.endpoint import Endpoint, HttpClient
from agents.models.failing import Fault, ModelFailed
from agents.models.transcription import Sound, Transcript, transcribe
from hub.audit.telling import SETTING
from hub.bus import changed
from hub.deps import Deps
from hub.egress.errors import EgressFailed, EgressRefused
from hub.minds import repository
from hub.minds.actions import endpoint_of
from hub.minds.models import Mind

# A sound of an hour takes some of it.
TIMEOUT_S = 300.0


async def listen(deps: Deps, mind: Mind, sound: Sound, *, timeout_s: float = TIMEOUT_S) -> Transcript:
    """What is said in a sound, or ModelFailed."""
    async with asking(deps, mind) as (client, endpoint):
        return await transcribe(client, endpoint, sound, timeout_s=timeout_s)


@contextlib.asynccontextmanager
async def asking(deps: Deps, mind: Mind) -> AsyncIterator[tuple[HttpClient, Endpoint]]:
    """For one question. What goes wrong is a ModelFailed, also where the way out says no."""
    try:
        async with deps.egress.client() as client:
            with in_words():
                yield client, await endpoint_of(deps, mind)
    except ModelFailed as failed:
        # What is wrong with one question says nothing about the model.
        await note(deps, mind, None if failed.is_about_input else failed.fault)
        raise
    await note(deps, mind, None)


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """What the way out says, as if the model had said it."""
    try:
        yield
    except EgressRefused as error:
        raise ModelFailed(Fault.ADDRESS) from error
    except EgressFailed as error:
        raise ModelFailed(Fault.BROKEN) from error


async def note(deps: Deps, mind: Mind, wrong: Fault | None) -> None:
    """How it went, where that is news."""
    if wrong != mind.wrong:
        await repository.note_wrong(deps.mongo, mind, wrong, deps.clock.now())
        changed(deps, SETTING, mind.account, "", "mind")
