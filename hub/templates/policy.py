"""The language for people in whose own there is no template."""

from hub.act import Act
from hub.deps import Deps
from hub.templates import repository
from hub.templates.checking import check_language
from hub.templates.models import DEFAULT_LANGUAGE, TemplatePolicy
from hub.templates.shapes import TemplatePolicyShown, TemplatePolicyWanted


async def language_of(deps: Deps, account: str) -> str:
    """The account's, or the usual one."""
    found = await repository.find_policy(deps.mongo, account)
    return found.language if found else DEFAULT_LANGUAGE


async def show(deps: Deps, account: str) -> TemplatePolicyShown:
    """As it is, or as is usual."""
    return TemplatePolicyShown(language=await language_of(deps, account))


async def set_policy(act: Act, wanted: TemplatePolicyWanted) -> TemplatePolicyShown:
    """From now on."""
    check_language(wanted.language)
    act.note.target, act.note.before = {"account": act.account}, await show(act.deps, act.account)
    policy = TemplatePolicy(id=act.account, account=act.account, language=wanted.language)
    await repository.put_policy(act.deps.mongo, policy)
    after = act.note.after = await show(act.deps, act.account)
    return after
