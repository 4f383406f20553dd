"""What a visitor says: stored in the ledger first, as anything is that comes in, and answered once it is in the log."""

from channels.base import Posted
from channels.widget.parse import Written, event, message_id
from hub.access import Caller
from hub.act import Act
from hub.deps import Deps
from hub.http.address import neighbourhood
from hub.intake import ledger
from hub.intake.models import IntakeState
from hub.limits import Bucket, Rate
from hub.lines.models import Line
from hub.threads import queries
from hub.threads.models import Entry
from hub.visiting import repository
from hub.visiting.beginning import KEPT_FOR
from hub.visiting.errors import NotHeard, NotThereYet
from hub.visiting.shapes import VisitorMessage, VisitorSays
from hub.visiting.showing import message_shown
from hub.visiting.sites import get_site

# Of one visitor; of all behind one address, for anybody can be many visitors; and of one site.
SAY_RATE, ADDRESS_RATE, LINE_RATE = Rate(20), Rate(120), Rate(1_200)
AGAIN_S = 2


async def say(act: Act, said: VisitorSays) -> VisitorMessage:
    """Once, however often it is repeated: whatever comes later under the same id, the first stands."""
    deps, caller = act.deps, act.caller
    await check_pace(deps, caller, act.address)
    line, id = (await get_site(deps, caller.line)).line, message_id(caller.id, said.client_id)
    entry = await queries.find_heard(deps, line.account, line.id, id) or await take_in(deps, caller, line, id, said)
    return await message_shown(deps, entry)


async def check_pace(deps: Deps, caller: Caller, address: str) -> None:
    """Raise TooMany when more is said than people say."""
    verdict = await deps.limiter.take(
        Bucket(f"visitor says:{caller.id}", SAY_RATE),
        Bucket(f"said from:{neighbourhood(address)}", ADDRESS_RATE),
        Bucket(f"said on:{caller.line}", LINE_RATE),
    )
    verdict.check()


async def take_in(deps: Deps, caller: Caller, line: Line, id: str, said: VisitorSays) -> Entry:
    """By the ledger: should this process die, a worker goes on with it."""
    written = Written(visitor=caller.id, id=said.client_id, text=said.text, at=deps.clock.now(), language=said.language)
    await repository.note_spoken(deps.mongo, line.account, caller.id, deps.clock.now() + KEPT_FOR)
    kept = await ledger.keep(deps, line, id, Posted(event(written))) or await ledger.find_kept(deps, line, id)
    outcome = await ledger.process(deps, kept) if kept else None
    if outcome and outcome.state is IntakeState.BLOCKED:
        raise NotHeard("What is written here is read by nobody.")
    entry = await queries.find_heard(deps, line.account, line.id, id)
    if entry is None:
        raise NotThereYet("It is kept, and will be read: ask for it again.", retry_after_s=AGAIN_S)
    return entry
