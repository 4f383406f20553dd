"""Who may see a file: whoever has kept it; once a message has it, whoever may see the conversation."""

import asyncio
from dataclasses import replace

import pytest

from hub.settings import Settings
from hub.threads import log
from hub.threads.happenings import MergedInto
from hub.threads.models import Author, AuthorKind, Draft, EntryKind
from tests.hub.files.samples import PNG
from tests.hub.files.uploads import conversation, fetch, note, uploaded
from tests.hubs import Hub, running_hub
from tests.people import Person, code_of, found, join

NOT_THERE = (404, "no_such_file")
OWN = [{"permission": one, "scope": "own"} for one in ("threads.view", "threads.reply")]


async def colleague(owner: Person, name: str) -> Person:
    """A member who reaches what is one's own."""
    role = await owner.does("POST", "/roles", {"name": f"Role of {name}", "grants": OWN})
    return await join(owner, f"{name}@acme.test", role["id"])


async def test_what_no_message_has_is_ones_own(hub: Hub) -> None:
    owner = await found(hub, "acme")
    ben, cleo = await colleague(owner, "ben"), await colleague(owner, "cleo")

    kept = await uploaded(ben, "a.png", PNG)

    assert (await ben.does("GET", f"/files/{kept['id']}"))["name"] == "a.png"
    assert code_of(await cleo.asks("GET", f"/files/{kept['id']}")) == NOT_THERE
    assert code_of(await cleo.asks("DELETE", f"/files/{kept['id']}")) == NOT_THERE
    assert (await owner.does("DELETE", f"/files/{kept['id']}"))["name"] == "a.png"


async def test_what_a_message_has_is_the_conversations(hub: Hub) -> None:
    owner = await found(hub, "acme")
    ben, cleo = await colleague(owner, "ben"), await colleague(owner, "cleo")
    kept = await uploaded(owner, "a.png", PNG)

    await note(hub.deps, await conversation(hub.deps, owner.account), kept["id"], mentions=(cleo.member,))

    assert (await cleo.asks("GET", f"/files/{kept['id']}")).is_success
    assert (await owner.asks("GET", f"/files/{kept['id']}")).is_success
    assert code_of(await ben.asks("GET", f"/files/{kept['id']}")) == NOT_THERE


async def test_where_a_conversation_goes_on_its_files_go_on(hub: Hub) -> None:
    deps, owner = hub.deps, await found(hub, "acme")
    cleo = await colleague(owner, "cleo")
    kept = await uploaded(owner, "a.png", PNG)
    old, new = [await conversation(deps, owner.account) for _ in range(2)]
    old = await note(deps, old, kept["id"])
    await note(deps, new, mentions=(cleo.member,))
    before = await cleo.asks("GET", f"/files/{kept['id']}")

    merged = MergedInto(thread=new.id)
    await log.append(deps, old, Draft(id="m", kind=EntryKind.EVENT, author=Author(AuthorKind.HUB), event=merged))

    assert code_of(before) == NOT_THERE
    assert (await cleo.asks("GET", f"/files/{kept['id']}")).is_success


async def test_conversations_that_go_on_in_each_other_hold_nobody_up(hub: Hub) -> None:
    deps, owner = hub.deps, await found(hub, "acme")
    cleo, kept = await colleague(owner, "cleo"), await uploaded(owner, "a.png", PNG)
    one, other = [await conversation(deps, owner.account) for _ in range(2)]
    one = await note(deps, one, kept["id"])
    for id, old, new in (("m", one, other), ("n", other, one)):
        event = MergedInto(thread=new.id)
        await log.append(deps, old, Draft(id=id, kind=EntryKind.EVENT, author=Author(AuthorKind.HUB), event=event))

    async with asyncio.timeout(30):
        assert code_of(await cleo.asks("GET", f"/files/{kept['id']}")) == NOT_THERE


async def test_what_a_message_has_cannot_be_deleted(hub: Hub) -> None:
    owner = await found(hub, "acme")
    kept = await uploaded(owner, "a.png", PNG)
    await note(hub.deps, await conversation(hub.deps, owner.account), kept["id"])

    assert code_of(await owner.asks("DELETE", f"/files/{kept['id']}")) == (409, "file_in_use")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_to_another_account_a_file_does_not_exist(settings: Settings, method: str) -> None:
    async with running_hub(replace(settings, open_sign_up=True)) as hub:
        kept = await uploaded(await found(hub, "acme"), "a.png", PNG)
        stranger = await found(hub, "other")

        assert code_of(await stranger.asks(method, f"/files/{kept['id']}")) == NOT_THERE
        assert (await fetch(hub, kept["url"])).is_success
