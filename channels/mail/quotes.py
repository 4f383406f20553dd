"""What somebody has written in a mail themselves: without what their program quotes below, and without a signature.

It goes by lines, and looks at a few of them at a time. Whoever answers between the lines of ours keeps the lines that
they answer; whoever forwards a mail has written all of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from channels.mail.openers import (
    ADDED,
    BEGIN_FORWARDED,
    DASHED,
    DATED,
    FORWARD,
    FORWARDED,
    MARKED,
    OPENERS,
    ORIGINAL,
    OTHERS,
    SENDER,
    WROTE,
)

# Programs break "On Monday, Asha wrote:" into as many lines.
INTRO_LINES, LONGEST_INTRO = 3, 400
HEADER_LINES, LEAST_HEADERS = 6, 2
# Longer questions than these are not left above an answer.
MOST_BETWEEN = 12
# A line further away than this from the end was not added by a telephone.
LAST_LINES = 4
# What stands under the mark of a signature, and is no letter of its own.
LONGEST_SIGNATURE = 15
# Of these a line is made that only divides.
RULES = "_-\u2013\u2014 \t\xa0"
COLONS = (":", "\uff1a")


@dataclass
class Run:
    """Lines that belong together: written, or quoted."""

    is_quoted: bool
    lines: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there."""
        return not any(self.lines)


def is_forward(subject: str) -> bool:
    """Whether a mail of this subject hands on another."""
    return FORWARD.match(subject) is not None


def own_words(text: str, *, is_forward: bool = False) -> tuple[str, bool]:
    """What they have written themselves, and whether anything was left out. What is nothing but a quotation is all that
    they say."""
    lines = [line.rstrip() for line in text.strip("\n").split("\n")]
    place, is_kept = end_of_own(lines, is_forward=is_forward)
    own = trimmed(spoken(runs_of(lines[:place])))
    if is_kept:
        own = trimmed([*own, "", *lines[place:]])
    if not own:
        own = trimmed(lines)
    return "\n".join(own), len(list(filter(None, own))) < len(list(filter(None, lines)))


def end_of_own(lines: Sequence[str], *, is_forward: bool) -> tuple[int, bool]:
    """Where what is not marked line by line begins, and whether it is a mail that they hand on."""
    for place, line in enumerate(lines):
        if line.startswith(">"):
            continue
        if BEGIN_FORWARDED.fullmatch(line) or is_divider(line, FORWARDED):
            return place, True
        if is_divider(line, ORIGINAL) or has_headers(lines, place):
            return place, is_forward
        if (first := unmarked_intro(lines, place)) is not None:
            return first, False
    return len(lines), False


def is_divider(line: str, words: re.Pattern[str]) -> bool:
    """Whether it says between dashes that another mail follows."""
    found = DASHED.fullmatch(line.strip()) if len(line) <= LONGEST_INTRO else None
    return found is not None and words.search(found[1]) is not None


def has_headers(lines: Sequence[str], place: int) -> bool:
    """Whether the headers of another mail begin here: whoever asks for a journey from here to there gives no time of
    day, and no address."""
    if label_of(lines[place]) not in SENDER:
        return False
    block = lines[place : place + 1 + HEADER_LINES]
    labels = {label for line in block[1:] if (label := label_of(line)) in OTHERS}
    return len(labels) >= LEAST_HEADERS and any(MARKED.search(line[:LONGEST_INTRO]) for line in block)


def label_of(line: str) -> str:
    """The name of a header, as it is written for people."""
    head = line[:40].replace("\uff1a", ":")
    return head.partition(":")[0].strip(" *\t|").replace(" ", "").lower() if ":" in head else ""


def unmarked_intro(lines: Sequence[str], place: int) -> int | None:
    """Where "On Monday, Asha wrote:" begins that ends here, if what follows is not marked as quoted."""
    if not is_intro_end(lines[place]) or is_followed_by_quote(lines, place):
        return None
    for first in firsts(lines, place):
        said = " ".join(lines[first : place + 1]).strip()
        if OPENERS.match(said) and WROTE.search(said) and MARKED.search(said):
            return first
    return None


