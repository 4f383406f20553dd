"""What members are told outside of Parley. Letters and texts lie about in mailboxes and at providers, where no account
can erase them: they say who and how much, never what was written. A push is encrypted up to the browser, and may
quote."""

from collections.abc import Mapping, Sequence

from hub.deps import Deps
from hub.mail.layout import Link, lay_out
from hub.mail.letters import shown as plain
from hub.mail.models import Letter
from hub.notices.models import NoticeKind
from hub.notices.sights import Sight

SOMEBODY = "Somebody"
# One, and several.
WORDS: Mapping[NoticeKind, tuple[str, str]] = {
    NoticeKind.ASSIGNED: ("is yours now", "is yours now"),
    NoticeKind.OFFERED: ("is offered to you", "is offered to you"),
    NoticeKind.MENTIONED: ("you were mentioned", "you were mentioned {n} times"),
    NoticeKind.MESSAGE: ("1 new message", "{n} new messages"),
    NoticeKind.WAITING: ("waits for somebody", "waits for somebody, and so do others"),
    NoticeKind.CLOCK: ("a promised time is over, or soon will be", "promised times are over, or soon will be"),
    NoticeKind.FAILED: ("a message of yours did not get there", "{n} messages of yours did not get there"),
    NoticeKind.HANDED_BACK: ("was handed back", "was handed back"),
    NoticeKind.SURVEY: ("was not satisfied", "was not satisfied"),
}
QUOTED = frozenset({NoticeKind.MENTIONED, NoticeKind.MESSAGE, NoticeKind.WAITING})
# A letter has room for more than a text.
MOST_IN_LETTER, MOST_IN_TEXT = 50, 3


def words_of(kind: NoticeKind, n: int) -> str:
    """What has happened, so often."""
    one, several = WORDS[kind]
    return one if n == 1 else several.format(n=n)


def said_of(sight: Sight) -> str:
    """What there is to know of one notice."""
    return words_of(sight.notice.kind, sight.notice.count)


def url_of(deps: Deps, thread: str = "") -> str:
    """Where it is to be seen."""
    return f"{deps.settings.base_url}/inbox/{thread}".rstrip("/")


def how_many(n: int) -> str:
    """Of conversations."""
    return "1 conversation has news for you" if n == 1 else f"{n} conversations have news for you"


def lines_of(sights: Sequence[Sight], names: Mapping[str, str]) -> Mapping[str, str]:
    """One line for each conversation."""
    said: dict[str, list[str]] = {}
    called = {sight.thread.id: plain(names.get(sight.thread.person, "")) or SOMEBODY for sight in sights}
    for sight in sights:
        said.setdefault(sight.thread.id, []).append(said_of(sight))
    return {thread: f"{called[thread]}: {', '.join(parts)}" for thread, parts in said.items()}


def letter(deps: Deps, sights: Sequence[Sight], names: Mapping[str, str]) -> Letter:
    """One letter about all of it."""
    lines = lines_of(sights, names)
    rows = [Link(line, url_of(deps, thread)) for thread, line in lines.items()][:MOST_IN_LETTER]
    return lay_out(
        how_many(len(lines)),
        "This has happened while you were away.",
        rows=rows,
        link=Link("Open the inbox", url_of(deps)),
        after="What was written stands in Parley only. How and when you are told is set there, for each of you alone.",
    )


def text(deps: Deps, sights: Sequence[Sight], names: Mapping[str, str]) -> str:
    """The same, as short as texts are."""
    lines = [*lines_of(sights, names).values()]
    more = [f"And {len(lines) - MOST_IN_TEXT} more."] if len(lines) > MOST_IN_TEXT else []
    return "\n".join([f"Parley: {how_many(len(lines))}.", *lines[:MOST_IN_TEXT], *more, url_of(deps)])


def code_text(code: str) -> str:
    """What proves a number."""
    return f"Your code for Parley is {code}. It is good for ten minutes."
