"""Intake over HTTP: the webhooks of providers, and the ledger for people."""

from typing import Any

from starlette.responses import Response

from hub.access import Permission
from hub.http.endpoint import Call, Endpoint, Tag
from hub.intake import ledger, replaying, repository, showing, webhooks
from hub.intake.shapes import (
    AsItCame,
    EventOpened,
    EventPage,
    EventShown,
    IntakeQuery,
    ReplayList,
    ReplayShown,
    ReplayWanted,
)

TAG = Tag("Intake", "What providers have sent, as it came, and what has become of it.")
WEBHOOKS = Tag("Webhooks", "Where providers send what comes in on a line.")
PATH, WEBHOOK, MAIL = "/api/v1/intake", "/in/{line_id}", "/mail"
TEXT = "text/plain; charset=utf-8"
# Meta's batches may have 3 MB. What is larger than usual is not in memory more often than large mails are.
BODY_BYTES, USUAL_BYTES = 4 * 1024 * 1024, 256 * 1024
# What providers of mail take for one mail, and what their form puts around it.
MAIL_BYTES, MAIL_TIMEOUT_S = 32_000_000, 60.0


async def receive_event(call: Call[bytes, Any]) -> None:
    """One event of the line's provider. It is stored before it is answered; a repeat changes nothing."""
    line = await webhooks.get_webhook_line(call.deps, call.path["line_id"], call.act.address)
    event = await ledger.take(call.deps, line, webhooks.hook_of(call.deps, line, call.request, call.body))
    if event:
        ledger.go_on(call.deps, event)


async def receive_mail(call: Call[bytes, Any]) -> None:
    """One event of a line's provider that holds a whole mail, with its files. Otherwise it is as any event."""
    # Whoever comes here was counted when their place was held.
    line = await webhooks.get_counted_line(call.deps, call.path["line_id"])
    hook = webhooks.hook_of(call.deps, line, call.request, call.body, behind=MAIL)
    event = await ledger.take(call.deps, line, hook)
    if event:
        ledger.go_on(call.deps, event)


async def check_webhook(call: Call[None, Any]) -> Response:
    """Providers that ask whether the address is ours get the answer that they want; people see that they are right."""
    line = await webhooks.get_webhook_line(call.deps, call.path["line_id"], call.act.address)
    hook = webhooks.hook_of(call.deps, line, call.request, b"")
    return Response(await webhooks.answer_check(call.deps, line, hook), media_type=TEXT)


async def list_intake(call: Call[None, IntakeQuery]) -> EventPage:
    """What came, the latest first, and what has become of it."""
    return await showing.list_events(call.deps, call.caller, call.query)


async def show_intake(call: Call[None, Any]) -> EventOpened:
    """One event, with what the provider has sent for whoever may read all conversations."""
    event = await replaying.get_event(call.deps, call.caller.account, call.path["event_id"])
    return await showing.event_opened(call.deps, call.caller, event)


async def replay_intake(call: Call[None, Any]) -> EventShown:
    """Take one event in once more. What is there already does not change."""
    return await replaying.replay_event(call.act, call.path["event_id"])


async def replay_intake_range(call: Call[ReplayWanted, Any]) -> ReplayShown:
    """Take in once more whatever came on a line within a time, in the background."""
    return await replaying.replay_range(call.act, call.body)


async def list_replays(call: Call[None, Any]) -> ReplayList:
    """The replays of the last thirty days."""
    found = await repository.list_replays(call.deps.mongo, call.caller.account)
    return ReplayList(items=[showing.replay_shown(replay) for replay in found])


async def show_replay(call: Call[None, Any]) -> ReplayShown:
    """How far it has come."""
    return showing.replay_shown(await replaying.get_replay(call.deps, call.caller.account, call.path["replay_id"]))


def webhook(method: Any, handler: Any, path: str = "", **more: Any) -> Endpoint:
    """For providers, whose limits are counted by line: all that they send may come from one address. Some of them show
    tokens where members show theirs."""
    return Endpoint(
        method=method, path=WEBHOOK + path, handler=handler, permission=Permission.PUBLIC, tag=WEBHOOKS, query=AsItCame,
        rate=None, by_others=True, **more,
    )  # fmt: skip


def managed(method: Any, path: str, handler: Any, **more: Any) -> Endpoint:
    """For those who connect lines."""
    return Endpoint(
        method=method, path=PATH + path, handler=handler, permission=Permission.LINES_MANAGE, tag=TAG, **more
    )


ENDPOINTS = (
    webhook(
        "POST", receive_event,
        body=bytes, body_bytes=BODY_BYTES, hold=webhooks.hold_for_batch, hold_above=USUAL_BYTES,
        recorded_in="the intake ledger", summary="Send an event",
    ),
    webhook(
        "POST", receive_mail, MAIL,
        body=bytes, body_bytes=MAIL_BYTES, body_timeout_s=MAIL_TIMEOUT_S, hold=webhooks.hold_for_mail,
        recorded_in="the intake ledger", summary="Send an event with a mail",
    ),
    webhook("GET", check_webhook, answer=str, media_type=TEXT, summary="Check a webhook's address"),
    managed("GET", "", list_intake, query=IntakeQuery, answer=EventPage, summary="List events"),
    managed("GET", "/replays", list_replays, answer=ReplayList, summary="List replays"),
    managed("GET", "/replays/{replay_id}", show_replay, answer=ReplayShown, summary="Show a replay"),
    managed(
        "POST", "/replay", replay_intake_range,
        body=ReplayWanted, answer=ReplayShown, status=201, creates=True, audit="intake.replay_range",
        summary="Replay what came within a time",
    ),
    managed("GET", "/{event_id}", show_intake, answer=EventOpened, summary="Show an event"),
    managed(
        "POST", "/{event_id}/replay", replay_intake,
        answer=EventShown, audit="intake.replay", summary="Replay an event",
    ),
)  # fmt: skip
