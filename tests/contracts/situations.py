"""What a maker of situations makes: something that is about to happen, and who may hear of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from hub.store.ids import new_id
from tests.live.crew import Crew

# Stands in whatever a situation makes; and nowhere else.
CANARY = "canary"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """Something that is about to happen. `shown_at` is what HTTP shows of it: whoever may ask for that may hear of it,
    and so may those of the crew who are named in `also`. No word of `secrets` may reach others. Screens have `thread`
    and `person` open. What is `only` for some is heard by nobody else, whatever else they may see."""

    happens: Callable[[], Awaitable[object]]
    shown_at: str
    secrets: tuple[str, ...]
    thread: str = ""
    person: str = ""
    also: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()


Maker = Callable[[Crew], Awaitable[Situation]]


def word(crew: Crew) -> str:
    """One that stands nowhere else."""
    return f"{CANARY}{new_id(crew.hub.deps.clock.now())}"
