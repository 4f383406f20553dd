"""People who use a hub as people do: they sign up, invite each other, and ask with their own credential."""

from dataclasses import dataclass
from typing import Any

import httpx2

from tests.hubs import Hub

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Person:
    """A member of an account, signed in."""

    hub: Hub
    account: str
    member: str
    email: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """How the person proves who is asking."""
        return {"authorization": f"Bearer {self.token}"}

    async def asks(self, method: str, path: str, body: Any = None) -> httpx2.Response:
        """One request."""
        more = {} if body is None else {"json": body}
        return await self.hub.client.request(method, f"/api/v1{path}", headers=self.headers, **more)

    async def does(self, method: str, path: str, body: Any = None) -> Any:
        """One request that succeeds, and its answer."""
        return well(await self.asks(method, path, body))


def well(answer: httpx2.Response) -> Any:
    """What was answered, when all is well."""
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def code_of(answer: httpx2.Response) -> tuple[int, str]:
    """How a request was refused."""
    return answer.status_code, answer.json()["error"]["code"]


async def found(hub: Hub, name: str, *, email: str = "", password: str = PASSWORD) -> Person:
    """Sign up: an account and its owner. After the first one the settings must allow it."""
    email = email or f"owner@{name}.test"
    body = {"account_name": name, "name": f"Owner of {name}", "email": email, "password": password}
    return entered(hub, email, well(await hub.client.post("/api/v1/sign-up", json=body)))


async def sign_in(hub: Hub, email: str, *, password: str = PASSWORD, account: str | None = None) -> Person:
    """By password, where there is no second factor."""
    body = {"email": email, "password": password, "account_id": account}
    return entered(hub, email, well(await hub.client.post("/api/v1/session", json=body)))


async def invite(inviter: Person, email: str, role: str = "editor", **more: Any) -> str:
    """The token of the invitation's link."""
    invited = await inviter.does("POST", "/invitations", {"email": email, "role": role, **more})
    return str(invited["link"].partition("#")[2])


async def accept(hub: Hub, token: str, email: str, *, password: str = PASSWORD) -> Person:
    """Follow the link."""
    body = {"token": token, "name": email.partition("@")[0].title(), "password": password}
    return entered(hub, email, well(await hub.client.post("/api/v1/invitation/accept", json=body)))


async def join(inviter: Person, email: str, role: str = "editor", **more: Any) -> Person:
    """Invited, and come."""
    return await accept(inviter.hub, await invite(inviter, email, role, **more), email)


def entered(hub: Hub, email: str, answer: Any) -> Person:
    """Whoever was let in."""
    access = answer["access"]
    return Person(hub, access["account_id"], access["member_id"], email, access["access_token"])
