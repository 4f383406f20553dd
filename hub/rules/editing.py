"""Making rules, changing them, and the order in which they run."""

from contextlib import suppress
from typing import Any

import msgspec
from msgspec.structs import replace

from hub.accounts.teams import check_teams
from hub.act import Act
from hub.deps import Deps
from hub.lines.actions import get_line
from hub.replying import blanks, canned
from hub.rules import repository
from hub.rules.deeds import AddNote, AnyDeed, Assign, Send, SendCanned, SetLead, Tag, TagPerson, name_of
from hub.rules.doing import check_can
from hub.rules.errors import BadAction, NoSuchRule, RuleChanged, TooManyRules
from hub.rules.filters import check_filter, teams_in
from hub.rules.keeping import forget, get_rule, opened
from hub.rules.models import PLACE, Body, Rule
from hub.rules.repository import MOST_RULES
from hub.rules.shapes import OrderWanted, RuleChange, RuleList, RuleShown, RuleWanted
from hub.store.documents import written
from hub.store.mongo import Document, Duplicate


async def list_rules(deps: Deps, account: str) -> RuleList:
    """All of them, in the order in which they run."""
    return RuleList(items=[await shown(deps, rule) for rule in await repository.list_rules(deps.mongo, account)])


async def show_rule(deps: Deps, account: str, id: str) -> RuleShown:
    """One of the account's."""
    return await shown(deps, await get_rule(deps, account, id))


async def make(act: Act, wanted: RuleWanted) -> RuleShown:
    """One more, behind all others."""
    deps, account = act.deps, act.account
    body = Body(name=wanted.name, only_if=wanted.only_if, then=wanted.then)
    await check_body(deps, account, body)
    rules = [rule for rule in await repository.list_rules(deps.mongo, account) if rule.id != act.new_id]
    if len(rules) >= MOST_RULES:
        raise too_many()
    rule = Rule(
        id=act.new_id,
        account=account,
        body=await sealed(deps, account, body),
        when=wanted.when,
        made_at=deps.clock.now(),
        position=max((one.position for one in rules), default=-1) + 1,
        is_on=wanted.is_on,
        stop_here=wanted.stop_here,
    )
    # A repeat of the request: the first has stored it.
    with suppress(Duplicate):
        await repository.add_rule(deps.mongo, rule)
    # Several may have seen room for one: whoever finds too many takes back their own.
    if await repository.count_rules(deps.mongo, account) > MOST_RULES:
        await repository.remove_rule(deps.mongo, account, rule.id)
        raise too_many()
    return await note_after(act, rule.id)


def too_many() -> TooManyRules:
    """What whoever wants one more is told."""
    return TooManyRules(f"An account has {MOST_RULES} rules at most.", most=MOST_RULES)


async def change(act: Act, id: str, wanted: RuleChange) -> RuleShown:
    """What is said in the change; the rest stays."""
    deps, seen = act.deps, await get_rule(act.deps, act.account, id)
    act.note.before = await shown(deps, seen)
    fields: dict[str, Any] = {
        name: value for name in ("when", "is_on", "stop_here") if (value := getattr(wanted, name)) is not None
    }
    body = changed((await opened(deps, seen)).body, wanted)
    if body:
        await check_body(deps, act.account, body)
        fields["body"] = await sealed(deps, act.account, body)
    update: Document = {"$set": written(fields)}
    if wanted.is_on:
        update = {"$set": written(fields) | {"failures": 0}, "$unset": {"stopped_because": ""}}
    if fields and not await repository.change_rule(deps.mongo, seen, update):
        raise RuleChanged("Somebody else has changed this rule at this moment: look at it again.", id=id)
    return await note_after(act, id)


def changed(body: Body, wanted: RuleChange) -> Body | None:
    """What is sealed of it, as it is to be; None when nothing of that is said."""
    given = {name: value for name in ("name", "only_if", "then") if (value := getattr(wanted, name)) is not None}
    return replace(body, **given) if given else None


async def remove(act: Act, id: str) -> None:
    """It does nothing more; what it has done stands."""
    act.note.target = {"rule": id}
    act.note.before = await shown(act.deps, await get_rule(act.deps, act.account, id))
    if not await repository.remove_rule(act.deps.mongo, act.account, id):
        raise NoSuchRule("There is no such rule any more.", id=id)
    forget(act.deps, act.account)


async def set_order(act: Act, wanted: OrderWanted) -> RuleList:
    """These first, in this order; the others stay behind them, in theirs."""
    deps, account = act.deps, act.account
    there = [rule.id for rule in await repository.list_rules(deps.mongo, account)]
    first = [*dict.fromkeys(wanted.rule_ids)]
    if missing := set(first) - set(there):
        raise NoSuchRule("There is no such rule.", id=min(missing))
    order = [*first, *(id for id in there if id not in first)]
    act.note.target, act.note.before, act.note.after = {"account": account}, there, order
    for position, id in enumerate(order):
        await repository.set_position(deps.mongo, account, id, position)
    forget(deps, account)
    return await list_rules(deps, account)


async def check_body(deps: Deps, account: str, body: Body) -> None:
    """Raise for what could never be asked or done, or names what is not there."""
    check_filter(body.only_if)
    await check_teams(deps, account, teams_in(body.only_if))
    for deed in body.then:
        check_says_something(deed)
        await check_can(deps, account, deed)
        await check_words(deps, account, deed)


def check_says_something(deed: AnyDeed) -> None:
    """Raise BadAction where all is left out that could be said."""
    if not isinstance(deed, Assign | Tag | TagPerson | SetLead):
        return
    if not any(value is not None and value != [] for value in msgspec.structs.asdict(deed).values()):
        raise BadAction(f"`{name_of(deed)}` says nothing of what it is to do.", action=name_of(deed))


async def check_words(deps: Deps, account: str, deed: AnyDeed) -> None:
    """Raise where a text has blanks that nothing fills, or the reply or the line is not there."""
    if isinstance(deed, Send | AddNote):
        blanks.check(deed.text)
    if isinstance(deed, SendCanned):
        await canned.get_canned(deps, account, deed.canned_id)
    if isinstance(deed, Send | SendCanned) and deed.line_id:
        await get_line(deps, account, deed.line_id)


async def sealed(deps: Deps, account: str, body: Body) -> Any:
    """As it is kept."""
    return (await deps.sealer.keyring(account)).seal(PLACE, msgspec.json.encode(body))


async def note_after(act: Act, id: str) -> RuleShown:
    """How it is, for the audit log and the answer; and every process knows within moments."""
    forget(act.deps, act.account)
    after = await show_rule(act.deps, act.account, id)
    act.note.target, act.note.after = {"rule": id}, after
    return after


async def shown(deps: Deps, rule: Rule) -> RuleShown:
    """As the API shows it."""
    body = (await opened(deps, rule)).body
    return RuleShown(
        id=rule.id,
        name=body.name,
        when=rule.when,
        only_if=body.only_if,
        then=body.then,
        is_on=rule.is_on,
        stop_here=rule.stop_here,
        failures=rule.failures,
        stopped_because=rule.stopped_because,
        made_at=rule.made_at,
    )
