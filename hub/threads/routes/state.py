"""What a conversation is besides who speaks in it, over HTTP."""

from typing import Any

from hub.http.endpoint import Call
from hub.threads import acting, state
from hub.threads.access import author_of
from hub.threads.models import Thread
from hub.threads.routes.declaring import shown_to, written
from hub.threads.shapes import CloseWanted, PriorityWanted, SnoozeWanted, TagChange, ThreadShown


async def access(call: Call[Any, Any]) -> Thread:
    """The one that the path names."""
    return await acting.access(call.act, call.path["thread_id"])


async def close_thread(call: Call[CloseWanted, Any]) -> ThreadShown:
    """Nothing is left to do, until somebody writes again."""
    thread, author = await access(call), author_of(call.caller)
    return shown_to(call, await state.close(call.deps, thread, author, why=call.body.why, id=call.act.new_id))


async def reopen_thread(call: Call[None, Any]) -> ThreadShown:
    """It goes on."""
    thread, author = await access(call), author_of(call.caller)
    return shown_to(call, await state.reopen(call.deps, thread, author, id=call.act.new_id))


async def snooze_thread(call: Call[SnoozeWanted, Any]) -> ThreadShown:
    """Not before then, unless the person writes: it comes back by itself."""
    thread, author = await access(call), author_of(call.caller)
    return shown_to(call, await state.snooze(call.deps, thread, author, call.body.until, id=call.act.new_id))


async def wake_thread(call: Call[None, Any]) -> ThreadShown:
    """Now, though it was put off."""
    thread, author = await access(call), author_of(call.caller)
    return shown_to(call, await state.wake(call.deps, thread, author, id=call.act.new_id))


async def set_thread_priority(call: Call[PriorityWanted, Any]) -> ThreadShown:
    """More urgent, or less."""
    thread, author = await access(call), author_of(call.caller)
    after = await state.set_priority(call.deps, thread, author, call.body.priority, id=call.act.new_id)
    return shown_to(call, after)


async def tag_thread(call: Call[TagChange, Any]) -> ThreadShown:
    """Tags on and off; what is in both lists goes."""
    thread, author = await access(call), author_of(call.caller)
    after = await state.tag(call.deps, thread, author, put=call.body.put, taken=call.body.take_off, id=call.act.new_id)
    return shown_to(call, after)


ENDPOINTS = (
    written("/close", close_thread, "Close a conversation", body=CloseWanted),
    written("/reopen", reopen_thread, "Reopen a conversation"),
    written("/snooze", snooze_thread, "Put a conversation off", body=SnoozeWanted),
    written("/wake", wake_thread, "End a snooze"),
    written("/priority", set_thread_priority, "Set how urgent a conversation is", body=PriorityWanted),
    written("/tags", tag_thread, "Tag a conversation", body=TagChange),
)
