"""Sending over HTTP."""

from typing import Any

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.sending import policy, posting, scheduling
from hub.sending.shapes import (
    BODY_BYTES,
    MessageChanged,
    MessageSaid,
    MessageWanted,
    ScheduledChange,
    ScheduledList,
    ScheduledShown,
    SendingPolicyShown,
    SendingPolicyWanted,
    TemplatesShown,
    TemplatesWanted,
    VerdictShown,
)

TAG = Tag("Sending", "Saying something in a conversation, now or later, and how it fares on its way.")
THREAD = "/api/v1/threads/{thread_id}"
MESSAGE, LATER = f"{THREAD}/messages/{{message_id}}", f"{THREAD}/scheduled/{{scheduled_id}}"
POLICY, TEMPLATES = "/api/v1/sending-policy", "/api/v1/lines/{line_id}/templates"


async def send_message(call: Call[MessageWanted, Any]) -> MessageSaid:
    """Say something: to the person if the gate lets it through, or as a note to colleagues. A repeat of a `client_id`
    says nothing again. A member who answers speaks for the account from then on."""
    return await posting.send(call.act, call.path["thread_id"], call.body)


async def check_message(call: Call[MessageWanted, Any]) -> VerdictShown:
    """What the gate would say of it now: yes; or no, why, and what would be allowed instead. Nothing is sent."""
    return await posting.check_message(call.deps, call.caller, call.path["thread_id"], call.body)


async def retry_message(call: Call[None, Any]) -> MessageChanged:
    """Send again what has failed for now, or what the provider's answer was lost of. It keeps the id by which the
    provider knows it, so that a provider that looks at those sends it once."""
    return await posting.retry(call.act, call.path["thread_id"], call.path["message_id"])


async def cancel_message(call: Call[None, Any]) -> MessageChanged:
    """Take back a message that still waits to be sent."""
    return await posting.cancel(call.act, call.path["thread_id"], call.path["message_id"])


async def list_scheduled(call: Call[None, Any]) -> ScheduledList:
    """What is to be said later, and what was not said when its time had come, and why."""
    return await posting.list_scheduled(call.deps, call.caller, call.path["thread_id"])


async def change_scheduled(call: Call[ScheduledChange, Any]) -> ScheduledShown:
    """Another text, another time. What was not said waits anew."""
    return await scheduling.change(call.act, call.path["thread_id"], call.path["scheduled_id"], call.body)


async def cancel_scheduled(call: Call[None, Any]) -> ScheduledShown:
    """It is not said. The answer has what it was."""
    return await scheduling.cancel(call.act, call.path["thread_id"], call.path["scheduled_id"])


async def show_sending_policy(call: Call[None, Any]) -> SendingPolicyShown:
    """When machines do not write, and how often they do without being answered."""
    return await policy.show_policy(call.deps, call.caller.account)


async def set_sending_policy(call: Call[SendingPolicyWanted, Any]) -> SendingPolicyShown:
    """When machines do not write, and how often they do without being answered."""
    return await policy.set_policy(call.act, call.body)


async def show_line_templates(call: Call[None, Any]) -> TemplatesShown:
    """The templates that the provider has approved for a line, as they were told."""
    return await policy.show_templates(call.deps, call.caller, call.path["line_id"])


async def set_line_templates(call: Call[TemplatesWanted, Any]) -> TemplatesShown:
    """The templates that the provider has approved for a line: these, and no others."""
    return await policy.set_templates(call.act, call.path["line_id"], call.body)


def replying(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who may write in conversations."""
    return Endpoint(method=method, path=path, handler=handler, permission=Permission.THREADS_REPLY, tag=TAG, **more)


ENDPOINTS = (
    replying(
        "POST", f"{THREAD}/messages", send_message,
        body=MessageWanted, body_bytes=BODY_BYTES, answer=MessageSaid, recorded_in="the conversation's log",
        summary="Send a message",
    ),
    replying(
        "POST", f"{THREAD}/messages/check", check_message,
        body=MessageWanted, body_bytes=BODY_BYTES, answer=VerdictShown, recorded_in="nowhere: nothing changes",
        summary="Ask the gate",
    ),
    replying(
        "POST", f"{MESSAGE}/retry", retry_message,
        answer=MessageChanged, audit="message.retry", summary="Send a message again",
    ),
    replying(
        "POST", f"{MESSAGE}/cancel", cancel_message,
        answer=MessageChanged, audit="message.cancel", summary="Take a message back",
    ),
    Endpoint(
        method="GET", path=f"{THREAD}/scheduled", handler=list_scheduled, permission=Permission.THREADS_VIEW,
        answer=ScheduledList, tag=TAG, summary="List what is to be said later",
    ),
    replying(
        "PATCH", LATER, change_scheduled,
        body=ScheduledChange, body_bytes=BODY_BYTES, answer=ScheduledShown, audit="scheduled.change",
        summary="Change what is to be said later",
    ),
    replying(
        "DELETE", LATER, cancel_scheduled,
        answer=ScheduledShown, audit="scheduled.cancel", summary="Take back what is to be said later",
    ),
    Endpoint(
        method="GET", path=POLICY, handler=show_sending_policy, permission=Permission.ACCOUNT_VIEW,
        answer=SendingPolicyShown, tag=TAG, summary="Show the rules for automated messages",
    ),
    Endpoint(
        method="PUT", path=POLICY, handler=set_sending_policy, permission=Permission.ACCOUNT_MANAGE,
        body=SendingPolicyWanted, answer=SendingPolicyShown, audit="sending_policy.set", tag=TAG,
        summary="Set the rules for automated messages",
    ),
    Endpoint(
        method="GET", path=TEMPLATES, handler=show_line_templates, permission=Permission.ACCOUNT_VIEW,
        answer=TemplatesShown, tag=TAG, summary="List the templates of a line",
    ),
    Endpoint(
        method="PUT", path=TEMPLATES, handler=set_line_templates, permission=Permission.LINES_MANAGE,
        body=TemplatesWanted, body_bytes=BODY_BYTES, answer=TemplatesShown, audit="line.templates", tag=TAG,
        summary="Say which templates a line has",
    ),
)  # fmt: skip
