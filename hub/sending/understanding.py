"""What somebody's words mean by what we have said to them: which of the choices they name, and which of our messages
they answer."""

from msgspec.structs import replace

from channels.base import Content, Inbound
from channels.choices import chosen_by
from hub.deps import Deps
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.sending.fitting import writes_choices
from hub.sending.pointing import NOT_THERE
from hub.sending.statuses import find
from hub.threads.delivering import get_at
from hub.threads.log import opened
from hub.threads.models import Entry, Thread

# Whoever says more than this names no choice.
LONGEST = 200


async def understood(deps: Deps, line: Line, thread: Thread, inbound: Inbound) -> Inbound:
    """The same, with `chosen` where these very words name a choice: one of the message that they answer, or else of the
    last that we have sent. An answer to a part of one of our messages, such as its second picture, is one to the
    whole."""
    content = inbound.content
    found = await find(deps, line, content.reply_to) if content.reply_to else None
    if found:
        content = replace(content, reply_to=found[0].provider_id)
    if names_something(content) and (asked := await asked_by(deps, line, thread, content, found[0] if found else None)):
        content = await with_chosen(deps, line, content, asked)
    return replace(inbound, content=content)


def names_something(content: Content) -> bool:
    """Whether it is nothing but a few words."""
    has_more = content.chosen or content.media or content.place or content.cards or content.unsupported
    return bool(content.text) and len(content.text) <= LONGEST and not has_more


async def asked_by(deps: Deps, line: Line, thread: Thread, content: Content, answered: Entry | None) -> Entry | None:
    """The message of ours that asks them to choose, if it has reached them on this line."""
    if content.reply_to:
        asked = answered
    else:
        asked = await get_at(deps, thread, thread.choices_seq) if thread.choices_seq else None
    if asked is None or asked.line != line.id or asked.delivery is None or asked.delivery.state in NOT_THERE:
        return None
    return asked


async def with_chosen(deps: Deps, line: Line, content: Content, asked: Entry) -> Content:
    """By a number only where they have seen numbers."""
    given = await opened(deps, asked)
    is_numbered = writes_choices(given, channel_of(line).capabilities)
    choice = chosen_by(content.text, given.choices, is_numbered=is_numbered)
    return replace(content, chosen=choice.payload) if choice else content
