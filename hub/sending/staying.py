"""What must still be as its author and the gate have seen it when something is said."""

from hub.sending.facts import is_automated
from hub.sending.models import Saying
from hub.threads.happenings import Owner, OwnerKind
from hub.threads.log import Check, under
from hub.threads.models import Author, AuthorKind, Thread


class Answered(Exception):
    """They have written before it was to be said."""


class Moved(Exception):
    """Something was said meanwhile that the gate has to know."""


def check_unanswered(thread: Thread, saying: Saying) -> None:
    """Raise Answered for what was to be said only if they do not write."""
    after = saying.unless_heard_after
    if after is not None and thread.heard and thread.heard.seq > after:
        raise Answered


def takes_over(saying: Saying, author: Author) -> bool:
    """Whether answering means to speak from here on. What was written yesterday takes nothing from anybody today, and
    an emoji is no answer."""
    is_answer = not saying.is_note and saying.reaction is None
    return author.kind is AuthorKind.MEMBER and not saying.is_scheduled and is_answer


def unmoved(seen: Thread, author: Author, saying: Saying, epoch: int | None, only_if: Check) -> Check:
    """At its place in the log everything still is as the gate has seen it: whom it goes to, what they have said last,
    how much was sent them without an answer. Otherwise the gate is asked again."""
    mine = Owner(OwnerKind.MEMBER, author.id)

    def check(now: Thread) -> None:
        if epoch is not None:
            under(epoch)(now)
        only_if(now)
        if now.merged_into or (takes_over(saying, author) and now.owner != mine):
            raise Moved
        is_counted = is_automated(author, is_scheduled=saying.is_scheduled)
        if (now.person, now.heard) != (seen.person, seen.heard) or (
            is_counted and now.answered_seq != seen.answered_seq
        ):
            raise Moved

    return check
