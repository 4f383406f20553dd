"""Who speaks in a conversation, over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call
from hub.threads import acting, ownership
from hub.threads.access import author_of
from hub.threads.routes.declaring import shown_to, written
from hub.threads.shapes import AssignWanted, HandBack, TakeOver, ThreadShown


async def take_over_thread(call: Call[TakeOver, Any]) -> ThreadShown:
    """Speak for the account from here on: no agent does any more. Another member is asked only with `from_other`."""
    return shown_to(call, await acting.take_over(call.act, call.path["thread_id"], call.body))


async def hand_back_thread(call: Call[HandBack, Any]) -> ThreadShown:
    """To the agent, where one answers on the line on which the person wrote last; else to whoever takes it."""
    thread = await acting.access(call.act, call.path["thread_id"])
    after = await ownership.hand_back(
        call.deps, thread, author_of(call.caller), word=call.body.word, id=call.act.new_id
    )
    return shown_to(call, after)


async def assign_thread(call: Call[AssignWanted, Any]) -> ThreadShown:
    """To a member who may reply, to a team, or both. With a team alone, nobody speaks until somebody takes it."""
    return shown_to(call, await acting.assign(call.act, call.path["thread_id"], call.body))


async def release_thread(call: Call[None, Any]) -> ThreadShown:
    """Nobody speaks from here on: it waits for whoever takes it."""
    thread = await acting.access(call.act, call.path["thread_id"])
    return shown_to(call, await ownership.release(call.deps, thread, author_of(call.caller), id=call.act.new_id))


ENDPOINTS = (
    written("/takeover", take_over_thread, "Take a conversation over", body=TakeOver),
    written("/handback", hand_back_thread, "Hand a conversation back", body=HandBack),
    written("/assign", assign_thread, "Assign a conversation", body=AssignWanted, permission=Permission.THREADS_ASSIGN),
    written("/release", release_thread, "Release a conversation"),
)
