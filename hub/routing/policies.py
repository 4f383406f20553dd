"""How an account routes, and its teams. Unless somebody has turned it on, threads wait for whoever takes them."""

from collections.abc import Mapping

from hub.accounts.errors import NoSuchTeam
from hub.accounts.teams import get_team
from hub.deps import Deps
from hub.lines.actions import find_any_line
from hub.routing import repository
from hub.routing.models import Policy
from hub.threads.models import Thread

# How long a process may go on with what another one has changed.
REMEMBERED_S = 5.0


async def policies_of(deps: Deps, account: str) -> Mapping[str, Policy]:
    """All of the account's by id, as they were a few seconds ago at most: they are asked for at every message."""

    async def read() -> Mapping[str, Policy]:
        return {one.id: one for one in await repository.list_policies(deps.mongo, account)}

    return await deps.memory.recall(question_of(account), read, for_s=REMEMBERED_S)


async def is_on_anywhere(deps: Deps, account: str) -> bool:
    """Whether anything of the account is routed at all."""
    return any(policy.is_on for policy in (await policies_of(deps, account)).values())


async def policy_for(deps: Deps, account: str, team: str | None) -> Policy:
    """The team's own, or the account's."""
    known = await policies_of(deps, account)
    return known.get(team or "") or known.get(account) or Policy(id=account, account=account)


async def asked_team(deps: Deps, thread: Thread) -> str | None:
    """Whose members are asked: the thread's team, or the one of the line that the person wrote on last, or the one that
    the account has named for such threads. Of a team that is gone nobody could be asked: it is passed over."""
    if thread.team and await is_there(deps, thread.account, thread.team):
        return thread.team
    line = await find_any_line(deps, line_of(thread)) if line_of(thread) else None
    if line and line.account == thread.account and line.team and await is_there(deps, thread.account, line.team):
        return line.team
    usual = (await policy_for(deps, thread.account, None)).default_team
    return usual if usual and await is_there(deps, thread.account, usual) else None


async def is_there(deps: Deps, account: str, team: str) -> bool:
    """Whether there is such a team, or was some seconds ago."""

    async def read() -> bool:
        try:
            await get_team(deps, account, team)
        except NoSuchTeam:
            return False
        return True

    return await deps.memory.recall(f"routing team:{account}:{team}", read, for_s=REMEMBERED_S)


def line_of(thread: Thread) -> str:
    """Where the person wrote last."""
    return thread.heard.line if thread.heard else next(reversed(thread.lines), "")


def question_of(account: str) -> str:
    """What a process remembers them by."""
    return f"routing policies:{account}"
