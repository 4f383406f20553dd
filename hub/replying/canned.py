"""Canned replies: written once by whoever manages the account, used by everybody, or by one team."""

import unicodedata

from hub.access import Caller, Permission
from hub.accounts.teams import get_team
from hub.act import Act
from hub.deps import Deps
from hub.replying import blanks, repository
from hub.replying.errors import CannedFull, NoSuchCanned, ShortcutTaken
from hub.replying.models import CANNED, Canned
from hub.replying.shapes import CannedChange, CannedList, CannedShown, CannedWanted
from hub.store.mongo import Document, Duplicate
from hub.store.sealed import Keyring

NAME_PLACE, SHORTCUT_PLACE, KEY_PLACE, TEXT_PLACE = (f"{CANNED}.{part}" for part in ("name", "shortcut", "key", "text"))


async def list_canned(deps: Deps, caller: Caller) -> CannedList:
    """Those that the caller may use."""
    found = await repository.list_canned(deps.mongo, caller.account)
    return CannedList(items=[await shown(deps, one) for one in found if is_for(caller, one)])


async def access_canned(deps: Deps, caller: Caller, id: str) -> Canned:
    """One that the caller may use."""
    found = await get_canned(deps, caller.account, id)
    if not is_for(caller, found):
        raise no_such_canned(id)
    return found


def is_for(caller: Caller, canned: Canned) -> bool:
    """Whether the caller may use it: it is everybody's, or of one of their teams, or they manage all of them."""
    return canned.team is None or canned.team in caller.teams or caller.may(Permission.ACCOUNT_MANAGE)


async def get_canned(deps: Deps, account: str, id: str) -> Canned:
    """One of the account's."""
    found = await repository.find_canned(deps.mongo, account, id)
    if found is None:
        raise no_such_canned(id)
    return found


async def make(act: Act, wanted: CannedWanted) -> CannedShown:
    """One more. A repeat of the request gets the first."""
    deps, account = act.deps, act.account
    blanks.check(wanted.text)
    if wanted.team_id:
        await get_team(deps, account, wanted.team_id)
    if await repository.count_canned(deps.mongo, account) >= repository.MOST:
        raise CannedFull(f"An account has {repository.MOST} canned replies at most.", most=repository.MOST)
    keyring = await deps.sealer.keyring(account)
    sealed = {"name": keyring.seal(NAME_PLACE, wanted.name.encode()), **texts(keyring, wanted.shortcut, wanted.text)}
    canned = Canned(id=act.new_id, account=account, made_at=deps.clock.now(), team=wanted.team_id, **sealed)
    try:
        await repository.add_canned(deps.mongo, canned)
    except Duplicate:
        if not await repository.find_canned(deps.mongo, account, canned.id):
            raise shortcut_taken() from None
    return await note_after(act, canned.id)


async def change(act: Act, id: str, wanted: CannedChange) -> CannedShown:
    """Another name, shortcut or text."""
    if wanted.text is not None:
        blanks.check(wanted.text)
    keyring = await act.deps.sealer.keyring(act.account)
    fields = texts(keyring, wanted.shortcut, wanted.text)
    if wanted.name is not None:
        fields["name"] = keyring.seal(NAME_PLACE, wanted.name.encode())
    return await apply(act, id, fields)


async def set_team(act: Act, id: str, team_id: str | None) -> CannedShown:
    """A team's own from now on, or everybody's."""
    if team_id:
        await get_team(act.deps, act.account, team_id)
    return await apply(act, id, {"team": team_id})


async def apply(act: Act, id: str, fields: Document) -> CannedShown:
    """Change it, and note how it was and is."""
    act.note.before = await shown(act.deps, await get_canned(act.deps, act.account, id))
    try:
        if fields and not await repository.change_canned(act.deps.mongo, act.account, id, **fields):
            raise no_such_canned(id)
    except Duplicate:
        raise shortcut_taken() from None
    return await note_after(act, id)


async def remove(act: Act, id: str) -> None:
    """Nobody uses it any more."""
    act.note.target = {"canned": id}
    act.note.before = await shown(act.deps, await get_canned(act.deps, act.account, id))
    await repository.remove_canned(act.deps.mongo, act.account, id)


async def note_after(act: Act, id: str) -> CannedShown:
    """How it is, for the audit log and the answer."""
    after = await shown(act.deps, await get_canned(act.deps, act.account, id))
    act.note.target, act.note.after = {"canned": id}, after
    return after


def texts(keyring: Keyring, shortcut: str | None, text: str | None) -> Document:
    """What is given of shortcut and text, as it is stored."""
    fields: Document = {}
    if shortcut is not None:
        plain = unicodedata.normalize("NFKC", shortcut).casefold()
        fields["shortcut"] = keyring.seal(SHORTCUT_PLACE, shortcut.encode())
        fields["key"] = keyring.lookup(KEY_PLACE, plain)
    if text is not None:
        fields["text"] = keyring.seal(TEXT_PLACE, text.encode())
    return fields


async def text_of(deps: Deps, canned: Canned) -> str:
    """What it says, with its blanks."""
    return await deps.sealer.text(canned.account, TEXT_PLACE, canned.text)


async def shown(deps: Deps, canned: Canned) -> CannedShown:
    """As the API shows it."""
    text = await text_of(deps, canned)
    return CannedShown(
        id=canned.id,
        name=await deps.sealer.text(canned.account, NAME_PLACE, canned.name),
        shortcut=await deps.sealer.text(canned.account, SHORTCUT_PLACE, canned.shortcut),
        text=text,
        blanks=sorted(blanks.names_in(text)),
        team_id=canned.team,
        made_at=canned.made_at,
    )


def no_such_canned(id: str) -> NoSuchCanned:
    """There is none, or none for the caller."""
    return NoSuchCanned("There is no such canned reply.", id=id)


def shortcut_taken() -> ShortcutTaken:
    """What there can be only one of."""
    return ShortcutTaken("Another canned reply has this shortcut: take a different one.", field="shortcut")
