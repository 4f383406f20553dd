"""The side of the process itself. It has little to load, since somebody waits for it."""

import resource
import sys
from collections.abc import Callable

CPU_S, MEMORY_BYTES = 5, 1024 * 1024 * 1024


def serve(work: Callable[[bytes], bytes], *, cpu_s: int = CPU_S) -> None:
    """Read all that it gets, and say what `work` makes of it, within these limits."""
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    sys.stdout.buffer.write(work(sys.stdin.buffer.read()))
