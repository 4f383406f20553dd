"""Members with devices that keep passkeys."""

from typing import Any

import httpx2

from tests.fakes.authenticator import Authenticator
from tests.hub.sessions.people import API, Member
from tests.hubs import Hub
from tests.people import PASSWORD, well

# Where a browser has the pages of a hub that is set up for this machine alone.
AT = "http://localhost:8000"
PASSKEYS = "/me/passkeys"


def new_device(**traits: Any) -> Authenticator:
    """A device at whose browser Parley is open."""
    device = Authenticator(AT)
    for name, trait in traits.items():
        setattr(device, name, trait)
    return device


async def begins(member: Member, password: str | None = PASSWORD) -> Any:
    """The ticket and the options for a new passkey."""
    return await member.does("POST", f"{PASSKEYS}/begin", {"password": password})


async def sends(member: Member, ticket: str, credential: Any, name: str = "Laptop", **headers: str) -> httpx2.Response:
    """What the browser has made."""
    body = {"ticket": ticket, "name": name, "credential": credential}
    return await member.asks("POST", PASSKEYS, body, **headers)


async def tries_to_add(member: Member, device: Authenticator) -> httpx2.Response:
    """A passkey on the device, or not."""
    begun = await begins(member)
    return await sends(member, begun["ticket"], device.create(begun["options"]))


async def adds(member: Member, device: Authenticator, name: str = "Laptop") -> Any:
    """A passkey on the device."""
    begun = await begins(member)
    return well(await sends(member, begun["ticket"], device.create(begun["options"]), name))


async def passkeys_of(member: Member) -> list[Any]:
    """As the member sees them."""
    items: list[Any] = (await member.does("GET", PASSKEYS))["items"]
    return items


async def asked(hub: Hub) -> Any:
    """The ticket and the options for somebody who would like to sign in."""
    return well(await hub.client.post(f"{API}/session/passkey/begin"))


async def shows_it(
    hub: Hub, ticket: str, credential: Any, account: str | None = None
) -> tuple[Member, httpx2.Response]:
    """A browser that nobody has signed in at yet, and how what it shows was answered."""
    member = Member(hub)
    body = {"ticket": ticket, "credential": credential, "account_id": account}
    return member, await member.submits("/session/passkey", body)


async def tries_to_enter(hub: Hub, device: Authenticator) -> httpx2.Response:
    """By the device, or not."""
    begun = await asked(hub)
    return (await shows_it(hub, begun["ticket"], device.get(begun["options"])))[1]


async def enters(hub: Hub, device: Authenticator, account: str | None = None) -> Member:
    """By the device."""
    begun = await asked(hub)
    member, answer = await shows_it(hub, begun["ticket"], device.get(begun["options"]), account)
    well(answer)
    return member
