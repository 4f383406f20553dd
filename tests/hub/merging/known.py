"""People of whom much is known, as a test needs them."""

from datetime import UTC, datetime

from bson.binary import Binary
from msgspec.structs import replace

from channels.base import Address, Capabilities, Content, IdentityKind, Inbound, Medium
from hub.access import Caller, Permission, Scope
from hub.act import Act
from hub.deps import Deps
from hub.merging import images
from hub.people.attributes import with_values
from hub.people.changing import change
from hub.people.finding import find_or_make
from hub.people.models import Identity, Person, Stage
from hub.people.provenance import told
from hub.store.ids import new_id
from hub.threads import log
from hub.threads.models import Thread
from hub.threads.receiving import receive

ACCOUNT = "acme"
MORNING = datetime(2054, 3, 2, 9, 0, tzinfo=UTC)
EVERYTHING = dict.fromkeys(Permission, Scope.ALL)


def act(deps: Deps) -> Act:
    """An act of somebody who may do everything."""
    return Act(deps, Caller("member", "asha", ACCOUNT, EVERYTHING), new_id(deps.clock.now()))


def phone(number: int) -> Address:
    """A number of its own."""
    return Address(kind=IdentityKind.PHONE, value=f"+49301{number:07}")


async def somebody(deps: Deps, number: int, *, city: str = "", tags: tuple[str, ...] = (), name: str = "") -> Person:
    """With a number, and whatever else is said."""
    person = await find_or_make(deps, ACCOUNT, [phone(number)], name=name, source=f"source {number}")
    keyring = await deps.sealer.keyring(ACCOUNT)

    def more(now: Person) -> Person:
        now = replace(now, tags=[*now.tags, *tags])
        if not city:
            return now
        return told(with_values(now, keyring, {"city": city}), ["attributes.city"], by="line:1", at=MORNING)

    return await change(deps, ACCOUNT, person.id, more)


async def writes(deps: Deps, person: Person, text: str = "hello") -> Thread:
    """They say something, and have a thread for it."""
    thread = await log.find_or_make(deps, ACCOUNT, person.id)
    id = new_id(deps.clock.now())
    said = Inbound(id=id, sender=(), said_at=deps.clock.now(), content=Content(text=text))
    can = Capabilities(longest_text=1600)
    return (await receive(deps, thread, said, line="line", medium=Medium.SMS, can=can))[0]


async def open_image(deps: Deps, person: Person) -> Person:
    """All that is known of them, open, but for what every change changes."""
    opened = await images.opened(deps, person)
    return replace(opened, rev=0, updated_at=MORNING, tokens=sorted(opened.tokens), likeness=sorted(opened.likeness))


def of(id: str, *, at: datetime = MORNING, **known: object) -> Person:
    """A person with everything open, without a database."""
    own = identity(id)
    fields = {"stage": Stage.CONTACT, "identities": [own], "made_at": at, "updated_at": at, **known}
    return Person(id=id, account=ACCOUNT, **fields)  # type: ignore[arg-type]


def identity(value: str) -> Identity:
    """By which somebody is known, open."""
    return Identity(kind=IdentityKind.CUSTOM, key=value.encode(), value=opened(value))


def opened(text: str) -> Binary:
    """What was sealed, and is open."""
    return Binary(text.encode(), images.OPEN)
