"""What an account and its members have said about their mails: shown, set, and forgotten with whoever leaves."""

from collections.abc import Collection

import msgspec

from hub.access import Caller
from hub.act import Act
from hub.deps import Deps
from hub.letterheads import repository
from hub.letterheads.models import SIGNATURE_PLACE, STYLE_PLACE, KeptStyle, Signature, Style
from hub.letterheads.shapes import LetterheadShown, LetterheadWanted, SignatureShown, SignatureWanted


async def style_of(deps: Deps, account: str) -> Style:
    """How its mails look, or what is usual."""
    found = await repository.find_style(deps.mongo, account)
    if found is None:
        return Style()
    return msgspec.json.decode(await deps.sealer.unseal(account, STYLE_PLACE, found.style), type=Style)


async def signature_of(deps: Deps, account: str, member: str) -> str:
    """What stands under the mails of a member; empty where nothing does."""
    found = await repository.find_signature(deps.mongo, account, member)
    return await deps.sealer.text(account, SIGNATURE_PLACE, found.text) if found else ""


async def show_letterhead(deps: Deps, account: str) -> LetterheadShown:
    """As the API shows it."""
    return msgspec.convert(await style_of(deps, account), LetterheadShown, from_attributes=True)


async def set_letterhead(act: Act, wanted: LetterheadWanted) -> LetterheadShown:
    """From the next mail on, also for those that wait."""
    deps, account = act.deps, act.account
    act.note.target, act.note.before = {"account": account}, await show_letterhead(deps, account)
    plain = msgspec.json.encode(style_wanted(wanted))
    sealed = (await deps.sealer.keyring(account)).seal(STYLE_PLACE, plain)
    await repository.put_style(deps.mongo, KeptStyle(id=account, account=account, style=sealed))
    after = act.note.after = await show_letterhead(deps, account)
    return after


def style_wanted(wanted: LetterheadWanted) -> Style:
    """What somebody wants, as it is kept."""
    return msgspec.convert(wanted, Style, from_attributes=True)


async def show_signature(deps: Deps, caller: Caller) -> SignatureShown:
    """The caller's own."""
    return SignatureShown(text=await signature_of(deps, caller.account, caller.id))


async def set_signature(act: Act, wanted: SignatureWanted) -> SignatureShown:
    """From the caller's next mail on."""
    deps, account, member = act.deps, act.account, act.caller.id
    act.note.target, act.note.before = {"member": member}, await show_signature(deps, act.caller)
    text = await deps.sealer.seal(account, SIGNATURE_PLACE, wanted.text.strip())
    await repository.put_signature(deps.mongo, Signature(id=member, account=account, text=text))
    after = act.note.after = await show_signature(deps, act.caller)
    return after


async def forget(deps: Deps, account: str, members: Collection[str]) -> bool:
    """A parting: what they have left to send goes without. Never more to do."""
    await repository.remove_signatures(deps.mongo, account, members)
    return False
