"""Messages as a visitor sees them."""

from collections.abc import Mapping

from channels.widget.channel import CAPABILITIES
from channels.widget.parse import message_id
from hub.accounts.errors import NoSuchMember
from hub.accounts.members import NAME_PLACE
from hub.accounts.standing import get_member
from hub.deps import Deps
from hub.sending.fitting import fitted
from hub.threads.log import opened
from hub.threads.models import AuthorKind, DeliveryState, Entry
from hub.visiting.shapes import By, HowFar, VisitorMessage

# A name changes seldom, and is asked for with every message.
REMEMBERED_S = 30.0
BY: Mapping[AuthorKind, By] = {AuthorKind.PERSON: "you", AuthorKind.MEMBER: "member"}
STATES: Mapping[DeliveryState, HowFar] = {
    DeliveryState.SENT: "sent",
    DeliveryState.DELIVERED: "delivered",
    DeliveryState.READ: "read",
}


async def message_shown(deps: Deps, entry: Entry) -> VisitorMessage:
    """One message. Whoever is no member and not the visitor speaks for the business: it is not told what that is."""
    by = BY.get(entry.author.kind, "agent")
    return VisitorMessage(
        id=entry.id,
        by=by,
        name=await name_of(deps, entry.account, entry.author.id) if by == "member" else "",
        text=fitted(await opened(deps, entry), CAPABILITIES).text,
        at=entry.stored_at,
        client_id=entry.provider_id.partition(message_id("", ""))[2] if by == "you" else "",
        state=STATES.get(entry.delivery.state) if entry.delivery else None,
        rev=entry.rev,
    )


async def name_of(deps: Deps, account: str, member: str) -> str:
    """How a member is called by a stranger: by the first name alone. Nothing of one who is gone."""

    async def read() -> str:
        try:
            found = await get_member(deps, account, member)
        except NoSuchMember:
            return ""
        return first_of(await deps.sealer.text(account, NAME_PLACE, found.name))

    return await deps.memory.recall(f"first name of member:{account}:{member}", read, for_s=REMEMBERED_S)


def first_of(name: str) -> str:
    """What stands in front of the first space."""
    return name.strip().partition(" ")[0]
