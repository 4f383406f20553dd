"""What shows whose: facts are whose they are about, conversations are whose who speaks in them."""

from collections.abc import Awaitable, Callable, Mapping

from tests.contracts.colleagues import Colleagues, Reach
from tests.contracts.core import make_thread
from tests.contracts.matrix import Example


async def each_member(colleagues: Colleagues) -> Reach:
    """One after the other."""
    return Reach([Example(path={"member_id": id}) for id in colleagues.ids.values()], colleagues.ids)


async def each_thread(colleagues: Colleagues) -> Reach:
    """One of each of them."""
    threads = {whose: await make_thread(colleagues.company, owner=id) for whose, id in colleagues.ids.items()}
    asked = [Example(path={"thread_id": thread.id}) for thread in threads.values()]
    return Reach(asked, {whose: thread.id for whose, thread in threads.items()})


REACHES: Mapping[str, Callable[[Colleagues], Awaitable[Reach]]] = {
    "show_member_routing": each_member,
    "explain_routing": each_thread,
}
