"""Whether there is still something to know: what was read, or was settled by somebody else, is over wherever it is
looked at. So nobody is told of it, whatever a crash has left standing as unread."""

from hub.notices.models import Notice, NoticeKind
from hub.notices.whom import hearers_of, is_taken
from hub.threads.happenings import NOBODY, Owner, OwnerKind
from hub.threads.models import Thread, ThreadStatus


def is_over(notice: Notice, thread: Thread) -> bool:
    """Whether the member has nothing more to learn from it."""
    if notice.read_at is not None:
        return True
    if notice.kind is NoticeKind.FAILED:
        # The message stands where its author has read long ago: only whoever looks after it settles this.
        return not thread.has_failed
    return thread.read_by(notice.member) >= notice.seq or is_settled(notice, thread)


def is_settled(notice: Notice, thread: Thread) -> bool:
    """Whether it is somebody else's affair by now, or nobody's."""
    match notice.kind:
        case NoticeKind.WAITING | NoticeKind.HANDED_BACK:
            return is_taken(thread)
        case NoticeKind.OFFERED:
            return thread.offered_to != notice.member
        case NoticeKind.ASSIGNED:
            return thread.owner != Owner(OwnerKind.MEMBER, notice.member)
        case NoticeKind.CLOCK:
            return thread.status is ThreadStatus.CLOSED or has_somebody_else(thread, notice.member)
        case NoticeKind.MESSAGE:
            return thread.merged_into is not None or notice.member not in hearers_of(thread)
        case _:
            return False


def has_somebody_else(thread: Thread, member: str) -> bool:
    """Whether another speaks for the account there."""
    return thread.owner not in (NOBODY, Owner(OwnerKind.MEMBER, member))
