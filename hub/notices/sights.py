"""Notices with the conversations that they are about, as far as their member may see those at this moment."""

from collections.abc import Sequence
from typing import NamedTuple

from hub.access import Caller, Permission
from hub.deps import Deps
from hub.notices.models import Notice
from hub.notices.over import is_over
from hub.threads import queries
from hub.threads.access import is_within, reach_of
from hub.threads.models import Thread


class Sight(NamedTuple):
    """A notice, and its conversation."""

    notice: Notice
    thread: Thread

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to know."""
        return is_over(self.notice, self.thread)


async def sights_of(deps: Deps, caller: Caller, notices: Sequence[Notice]) -> list[Sight]:
    """In the same order, by two queries; without those of conversations that the caller may not see."""
    if not notices or not caller.may(Permission.THREADS_VIEW):
        return []
    reach = await reach_of(deps, caller, Permission.THREADS_VIEW)
    found = await queries.list_threads(deps, caller.account, {one.thread for one in notices})
    seen = {thread.id: thread for thread in found if is_within(thread, reach)}
    return [Sight(one, seen[one.thread]) for one in notices if one.thread in seen]
