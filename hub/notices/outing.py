"""What one member could be told one way, when somebody is about to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from hub.access import Caller
from hub.deps import Deps
from hub.notices import repository
from hub.notices.models import NoticeErrand, NoticePreferences, Told
from hub.notices.sights import Sight
from hub.people.showing import names_of

# So much can be told at once; the rest when there is something new.
MOST = 200


@dataclass(frozen=True)
class Outing:
    """What one member could be told one way, who that is by now, and how they want it."""

    deps: Deps
    errand: NoticeErrand
    caller: Caller
    preferences: NoticePreferences
    # All that is unread of what they want to be told this way, told already or not.
    sights: Sequence[Sight]

    @property
    def now(self) -> datetime:
        """The time."""
        return self.deps.clock.now()

    @property
    def untold(self) -> list[Sight]:
        """What is new."""
        return [sight for sight in self.sights if sight.notice.is_untold(self.errand.way)]

    async def names(self, sights: Sequence[Sight]) -> Mapping[str, str]:
        """What the people are called whom it is about."""
        return await names_of(self.deps, self.caller.account, {sight.thread.person for sight in sights})

    async def note_told(self, sights: Sequence[Sight], *, is_summed: bool = False) -> None:
        """They know as much of these as there was."""
        for sight in sights:
            told = Told(rev=sight.notice.rev, at=self.now, is_summed=is_summed)
            await repository.note_told(self.deps.mongo, sight.notice, self.errand.way, told)
        await repository.note_errand_told(self.deps.mongo, self.errand, self.now)

    async def take_back_told(self, sights: Sequence[Sight]) -> None:
        """They were not told after all: what was counted for it is good for the next try."""
        for sight in sights:
            before = sight.notice.told.get(self.errand.way)
            await repository.note_told(self.deps.mongo, sight.notice, self.errand.way, before)
        await repository.note_errand_told(self.deps.mongo, self.errand, self.errand.told_at, is_counted=True)
