"""What a member has of a conversation, over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint
from hub.threads import acting
from hub.threads.routes.declaring import written
from hub.threads.shapes import Following, MarkShown, Read
from hub.threads.showing import mark_shown

# How far each member has read stands beside the log.
MARKS = "the marks of the conversation"


async def follow_thread(call: Call[Following, Any]) -> MarkShown:
    """Hear of whatever the person writes."""
    found = await acting.follow(call.act, call.path["thread_id"], call.body.member_id, is_following=True)
    return mark_shown(*found)


async def unfollow_thread(call: Call[Following, Any]) -> MarkShown:
    """Hear of it no more."""
    found = await acting.follow(call.act, call.path["thread_id"], call.body.member_id, is_following=False)
    return mark_shown(*found)


async def read_thread(call: Call[Read, Any]) -> MarkShown:
    """Note that everything up to an entry was read. Whatever has come since stays unread."""
    return mark_shown(*await acting.mark_read(call.act, call.path["thread_id"], call.body.member_id, call.body.seq))


async def unread_thread(call: Call[Following, Any]) -> MarkShown:
    """Have it to read again, from the person's last message on."""
    return mark_shown(*await acting.mark_unread(call.act, call.path["thread_id"], call.body.member_id))


def marked(path: str, handler: Any, body: Any, summary: str, **more: Any) -> Endpoint:
    """For those who keep track of conversations."""
    return written(path, handler, summary, body=body, answer=MarkShown, permission=Permission.THREADS_FOLLOW, **more)


ENDPOINTS = (
    marked("/follow", follow_thread, Following, "Follow a conversation"),
    marked("/unfollow", unfollow_thread, Following, "Follow a conversation no more"),
    marked("/read", read_thread, Read, "Mark a conversation as read", recorded_in=MARKS),
    marked("/unread", unread_thread, Following, "Mark a conversation as unread", recorded_in=MARKS),
)
