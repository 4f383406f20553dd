"""Members at browsers of their own: each has its cookies, its address, and the access token that its pages hold."""

import itertools
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address
from typing import Any

import httpx2
import jwt

from hub.sessions import cookies
from tests.hubs import ORIGIN, Hub
from tests.people import PASSWORD, well

API = "/api/v1"
EMAIL = "asha@example.test"
# Everybody's own, so that no limit counts two browsers together.
ADDRESSES = itertools.count(int(IPv4Address("10.0.0.1")))


class Member:
    """Somebody at a browser, signed in or not yet. `at` is the hub that is asked: any of an installation will do."""

    def __init__(self, at: Hub, email: str = EMAIL, *, address: str = "") -> None:
        self.email = email
        self.address = address or str(IPv4Address(next(ADDRESSES)))
        self.token = self.account = self.id = ""
        self.accounts: Sequence[Mapping[str, str]] = ()
        self._jar = httpx2.Cookies()
        self.move(at)

    def move(self, to: Hub) -> None:
        """From now on another process answers, as behind a load balancer. The cookies stay."""
        self.hub = to
        transport = httpx2.ASGITransport(to.app, client=(self.address, 1234))
        self.client = httpx2.AsyncClient(transport=transport, base_url=ORIGIN, cookies=self._jar)
        self._jar = self.client.cookies

    @property
    def headers(self) -> dict[str, str]:
        """How it proves who is asking."""
        return {"authorization": f"Bearer {self.token}"} if self.token else {}

    @property
    def session(self) -> str:
        """The id of its session, as the access token says it."""
        return str(claims_of(self.token)["session"])

    @property
    def cookie(self) -> str:
        """The refresh token that the browser keeps."""
        return self._jar.get(cookies.REFRESH) or ""

    @property
    def device(self) -> str:
        """What tells a browser that was signed in before."""
        return self._jar.get(cookies.DEVICE) or ""

    async def asks(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        """One request, with the access token."""
        more = {} if body is None else {"json": body}
        given = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, API + path, headers=given, **more)

    async def does(self, method: str, path: str, body: Any = None) -> Any:
        """One request that succeeds, and its answer."""
        return well(await self.asks(method, path, body))

    async def submits(self, path: str, body: Any) -> httpx2.Response:
        """One request of a page that nobody has signed in to yet; whoever is let in keeps what was given."""
        answer = await self.client.post(API + path, json=body)
        access = answer.json().get("access") if answer.is_success and answer.content else None
        if access:
            self.token, self.account, self.id = (access[name] for name in ("access_token", "account_id", "member_id"))
            self.accounts = access["accounts"]
        return answer

    async def signs_in(self, password: str = PASSWORD, *, account: str | None = None) -> httpx2.Response:
        """By password."""
        return await self.submits("/session", {"email": self.email, "password": password, "account_id": account})

    async def refreshes(self, account: str | None = None) -> httpx2.Response:
        """By the cookie."""
        return await self.submits("/session/refresh", {"account_id": account})

    async def signs_out(self) -> httpx2.Response:
        """By the cookie too."""
        return await self.client.delete(f"{API}/session")

    async def is_in(self) -> bool:
        """Whether the access token is still good for something."""
        return (await self.asks("GET", "/me")).is_success


async def shows(hub: Hub, cookie: str, **body: Any) -> httpx2.Response:
    """Refresh by a cookie that was copied, from a browser that has nothing else."""
    header = (b"cookie", f"{cookies.REFRESH}={cookie}".encode())
    return await Member(hub).client.post(f"{API}/session/refresh", json=body, headers=[header])


async def sign_up(hub: Hub, email: str = EMAIL, *, password: str = PASSWORD, name: str = "Acme") -> Member:
    """The owner of a new account. After the first one the settings must allow it."""
    member = Member(hub, email)
    body = {"account_name": name, "name": email.partition("@")[0].title(), "email": email, "password": password}
    well(await member.submits("/sign-up", body))
    return member


async def sign_in(hub: Hub, email: str = EMAIL, *, password: str = PASSWORD, account: str | None = None) -> Member:
    """At a browser that was never here before."""
    member = Member(hub, email)
    well(await member.signs_in(password, account=account))
    return member


async def invite(inviter: Member, email: str, role: str = "editor", **more: Any) -> str:
    """The token of the invitation's link, where no mail is set up."""
    invited = await inviter.does("POST", "/invitations", {"email": email, "role": role, **more})
    return str(invited["link"].partition("#")[2])


async def accept(hub: Hub, token: str, email: str, *, password: str = PASSWORD) -> Member:
    """Follow the link."""
    member = Member(hub, email)
    body = {"token": token, "name": email.partition("@")[0].title(), "password": password}
    well(await member.submits("/invitation/accept", body))
    return member


async def join(inviter: Member, email: str, role: str = "editor", *, password: str = PASSWORD, **more: Any) -> Member:
    """Invited, and come."""
    return await accept(inviter.hub, await invite(inviter, email, role, **more), email, password=password)


def claims_of(token: str) -> dict[str, Any]:
    """What a token says, believed."""
    return jwt.decode(token, options={"verify_signature": False})
