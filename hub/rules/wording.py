"""What a rule writes: its own text or a canned reply, with the blanks filled, and what the gate would say to it."""

from collections.abc import Mapping

from channels.base import Content
from hub.access import Permission
from hub.accounts import founding, members
from hub.accounts.standing import get_able
from hub.accounts.subjects import get_account
from hub.deps import Deps
from hub.errors import HubError
from hub.people.getting import get_person
from hub.replying import blanks, canned
from hub.replying.filling import known_of
from hub.rules.deeds import AddNote, Send, SendCanned
from hub.sending.choosing import line_for
from hub.sending.errors import SendRefused
from hub.sending.saying import check
from hub.threads.happenings import OwnerKind
from hub.threads.models import Author, Thread

Worded = Send | SendCanned | AddNote


async def text_of(deps: Deps, thread: Thread, deed: Worded) -> str:
    """As it is sent; raises NoSuchCanned, or BlankUnfilled."""
    text = await written(deps, thread.account, deed)
    return blanks.fill(text, await values_for(deps, thread, blanks.names_in(text)))


async def written(deps: Deps, account: str, deed: Worded) -> str:
    """With its blanks."""
    if isinstance(deed, SendCanned):
        return await canned.text_of(deps, await canned.get_canned(deps, account, deed.canned_id))
    return deed.text


async def values_for(deps: Deps, thread: Thread, names: set[str]) -> Mapping[str, str]:
    """What is known for these blanks."""
    values: dict[str, str] = {}
    if "account.name" in names:
        values["account.name"] = await founding.name_of(deps, await get_account(deps, thread.account))
    if "member.name" in names:
        values["member.name"] = await name_of_owner(deps, thread)
    if names - values.keys():
        values |= await known_of(deps, await get_person(deps, thread.account, thread.person))
    return values


async def name_of_owner(deps: Deps, thread: Thread) -> str:
    """Whoever speaks in the conversation; a rule has no name that it would sign by."""
    if thread.owner.kind is not OwnerKind.MEMBER:
        return ""
    try:
        member = await get_able(deps, thread.account, thread.owner.id, Permission.THREADS_REPLY)
    except HubError:
        return ""
    return await deps.sealer.text(thread.account, members.NAME_PLACE, member.name)


async def foresee_sending(deps: Deps, thread: Thread, deed: Send | SendCanned, author: Author) -> None:
    """Raise what would be raised if it were sent now; nothing is written."""
    content = Content(text=await text_of(deps, thread, deed), subject=deed.subject if isinstance(deed, Send) else "")
    verdict, to = await check(deps, thread, await line_for(deps, thread, deed.line_id), content, author)
    if not verdict.is_allowed or to is None:
        raise SendRefused(verdict)
