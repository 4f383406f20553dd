"""Requests that succeed: automation rules."""

from collections.abc import Mapping
from typing import Any

import msgspec

from hub.access import Permission
from hub.rules import editing
from hub.rules.shapes import RuleWanted
from tests.contracts.companies import Company, Person
from tests.contracts.core import make_line, make_thread
from tests.contracts.matrix import Example, Maker
from tests.contracts.threads_examples import make_canned

RULE = frozenset({"rule_id"})
NAMED = frozenset({f"then.{name}" for name in ("member_id", "team_id", "canned_id", "line_id", "assignee_id")})
ONE = {"field": "tag", "op": "is", "values": ["vip"]}
FILTER = {"match": "and", "conditions": [ONE], "groups": [{"match": "or", "conditions": [ONE, ONE], "groups": []}]}


async def able(company: Company) -> str:
    """A member who may be given conversations and people."""
    role = await company.role(Permission.THREADS_VIEW, Permission.THREADS_REPLY, Permission.PEOPLE_VIEW)
    return (await company.employ(role))[0]


async def wanted(company: Company) -> dict[str, Any]:
    """Nearly all that can be said of a rule; it waits for what no example does."""
    member = await able(company)
    canned = await make_canned(company)
    line = (await make_line(company)).id
    then = [
        {"do": "assign", "member_id": member, "team_id": await company.team()},
        {"do": "send", "text": company.name(), "subject": "", "line_id": line},
        {"do": "send_canned", "canned_id": canned, "line_id": line},
        {"do": "set_lead", "score": 50, "assignee_id": member},
        {"do": "follow", "member_id": member},
        {"do": "tag", "put": ["vip"], "take_off": []},
    ]
    return {
        "name": company.name(),
        "when": "survey_answered",
        "if": FILTER,
        "then": then,
        "is_on": True,
        "stop_here": True,
    }


async def make_rule(company: Company) -> str:
    """A rule of the company."""
    return (await editing.make(company.act(), msgspec.convert(await wanted(company), RuleWanted))).id


async def a_new_rule(person: Person) -> Example:
    """That there is not yet."""
    return Example(body=await wanted(person.company), owned=NAMED)


async def a_rule_to_try(person: Person) -> Example:
    """In a conversation of the company."""
    await make_thread(person.company)
    return await a_new_rule(person)


async def a_rule(person: Person) -> Example:
    """That the account has."""
    return Example(path={"rule_id": await make_rule(person.company)}, owned=RULE)


async def a_rule_to_change(person: Person) -> Example:
    """Otherwise in everything."""
    body = await wanted(person.company)
    return Example(path={"rule_id": await make_rule(person.company)}, body=body, owned=RULE | NAMED)


async def an_order(person: Person) -> Example:
    """Which two come first."""
    rules = [await make_rule(person.company) for _ in range(2)]
    return Example(body={"rule_ids": rules[::-1]}, owned=frozenset({"rule_ids"}))


EXAMPLES: Mapping[str, Maker] = {
    "make_rule": a_new_rule,
    "show_rule": a_rule,
    "change_rule": a_rule_to_change,
    "delete_rule": a_rule,
    "order_rules": an_order,
    "try_rule": a_rule,
    "try_unsaved_rule": a_rule_to_try,
}
