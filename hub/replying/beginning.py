"""Beginning a conversation with somebody who has not written yet."""

from hub.access import Permission
from hub.act import Act
from hub.people.access import access_person
from hub.threads.access import author_of, is_within, reach_of
from hub.threads.errors import NoSuchThread
from hub.threads.happenings import NOBODY
from hub.threads.log import find_or_make
from hub.threads.models import Thread
from hub.threads.ownership import take_over


async def begin(act: Act, person_id: str) -> Thread:
    """The conversation with the person; a new one is whose who has begun it. Who may write to somebody, and when, is
    the gate's to say."""
    deps, caller = act.deps, act.caller
    person = await access_person(deps, caller, person_id, Permission.THREADS_REPLY)
    thread = await find_or_make(deps, caller.account, person.id)
    if caller.kind == "member" and thread.owner == NOBODY and thread.seq == 0:
        thread = await take_over(deps, thread, author_of(caller), caller.id)
    if not is_within(thread, await reach_of(deps, caller, Permission.THREADS_REPLY)):
        raise NoSuchThread("A colleague has the conversation with this person.", person=person.id)
    return thread
