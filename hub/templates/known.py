"""The templates of a line, as the gate asks for them at every message: without what they say."""

from collections.abc import Sequence

from hub.deps import Deps
from hub.lines.models import Line
from hub.templates import repository
from hub.templates.changing import question
from hub.templates.models import KnownTemplate

REMEMBERED_S = 2.0


async def list_known(deps: Deps, line: Line) -> Sequence[KnownTemplate]:
    """All that its provider has, as they were a moment ago."""

    async def read() -> Sequence[KnownTemplate]:
        return await repository.list_known(deps.mongo, line.account, line.id)

    return await deps.memory.recall(question(line.id), read, for_s=REMEMBERED_S)
