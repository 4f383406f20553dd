"""Questions over a socket that are answered well: one for everything that can be asked with a body."""

from collections.abc import Mapping
from dataclasses import replace

from tests.contracts.companies import Person
from tests.contracts.core import make_thread
from tests.contracts.matrix import Example, Maker
from tests.contracts.sending_examples import a_message
from tests.contracts.threads_examples import read_so_far

THREAD = frozenset({"thread_id"})
# Times that others have told; they name nothing.
POSITION = "4134978000000"


async def what_is_known(person: Person) -> Example:
    """One conversation and its person, as of some time."""
    thread = await make_thread(person.company)
    people = {thread.person: 1}
    return Example(
        body={"after": POSITION, "known": {thread.id: 1}, "people": people}, owned=frozenset({"known", "people"})
    )


async def one_to_watch(person: Person) -> Example:
    """With all that a screen can say of what it knows."""
    thread = await make_thread(person.company)
    return Example(body={"thread_id": thread.id, "after": POSITION}, owned=THREAD)


async def one_to_leave(person: Person) -> Example:
    """Which need not be open."""
    return Example(body={"thread_id": (await make_thread(person.company)).id}, owned=THREAD)


async def something_typed(person: Person) -> Example:
    """A note, by somebody who may."""
    thread = await make_thread(person.company)
    return Example(body={"thread_id": thread.id, "is_typing": True, "is_note": True}, owned=THREAD)


async def somebody_there(_: Person) -> Example:
    """Before the screen that asks; it names nothing."""
    return Example(body={"is_there": True})


async def since_then(_: Person) -> Example:
    """What is one's own."""
    return Example(body={"after": POSITION})


def in_the_body(maker: Maker) -> Maker:
    """As the same is asked over HTTP; what stands in the path there stands in the body here."""

    async def make(person: Person) -> Example:
        example = await maker(person)
        return replace(example, path={}, body={**example.body, **example.path})

    return make


# By namespace and name.
EXAMPLES: Mapping[str, Maker] = {
    "/inbox/attention": somebody_there,
    "/inbox/notices": since_then,
    "/inbox/read": in_the_body(read_so_far),
    "/inbox/say": in_the_body(a_message),
    "/inbox/sync": what_is_known,
    "/inbox/typing": something_typed,
    "/inbox/unwatch": one_to_leave,
    "/inbox/watch": one_to_watch,
}
