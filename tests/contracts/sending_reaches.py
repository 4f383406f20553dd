"""What is said whose: one writes in the conversations that one reaches."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from hub.sending.models import Said
from tests.contracts.colleagues import Colleagues, Reach
from tests.contracts.matrix import Example
from tests.contracts.sending_examples import make_failed, make_said, make_scheduled, talk

Maker = Callable[[Colleagues], Awaitable[Reach]]


async def each_message(colleagues: Colleagues) -> Reach:
    """Told apart by the line that it goes over."""
    asked, lines = [], {}
    for whose, id in colleagues.ids.items():
        thread, lines[whose] = await talk(colleagues.company, owner=id)
        body = {"client_id": colleagues.company.name(), "text": "Hello"}
        asked.append(Example(path={"thread_id": thread.id}, body=body))
    return Reach(asked, lines)


def each(make: Callable[..., Awaitable[Said]]) -> Maker:
    """A message in a conversation of each of them."""

    async def reach(colleagues: Colleagues) -> Reach:
        said = {whose: await make(colleagues.company, owner=id) for whose, id in colleagues.ids.items()}
        asked = [Example(path={"thread_id": one.thread.id, "message_id": one.entry.id}) for one in said.values()]
        return Reach(asked, {whose: one.entry.id for whose, one in said.items()})

    return reach


async def each_scheduled(colleagues: Colleagues) -> Reach:
    """In a conversation of each of them."""
    later = {whose: await make_scheduled(colleagues.company, owner=id) for whose, id in colleagues.ids.items()}
    asked = [Example(path={"thread_id": one.thread}) for one in later.values()]
    return Reach(asked, {whose: one.id for whose, one in later.items()})


def each_later(*, is_put_off: bool = False) -> Maker:
    """One after the other, as it is or to be put off by a day."""

    async def reach(colleagues: Colleagues) -> Reach:
        later = {whose: await make_scheduled(colleagues.company, owner=id) for whose, id in colleagues.ids.items()}
        after = (colleagues.company.deps.clock.now() + timedelta(days=2)).isoformat()
        body = {"send_at": after} if is_put_off else None
        asked = [Example(path={"thread_id": one.thread, "scheduled_id": one.id}, body=body) for one in later.values()]
        return Reach(asked, {whose: one.id for whose, one in later.items()})

    return reach


REACHES: Mapping[str, Maker] = {
    "send_message": each_message,
    "check_message": each_message,
    "retry_message": each(make_failed),
    "cancel_message": each(make_said),
    "list_scheduled": each_scheduled,
    "change_scheduled": each_later(is_put_off=True),
    "cancel_scheduled": each_later(),
}
