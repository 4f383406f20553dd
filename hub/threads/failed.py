"""Which messages of a thread somebody has to look after."""

from collections.abc import Iterable

from msgspec.structs import replace

from hub.threads.models import Thread

# One thread remembers the latest.
MOST = 50


def with_failed(thread: Thread, ids: Iterable[str]) -> Thread:
    """The thread, where it is these and no others."""
    failed = sorted(ids)[-MOST:]
    return replace(thread, failed=failed, has_failed=bool(failed))
