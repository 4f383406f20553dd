"""Who gets a thread, of those who could. Pure: the same people and the same need always make the same choice. Every
judgement says why, in words that docs/api.md explains."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hub.routing.models import Way, Wish

# Before whom nobody was ever given anything.
NEVER = datetime.min.replace(tzinfo=UTC)
SPREADING = frozenset(Way) - {Way.LAST_REP}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A member who may reply, as things are at this moment."""

    member: str
    capacity: int
    load: int
    languages: Sequence[str] = ()
    skills: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    is_away: bool = False
    is_there: bool = True
    has_passed: bool = False
    last_given_at: datetime | None = None
    freed_at: datetime | None = None

    def speaks(self, language: str) -> bool:
        """Whatever the country: who speaks `es-MX` speaks `es`."""
        return language in {primary(one) for one in self.languages}


@dataclass(frozen=True, kw_only=True)
class Need:
    """What the thread asks for, and by which ways somebody is chosen."""

    ways: Sequence[Way]
    language: str = ""
    language_wish: Wish = Wish.PREFERRED
    skills: frozenset[str] = frozenset()
    skills_wish: Wish = Wish.PREFERRED
    line: str = ""
    last_rep: str = ""


@dataclass(frozen=True)
class Verdict:
    """Whether a member can have the thread now, and why. The first one who can, gets it."""

    candidate: Candidate
    is_fit: bool
    why: str


@dataclass(frozen=True)
class Ranking:
    """Everybody who was looked at, whoever gets it first."""

    verdicts: Sequence[Verdict] = field(default_factory=list)

    @property
    def fit(self) -> Sequence[Candidate]:
        """Whoever can have it, in the order in which they would get it."""
        return [verdict.candidate for verdict in self.verdicts if verdict.is_fit]

    @property
    def is_nobody_free(self) -> bool:
        """Whether there is nobody for any thread of the same people."""
        return all(busy(verdict.candidate) for verdict in self.verdicts)


def primary(language: str) -> str:
    """The language, without the country."""
    return language.replace("_", "-").partition("-")[0].lower()


def judge(candidates: Sequence[Candidate], need: Need) -> Ranking:
    """Everybody, in the order in which they would get it."""
    against = {one.member: obstacle(one, need) for one in candidates}
    able = [one for one in candidates if not against[one.member]]
    ranked = in_order(able, need)
    fit = [Verdict(one, True, because(one, need) if n == 0 else "somebody else comes first") for n, one in ranked]
    chosen = {one.member for _, one in ranked}
    others = [Verdict(one, False, why_not_first(one, need)) for one in able if one.member not in chosen]
    unfit = [Verdict(one, False, why) for one in candidates if (why := against[one.member])]
    return Ranking([*fit, *others, *unfit])


def busy(candidate: Candidate) -> str:
    """Why the member can have nothing at all now."""
    if candidate.is_away:
        return "away"
    if not candidate.is_there:
        return "outside working hours"
    if candidate.load >= candidate.capacity:
        return f"full: {candidate.load} of {candidate.capacity}"
    return ""


def obstacle(candidate: Candidate, need: Need) -> str:
    """Why the member cannot have this one."""
    if why := busy(candidate):
        return why
    if candidate.has_passed:
        return "had it, or passed on it"
    if candidate.lines and need.line not in candidate.lines:
        return "not on this line"
    if need.language and need.language_wish is Wish.REQUIRED and not candidate.speaks(need.language):
        return f"does not speak {need.language}"
    missing = need.skills - candidate.skills
    if missing and need.skills_wish is Wish.REQUIRED:
        return f"does not know {', '.join(sorted(missing))}"
    return ""


def in_order(able: Sequence[Candidate], need: Need) -> list[tuple[int, Candidate]]:
    """Those who are chosen from, with their places. Whoever knows the person comes before whoever speaks the
    language."""
    known = [one for one in able if Way.LAST_REP in need.ways and one.member == need.last_rep]
    way = spreading(need)
    others = sorted(preferred(able, need), key=ORDERS[way]) if way else []
    return list(enumerate([*known, *(one for one in others if one not in known)]))


def preferred(able: Sequence[Candidate], need: Need) -> Sequence[Candidate]:
    """Those who speak the language, where somebody does; of them those who know the most of what it is about."""
    if need.language and need.language_wish is Wish.PREFERRED:
        able = [one for one in able if one.speaks(need.language)] or able
    if need.skills and need.skills_wish is Wish.PREFERRED and able:
        most = max(len(one.skills & need.skills) for one in able)
        able = [one for one in able if len(one.skills & need.skills) == most]
    return able


def why_not_first(candidate: Candidate, need: Need) -> str:
    """Why one who could have it is not even chosen from."""
    if not spreading(need):
        return "not the last rep"
    if need.language and need.language_wish is Wish.PREFERRED and not candidate.speaks(need.language):
        return f"somebody who speaks {need.language} is there"
    return f"somebody who knows more of {', '.join(sorted(need.skills))} is there"


def spreading(need: Need) -> Way | None:
    """The way by which one of several is chosen."""
    return next((way for way in need.ways if way in SPREADING), None)


def because(candidate: Candidate, need: Need) -> str:
    """Why this one gets it."""
    is_known = Way.LAST_REP in need.ways and candidate.member == need.last_rep
    words = {
        Way.ROUND_ROBIN: "round robin: longest without",
        Way.LEAST_LOADED: f"least loaded: {candidate.load} of {candidate.capacity}",
        Way.LONGEST_WAITING: "longest waiting",
    }
    way = spreading(need)
    reasons = ["last rep" if is_known or way is None else words[way]]
    if need.language and need.language_wish is not Wish.IGNORED and candidate.speaks(need.language):
        reasons.append(f"speaks {need.language}")
    if need.skills_wish is not Wish.IGNORED and (known := need.skills & candidate.skills):
        reasons.append(f"knows {', '.join(sorted(known))}")
    return "; ".join(reasons)


def by_turn(candidate: Candidate) -> tuple[datetime, str]:
    """Who was given something last comes last."""
    return candidate.last_given_at or NEVER, candidate.member


def by_load(candidate: Candidate) -> tuple[float, datetime, str]:
    """Who has the largest part of their places left; of equals whose turn it is."""
    return candidate.load / candidate.capacity, *by_turn(candidate)


def by_rest(candidate: Candidate) -> tuple[datetime, datetime, str]:
    """Who has had nothing new for the longest time, counting from when something of theirs ended too."""
    return max(candidate.last_given_at or NEVER, candidate.freed_at or NEVER), *by_turn(candidate)


ORDERS: Mapping[Way, Callable[[Candidate], Any]] = {
    Way.ROUND_ROBIN: by_turn,
    Way.LEAST_LOADED: by_load,
    Way.LONGEST_WAITING: by_rest,
}
