"""What a visitor never sees of a conversation."""

from channels.base import Address, Content, IdentityKind, Medium
from hub.people.finding import find_or_make
from hub.store.ids import new_id
from hub.threads import log
from hub.threads.models import Author, AuthorKind, Draft, EntryKind
from tests.hub.lines.connected import connect
from tests.hub.visiting.pages import Page, Site
from tests.screens import at_screen


async def texts_after_an_answer(page: Page, site: Site) -> list[str]:
    """What the page shows at first, is told, and has missed, once a last answer is there."""
    async with page.opened() as (widget, opened):
        await site.replies("Last")
        await widget.hears("visitor_entry_changed", lambda told: told["message"]["text"] == "Last")
        told = [one.payload["message"]["text"] for one in widget.heard]
        missed = (await widget.does("open", {"after": opened["at"]}))["messages"]
    return [*told, *(message["text"] for message in [*opened["messages"], *missed])]


async def begun(site: Site) -> Page:
    """A page on which somebody has said something."""
    page = await site.page()
    async with page.opened() as (widget, _):
        await widget.does("say", {"client_id": "1", "text": "Hello"})
    return page


async def test_notes_never_come(site: Site) -> None:
    page = await begun(site)
    body = {"client_id": "note", "text": "Not serious", "note": True}
    await site.owner.does("POST", f"/threads/{await site.thread_id()}/messages", body)

    assert set(await texts_after_an_answer(page, site)) == {"Hello", "Last"}


async def test_whose_account_it_is_and_which_conversation_is_told_to_nobody(site: Site) -> None:
    page = await begun(site)
    thread = await site.thread_id()
    async with page.opened() as (widget, _), at_screen(site.url, site.owner) as owners:
        await owners.does("typing", {"thread_id": thread, "is_typing": True})
        await widget.hears("somebody_types")
        await site.replies("Last")
        await widget.hears("visitor_entry_changed", lambda told: told["message"]["text"] == "Last")

    told = str([one.payload for one in widget.heard])
    assert [id for id in (site.owner.account, thread) if id in told] == []


async def test_what_is_said_on_another_line_of_the_same_conversation_never_comes(site: Site) -> None:
    page = await begun(site)
    other = await connect(site.deps, "sandbox_chat", account=site.owner.account)
    thread = await log.get_thread(site.deps, site.owner.account, await site.thread_id())
    id = f"{page.visit['visitor_id']}:2"
    elsewhere = Draft(
        id=new_id(site.deps.clock.now()), kind=EntryKind.MESSAGE, author=Author(AuthorKind.PERSON, thread.person),
        direction="in", line=other.id, medium=Medium.CHAT, provider_id=id, content=Content(text="Elsewhere"),
    )  # fmt: skip

    async with page.opened() as (widget, _):
        await log.append(site.deps, thread, elsewhere)
        await site.replies("Last", line_id=site.line.id)
        await widget.hears("visitor_entry_changed", lambda told: told["message"]["text"] == "Last")
        told = {one.payload["message"]["text"] for one in widget.heard}
        fresh = (await widget.does("open"))["messages"]

    assert told == {"Last"}
    assert [message["text"] for message in fresh] == ["Hello", "Last"]


async def test_nothing_is_shown_before_it_is_sent(site: Site) -> None:
    page = await begun(site)
    body = {"client_id": "queued", "text": "Still here"}
    await site.owner.does("POST", f"/threads/{await site.thread_id()}/messages", body)

    async with page.opened() as (_, opened):
        assert [message["text"] for message in opened["messages"]] == ["Hello"]


async def test_who_is_taken_for_the_same_person_reads_nothing_of_the_other(site: Site) -> None:
    one, other = await begun(site), await site.page()
    addresses = [Address(kind=IdentityKind.VISITOR, value=page.visit["visitor_id"]) for page in (one, other)]
    await find_or_make(site.deps, site.owner.account, addresses, line=site.line.id)

    async with other.opened() as (widget, opened):
        await widget.does("say", {"client_id": "1", "text": "Me too"})
        fresh = await widget.does("open")

    assert opened["messages"] == []
    assert [message["text"] for message in fresh["messages"]] == ["Me too"]


async def test_a_message_of_somebody_else_cannot_be_marked_as_read(site: Site) -> None:
    one, other = await begun(site), await begun(site)
    async with one.opened() as (_, opened), other.opened() as (widget, _):
        code = await widget.is_refused("read", {"message_id": opened["messages"][0]["id"]})

    assert code == "no_such_message"
