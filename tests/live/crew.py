"""Everybody who could hear something: members who see all, their team's or their own, scripts, and another account."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from hub.store.ids import new_id
from hub.threads.happenings import Followed
from hub.threads.models import Thread
from tests.hub.inbox.talking import Talk
from tests.hub.visiting.pages import Page as OpenPage
from tests.hub.visiting.pages import Site, site_of
from tests.hubs import Hub
from tests.live.seats import Page, Seat, all_told, seated
from tests.people import Person, found, join

INBOX = ("threads.view", "threads.reply", "threads.follow", "people.view")
OWNER, TEAM, OWN, FOLLOWER, OTHER_TEAM, NOBODY = "owner", "team", "own", "follower", "other team", "nobody"
KEY, OTHER_KEY, OTHER_ACCOUNT = "key", "key that may not", "other account"
COLLEAGUES = frozenset({OWNER, TEAM, OWN, FOLLOWER, OTHER_TEAM, NOBODY, KEY, OTHER_KEY})
VISITOR, OTHER_VISITOR = "visitor", "other visitor"


@dataclass(frozen=True)
class Crew:
    """Those of one account, and the owner of another one; each at a screen."""

    hub: Hub
    talk: Talk
    url: str
    team: str
    site: Site
    seats: Mapping[str, Seat]

    @property
    def owner(self) -> Person:
        """Who sees everything of the account."""
        return self.seats[OWNER].person

    def member(self, who: str) -> str:
        """The id of one of them."""
        return self.seats[who].person.member

    async def thread(self, *, says: str = "Hello", name: str = "Asha") -> Thread:
        """A conversation of one member, in a team, which another one follows; the person is that member's lead."""
        thread = await self.talk.begin(name, says=says)
        await self.owner.does("PATCH", f"/people/{thread.person}/lead", {"assignee_id": self.member(OWN)})
        await self.talk.happen(thread, Followed(member=self.member(FOLLOWER)))
        return await self.talk.give(thread, self.member(OWN), self.team)

    async def visitors_thread(self) -> str:
        """The conversation of the visitor who has a page open."""
        page = self.seats[VISITOR]
        said = await page.asks("say", {"client_id": new_id(self.hub.deps.clock.now()), "text": "Hello"})
        found = await self.hub.deps.mongo["messages"].find_one({"_id": said["id"]})
        assert found
        return str(found["thread"])

    async def lead(self) -> str:
        """Somebody who is a member's lead, and with whom nobody has talked."""
        body = {"name": "Asha", "identities": []}
        person = await self.owner.does("POST", "/people", body)
        await self.owner.does("PATCH", f"/people/{person['id']}/lead", {"assignee_id": self.member(OWN)})
        return str(person["id"])


@asynccontextmanager
async def at_work(hub: Hub, url: str) -> AsyncIterator[Crew]:
    """All at their screens, for the length of the block."""
    owner, stranger = await found(hub, "acme"), await found(hub, "other")
    team, other = [str((await owner.does("POST", "/teams", {"name": name}))["id"]) for name in ("one", "two")]
    people = {
        OWNER: owner,
        TEAM: await joined(owner, "team", "team", [team]),
        OWN: await joined(owner, "own", "own", []),
        FOLLOWER: await joined(owner, "follower", "own", []),
        OTHER_TEAM: await joined(owner, "elsewhere", "team", [other]),
        NOBODY: await joined(owner, "nobody", None, []),
        KEY: await script(owner, "threads.view"),
        OTHER_KEY: await script(owner, "members.view"),
        OTHER_ACCOUNT: stranger,
    }
    async with AsyncExitStack() as stack:
        seats: dict[str, Seat] = {}
        for who, person in people.items():
            seats[who] = await stack.enter_async_context(seated(url, person))
        site = await site_of(hub, url, owner)
        for who in (VISITOR, OTHER_VISITOR):
            seats[who] = await stack.enter_async_context(at_page(site, await site.page()))
        # Everybody knows by then who is there.
        for seat in seats.values():
            await seat.told()
        await all_told(hub.deps)
        yield Crew(hub, Talk(hub.deps, owner.account), url, team, site, seats)


@asynccontextmanager
async def at_page(site: Site, page: OpenPage) -> AsyncIterator[Page]:
    """A visitor, who may ask for nothing over HTTP."""
    async with AsyncExitStack() as stack:
        person = Person(site.hub, "", page.visit["visitor_id"], "", page.visit["token"])
        screen, _ = await stack.enter_async_context(page.opened())
        yield Page(person, site.url, stack, screen)


async def joined(owner: Person, name: str, scope: str | None, teams: Sequence[str]) -> Person:
    """A member who sees so much of conversations and people."""
    grants = [{"permission": one, "scope": scope} for one in INBOX] if scope else []
    role = await owner.does("POST", "/roles", {"name": name, "grants": grants})
    return await join(owner, f"{name}@acme.test", role["id"], teams=[*teams])


async def script(owner: Person, permission: str) -> Person:
    """An API key."""
    made = await owner.does("POST", "/keys", {"name": permission, "grants": [{"permission": permission}]})
    return replace(owner, member=made["key"]["id"], email="", token=made["secret"])
