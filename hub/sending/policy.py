"""What an account asks of messages that no person sends; and which templates its lines have."""

import msgspec

from hub.access import Caller
from hub.act import Act
from hub.deps import Deps
from hub.lines.actions import access_line
from hub.sending import repository
from hub.sending.facts import policy_question, templates_question, usual_policy
from hub.sending.models import LineTemplates, SendingPolicy, Template
from hub.sending.shapes import (
    SendingPolicyShown,
    SendingPolicyWanted,
    TemplateKnown,
    TemplatesShown,
    TemplatesWanted,
)


async def show_policy(deps: Deps, account: str) -> SendingPolicyShown:
    """As it is, or as is usual."""
    found = await repository.find_policy(deps.mongo, account) or usual_policy(account)
    return SendingPolicyShown(quiet=found.quiet, cap=found.cap)


async def set_policy(act: Act, wanted: SendingPolicyWanted) -> SendingPolicyShown:
    """From now on; other processes know it some seconds later."""
    deps, account = act.deps, act.account
    act.note.target, act.note.before = {"account": account}, await show_policy(deps, account)
    policy = SendingPolicy(id=account, account=account, quiet=wanted.quiet, cap=wanted.cap)
    await repository.put_policy(deps.mongo, policy)
    deps.memory.forget(policy_question(account))
    after = act.note.after = await show_policy(deps, account)
    return after


async def show_templates(deps: Deps, caller: Caller, line_id: str) -> TemplatesShown:
    """Those that were told of a line."""
    line = await access_line(deps, caller, line_id)
    return templates_shown(await repository.find_templates(deps.mongo, line.account, line.id))


async def set_templates(act: Act, line_id: str, wanted: TemplatesWanted) -> TemplatesShown:
    """These, and no others."""
    deps, line = act.deps, await access_line(act.deps, act.caller, line_id)
    act.note.target, act.note.before = {"line": line.id}, await show_templates(deps, act.caller, line_id)
    items = [msgspec.convert(msgspec.to_builtins(one), Template) for one in wanted.items]
    templates = LineTemplates(id=line.id, account=line.account, items=items)
    await repository.put_templates(deps.mongo, templates)
    deps.memory.forget(templates_question(line.id))
    after = act.note.after = templates_shown(templates)
    return after


def templates_shown(templates: LineTemplates | None) -> TemplatesShown:
    """As the API shows them."""
    if templates is None:
        return TemplatesShown(items=None)
    return TemplatesShown(
        items=[TemplateKnown(name=one.name, language=one.language, blanks=one.blanks) for one in templates.items]
    )
