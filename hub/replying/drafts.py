"""Drafts: what somebody has typed is there again at every screen of theirs, until it is sent or thrown away."""

import msgspec

from hub.access import Caller, Permission
from hub.act import Act
from hub.bus import changed
from hub.deps import Deps
from hub.replying import repository
from hub.replying.errors import DraftChanged
from hub.replying.models import DRAFTS, KeptDraft
from hub.replying.shapes import DraftShown, DraftWanted
from hub.store.mongo import Duplicate
from hub.threads.access import access_thread

PLACE = f"{DRAFTS}.text"
# What screens are told of, when it changes.
DRAFT = "draft"


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """All of it that is sealed."""

    text: str
    subject: str
    is_note: bool
    cc: list[str] = []
    bcc: list[str] = []


async def show_draft(deps: Deps, caller: Caller, thread_id: str) -> DraftShown:
    """The caller's own, in a thread that the caller may write in."""
    await access_thread(deps, caller, thread_id, Permission.THREADS_REPLY)
    return await draft_of(deps, caller.account, thread_id, caller.id)


async def draft_of(deps: Deps, account: str, thread_id: str, member: str) -> DraftShown:
    """What a member has typed there."""
    found = await repository.find_draft(deps.mongo, account, thread_id, member)
    return await shown(deps, found) if found else nothing(thread_id)


async def save_draft(act: Act, thread_id: str, wanted: DraftWanted) -> DraftShown:
    """Over what was seen, and over nothing else. Sent again, because its answer was lost, it changes nothing."""
    deps, caller = act.deps, act.caller
    await access_thread(deps, caller, thread_id, Permission.THREADS_REPLY)
    typed = msgspec.convert(wanted, Typed, from_attributes=True)
    found = await repository.find_draft(deps.mongo, act.account, thread_id, caller.id)
    if found and found.rev == wanted.rev + 1 and await opened(deps, found) == typed:
        return await shown(deps, found)
    if (found.rev if found else 0) != wanted.rev or not await write(act, thread_id, found, typed):
        raise DraftChanged("The draft was changed at another screen: look at it before it is lost.", thread=thread_id)
    changed(deps, DRAFT, act.account, thread_id, caller.id)
    return await show_draft(deps, caller, thread_id)


async def write(act: Act, thread_id: str, seen: KeptDraft | None, typed: Typed) -> bool:
    """False when somebody has written it since."""
    deps, now = act.deps, act.deps.clock.now()
    text = (await deps.sealer.keyring(act.account)).seal(PLACE, msgspec.json.encode(typed))
    if seen:
        return await repository.change_draft(deps.mongo, seen, text=text, rev=seen.rev + 1, saved_at=now)
    draft = KeptDraft(
        id=act.new_id, account=act.account, thread=thread_id, member=act.caller.id, text=text, rev=1, saved_at=now
    )
    try:
        await repository.add_draft(deps.mongo, draft)
    except Duplicate:
        return False
    return True


async def remove_draft(act: Act, thread_id: str) -> DraftShown:
    """It was sent, or is not wanted any more."""
    await access_thread(act.deps, act.caller, thread_id, Permission.THREADS_REPLY)
    await repository.remove_draft(act.deps.mongo, act.account, thread_id, act.caller.id)
    changed(act.deps, DRAFT, act.account, thread_id, act.caller.id)
    return nothing(thread_id)


async def opened(deps: Deps, draft: KeptDraft) -> Typed:
    """What was typed."""
    return msgspec.json.decode(await deps.sealer.unseal(draft.account, PLACE, draft.text), type=Typed)


async def shown(deps: Deps, draft: KeptDraft) -> DraftShown:
    """As the API shows it."""
    typed = await opened(deps, draft)
    return DraftShown(
        thread_id=draft.thread,
        rev=draft.rev,
        text=typed.text,
        subject=typed.subject,
        is_note=typed.is_note,
        cc=typed.cc,
        bcc=typed.bcc,
        saved_at=draft.saved_at,
    )


def nothing(thread_id: str) -> DraftShown:
    """No draft."""
    return DraftShown(thread_id=thread_id, rev=0, text="", subject="", is_note=False, cc=[], bcc=[], saved_at=None)
