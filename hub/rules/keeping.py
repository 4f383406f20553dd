"""The rules of an account: read, and remembered for a moment, since every entry of every log asks for them."""

from collections.abc import Sequence

import msgspec

from hub.deps import Deps
from hub.rules import repository
from hub.rules.errors import NoSuchRule
from hub.rules.models import PLACE, Body, Opened, Rule

REMEMBERED_S = 2.0


async def rules_of(deps: Deps, account: str) -> Sequence[Opened]:
    """All of the account's in their order, as they were a moment ago."""

    async def read() -> Sequence[Opened]:
        return [await opened(deps, rule) for rule in await repository.list_rules(deps.mongo, account)]

    return await deps.memory.recall(question(account), read, for_s=REMEMBERED_S)


def forget(deps: Deps, account: str) -> None:
    """They have changed."""
    deps.memory.forget(question(account))


def question(account: str) -> str:
    """By what a process remembers them."""
    return f"rules of {account}"


async def get_rule(deps: Deps, account: str, id: str) -> Rule:
    """One of the account's, or NoSuchRule."""
    found = await repository.find_rule(deps.mongo, account, id)
    if found is None:
        raise NoSuchRule("There is no such rule.", id=id)
    return found


async def opened(deps: Deps, rule: Rule) -> Opened:
    """As it can be read."""
    plain = await deps.sealer.unseal(rule.account, PLACE, rule.body)
    return Opened(
        id=rule.id,
        account=rule.account,
        body=msgspec.json.decode(plain, type=Body),
        when=rule.when,
        is_on=rule.is_on,
        stop_here=rule.stop_here,
        failures=rule.failures,
        rev=rule.rev,
    )
