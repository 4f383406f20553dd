"""A visitor and the business write to each other."""

import pytest

from channels.base import Posted
from channels.widget.parse import Written, event, message_id
from hub.intake import ledger
from hub.visiting import resuming
from tests.hub.visiting.pages import Site, site_of
from tests.people import found
from tests.screens import at_screen


async def test_what_a_visitor_says_stands_in_the_inbox_before_it_is_answered(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        said = await widget.does("say", {"client_id": "1", "text": "Is the flat free?"})

        log = await site.owner.does("GET", f"/threads/{await site.thread_id()}/messages")

    assert [entry["content"]["text"] for entry in log["items"]] == ["Is the flat free?"]
    assert (said["id"], said["by"], said["client_id"]) == (log["items"][0]["id"], "you", "1")


async def test_a_message_reaches_the_screens_of_members(site: Site) -> None:
    page = await site.page()
    async with at_screen(site.url, site.owner) as inbox, page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})

        told = await inbox.hears("thread_changed", lambda told: told["state"]["last"])

    assert told["state"]["last"]["text"] == "Hello"


async def test_the_answer_of_a_member_stands_on_the_page(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})

        await site.replies("Good morning")

        told = await widget.hears("visitor_entry_changed", lambda told: told["message"]["by"] == "member")
    assert (told["message"]["text"], told["message"]["name"]) == ("Good morning", "Owner")
    assert told["message"]["state"] == "sent"


async def test_a_repeat_says_nothing_again(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        first = await widget.does("say", {"client_id": "1", "text": "Hello"})

        again = await widget.does("say", {"client_id": "1", "text": "Something else"})

    async with page.opened() as (_, opened):
        assert again == first
        assert [message["text"] for message in opened["messages"]] == ["Hello"]


async def test_all_pages_of_a_visitor_show_the_same(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (one, _), page.opened() as (other, _):
        await one.does("say", {"client_id": "1", "text": "Hello"})

        told = await other.hears("visitor_entry_changed")

    assert told["message"]["text"] == "Hello"


async def test_whoever_was_away_is_told_what_was_missed(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})
        at = (await widget.does("open"))["at"]
    await site.replies("Good morning")

    async with page.opened(after=at) as (_, opened):
        assert opened["recovered"]
        assert [message["text"] for message in opened["messages"]][-1] == "Good morning"


async def test_of_several_conversations_the_last_messages_of_all_are_shown_at_first(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resuming, "MOST_ENTRIES", 3)
    page, other = await site.page(), await site.page()
    async with page.opened() as (widget, _), other.opened() as (another, _):
        for text in ("1", "2"):
            await widget.does("say", {"client_id": text, "text": text})
        mine = (await site.owner.does("GET", "/threads?view=all"))["items"][0]
        await another.does("say", {"client_id": "0", "text": "Somebody else"})
        theirs = (await site.owner.does("GET", "/threads?view=all"))["items"][0]
        await site.owner.does("POST", f"/people/{theirs['person']['id']}/merge", {"other_id": mine["person"]["id"]})
        for text in ("3", "4"):
            await widget.does("say", {"client_id": text, "text": text})

        opened = await widget.does("open")

    assert [message["text"] for message in opened["messages"]] == ["2", "3", "4"]


async def test_a_visitor_who_comes_again_by_the_secret_finds_everything(site: Site) -> None:
    first = await site.page()
    async with first.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})

    again = await site.page(secret=first.visit["secret"])
    async with again.opened() as (_, opened):
        assert [message["text"] for message in opened["messages"]] == ["Hello"]
    assert (again.visit["visitor_id"], again.visit["secret"]) == (first.visit["visitor_id"], None)


async def test_how_far_an_answer_has_come_is_told_by_the_page(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})
        await site.replies("Good morning")
        sent = await site.states()
        told = await widget.hears("visitor_entry_changed", lambda told: told["message"]["by"] == "member")

        await widget.does("seen", {"message_id": told["message"]["id"]})
        seen = await site.states()
        await widget.does("read", {"message_id": told["message"]["id"]})

        assert [sent, seen, await site.states()] == [["sent"], ["delivered"], ["read"]]


async def test_stop_counts_in_the_widget_as_everywhere(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "STOP"})

        log = await site.owner.does("GET", f"/threads/{await site.thread_id()}/messages")

    assert "opt_changed" in {entry["event"]["name"] for entry in log["items"] if entry["event"]}


async def test_visitors_of_two_businesses_never_hear_each_other(site: Site) -> None:
    other = await site_of(site.hub, site.url, await found(site.hub, "globex"))
    ours, theirs = await site.page(), await other.page()
    async with ours.opened() as (mine, _), theirs.opened() as (strange, _):
        await strange.does("say", {"client_id": "1", "text": "Secret"})
        await other.replies("Secret, too")
        await strange.hears("visitor_entry_changed", lambda told: told["message"]["by"] == "member")

        await mine.does("say", {"client_id": "1", "text": "Mine"})
        await mine.hears("visitor_entry_changed")

        assert {one.payload["message"]["text"] for one in mine.heard} == {"Mine"}
        assert [message["text"] for message in (await mine.does("open"))["messages"]] == ["Mine"]


async def test_a_page_is_told_that_somebody_writes_and_members_see_what_the_visitor_types(site: Site) -> None:
    page = await site.page()
    async with at_screen(site.url, site.owner) as inbox, page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})
        await inbox.does("watch", {"thread_id": await site.thread_id()})

        await widget.does("typing", {"text": "I wond"})
        typed = await inbox.hears("lead_types", lambda told: told["is_typing"])
        await inbox.does("typing", {"thread_id": await site.thread_id(), "is_typing": True})
        writes = await widget.hears("somebody_types", lambda told: told["is_typing"])

    assert typed["is_typing"]
    assert "member" not in str(writes)


async def test_what_was_kept_by_a_process_that_died_is_answered_as_it_was_said(site: Site) -> None:
    page = await site.page()
    id = message_id(page.visit["visitor_id"], "1")
    written = Written(visitor=page.visit["visitor_id"], id="1", text="Hello", at=site.deps.clock.now())
    await ledger.keep(site.deps, site.line, id, Posted(event(written)))

    async with page.opened() as (widget, _):
        said = await widget.does("say", {"client_id": "1", "text": "Hello again"})

    assert said["text"] == "Hello"


async def test_nobody_hears_whom_the_business_has_blocked(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})
        thread = await site.owner.does("GET", f"/threads/{await site.thread_id()}")
        await site.owner.does("POST", f"/people/{thread['person_id']}/block", {})

        assert await widget.is_refused("say", {"client_id": "2", "text": "Still here"}) == "not_heard"


async def test_choices_are_lines_on_the_page_and_the_number_that_is_typed_is_known(site: Site) -> None:
    page = await site.page()
    async with page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})
        await site.replies("Which one?", choices=[{"title": "Red"}, {"title": "Blue", "payload": "b"}])
        told = await widget.hears("visitor_entry_changed", lambda told: told["message"]["by"] == "member")

        await widget.does("say", {"client_id": "2", "text": "2"})

        log = await site.owner.does("GET", f"/threads/{await site.thread_id()}/messages")
    assert told["message"]["text"] == "Which one?\n1. Red\n2. Blue"
    assert log["items"][-1]["content"]["chosen"] == "b"
