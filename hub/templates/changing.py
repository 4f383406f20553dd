"""Writing down that a template is otherwise: what the gate remembers of it is forgotten, and screens look anew."""

from datetime import datetime
from typing import Any

from hub.audit.telling import SETTING
from hub.bus import changed
from hub.deps import Deps
from hub.templates import repository
from hub.templates.errors import NoSuchTemplate, TemplateChanged
from hub.templates.models import KeptTemplate

AREA = "template"


async def get(deps: Deps, account: str, id: str) -> KeptTemplate:
    """One of the account's, or NoSuchTemplate."""
    found = await repository.find(deps.mongo, account, id)
    if found is None:
        raise NoSuchTemplate("There is no such template.", id=id)
    return found


async def change(deps: Deps, seen: KeptTemplate, **fields: Any) -> bool:
    """Set fields; False when somebody has changed it since it was seen."""
    is_changed = await repository.change(deps.mongo, seen, changed_at=now_of(deps), **fields)
    if is_changed:
        tell(deps, seen.account, seen.line)
    return is_changed


async def change_seen(deps: Deps, seen: KeptTemplate, **fields: Any) -> KeptTemplate:
    """Set fields, or raise TemplateChanged; as it is then."""
    if not await change(deps, seen, **fields):
        raise TemplateChanged("Somebody, or the provider, has changed it meanwhile: look again.", id=seen.id)
    return await get(deps, seen.account, seen.id)


async def remove(deps: Deps, seen: KeptTemplate) -> None:
    """It was never at the provider, or is nobody's business any more."""
    if not await repository.remove(deps.mongo, seen):
        raise TemplateChanged("Somebody, or the provider, has changed it meanwhile: look again.", id=seen.id)
    tell(deps, seen.account, seen.line)


def tell(deps: Deps, account: str, line: str) -> None:
    """What was remembered of the line's templates does not hold any more."""
    deps.memory.forget(question(line))
    changed(deps, SETTING, account, "", AREA)


def question(line: str) -> str:
    """What a process remembers the answer to."""
    return f"kept templates of {line}"


def now_of(deps: Deps) -> datetime:
    """The time."""
    return deps.clock.now()
