"""Somebody writes, members answer, time passes, and clocks are looked at."""

from typing import Any

from hub.clocks.breaching import KINDS as BREACHING
from hub.clocks.surveying import KINDS as SURVEYING
from hub.threads import ownership
from hub.threads.happenings import Event
from hub.threads.models import Entry
from hub.threads.state import close
from tests.hub.sending.scene import Scene, work_off
from tests.hub.threads.talk import log_of

TEXTS = [{"locale": "en", "text": "How was it, from 1 to 5?"}, {"locale": "de", "text": "Wie war es, von 1 bis 5?"}]


async def promise(scene: Scene, *promises: dict[str, Any], **more: Any) -> Any:
    """The account promises this from now on."""
    return await scene.owner.does("PUT", "/sla-policy", {"promises": list(promises), **more})


async def clocks_of(scene: Scene) -> Any:
    """As the API shows them."""
    return await scene.owner.does("GET", f"/threads/{(await scene.thread()).id}/clocks")


async def pass_time(scene: Scene, **by: float) -> None:
    """And what is due by then is said."""
    await scene.clock.advance(**by)
    await work_off(scene.deps, BREACHING)
    await scene.deps.background.settle()


async def entries_of(scene: Scene, type: type[Event]) -> list[Entry]:
    """What has happened of this kind."""
    return [entry for entry in await log_of(scene.hub, await scene.thread()) if isinstance(entry.event, type)]


async def take(scene: Scene) -> None:
    """The owner of the business speaks from here on."""
    await ownership.take_over(scene.deps, await scene.thread(), scene.member, scene.owner.member)
    await scene.deps.background.settle()


async def finish(scene: Scene, **more: Any) -> None:
    """The owner closes it."""
    await close(scene.deps, await scene.thread(), scene.member, **more)
    await scene.deps.background.settle()


async def survey(scene: Scene, **more: Any) -> Any:
    """The business asks how it went."""
    return await scene.owner.does("PUT", "/csat-policy", {"is_on": True, "texts": TEXTS, "after_minutes": 5, **more})


async def ask_soon(scene: Scene, **by: float) -> None:
    """Time passes, and whoever is to be asked is asked."""
    await scene.clock.advance(**(by or {"minutes": 5}))
    await work_off(scene.deps, SURVEYING)
    await scene.work()
    await scene.deps.background.settle()
