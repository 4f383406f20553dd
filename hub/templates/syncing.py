"""Looking up which templates a line's provider has: when a line is new, every six hours, and when somebody asks.

What is known here is read before the provider is asked, and only what has not changed since is written: whatever was
said meanwhile, by a webhook or a person, is younger than the provider's answer."""

from datetime import timedelta

from msgspec.structs import replace

from channels.base import (
    ButtonKind,
    Refused,
    Templated,
    TemplateListed,
    TemplateParts,
    TemplateState,
    Unreachable,
    Unsure,
)
from hub.act import Act
from hub.deps import Deps
from hub.lines import health
from hub.lines.actions import access_line, get_line
from hub.lines.channels import channel_of
from hub.lines.looking import LINES, LOOK
from hub.lines.models import Line
from hub.sending.ways import ways_of
from hub.store.ids import new_id
from hub.store.mongo import Document, Duplicate
from hub.templates import repository
from hub.templates.blanks import keys_of, with_known
from hub.templates.changing import change, tell
from hub.templates.models import KeptTemplate, State, Words
from hub.templates.providing import in_words, provider_of
from hub.templates.shapes import TemplatesSynced
from hub.templates.showing import sealed, words_of
from hub.work.kinds import Kind, Later, Lease

EVERY, AGAIN = timedelta(hours=6), timedelta(minutes=15)
NOT_THERE = "The provider does not have it: hand it in again."


async def sync_now(act: Act, line_id: str) -> TemplatesSynced:
    """Because somebody wants to see it."""
    line = await access_line(act.deps, act.caller, line_id)
    act.note.target = {"line": line.id}
    with in_words():
        after = act.note.after = await sync(act.deps, line)
    return after


async def look(deps: Deps, document: Document, lease: Lease) -> None:
    """Now and then, as long as the line is there."""
    line = await get_line(deps, document["account"], document["_id"])
    if line.removed_at or not isinstance(channel_of(line), Templated):
        return
    now = deps.clock.now()
    try:
        await sync(deps, line)
    except Refused as refused:
        if refused.failure.about in ("line", "provider"):
            health.failed(deps, line, refused.failure.code)
        raise Later(now + max(AGAIN, refused.retry_after or AGAIN)) from refused
    except (Unreachable, Unsure) as error:
        raise Later(now + AGAIN) from error
    raise Later(now + EVERY)


async def sync(deps: Deps, line: Line) -> TemplatesSynced:
    """What the provider has stands here afterwards, and what it has no more is said to be gone."""
    channel, access = await provider_of(deps, line)
    seen = {(one.name, one.language): one for one in await repository.list_of_line(deps.mongo, line.account, line.id)}
    listed = await channel.list_templates(ways_of(deps), access)
    named = {(one.name, one.language): one for one in listed}
    added = [await add(deps, line, one) for key, one in named.items() if key not in seen]
    changed = [await renew(deps, seen[key], one) for key, one in named.items() if key in seen]
    gone = [await miss(deps, one) for key, one in seen.items() if key not in named]
    return TemplatesSynced(found=len(named), added=sum(added), changed=sum(changed), gone=sum(gone))


async def add(deps: Deps, line: Line, listed: TemplateListed) -> bool:
    """One that was made elsewhere; False when somebody was faster."""
    now, words = deps.clock.now(), Words(parts=listed.parts, blanks=with_known(listed.parts, ()))
    template = KeptTemplate(
        id=new_id(now),
        account=line.account,
        line=line.id,
        name=listed.name,
        language=listed.language,
        words=await sealed(deps, line.account, words),
        made_at=now,
        changed_at=now,
        **open_fields(listed),
    )
    try:
        await repository.add(deps.mongo, template)
    except Duplicate:
        return False
    tell(deps, line.account, line.id)
    return True


def open_fields(listed: TemplateListed) -> Document:
    """What stands open of it."""
    return {
        "category": listed.category,
        "state": State(listed.state.value),
        "header": listed.parts.header_kind,
        "blanks": keys_of(listed.parts),
        "provider_id": listed.id,
        "quality": listed.quality,
        "reason": listed.reason,
        "is_unanswered": False,
    }


async def renew(deps: Deps, seen: KeptTemplate, listed: TemplateListed) -> bool:
    """As the provider has it; whether that is otherwise. A draft that says something else stays one: somebody writes it
    to be handed in in its place."""
    words = await words_of(deps, seen)
    is_same = are_alike(words.parts, listed.parts)
    is_past = is_former(seen, listed, is_same=is_same)
    if seen.state is State.DRAFT and (is_past or not is_same):
        return False
    if seen.state is State.SUBMITTED and seen.is_unanswered and is_past:
        return await miss(deps, seen)
    fields = {name: value for name, value in open_fields(listed).items() if getattr(seen, name) != value}
    if not is_same:
        parts = listed.parts
        renewed = Words(parts=parts, blanks=with_known(parts, words.blanks), header_media=words.header_media)
        fields["words"] = await sealed(deps, seen.account, renewed)
    return bool(fields) and await change(deps, seen, **fields)


def is_former(seen: KeptTemplate, listed: TemplateListed, *, is_same: bool) -> bool:
    """Whether it is the one that ours is to take the place of: deleted by now, or rejected as it was before."""
    is_rejected = listed.state is TemplateState.REJECTED and listed.id == seen.provider_id
    is_otherwise = not is_same or listed.category != seen.category
    return listed.state is TemplateState.DELETED or (is_rejected and is_otherwise)


def are_alike(ours: TemplateParts, theirs: TemplateParts) -> bool:
    """Whether they say the same. Some providers call a button with a code as they like."""
    return untitled(ours) == untitled(theirs)


def untitled(parts: TemplateParts) -> TemplateParts:
    """The same without the titles that may not be ours."""
    buttons = [replace(one, title="") if one.kind is ButtonKind.CODE else one for one in parts.buttons]
    return replace(parts, buttons=tuple(buttons))


async def miss(deps: Deps, seen: KeptTemplate) -> bool:
    """The provider does not have it; whether that is news. What was handed in has not come there: it is a draft
    again."""
    if seen.state in (State.DRAFT, State.DELETED):
        return False
    if seen.state is State.SUBMITTED:
        return await change(deps, seen, state=State.DRAFT, reason=NOT_THERE)
    return await change(deps, seen, state=State.DELETED, reason="")


KINDS = (Kind(name="templates.look", collection=LINES, handler=look, prefix=LOOK, lease=timedelta(minutes=2), slots=4),)
