"""Companies of the tests: real accounts, with real members, keys, and whatever else an endpoint can be about."""

import itertools
import re
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import msgspec

from hub.access import STRANGER, Caller, Permission, Scope
from hub.accounts import api_keys, custom_roles, founding, invitations, members, presence, standing, teams
from hub.accounts.hours import Hours
from hub.accounts.role_shapes import RoleWanted
from hub.accounts.shapes import Grant, Invite, KeyMade, KeyWanted
from hub.accounts.team_shapes import TeamWanted
from hub.act import Act
from hub.deps import Deps
from hub.logins import actions as logins
from hub.logins.models import Proof
from hub.mail.models import MAILS, PLACE
from hub.sessions import cookies
from hub.sessions.entering import enter
from hub.settings import Secret, Settings
from hub.store.embedded import Servers
from hub.store.ids import new_id
from tests.fakes.dns import NameServer, serving_names
from tests.fakes.oidc.forger import Forger, forging
from tests.fakes.sandbox.running import RunningSandbox, running_sandbox
from tests.hub.http.rooms import own_settings

# Later than the database's own clock, by which it throws away whatever has expired.
LATER = datetime(2101, 3, 7, 9, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
NUMBERS = itertools.count(1)
EVERYTHING = dict.fromkeys(Permission, Scope.ALL)


@dataclass(frozen=True)
class Outside:
    """What a hub asks beyond itself: an identity provider, a name server, and a provider of messages."""

    provider: Forger
    names: NameServer
    sandbox: RunningSandbox


@asynccontextmanager
async def outside() -> AsyncIterator[Outside]:
    """All of them, for the length of the block."""
    async with forging() as provider, serving_names({}) as names, running_sandbox() as sandbox:
        yield Outside(provider, names, sandbox)


def settings_with(servers: Servers, folder: Path, outside: Outside) -> Settings:
    """Anybody may sign up, mail is set up, and a proxy says from which address a request comes."""
    return own_settings(
        servers,
        folder,
        operator_token=Secret("operator-token-of-the-contracts"),
        open_sign_up=True,
        mail_url=Secret("smtp://127.0.0.1:1"),
        mail_from="parley@example.test",
        trusted_proxies=(ip_network("127.0.0.1/32"),),
        egress_allow=(ip_network("127.0.0.0/8"),),
        dns=outside.names.address,
    )


@dataclass(frozen=True)
class Person:
    """A member of a company, signed in."""

    company: "Company"
    member: str
    login: str
    email: str
    session: str
    token: str
    cookie: str

    @property
    def headers(self) -> dict[str, str]:
        """How the person proves who is asking."""
        return {"authorization": f"Bearer {self.token}"}

    @property
    def deps(self) -> Deps:
        """What the hub has opened."""
        return self.company.deps

    async def choose_password(self) -> str:
        """From now on it is asked for."""
        # A password that was set by its owner would end the sessions of before.
        hash = await self.deps.passwords.hash(PASSWORD)
        await logins.change(self.deps, await logins.get(self.deps, self.login), password=hash)
        return PASSWORD


@dataclass(frozen=True)
class Company:
    """An account. Whatever is made in it has the company's own word in its name."""

    deps: Deps
    outside: Outside
    account: str
    word: str
    founder: str = ""
    roles: dict[str, str] = field(default_factory=dict)

    def act(self) -> Act:
        """An act on the account that nothing holds up: with the operator's power, and an owner's name."""
        caller = Caller("operator", self.founder, self.account, EVERYTHING)
        return Act(self.deps, caller, new_id(self.deps.clock.now()))

    def name(self) -> str:
        """A name that nothing else has."""
        return f"{self.word} {next(NUMBERS)}"

    def email(self) -> str:
        """An address that nobody else has."""
        return f"somebody{next(NUMBERS)}@{self.word}.test"

    async def employ(self, role: str) -> tuple[str, str]:
        """A member more, who has no password and is nowhere signed in: the ids of member and login."""
        login = await logins.make(self.deps, self.email(), None, is_proved=True)
        account = await standing.access_account(self.deps, self.act().caller)
        member = await members.add(self.act(), account, login, name=self.name(), role=role)
        return member.id, login.id

    async def member(self) -> str:
        """A member who may do nothing, so that everybody may do everything to this one."""
        id, _ = await self.employ(await self.nothing())
        return id

    async def join(self, role: str) -> Person:
        """A member more, signed in."""
        _, login = await self.employ(role)
        return await self.sign_in(login)

    async def join_as_owner(self) -> Person:
        """An owner more, signed in."""
        member, login = await self.employ(await self.nothing())
        await self.own(member)
        return await self.sign_in(login)

    async def sign_in(self, login_id: str) -> Person:
        """A session more of somebody who works here."""
        login = await logins.get(self.deps, login_id)
        stranger = replace(self.act(), caller=STRANGER)
        reply: Any = await enter(stranger, login, [Proof.PASSWORD], account=self.account)
        access, jar = reply.value.access, SimpleCookie(reply.cookies[0])
        return Person(
            self,
            member=access.member_id,
            login=login.id,
            email=await logins.email_of(self.deps, login),
            session=stranger.note.target["session"],
            token=access.access_token,
            cookie=f"{cookies.REFRESH}={jar[cookies.REFRESH].value}",
        )

    async def role(self, *permissions: Permission, scope: Scope = Scope.ALL) -> str:
        """A role that allows these."""
        grants = [Grant(permission=one, scope=scope) for one in permissions]
        return (await custom_roles.make(self.act(), RoleWanted(name=self.name(), grants=grants))).id

    async def nothing(self) -> str:
        """A role that allows nothing."""
        if "nothing" not in self.roles:
            self.roles["nothing"] = await self.role()
        return self.roles["nothing"]

    async def team(self) -> str:
        """A team of nobody."""
        return (await teams.make(self.act(), TeamWanted(name=self.name()))).id

    async def place(self, member: str, team: str) -> None:
        """Put somebody into a team."""
        await teams.put_member(self.act(), team, member)

    async def keep_hours(self, member: str, hours: Mapping[str, Any]) -> None:
        """When somebody is there."""
        await presence.set_member_hours(self.act(), member, msgspec.convert(hours, Hours))

    async def key(self, *permissions: Permission) -> KeyMade:
        """An API key that may do these."""
        wanted = KeyWanted(name=self.name(), grants=[Grant(permission=one) for one in permissions])
        return await api_keys.make(self.act(), wanted)

    async def own(self, member: str) -> None:
        """Make a member an owner."""
        await founding.add_owner(self.act(), member)

    async def invite(self, email: str) -> str:
        """The token of the link that was mailed to this address."""
        invited = await invitations.invite(self.act(), Invite(email=email, role=await self.nothing()))
        mails = await self.deps.mongo[MAILS].find({"account": self.account}, limit=1000)
        letters = [str(await self.deps.sealer.unseal(self.account, PLACE, mail["letter"])) for mail in mails]
        token: str = re.findall(rf"#({invited.invitation.id}\.[\w-]+)", " ".join(letters))[0]
        return token

    async def shown_name(self) -> str:
        """How the account is called."""
        account = await standing.access_account(self.deps, self.act().caller)
        return await founding.name_of(self.deps, account)


async def found(deps: Deps, outside: Outside) -> Person:
    """A new company's owner."""
    company = Company(deps, outside, new_id(deps.clock.now()), f"company{next(NUMBERS)}x")
    act, email = replace(company.act(), new_id=company.account), company.email()
    login = await logins.make(deps, email, None, is_proved=True)
    _, owner = await founding.found(act, company.name(), login, company.name())
    return await replace(company, founder=owner.id).sign_in(login.id)


async def stored(company: Company, *, besides: Collection[str] = ()) -> Mapping[str, Mapping[str, Any]]:
    """Every document of the company and of those who work there, by collection and id."""
    deps = company.deps
    names = sorted({*(index.collection for index in deps.declared.indexes), *deps.declared.sealed} - set(besides))
    staff = await deps.mongo["members"].find({"account": company.account}, limit=1000)
    scopes = [company.account, *(member["login"] for member in staff)]
    where = {"account": {"$in": scopes}}
    return {name: {one["_id"]: one for one in await deps.mongo[name].find(where, limit=9999)} for name in names}