def is_intro_end(line: str) -> bool:
    """Whether a quotation may follow upon it."""
    return line.endswith(COLONS) and len(line) <= LONGEST_INTRO


def is_followed_by_quote(lines: Sequence[str], place: int) -> bool:
    """Whether a quoted line comes next, or after an empty one."""
    following = next(filter(None, lines[place + 1 : place + 3]), "")
    return following.startswith(">")


def firsts(lines: Sequence[str], place: int) -> Iterator[int]:
    """Where an introduction that ends here may have begun: the nearest first."""
    for first in range(place, max(-1, place - INTRO_LINES), -1):
        if not lines[first] or lines[first].startswith(">"):
            return
        yield first


def runs_of(lines: Sequence[str]) -> list[Run]:
    """What is written and what is quoted, in turn. An empty line between quoted ones is quoted."""
    runs: list[Run] = []
    for is_quoted, group in groupby(lines, lambda line: line.startswith(">")):
        run = Run(is_quoted, list(group))
        if len(runs) > 1 and is_quoted and runs[-1].is_empty:
            runs.pop()
            runs[-1].lines += ["", *run.lines]
        else:
            runs.append(run)
    return runs


def spoken(runs: Sequence[Run]) -> list[str]:
    """What is written, without introductions and signatures; and of what is quoted the lines that are answered."""
    for run, following in pairwise(runs):
        if following.is_quoted:
            run.lines = without_intro(run.lines)
    for run in runs:
        if not run.is_quoted:
            run.lines = without_signature(run.lines)
    written = [place for place, run in enumerate(runs) if not run.is_quoted and not run.is_empty]
    if not written:
        return []
    said = [run for run in runs[written[0] : written[-1] + 1] if not run.is_quoted or len(run.lines) <= MOST_BETWEEN]
    return [line for run in said for line in run.lines]


def without_intro(lines: list[str]) -> list[str]:
    """Without the line, or the lines, that lead to the quotation."""
    end = len(trimmed_end(lines))
    if not end or not is_intro_end(lines[end - 1]):
        return lines
    candidates = list(firsts(lines, end - 1))
    said = {first: " ".join(lines[first:end]).strip() for first in candidates}
    opened = (first for first in candidates if OPENERS.match(said[first]) and is_told(said[first]))
    plain = (first for first in candidates if is_told(said[first]))
    first = next(opened, next(plain, None))
    return lines if first is None else lines[:first]


def is_told(said: str) -> bool:
    """Whether it says who has written, or when."""
    return WROTE.search(said) is not None or DATED.search(said) is not None


def without_signature(lines: list[str]) -> list[str]:
    """Without what stands under the mark of a signature, and what a telephone adds."""
    marks = [place for place, line in enumerate(lines) if line in ("--", "\u2014")]
    if marks and len(lines) - marks[-1] <= LONGEST_SIGNATURE:
        lines = lines[: marks[-1]]
    lines = trimmed_end(lines)
    for place in range(max(0, len(lines) - LAST_LINES), len(lines)):
        if len(lines[place]) <= LONGEST_INTRO and ADDED.fullmatch(lines[place]):
            return trimmed_end([*lines[:place], *lines[place + 1 :]])
    return lines


def trimmed_end(lines: list[str]) -> list[str]:
    """Without empty lines and rules at the end."""
    end = len(lines)
    while end and not lines[end - 1].strip(RULES):
        end -= 1
    return lines[:end]


def trimmed(lines: Sequence[str]) -> list[str]:
    """Without empty lines around it, and with one at most between two."""
    said: list[str] = []
    for line in trimmed_end(list(lines)):
        if line or (said and said[-1]):
            said.append(line)
    return said
