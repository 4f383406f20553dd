"""Runs one command and ends it when whoever holds the other end of stdin is gone, even by `kill -9`.

    python -I -S leash.py GRACE_S COMMAND…

Imports nothing but what an interpreter has at hand: it starts in milliseconds and stays as small as Python can be.
"""

import os
import select
import signal
import sys
import time

LOOK_AGAIN_S = 0.05


def main(grace_s: float, command: list[str]) -> int:
    """Hold the command until it ends or the leash is let go; give its exit code."""
    # What it writes, logs and databases among it, is for its own user.
    os.umask(0o077)
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    # A ^C in the terminal is for whoever started us: it stops its children in the right order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Held back until there is a child to pass it on to.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    child = os.posix_spawnp(
        command[0],
        command,
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)],
        setsigdef=[signal.SIGINT],
        setsigmask=[],
    )
    signal.signal(signal.SIGTERM, lambda *_: os.kill(child, signal.SIGTERM))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    return hold(child, woken, grace_s)


def hold(child: int, woken: int, grace_s: float) -> int:
    watched, deadline = [0, woken], None
    while True:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        ready, _, _ = select.select(
            watched, [], [], None if deadline is None else max(0.0, deadline - time.monotonic())
        )
        if woken in ready:
            os.read(woken, 512)
        elif 0 in ready and not os.read(0, 512):
            watched, deadline = [woken], time.monotonic() + grace_s
            os.kill(child, signal.SIGTERM)
        elif deadline is not None and not ready:
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    code = main(float(sys.argv[1]), sys.argv[2:])
    sys.exit(code if code >= 0 else 128 - code)
