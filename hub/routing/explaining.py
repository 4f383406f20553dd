"""Why a thread went where it went, and where it would go now: a member's "why me?"."""

from hub.access import Caller, Permission
from hub.accounts.standing import whose
from hub.deps import Deps
from hub.routing import repository
from hub.routing.choosing import judge
from hub.routing.needing import LOOKED_BACK, need_of
from hub.routing.policies import asked_team, policy_for
from hub.routing.roster import look_at_all
from hub.routing.shapes import CandidateShown, ExplanationShown
from hub.threads.access import access_thread
from hub.threads.models import Thread


async def explain(deps: Deps, caller: Caller, id: str) -> ExplanationShown:
    """Everybody who is asked for such threads and whom the caller may see, with why the thread would, or would not, go
    there at this moment."""
    thread = await access_thread(deps, caller, id, Permission.THREADS_VIEW)
    team = await asked_team(deps, thread)
    policy = await policy_for(deps, thread.account, team)
    wait = await repository.find_wait(deps.mongo, thread.account, thread.id)
    seen = await look_at_all(deps, thread.account, team, wait=wait)
    need = await need_of(deps, thread, policy, seen)
    verdicts = judge([one.candidate for one in seen], need).verdicts
    visible = await members_seen_by(deps, caller)
    return ExplanationShown(
        thread_id=thread.id,
        is_on=policy.is_on,
        mode=policy.mode,
        team_id=team,
        language=need.language or None,
        skills=sorted(need.skills),
        last_rep_id=need.last_rep or None,
        waits_since=wait.since if wait else None,
        offered_to=thread.offered_to,
        offered_until=wait.until if wait else None,
        because=await reason_of(deps, thread),
        candidates=[
            CandidateShown(
                member_id=verdict.candidate.member,
                is_fit=verdict.is_fit,
                why=verdict.why,
                load=verdict.candidate.load,
                capacity=verdict.candidate.capacity,
            )
            for verdict in verdicts
            if visible is None or verdict.candidate.member in visible
        ],
    )


async def members_seen_by(deps: Deps, caller: Caller) -> frozenset[str] | None:
    """Whose load and whereabouts the caller may know; None is everybody's. One's own in any case."""
    if not caller.may(Permission.MEMBERS_VIEW):
        return frozenset({caller.id})
    return await whose(deps, caller, Permission.MEMBERS_VIEW)


async def reason_of(deps: Deps, thread: Thread) -> str | None:
    """What routing has last said of it."""
    past = await repository.list_past(deps.mongo, thread.account, thread.id, before=thread.seq + 1, limit=LOOKED_BACK)
    return next((because for entry in past if (because := (entry.get("event") or {}).get("because"))), None)
