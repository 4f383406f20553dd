"""Stages: how far we have come with somebody, and how it came."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from hub.deps import Deps
from hub.people.models import Person, Stage, Step
from hub.threads.happenings import Happening, StageChanged
from hub.threads.log import append, find_thread_of
from hub.threads.models import THE_HUB, Author, Draft, EntryKind

ORDER: Sequence[Stage] = tuple(Stage)
# The latest steps tell; nobody goes to and fro that often.
MOST_STEPS = 50


def raised(person: Person, stage: Stage, *, at: datetime, by: str) -> Person:
    """The person, at this stage at least."""
    is_further = ORDER.index(stage) > ORDER.index(person.stage)
    return moved(person, stage, at=at, by=by) if is_further else person


def moved(person: Person, stage: Stage, *, at: datetime, by: str) -> Person:
    """The person at this stage, further or put back."""
    if stage is person.stage:
        return person
    return replace(person, stage=stage, steps=[*person.steps, Step(stage=stage, at=at, by=by)][-MOST_STEPS:])


async def tell_stage(deps: Deps, person: Person, author: Author = THE_HUB) -> None:
    """The new stage stands in the log of their conversation, once."""
    await tell(deps, person, StageChanged(stage=person.stage), author, id=f"{person.id}.{person.rev}.stage")


async def tell(deps: Deps, person: Person, event: Happening, author: Author, *, id: str) -> None:
    """Let it stand in the log of their conversation, if they have one. `id` is the same at a repeat."""
    thread = await find_thread_of(deps, person.account, person.id)
    if thread:
        await append(deps, thread, Draft(id=id, kind=EntryKind.EVENT, author=author, event=event))
