"""What can go wrong with a thread."""

from hub.errors import Conflict, NotFound, Unavailable, Unprocessable


class NoSuchThread(NotFound):
    """There is no such thread, or not for whoever asks."""

    code = "no_such_thread"


class StaleEpoch(Conflict):
    """Somebody else speaks for the account by now."""

    code = "stale_epoch"


class ThreadBusy(Unavailable):
    """So many write to one thread at once that no place in its log was got."""

    code = "thread_busy"

    def __init__(self, message: str = "Too many are writing to this conversation at this moment.") -> None:
        super().__init__(message, retry_after_s=1)


class HeardMeanwhile(Conflict):
    """The person has written since this was decided."""

    code = "heard_meanwhile"


class OwnedByOther(Conflict):
    """Another member speaks for the account here."""

    code = "owned_by_other"


class ThreadMerged(Conflict):
    """The conversation goes on in another one."""

    code = "thread_merged"


class MergeUnfit(Conflict):
    """These two conversations cannot become one."""

    code = "merge_unfit"


class NotMerged(Conflict):
    """The two conversations are not one, so that there is nothing to undo."""

    code = "not_merged"


class TooManyTags(Unprocessable):
    """A conversation can have no more tags."""

    code = "too_many_tags"


class MemberUnsaid(Unprocessable):
    """A script has to say for which member it does this."""

    code = "member_unsaid"


class NoSuchMessage(NotFound):
    """There is no such message in this conversation, or it is none of ours."""

    code = "no_such_message"
