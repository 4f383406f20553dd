"""A page that is cut off ends as right as one that was just opened, and what was written in it gets there once."""

import pytest

from hub.threads.models import Thread
from tests.browser.live.screen import Looking, Place
from tests.hub.inbox.talking import Talk
from tests.people import Person, sign_in

pytestmark = pytest.mark.browser


async def test_a_message_stands_on_the_page_while_it_is_open(looking: Looking, talk: Talk, thread: Thread) -> None:
    await looking.shows("Hello")

    await talk.hear(thread, "How much is it?")

    await looking.shows("Hello", "How much is it?")


async def test_a_page_that_was_cut_off_shows_what_a_fresh_one_does(
    looking: Looking, fresh: Looking, place: Place, talk: Talk, thread: Thread
) -> None:
    await looking.shows("Hello")
    await place.go()
    await looking.is_cut_off()
    await talk.hear(thread, "Are you there?")
    await talk.begin("Another", says="Hi")
    await talk.close(await talk.begin("A third one", says="Never mind"))

    place.come()
    await looking.shows("Hello", "Are you there?")
    await fresh.open()
    await fresh.shows("Hello", "Are you there?")

    assert await looking.everything() == await fresh.everything()


async def test_what_was_written_without_a_hub_gets_there_once_after_a_reload(
    looking: Looking, place: Place, talk: Talk, thread: Thread
) -> None:
    await looking.shows("Hello")
    await place.go()
    await looking.is_cut_off()
    await looking.note("Call her")
    await looking.note("at noon")
    await looking.shows("Hello", unsent=2)

    await looking.close()
    place.come()
    await looking.open()
    await looking.shows("Hello", "Call her", "at noon")

    assert len(await talk.entries(thread)) == 3


async def test_whoever_is_signed_out_elsewhere_is_out_here(looking: Looking, place: Place, owner: Person) -> None:
    await looking.shows("Hello")

    await (await sign_in(place.hub, owner.email)).does("DELETE", "/me/sessions")

    await looking.is_out()
