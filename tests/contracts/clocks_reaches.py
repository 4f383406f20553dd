"""What shows whose: clocks are whose the conversations are, and so is what was measured by them."""

from collections.abc import Awaitable, Callable, Mapping

from msgspec.structs import replace

from hub.clocks import repository
from hub.clocks.models import Survey, SurveyState
from hub.store.ids import new_id
from hub.threads.models import Author, AuthorKind, Thread
from hub.threads.state import close
from tests.contracts.colleagues import Colleagues, Reach
from tests.contracts.core import make_thread
from tests.contracts.matrix import Example


async def threads_of(colleagues: Colleagues) -> Mapping[str, Thread]:
    """One of each of them, whose clocks run."""
    company = colleagues.company
    made = {whose: await make_thread(company, owner=id) for whose, id in colleagues.ids.items()}
    await company.deps.background.settle()
    return made


async def each_thread(colleagues: Colleagues) -> Reach:
    """One after the other."""
    threads = await threads_of(colleagues)
    asked = [Example(path={"thread_id": thread.id}) for thread in threads.values()]
    return Reach(asked, {whose: thread.id for whose, thread in threads.items()})


async def late_threads(colleagues: Colleagues) -> Reach:
    """All in one list."""
    deps, account, threads = colleagues.company.deps, colleagues.company.account, await threads_of(colleagues)
    for thread in threads.values():
        seen = await repository.find_clocks(deps.mongo, account, thread.id)
        if seen is not None:
            late = replace(seen, late="breached", late_at=deps.clock.now())
            await repository.move(deps.mongo, seen, late, None)
    return Reach([Example()], {whose: thread.id for whose, thread in threads.items()})


async def closed_threads(colleagues: Colleagues) -> Reach:
    """Told apart by who has closed them."""
    deps, threads = colleagues.company.deps, await threads_of(colleagues)
    for whose, thread in threads.items():
        await close(deps, thread, Author(AuthorKind.MEMBER, colleagues.ids[whose]))
    await deps.background.settle()
    return Reach([Example()], colleagues.ids)


async def surveys(colleagues: Colleagues) -> Reach:
    """Told apart by whose conversation they were about."""
    deps, now = colleagues.company.deps, colleagues.company.deps.clock.now()
    for whose, thread in (await threads_of(colleagues)).items():
        survey = Survey(
            id=new_id(now),
            account=thread.account,
            thread=thread.id,
            person=thread.person,
            state=SurveyState.ASKED,
            closed_seq=thread.seq,
            closed_at=now,
            member=colleagues.ids[whose],
            reach=thread.reach,
            asked_at=now,
        )
        await repository.add_survey(deps.mongo, survey, now)
    return Reach([Example()], colleagues.ids)


REACHES: Mapping[str, Callable[[Colleagues], Awaitable[Reach]]] = {
    "show_thread_clocks": each_thread,
    "list_late_threads": late_threads,
    "report_answers": closed_threads,
    "report_csat": surveys,
}
