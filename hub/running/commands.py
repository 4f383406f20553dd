"""`python -m hub run | serve | work`"""

from hub.command import Argument, Command, Terminal, say


async def run_everything(terminal: Terminal) -> int:
    """Servers, web and worker."""
    from hub.running.whole import run

    await run(terminal.settings, say)
    return 0


async def serve_web(terminal: Terminal) -> int:
    """The web process alone."""
    from hub.running.web import inherited, listen, serve

    settings, descriptor = terminal.settings, terminal.args.fd
    with listen(settings.host, settings.port) if descriptor is None else inherited(descriptor) as sock:
        await serve(settings, sock, say)
    return 0


async def do_work(terminal: Terminal) -> int:
    """The worker process alone."""
    from hub.running.worker import work

    await work(terminal.settings, say)
    return 0


COMMANDS = (
    Command(path="run", help="everything on this machine: servers, web and worker", run=run_everything),
    Command(
        path="serve",
        help="the web process; run as many as needed",
        run=serve_web,
        arguments=[Argument(name="--fd", help="a listening socket to inherit", options={"type": int})],
    ),
    Command(path="work", help="the worker process; run as many as needed", run=do_work),
)
