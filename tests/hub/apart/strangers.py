"""What strangers make of a program that is run apart, once they have got the better of it.

python -m tests.hub.apart.strangers WHAT
"""

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import gettempdir

from hub.apart.serving import serve

LEFT_BEHIND = Path(gettempdir()) / "left-behind-by-a-stranger"


def say_all(given: bytes) -> bytes:
    """They never stop."""
    while True:
        sys.stdout.buffer.write(b"a" * 1_000_000)


def leave(given: bytes) -> bytes:
    """They leave something behind on the disk."""
    LEFT_BEHIND.write_bytes(b"a")
    return b"left"


def be_slow(given: bytes) -> bytes:
    """They take their time."""
    time.sleep(0.2)
    return given


WHATS: Mapping[str, Callable[[bytes], bytes]] = {"say all": say_all, "leave": leave, "be slow": be_slow}

if __name__ == "__main__":
    serve(WHATS[sys.argv[1]])
