"""What is examined: first what needs no server, then the servers, then what reaches us from outside."""

from collections.abc import AsyncIterator, Awaitable, Callable

from hub.command import Terminal
from hub.deps import Deps
from hub.doctor import machine, outside, servers
from hub.doctor.models import Finding, failed
from hub.errors import HubError

Check = Callable[[Deps], Awaitable[Finding]]

CHECKS: tuple[Check, ...] = (
    servers.database,
    servers.writes,
    servers.indexes,
    servers.master_key,
    servers.files,
    servers.redis,
    servers.clocks,
    servers.processes,
    servers.buried,
    outside.public_url,
    outside.operator_token,
    outside.mail,
)


async def examine(terminal: Terminal) -> AsyncIterator[Finding]:
    """Everything, in the order in which it should be mended."""
    yield machine.pages()
    if not terminal.settings.mongodb_url or not terminal.settings.redis_url:
        yield machine.data_folder(terminal.settings)
    try:
        async with terminal.open_deps() as deps:
            for check in CHECKS:
                yield await guarded(check, deps)
    except HubError as error:
        yield failed("start", error.message, "Mend this first; the rest can be examined then.")


async def guarded(check: Check, deps: Deps) -> Finding:
    """A check that cannot be made is a finding too."""
    try:
        return await check(deps)
    except HubError as error:
        return failed(check.__name__.replace("_", " "), error.message, "Mend this, then ask again.")
