"""Doing the deeds of a run, each once, whoever has begun with them."""

from dataclasses import dataclass

from hub.errors import HubError, Unavailable
from hub.rules import repository
from hub.rules.case import Case
from hub.rules.deeds import AnyDeed, Assign, TagPerson
from hub.rules.doing import Doing, do, stands
from hub.rules.loops import author_of, id_of
from hub.rules.models import Opened, Run


@dataclass
class Performance:
    """A run on its way. `epoch` is that of its decision, raised by nobody but the run itself: whoever else takes the
    conversation over is neither spoken over nor put out."""

    case: Case
    rule: Opened
    run: Run
    epoch: int
    is_again: bool

    async def do(self, n: int, deed: AnyDeed) -> None:
        """Do the deed, unless it was done before; raises what the room has against it."""
        doing = self.doing(n)
        if not self.is_again or not await self.was_done(doing, n):
            try:
                self.case.go_on(await do(doing, deed))
            except Unavailable:
                raise
            except HubError:
                # Another process may have done it at this moment, and be what stands against it.
                if not await stands(doing):
                    raise
        if isinstance(deed, Assign) and await stands(doing):
            self.epoch += 1
        if isinstance(deed, TagPerson):
            await repository.note_done(doing.deps.mongo, self.run, n)

    def doing(self, n: int) -> Doing:
        """The deed at this place, under an id that a repeat has too."""
        case, rule, run = self.case, self.rule, self.run
        return Doing(
            deps=case.deps,
            thread=case.thread,
            author=author_of(rule.id),
            id=id_of(run.depth, rule.id, run.entry, f"{run.rule_rev}.{n}"),
            entry=case.entry,
            since=run.at,
            epoch=self.epoch,
        )

    async def was_done(self, doing: Doing, n: int) -> bool:
        """Whether a process that has died, or another one, has done it: as the log says, or the run."""
        return n in self.run.done or await stands(doing)
