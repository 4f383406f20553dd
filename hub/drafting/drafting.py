"""An agent's draft, as screens see it: told a few times a second, whichever process the agent runs in.

What a turn does:

    async with drafting(deps, thread, turn) as draft:
        async for token in model:
            await draft.write(token)
        draft.became(entry.id)

A block that is left without `became`, by an exception too, withdraws the draft. So does another epoch: somebody has
taken over, and what the agent would say is refused anyhow. Then `is_withdrawn`, and the turn can stop.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from hub.attending.showing import somebody_types
from hub.audiences import ALL, of_thread
from hub.background import stop
from hub.bus import Event
from hub.deps import Deps
from hub.drafting.events import AgentDrafted, AgentDraftEnded
from hub.store.mongo import DatabaseAway
from hub.threads import queries
from hub.threads.models import Thread

log = structlog.get_logger()

# Twenty frames a second are enough for everybody's eyes, those included that begin and end a draft.
FRAME_S = 0.06
# So often all of it is told, and looked whose turn it is. Screens drop what is silent for five seconds.
WHOLE_S = 1.0


class AgentDraft:
    """What one turn has written so far."""

    def __init__(self, deps: Deps, thread: Thread, turn: str) -> None:
        self._deps, self._thread, self._turn = deps, thread, turn
        self._epoch = thread.epoch
        self._text, self._told, self._rev = "", 0, 0
        self._entry = ""
        self._is_new = asyncio.Event()
        self._has_ended = False
        self.is_withdrawn = False

    async def write(self, more: str) -> None:
        """This comes next. It never waits for a screen, and it never fails."""
        self._text += more
        self._is_new.set()

    def became(self, entry: str) -> None:
        """It was said, and stands in the log."""
        self._entry = entry

    async def tell_always(self) -> None:
        """What is new, as long as somebody may see it."""
        try:
            await self._tell_always()
        except Exception as error:  # the outermost loop: a turn goes on without its draft being seen
            log.error("draft_not_told", thread=self._thread.id, exc_info=error)

    async def _tell_always(self) -> None:
        whole_at_s = time.monotonic()
        while not self.is_withdrawn:
            await self._something_new(whole_at_s - time.monotonic())
            is_whole = time.monotonic() >= whole_at_s
            if is_whole:
                whole_at_s = time.monotonic() + WHOLE_S
                await self._look()
            if self._text and not self.is_withdrawn:
                await self._tell(0 if is_whole else self._told)
            await asyncio.sleep(FRAME_S)

    async def _something_new(self, within_s: float) -> None:
        """Or the time is over."""
        try:
            async with asyncio.timeout(max(0.0, within_s)):
                await self._is_new.wait()
        except TimeoutError:
            return

    async def _look(self) -> None:
        """Whose turn it is by now, and who may see it."""
        try:
            found = await queries.find_thread(self._deps, self._thread.account, self._thread.id)
        except DatabaseAway:
            # What is said is checked once more by the log, so a draft may be seen a little longer.
            return
        if found is None or found.epoch != self._epoch:
            await self.end()
        if found:
            self._thread = found

    async def _tell(self, begin: int) -> None:
        """What stands behind this place."""
        self._is_new.clear()
        text, self._told = self._text[begin:], len(self._text)
        await self._publish(
            AgentDrafted(
                account=self._thread.account,
                thread=self._thread.id,
                rev=self._next_rev(),
                turn=self._turn,
                epoch=self._epoch,
                at=utf16_length(self._text[:begin]),
                text=text,
            )
        )

    async def end(self) -> None:
        """It was said, or is withdrawn. Of what nobody has seen nobody has to know that."""
        self.is_withdrawn = not self._entry
        if self._has_ended or not self._rev:
            return
        await self._publish(
            AgentDraftEnded(
                account=self._thread.account,
                thread=self._thread.id,
                rev=self._next_rev(),
                turn=self._turn,
                outcome="said" if self._entry else "withdrawn",
                entry=self._entry,
            )
        )
        self._has_ended = True

    def _next_rev(self) -> int:
        self._rev += 1
        return self._rev

    async def _publish(self, event: Event) -> None:
        """To whoever has the conversation open."""
        thread = self._thread
        await self._deps.bus.publish(event, of_thread(thread.account, thread.id, {ALL, *thread.reach}))


@asynccontextmanager
async def drafting(deps: Deps, thread: Thread, turn: str) -> AsyncIterator[AgentDraft]:
    """A draft that is seen for the length of the block, by those who have the conversation open. The person sees that
    theirs was read, and that somebody writes."""
    somebody_types(deps, thread)
    draft = AgentDraft(deps, thread, turn)
    telling = asyncio.create_task(draft.tell_always(), name="draft")
    try:
        yield draft
    finally:
        await stop(telling)
        await draft.end()


def utf16_length(text: str) -> int:
    """How long a browser says that it is."""
    return len(text) + sum(1 for letter in text if letter > "\uffff")
