"""Where members are at this moment, as far as anybody knows: where nothing is known of them, they are told."""

from hub.deps import Deps
from hub.presence.book import members_of, thread_of
from hub.presence.noticing import notice


async def is_online(deps: Deps, account: str, member: str) -> bool:
    """Whether they have the inbox before them, on any screen."""
    return member in (await notice(deps, members_of(account))).members("online")


async def is_looking_at(deps: Deps, account: str, member: str, thread: str) -> bool:
    """Whether they have this conversation open."""
    return member in (await notice(deps, thread_of(account, thread))).members("looking")
