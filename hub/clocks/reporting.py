"""How long people waited, and how they found it: counted from what was measured once, as far as the caller may see."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import TypeVar

from hub.access import Caller, Permission
from hub.accounts.standing import get_member
from hub.accounts.teams import get_team
from hub.clocks import repository
from hub.clocks.advancing import MILLISECOND
from hub.clocks.models import Measure, Spent, Survey, What
from hub.clocks.shapes import AnswersReport, Figures, MemberFigures, MemberScores, ReportQuery, SurveyReport
from hub.clocks.showing import seconds, spent_shown
from hub.deps import Deps
from hub.errors import Invalid
from hub.threads.access import reach_of

USUAL, LONGEST = timedelta(days=30), timedelta(days=400)
# So much is counted in one report.
MOST = 10_000
SCORES = range(1, 6)

Told = TypeVar("Told", Measure, Survey)


async def report_answers(deps: Deps, caller: Caller, query: ReportQuery) -> AnswersReport:
    """How long people waited for answers and for the end."""
    since, until = period(query, deps.clock.now())
    reach = await reach_of(deps, caller, Permission.ANALYTICS_VIEW)
    where = await named(deps, caller.account, query)
    found = await repository.list_measures(deps.mongo, caller.account, since, until, reach, limit=MOST + 1, **where)
    measures = found[:MOST]
    return AnswersReport(
        since=since,
        until=until,
        is_complete=len(found) <= MOST,
        first_answer=figures(measures, "first_answer"),
        first_human_answer=figures(measures, "first_human_answer"),
        next_answer=figures(measures, "next_answer"),
        resolution=figures(measures, "resolution"),
        shares=spent_shown(total(one.spent for one in measures if one.spent)),
        members=[member_figures(member, own) for member, own in by_member(measures)],
    )


async def report_surveys(deps: Deps, caller: Caller, query: ReportQuery) -> SurveyReport:
    """How people found it."""
    since, until = period(query, deps.clock.now())
    reach = await reach_of(deps, caller, Permission.ANALYTICS_VIEW)
    where = await named(deps, caller.account, query)
    found = await repository.list_surveys(deps.mongo, caller.account, since, until, reach, limit=MOST + 1, **where)
    surveys = found[:MOST]
    scores = scores_of(surveys)
    return SurveyReport(
        since=since,
        until=until,
        is_complete=len(found) <= MOST,
        asked=len(surveys),
        answered=len(scores),
        average=average(scores),
        counts=[scores.count(score) for score in SCORES],
        members=[member_scores(member, own) for member, own in by_member(surveys)],
    )


def period(query: ReportQuery, now: datetime) -> tuple[datetime, datetime]:
    """From when until when."""
    try:
        # What happens at this very moment has happened.
        until = (query.to or now + MILLISECOND).astimezone(UTC)
        since = (query.from_ or until - USUAL).astimezone(UTC)
    except OverflowError:
        raise Invalid("This time is beyond what can be asked for.", field="to") from None
    if not timedelta() < until - since <= LONGEST:
        raise Invalid(f"A report is about a time that ends after it begins, {LONGEST.days} days at most.", field="from")
    return since, until


async def named(deps: Deps, account: str, query: ReportQuery) -> dict[str, str]:
    """The team and the member who are asked for, where there are such."""
    where = {}
    if query.team_id:
        where["team"] = (await get_team(deps, account, query.team_id)).id
    if query.member_id:
        where["member"] = (await get_member(deps, account, query.member_id)).id
    return where


def by_member(found: Iterable[Told]) -> list[tuple[str, list[Told]]]:
    """All who did something of it, and what: parted in one go, however many they are."""
    own = defaultdict[str, list[Told]](list)
    for one in found:
        if one.member:
            own[one.member].append(one)
    return sorted(own.items(), key=itemgetter(0))


def member_figures(member: str, own: Sequence[Measure]) -> MemberFigures:
    """One's own."""
    return MemberFigures(
        member_id=member,
        first_answers=figures(own, "first_answer"),
        next_answers=figures(own, "next_answer"),
        resolutions=figures(own, "resolution"),
    )


def figures(measures: Iterable[Measure], what: What) -> Figures:
    """Of one clock."""
    found = [one for one in measures if one.what == what]
    took = sorted(one.took_ms for one in found)
    return Figures(
        count=len(found),
        p50_s=percentile(took, 0.5),
        p90_s=percentile(took, 0.9),
        late=sum(one.is_late for one in found),
    )


def percentile(took: Sequence[int], part: float) -> float | None:
    """The time within which so many were done, as one of them really took it."""
    return seconds(took[math.ceil(part * len(took)) - 1]) if took else None


def total(spent: Iterable[Spent]) -> Spent:
    """All of them together."""
    rounds = list(spent)
    return Spent(**{name: sum(getattr(one, name) for one in rounds) for name in Spent.__struct_fields__})


def scores_of(surveys: Iterable[Survey]) -> list[int]:
    """What was answered."""
    return [one.score for one in surveys if one.score is not None]


def average(scores: Sequence[int]) -> float | None:
    """Of all who answered."""
    return round(sum(scores) / len(scores), 3) if scores else None


def member_scores(member: str, own: Sequence[Survey]) -> MemberScores:
    """Of those whose conversation this one has closed."""
    scores = scores_of(own)
    return MemberScores(member_id=member, asked=len(own), answered=len(scores), average=average(scores))
