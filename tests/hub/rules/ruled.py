"""Making rules, and seeing what they have done."""

import itertools
from typing import Any

from hub.threads.happening import drafted
from hub.threads.happenings import Happening, RuleRan, Tagged
from hub.threads.log import append, opened
from hub.threads.models import Author, Entry
from hub.threads.repository import list_after
from hub.threads.state import tag
from tests.hub.sending.scene import Scene

NUMBERS = itertools.count(1)


def condition(field: str, op: str, *values: str) -> dict[str, Any]:
    """One thing that must be so."""
    return {"field": field, "op": op, "values": [*values]}


def wanted(when: str, *then: dict[str, Any], only_if: list[dict[str, Any]] | None = None, **more: Any) -> Any:
    """A rule, as the API takes it."""
    name = f"rule {next(NUMBERS)}"
    return {"name": name, "when": when, "if": {"conditions": only_if or []}, "then": [*then], **more}


async def make(scene: Scene, when: str, *then: dict[str, Any], **more: Any) -> str:
    """The id of a new rule."""
    return str((await scene.owner.does("POST", "/rules", wanted(when, *then, **more)))["id"])


async def log_of(scene: Scene) -> list[Entry]:
    """All of it, once nothing more comes of it."""
    await scene.deps.background.settle()
    return await list_after(scene.deps.mongo, scene.account, (await scene.thread()).id, 0, limit=1000)


async def ran(scene: Scene) -> list[RuleRan]:
    """What rules have done, or were kept from, in order."""
    return [entry.event for entry in await log_of(scene) if isinstance(entry.event, RuleRan)]


async def said_by_rules(scene: Scene) -> list[str]:
    """The texts of all messages and notes that rules have written."""
    ours = [entry for entry in await log_of(scene) if entry.author.kind == "rule" and entry.content]
    return [(await opened(scene.deps, entry)).text for entry in ours]


async def happens(scene: Scene, event: Happening, *, author: Author | None = None) -> Entry:
    """Something happens in the conversation."""
    draft = drafted(f"happened{next(NUMBERS)}", author or scene.member, event)
    _, entry = await append(scene.deps, await scene.thread(), draft)
    await scene.deps.background.settle()
    return entry


async def put_tag(scene: Scene, name: str) -> None:
    """A member tags the conversation."""
    await tag(scene.deps, await scene.thread(), scene.member, put=[name])
    await scene.deps.background.settle()


async def tags_of(scene: Scene) -> list[str]:
    """Of the conversation."""
    await scene.deps.background.settle()
    return (await scene.thread()).tags


TAG = {"do": "tag", "put": ["seen"]}
UNTAG = {"do": "tag", "take_off": ["seen"]}
HELLO = {"do": "send", "text": "Thank you, we answer soon."}
TAGGED = Tagged(put=("x",))
