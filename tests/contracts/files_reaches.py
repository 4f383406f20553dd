"""Which files are shown to whom: those that colleagues have kept, and those of their conversations."""

from collections.abc import Awaitable, Callable, Mapping

from hub.files import actions
from tests.contracts.colleagues import Colleagues, Reach
from tests.contracts.core import make_thread
from tests.contracts.files_examples import make_file
from tests.contracts.matrix import Example
from tests.contracts.minds_examples import make_mind, make_sound


async def each_kept(colleagues: Colleagues) -> Reach:
    """By a colleague each, for a message to come."""
    kept = {whose: (await make_file(colleagues.company, id)).id for whose, id in colleagues.ids.items()}
    return asked_for(kept)


async def each_of_a_conversation(colleagues: Colleagues) -> Reach:
    """Kept by nobody, and of a conversation of each of them."""
    company, files = colleagues.company, {}
    for whose, id in colleagues.ids.items():
        file, thread = await make_file(company, ""), await make_thread(company, owner=id)
        await actions.attach(company.deps, company.account, [file.id], thread.id, "entry")
        files[whose] = file.id
    return asked_for(files)


async def each_sound(colleagues: Colleagues) -> Reach:
    """Sent to a conversation of each of them."""
    await make_mind(colleagues.company)
    return asked_for({whose: await make_sound(colleagues.company, id) for whose, id in colleagues.ids.items()})


def asked_for(files: Mapping[str, str]) -> Reach:
    """One after the other."""
    return Reach([Example(path={"file_id": id}) for id in files.values()], files)


REACHES: Mapping[str, Callable[[Colleagues], Awaitable[Reach]]] = {
    "show_file": each_of_a_conversation,
    "delete_file": each_kept,
    "transcribe_file": each_sound,
}
