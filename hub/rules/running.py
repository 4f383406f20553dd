"""Running the rules of an account when something new stands in a log."""

from contextlib import suppress

from hub.deps import Deps
from hub.errors import HubError, Unavailable
from hub.rules import repository, stopping
from hub.rules.case import Case
from hub.rules.deciding import decide
from hub.rules.deeds import name_of
from hub.rules.doing import Doing, do
from hub.rules.keeping import rules_of
from hub.rules.loops import author_of, depth_of, has_room, hour_of, id_of
from hub.rules.models import Opened, Run, run_id
from hub.rules.refusing import Refusal, refusal_of
from hub.rules.whens import whens_of
from hub.store.mongo import Duplicate
from hub.threads.events import RuleRan
from hub.threads.happening import drafted
from hub.threads.log import append, catch_up
from hub.threads.models import Entry, Thread

# What stands in the log in the place of a refusal when nothing was even tried.
CHAIN, TOO_MANY = "chain_too_long", "too_many_actions"


async def run_rules(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: all rules that wait for this, in their order. Nothing is asked where no rule does."""
    whens = whens_of(entry)
    if not whens or thread.merged_into:
        return
    rules = [rule for rule in await rules_of(deps, thread.account) if rule.is_on and rule.when in whens]
    if rules:
        await run_all(deps, entry, rules)


async def run_all(deps: Deps, entry: Entry, rules: list[Opened]) -> None:
    """One after the other; what was decided before, by a process that may have died over it, is not decided anew."""
    case = Case(deps, await catch_up(deps, entry.account, entry.thread), entry)
    begun = {run.rule: run for run in await repository.list_runs(deps.mongo, entry.account, entry.id)}
    for rule in rules:
        run = begun.get(rule.id) or await begin(case, rule)
        if run is None:
            continue
        if run.done_at is None:
            case.go_on(await perform(case, rule, run))
        if rule.stop_here:
            return


async def begin(case: Case, rule: Opened) -> Run | None:
    """The decision to act, which stands before anything is done; None when the rule does not act."""
    decision = await decide(case, rule)
    if decision.because == "chain_too_long":
        await tell_stopped(case, rule, CHAIN, case.entry.id)
    if not decision.is_yes:
        return None
    deps, entry, now = case.deps, case.entry, case.deps.clock.now()
    if not await has_room(deps, entry, len(rule.body.then)):
        await tell_stopped(case, rule, TOO_MANY, f"{entry.thread}.{hour_of(now)}")
        return None
    run = Run(
        id=run_id(rule.id, entry.id),
        account=entry.account,
        rule=rule.id,
        thread=entry.thread,
        entry=entry.id,
        depth=depth_of(entry) + 1,
        deeds=len(rule.body.then),
        at=now,
    )
    # Another process may be at it: the ids of all deeds are the same, so that each is done once.
    with suppress(Duplicate):
        await repository.add_run(deps.mongo, run)
    return run


async def perform(case: Case, rule: Opened, run: Run) -> Thread:
    """All deeds; one that fails is noted, and the others go on. Then the log says what was done."""
    deps, thread = case.deps, case.thread
    did: list[str] = []
    refused: list[Refusal] = []
    for n, deed in enumerate(rule.body.then):
        doing = Doing(deps, thread, author_of(rule.id), id_of(run.depth, rule.id, run.entry, str(n)))
        try:
            thread = await do(doing, deed)
            did.append(name_of(deed))
        except Unavailable:
            # What is away comes back: then the reaction is repeated, and goes on here.
            raise
        except HubError as error:
            refused.append(refusal_of(deed, error))
    event = RuleRan(rule=rule.id, did=tuple(did), refused=tuple(one.words for one in refused))
    thread = await tell(deps, thread, rule, event, id_of(run.depth, rule.id, run.entry, "ran"))
    if await repository.finish_run(deps.mongo, run, deps.clock.now()):
        await stopping.count(deps, rule, next((one.words for one in refused if one.is_fault), ""))
    return thread


async def tell(deps: Deps, thread: Thread, rule: Opened, event: RuleRan, id: str) -> Thread:
    """Let it stand in the log, once."""
    thread, _ = await append(deps, thread, drafted(id, author_of(rule.id), event))
    return thread


async def tell_stopped(case: Case, rule: Opened, why: str, once: str) -> None:
    """The rule would have acted, and was kept from it so that it comes to an end."""
    id = id_of(0, rule.id, once, why)
    case.go_on(await tell(case.deps, case.thread, rule, RuleRan(rule=rule.id, did=(), refused=(why,)), id))
