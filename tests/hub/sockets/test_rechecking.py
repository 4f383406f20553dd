"""Whether somebody may be there still is found out for each of them: nobody who cannot be judged keeps others."""

import asyncio
from collections.abc import Sequence
from typing import Any, NoReturn

import pytest

from hub.access import Caller
from hub.deps import Deps
from hub.sockets.connection import Connection
from hub.sockets.guest import Colleagues
from hub.sockets.rechecking import LISTS, TOGETHER, recheck_always
from hub.store.sealed import SUBTYPE
from tests.hub.sockets.test_standing import PATIENCE_S, SEES_ALL, SEES_OWN, SOON_S
from tests.hub.visiting.pages import Site, site_of
from tests.hubs import Hub
from tests.people import Person, found, join
from tests.screens import Screen, at_screen


async def is_cut_off(owner: Person, rep: Person, theirs: Screen) -> None:
    """As soon as the rep is removed."""
    await owner.does("DELETE", f"/members/{rep.member}")
    async with asyncio.timeout(PATIENCE_S):
        assert await theirs.until_ended() == (4001, "signed_out")


async def hang(deps: Deps, connections: Sequence[Connection]) -> NoReturn:
    """What takes without end."""
    await asyncio.Event().wait()
    raise AssertionError


async def test_strangers_who_take_long_to_look_at_keep_no_member(
    live: Hub, url: str, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LISTS, "/widget", hang)
    rep, site = await join(owner, "rep@acme.test"), await site_of(live, url, owner)
    async with (await site.page()).opened(), at_screen(url, rep) as theirs:
        await asyncio.sleep(SOON_S)

        await is_cut_off(owner, rep, theirs)


async def damage(site: Site) -> None:
    """What the site has stored of its values opens no more."""
    lines = site.deps.mongo["lines"]
    line = await lines.find_one({"_id": site.line.id})
    assert line
    await lines.update({"_id": site.line.id}, {"$set": {name: damaged(value) for name, value in line.items()}})


def damaged(value: Any) -> Any:
    """Whatever is sealed in it, with one bit turned."""
    if isinstance(value, dict):
        return {name: damaged(one) for name, one in value.items()}
    if getattr(value, "subtype", None) == SUBTYPE:
        return type(value)(value[:-1] + bytes([value[-1] ^ 1]), SUBTYPE)
    return value


async def test_a_site_that_cannot_be_read_is_sent_away_and_no_other(live: Hub, url: str, owner: Person) -> None:
    broken, whole = await site_of(live, url, owner), await site_of(live, url, await found(live, "other"))
    async with (await broken.page()).opened() as (theirs, _), (await whole.page()).opened() as (others, _):
        await damage(broken)

        assert await theirs.until_ended() == (4001, "signed_out")
        await asyncio.sleep(SOON_S)
        assert await others.does("open")


async def test_whoever_cannot_be_read_keeps_nobody_else(live: Hub, url: str, owner: Person) -> None:
    stranger, rep = await found(live, "other"), await join(owner, "rep@acme.test")
    role = await stranger.does("POST", "/roles", {"name": "rep", "grants": [SEES_ALL]})
    unread = await join(stranger, "unread@other.test", role["id"])
    async with at_screen(url, unread), at_screen(url, stranger), at_screen(url, rep) as theirs:
        await live.deps.mongo["roles"].update({"_id": role["id"]}, {"$set": {"granted": "nonsense"}})

        await is_cut_off(owner, rep, theirs)


async def test_whose_audiences_cannot_be_found_keeps_nobody_else_and_is_sent_away_in_the_end(
    live: Hub, url: str, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = await owner.does("POST", "/roles", {"name": "rep", "grants": [SEES_ALL]})
    failing, rep = [await join(owner, f"{name}@acme.test", role["id"]) for name in ("failing", "rep")]
    async with at_screen(url, failing) as unlucky, at_screen(url, rep) as theirs:
        audiences = Colleagues.audiences

        async def fail(self: Colleagues, deps: Deps, caller: Caller) -> Any:
            assert caller.id != failing.member
            return await audiences(self, deps, caller)

        monkeypatch.setattr(Colleagues, "audiences", fail)
        door = live.app.state.sockets.doors[0]
        async with asyncio.TaskGroup() as tasks:
            checking = tasks.create_task(recheck_always(live.deps, door, every_s=0.1, unchecked_s=3.0))
            await owner.does("PATCH", f"/roles/{role['id']}", {"grants": [SEES_OWN]})

            assert await theirs.hears("standing_changed")
            assert await unlucky.until_ended() == (4000, "not_checked")
            assert await theirs.does("sync")
            checking.cancel()


async def test_so_many_are_asked_about_at_a_time(
    live: Hub, url: str, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    async def note(deps: Deps, connections: Sequence[Connection]) -> dict[str, Any]:
        asked.append(len(connections))
        return {}

    async with at_screen(url, owner):
        door = live.app.state.sockets.doors[0]
        (one,) = door.connections.values()
        monkeypatch.setattr(door, "connections", {str(number): one for number in range(2 * TOGETHER + 1)})
        monkeypatch.setitem(LISTS, "/inbox", note)
        await asyncio.sleep(SOON_S)

    assert asked[:3] == [TOGETHER, TOGETHER, 1]
