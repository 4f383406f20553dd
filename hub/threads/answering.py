"""Where an agent answers at first, a conversation that nobody owns is the agent's as soon as the person writes. What
was put to the members since, by whomever, waits for one of them, whatever else the person says."""

from hub.deps import Deps
from hub.threads.happening import happen
from hub.threads.happenings import NOBODY, OwnerChanged
from hub.threads.models import THE_HUB, Entry, Thread, ThreadStatus
from hub.threads.ownership import AGENT, who_answers
from hub.threads.silence import is_from_person


async def give_to_agent(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: the person wants something, and the agent of the line speaks from here on."""
    if not is_from_person(entry) or not is_free(thread) or await who_answers(deps, thread) != AGENT:
        return

    def decide(now: Thread) -> OwnerChanged | None:
        return OwnerChanged(owner=AGENT, why="routed", team=now.team) if is_free(now) else None

    await happen(deps, thread, decide, THE_HUB)


def is_free(thread: Thread) -> bool:
    """Whether nobody has it, is asked to take it, or is to take it."""
    is_nobodys = thread.owner == NOBODY and thread.offered_to is None and not thread.is_for_members
    return is_nobodys and thread.status is ThreadStatus.OPEN and thread.merged_into is None
