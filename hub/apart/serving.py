"""The side of the process itself. It has little to load, since somebody waits for it."""

import ctypes
import resource
import sys
from collections.abc import Callable

CPU_S, MEMORY_BYTES = 5, 1024 * 1024 * 1024
# prctl(2)
NO_NEW_PRIVILEGES = 38


def serve(work: Callable[[bytes], bytes], *, cpu_s: int = CPU_S) -> None:
    """Read all that it gets, and say what `work` makes of it, within these limits. It writes no file, and starts
    nothing that may do more than it may itself."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    sys.stdout.buffer.write(work(sys.stdin.buffer.read()))
