"""What tests do with browsers that are pushed to."""

from typing import Any

import msgspec

from hub.deps import Deps
from hub.push.jobs import KINDS
from hub.push.models import PUSHES, PushContent
from hub.store.mongo import Document
from hub.work.desk import Desk
from hub.work.kinds import Kind
from tests.fakes.push import Browser, FakePush
from tests.people import Person

(KIND,) = KINDS
PATH = "/me/push-subscriptions"
CONTENT = PushContent(title="Asha", body="Is the flat free?", thread="", tag="t1", url="/inbox/t1")


async def subscribe(person: Person, service: FakePush) -> Browser:
    """A new browser of this member, subscribed as a page does it."""
    key = (await person.does("GET", "/me/push-key"))["key"]
    browser = service.subscribe(key)
    await person.does("POST", PATH, wanted(browser))
    return browser


def wanted(browser: Browser, **more: Any) -> dict[str, Any]:
    """What a page sends of it."""
    return {**browser.subscription, "name": "Firefox on Linux", **more}


async def subscriptions(person: Person) -> list[Document]:
    """As the member sees them."""
    items: list[Document] = (await person.does("GET", PATH))["items"]
    return items


async def work(deps: Deps, kind: Kind = KIND) -> None:
    """What a worker does when it looks."""
    desk = Desk(deps, kind)
    await desk.sweep()
    await desk.close(timeout_s=10)


async def waiting(deps: Deps) -> list[Document]:
    """What is kept of pushes."""
    return await deps.mongo[PUSHES].find({}, limit=100)


def saying(body: str) -> PushContent:
    """The same conversation, in other words."""
    return msgspec.structs.replace(CONTENT, body=body)
