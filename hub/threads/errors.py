"""What can go wrong with a thread."""

from hub.errors import Conflict, NotFound, Unavailable


class NoSuchThread(NotFound):
    """There is no such thread, or not for whoever asks."""

    code = "no_such_thread"


class StaleEpoch(Conflict):
    """Somebody else speaks for the account by now."""

    code = "stale_epoch"


class ThreadBusy(Unavailable):
    """So many write to one thread at once that no place in its log was got."""

    code = "thread_busy"
