"""Running the rules of an account when something new stands in a log."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from hub.deps import Deps
from hub.errors import HubError, Unavailable
from hub.rules import repository, stopping
from hub.rules.case import Case
from hub.rules.deciding import decide
from hub.rules.deeds import name_of
from hub.rules.keeping import rules_of
from hub.rules.loops import author_of, depth_of, has_room, hour_of, id_of
from hub.rules.models import ALL, Opened, Run, run_id
from hub.rules.performing import Performance
from hub.rules.refusing import Refusal, refusal_of
from hub.rules.whens import whens_of
from hub.store.mongo import Duplicate
from hub.threads.happening import drafted
from hub.threads.happenings import RuleRan
from hub.threads.log import append, catch_up
from hub.threads.models import Entry, Thread

# What stands in the log in the place of a refusal when nothing was even tried.
CHAIN, TOO_MANY = "chain_too_long", "too_many_actions"
# And of what was begun, when the rule was changed before it was finished.
CHANGED = "rule_changed"


async def run_rules(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: all rules that wait for this, in their order. Nothing is asked where no rule does."""
    whens = whens_of(entry)
    if not whens or thread.merged_into:
        return
    rules = [rule for rule in await rules_of(deps, thread.account) if rule.is_on and rule.when in whens]
    if rules:
        await run_all(deps, entry, rules)


async def run_all(deps: Deps, entry: Entry, rules: Sequence[Opened]) -> None:
    """One after the other, once: whatever was decided before, yes or no, is not decided anew at a repeat."""
    begun = {run.rule: run for run in await repository.list_runs(deps.mongo, entry.account, entry.id)}
    if ALL in begun:
        return
    await run_in_order(Case(deps, await catch_up(deps, entry.account, entry.thread), entry), rules, begun)
    now = deps.clock.now()
    all_of_them = Run(
        id=run_id(ALL, entry.id),
        account=entry.account,
        rule=ALL,
        thread=entry.thread,
        entry=entry.id,
        at=now,
        done_at=now,
    )
    with suppress(Duplicate):
        await repository.add_run(deps.mongo, all_of_them)


async def run_in_order(case: Case, rules: Sequence[Opened], begun: Mapping[str, Run]) -> None:
    """What was begun, by a process that may have died over it, is finished as it was decided."""
    passed = {rule for run in begun.values() for rule in run.passed}
    for rule in rules:
        if rule.id in passed:
            continue
        run = begun.get(rule.id)
        if run:
            await resume(case, rule, run)
        elif not await begin(case, rule, passed):
            passed.add(rule.id)
            continue
        if rule.stop_here:
            return


async def begin(case: Case, rule: Opened, passed: Collection[str]) -> bool:
    """Decide; the decision to act stands before anything is done. False when the rule does not act."""
    if not await is_to_run(case, rule):
        return False
    run = run_of(case, rule, passed)
    try:
        await repository.add_run(case.deps.mongo, run)
    except Duplicate:
        # Another process is at it, as it has decided: the ids of all deeds are the same, so that each is done once.
        await resume(case, rule, await repository.find_run(case.deps.mongo, run.account, run.id) or run)
    else:
        await perform(case, rule, run)
    return True


async def is_to_run(case: Case, rule: Opened) -> bool:
    """Whether it acts; where it was only kept from it, the log says so."""
    decision = await decide(case, rule)
    if decision.because == "chain_too_long":
        await tell_stopped(case, rule, CHAIN, case.entry.id)
    if not decision.is_yes:
        return False
    if await has_room(case.deps, case.entry, rule.id, len(rule.body.then)):
        return True
    await tell_stopped(case, rule, TOO_MANY, f"{case.entry.thread}.{hour_of(case.deps.clock.now())}")
    return False


def run_of(case: Case, rule: Opened, passed: Collection[str]) -> Run:
    """The decision, with what it was made by."""
    entry = case.entry
    return Run(
        id=run_id(rule.id, entry.id),
        account=entry.account,
        rule=rule.id,
        thread=entry.thread,
        entry=entry.id,
        at=case.deps.clock.now(),
        depth=depth_of(entry) + 1,
        deeds=len(rule.body.then),
        rule_rev=rule.rev,
        epoch=case.thread.epoch,
        passed=sorted(passed),
    )


async def resume(case: Case, rule: Opened, run: Run) -> None:
    """Finish what was begun; of a rule that says something else by now, nothing more is done."""
    if run.done_at is not None:
        return
    if run.rule_rev == rule.rev:
        await perform(case, rule, run, is_again=True)
        return
    event = RuleRan(rule=rule.id, did=(), refused=(CHANGED,))
    case.go_on(await tell(case.deps, case.thread, rule, event, id_of(run.depth, rule.id, run.entry, CHANGED)))
    await repository.finish_run(case.deps.mongo, run, case.deps.clock.now())


async def perform(case: Case, rule: Opened, run: Run, *, is_again: bool = False) -> None:
    """All deeds; one that fails is noted, and the others go on. Then the log says what was done."""
    deps, did, refused = case.deps, list[str](), list[Refusal]()
    performance = Performance(case, rule, run, run.epoch, is_again)
    for n, deed in enumerate(rule.body.then):
        try:
            await performance.do(n, deed)
            did.append(name_of(deed))
        except Unavailable:
            # What is away comes back: then the reaction is repeated, and goes on here.
            raise
        except HubError as error:
            refused.append(refusal_of(deed, error))
    event = RuleRan(rule=rule.id, did=tuple(did), refused=tuple(one.words for one in refused))
    case.go_on(await tell(deps, case.thread, rule, event, id_of(run.depth, rule.id, run.entry, "ran")))
    if await repository.finish_run(deps.mongo, run, deps.clock.now()):
        await stopping.count(deps, rule, next((one.words for one in refused if one.is_fault), ""))


async def tell(deps: Deps, thread: Thread, rule: Opened, event: RuleRan, id: str) -> Thread:
    """Let it stand in the log, once."""
    thread, _ = await append(deps, thread, drafted(id, author_of(rule.id), event))
    return thread


async def tell_stopped(case: Case, rule: Opened, why: str, once: str) -> None:
    """The rule would have acted, and was kept from it so that it comes to an end."""
    id = id_of(0, rule.id, once, why)
    case.go_on(await tell(case.deps, case.thread, rule, RuleRan(rule=rule.id, did=(), refused=(why,)), id))
