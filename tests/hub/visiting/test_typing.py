"""Whom a visitor who types is seen by, and of whom they are told that somebody types."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from hub.visiting import guests
from tests.hub.visiting.pages import Site
from tests.screens import Screen, at_screen


@dataclass(frozen=True)
class Talking:
    """A visitor's page, their conversation, and who they are in it."""

    widget: Screen
    thread: str
    person: str


async def talking(site: Site, widget: Screen) -> Talking:
    """Somebody new has said something."""
    await widget.does("say", {"client_id": "1", "text": "Hello"})
    row = (await site.owner.does("GET", "/threads?view=all"))["items"][0]
    return Talking(widget, row["id"], row["person"]["id"])


@pytest.fixture
async def inbox(site: Site) -> AsyncIterator[Screen]:
    """The screen of a member who sees what is typed."""
    await site.owner.does("PUT", "/presence-policy", {"shows_previews": True})
    async with at_screen(site.url, site.owner) as screen:
        yield screen


@pytest.fixture
async def two(site: Site, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Talking, Talking]]:
    """Two visitors who were taken for one person for a while: the first had the conversation of the second open then,
    which had moved last."""
    monkeypatch.setattr(guests, "REMEMBERED_S", 0.0)
    one, other = await site.page(), await site.page()
    async with one.opened() as (first, _), other.opened() as (second, _):
        both = await talking(site, first), await talking(site, second)
        path = f"/people/{both[0].person}/merge"
        merge = await site.owner.does("POST", path, {"other_id": both[1].person})
        await first.does("open")
        await site.owner.does("POST", f"/merges/{merge['id']}/undo")
        yield both


async def test_what_a_blocked_visitor_types_is_seen_by_nobody(site: Site, inbox: Screen) -> None:
    blocked, page = await site.page(), await site.page()
    async with blocked.opened() as (first, _), page.opened() as (second, _):
        both = await talking(site, first), await talking(site, second)
        for each in both:
            await inbox.does("watch", {"thread_id": each.thread})
        await site.owner.does("POST", f"/people/{both[0].person}/block", {})

        for each in both:
            await each.widget.does("typing", {"text": "Still here"})
        told = await inbox.hears("lead_types")

    assert told["thread"] == both[1].thread
    assert inbox.names().count("lead_types") == 1


async def test_what_was_said_is_typed_no_more(site: Site, inbox: Screen) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        thread = (await talking(site, widget)).thread
        await inbox.does("watch", {"thread_id": thread})
        await widget.does("typing", {"text": "Is it"})
        await inbox.hears("lead_types", lambda told: told["preview"] == "Is it")

        await widget.does("typing", {"text": "Is it free?"})
        await widget.does("say", {"client_id": "2", "text": "Is it free?"})
        await site.deps.bus.settle()
        await inbox.does("presence")

    last = [one.payload for one in inbox.heard if one.name == "lead_types"][-1]
    assert (last["is_typing"], last["preview"]) == (False, None)


async def test_what_is_typed_stands_in_the_visitors_own_conversation_once_two_are_two_again(
    inbox: Screen, two: tuple[Talking, Talking]
) -> None:
    for each in two:
        await inbox.does("watch", {"thread_id": each.thread})

    await two[0].widget.does("typing", {"text": "My number is"})
    told = await inbox.hears("lead_types")

    assert (told["thread"], told["preview"]) == (two[0].thread, "My number is")


async def test_a_page_hears_of_no_conversation_that_is_somebody_elses_once_two_are_two_again(
    inbox: Screen, two: tuple[Talking, Talking]
) -> None:
    await asyncio.sleep(4.5)

    await inbox.does("typing", {"thread_id": two[1].thread, "is_typing": True})
    await two[1].widget.hears("somebody_types")
    await two[0].widget.does("open")

    assert "somebody_types" not in two[0].widget.names()
