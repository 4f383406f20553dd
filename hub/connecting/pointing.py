"""Telling a provider where its webhooks go: by its API, where it has one for that; else a person does it by hand."""

from dataclasses import replace

from channels.base import Pointed, Refused, Unreachable, Unsure
from hub.act import Act
from hub.connecting.asking import refused, taken, unreachable, unsure
from hub.connecting.checking import webhooks_of
from hub.connecting.errors import WebhookByHand
from hub.connecting.shapes import ProviderSaid
from hub.connecting.steps import comes_by_mail, way_of_mail
from hub.deps import Deps
from hub.lines.actions import access_line, access_of
from hub.lines.channels import channel_of
from hub.lines.looking import look_again
from hub.lines.models import Line
from hub.lines.showing import mail_address, pointing_of
from hub.sending.failures import failing_of, note_health
from hub.sending.ways import ways_of

DONE = "The provider sends what comes in to this line's webhook from now on."
AGAIN = "Do it again: to say it twice harms nothing."


async def point_line(act: Act, id: str) -> ProviderSaid:
    """Set the line's webhook at its provider; or WebhookByHand, with what to enter where."""
    deps, line = act.deps, await access_line(act.deps, act.caller, id)
    channel, access = channel_of(line), replace(await access_of(deps, line), webhooks=await webhooks_of(deps, line))
    if not isinstance(channel, Pointed):
        raise by_hand(deps, line, access.webhook)
    act.note.target = {"line": line.id}
    try:
        await channel.point(ways_of(deps), access)
    except Refused as error:
        note_health(deps, line, error.failure)
        said = refused(failing_of(error.failure))
    except Unreachable:
        said = unreachable()
    except Unsure:
        said = unsure(AGAIN)
    else:
        said = taken(DONE)
        await look_again(deps, line)
    act.note.after = {"webhook_url": access.webhook, "outcome": said.outcome}
    return said


def by_hand(deps: Deps, line: Line, webhook: str) -> WebhookByHand:
    """What a person does instead. A mailbox has no webhook: mail comes in otherwise."""
    if comes_by_mail(line):
        where = way_of_mail(mail_address(deps, line))
        return WebhookByHand(f"Nothing comes in on this line by a webhook. {where}", webhook_url="", where=where)
    where = pointing_of(channel_of(line))
    entered = f" {where} The webhook's URL is {webhook}." if where else ""
    return WebhookByHand(f"This provider is told by hand.{entered}", webhook_url=webhook, where=where)
