"""Addresses of the tests, and people as the database has them."""

from typing import Any

from channels.base import Address, IdentityKind
from hub.deps import Deps
from hub.people.models import Person
from hub.people.repository import ATTRIBUTES, PEOPLE
from hub.store.documents import read
from hub.store.mongo import CommandListener, CommandStartedEvent

ACCOUNT = "account"
ASHA = Address(kind=IdentityKind.PHONE, value="+919876543210")
MAIL = Address(kind=IdentityKind.EMAIL, value="asha@company.test")
CHAT = Address(kind=IdentityKind.VISITOR, value="visitor-1")


async def everybody(deps: Deps, account: str = ACCOUNT) -> list[Person]:
    """Whoever is stored."""
    return [read(Person, one) for one in await documents(deps, account)]


async def documents(deps: Deps, account: str = ACCOUNT) -> list[dict[str, Any]]:
    """As they are stored."""
    return await deps.mongo[PEOPLE].find({"account": account}, limit=1000)


class Asked(CommandListener):
    """How often the database is asked about people."""

    def __init__(self) -> None:
        self.count = 0

    def started(self, event: CommandStartedEvent) -> None:
        self.count += event.command.get(event.command_name) in (PEOPLE, ATTRIBUTES)

    def succeeded(self, event: object) -> None:
        pass

    def failed(self, event: object) -> None:
        pass
