"""Where members are at this moment, as far as anybody knows: where nothing is known of them, they are told."""

from hub.deps import Deps
from hub.presence.book import members_of, thread_of
from hub.presence.noticing import notice


async def is_online(deps: Deps, account: str, member: str) -> bool:
    """Whether they sit before the inbox, at any screen: one that was left on keeps nothing from them."""
    return member in (await notice(deps, members_of(account))).members("here")


async def is_looking_at(deps: Deps, account: str, member: str, thread: str) -> bool:
    """Whether they sit before a screen that has this conversation open."""
    return member in (await notice(deps, thread_of(account, thread))).members("here")
