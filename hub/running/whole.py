"""Everything on one machine: the embedded servers, the web process and a worker, started and stopped together."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Coroutine, Sequence
from contextlib import AsyncExitStack
from typing import Any

import msgspec

from hub.children import Child, ChildFailed, Command, Report
from hub.egress import Egress, EgressFailed
from hub.operations.models import Readiness, ReadyState
from hub.running.web import PortTaken, listen
from hub.settings import Settings, reached_at
from hub.store.embedded import open_servers
from hub.store.folder import FolderInUse, in_use_by, note_in

READY_POLL_S = 0.05
LONGER_S = 10
LEFT_WITHIN_S = 15


async def run(settings: Settings, report: Report) -> None:
    """Start all of it, say so in one line, and stop all of it when told."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stop_or_leave, told)
    # The address first: if it is taken, nothing else needs to be started to find out.
    with await listen_after(settings) as sock:
        async with AsyncExitStack() as stack:
            if await unless(told, start(stack, settings, sock, report)):
                report(f"Parley is ready at {settings.base_url}  (data in {settings.data.absolute()}, Ctrl-C stops it)")
                await told.wait()
            report("stopping…")
    report("stopped")


async def listen_after(settings: Settings) -> socket.socket:
    """Take the address; what a killed Parley has left behind holds it for some seconds more."""
    give_up_at = asyncio.get_running_loop().time() + LEFT_WITHIN_S
    while True:
        try:
            return listen(settings.host, settings.port)
        except PortTaken:
            earlier = note_in(settings.data)
            if earlier is None or earlier.web_url != settings.base_url:
                raise
            if earlier.is_alive:
                raise FolderInUse(in_use_by(settings.data.absolute(), earlier)) from None
            if asyncio.get_running_loop().time() > give_up_at:
                raise
        await asyncio.sleep(READY_POLL_S)


def stop_or_leave(told: asyncio.Event) -> None:
    """The first ^C stops in order; at the second one we leave, and our children notice."""
    if told.is_set():
        os._exit(130)
    told.set()


async def unless(told: asyncio.Event, doing: Coroutine[Any, Any, None]) -> bool:
    """Do it, unless we are told to stop before it is done."""
    done, waiting = asyncio.create_task(doing), asyncio.create_task(told.wait())
    await asyncio.wait({done, waiting}, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    if not done.done():
        done.cancel()
        await asyncio.gather(done, return_exceptions=True)
        return False
    await done
    return True


async def start(stack: AsyncExitStack, settings: Settings, sock: socket.socket, report: Report) -> None:
    """The servers, then the two processes beside each other."""
    if not settings.mongodb_url:
        report("starting the database…")
    await stack.enter_async_context(open_servers(settings, role="run", report=report))
    report("starting the hub…")
    descriptor = sock.fileno()
    web = our_child("web process", ("serve", "--fd", str(descriptor)), settings, report, pass_fds=(descriptor,))
    worker = our_child("worker", ("work",), settings, report)
    for child in (worker, web):
        stack.push_async_callback(child.stop)
        await child.start(settings.start_timeout_s)
    # What it listens at by now is an address, where the settings may have a name.
    await until_ready(settings, reached_at(sock.getsockname()[0]), (web, worker))


def our_child(
    name: str, argv: tuple[str, ...], settings: Settings, report: Report, pass_fds: tuple[int, ...] = ()
) -> Child:
    """One of our own processes."""
    command = Command(
        name=name,
        argv=(sys.executable, "-m", "hub", *argv),
        pass_fds=pass_fds,
        gets_settings=True,
        grace_s=settings.drain_s + settings.stop_timeout_s + 1,
    )
    return Child(command, is_ready=at_once, report=report)


async def at_once() -> bool:
    """Both start beside each other; `until_ready` waits for what they make together."""
    return True


async def until_ready(settings: Settings, host: str, children: Sequence[Child]) -> None:
    """Return when the hub says that all its parts are there. The children wait for the database, and say what is wrong
    with it, so we wait a little longer than they do."""
    said, allow = "", (host.strip("[]"),)
    try:
        async with asyncio.timeout(settings.start_timeout_s + LONGER_S), Egress.open(allow=allow) as egress:
            while not any(child.restarts for child in children):
                with contextlib.suppress(EgressFailed):
                    answer = await egress.request("GET", f"http://{host}:{settings.port}/ready", timeout_s=5)
                    found = msgspec.json.decode(answer.body, type=Readiness)
                    if found.state is ReadyState.READY:
                        return
                    said = "; ".join(f"{part.name}: {part.detail}" for part in found.parts)
                await asyncio.sleep(READY_POLL_S)
            raise ChildFailed("Parley does not start; the lines above say why.")
    except TimeoutError:
        raise ChildFailed(f"Parley was not ready after {settings.start_timeout_s:g} s. {said}".strip()) from None
