"""A notice calls the person as they are called by now, also where it was shown before."""

from typing import Any

from tests.hub.notices.desk import Desk
from tests.screens import at_screen
from tests.serving import serving


def calls(name: str) -> Any:
    """Whether an event names the person so."""
    return lambda told: told["notice"]["person"]["name"] == name


async def test_screens_are_told_the_new_name_of_the_person(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    async with serving(desk.hub) as url, at_screen(url, desk.rep) as screen:
        await desk.talk.hear(thread, "Hello")
        await screen.hears("notice_changed", calls("Maja"))

        await desk.owner.does("PATCH", f"/people/{thread.person}", {"name": "Maja Mayer"})

        await screen.hears("notice_changed", calls("Maja Mayer"))


async def test_whoever_has_missed_the_new_name_learns_it_when_asking(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    await desk.talk.hear(thread, "Hello")
    await desk.clock.advance(minutes=1)
    async with serving(desk.hub) as url, at_screen(url, desk.rep) as screen:
        synced = await screen.does("notices")
        await desk.clock.advance(minutes=1)
        quiet = await screen.does("notices", {"after": synced["at"]})
        await desk.owner.does("PATCH", f"/people/{thread.person}", {"name": "Maja Mayer"})

        missed = await screen.does("notices", {"after": synced["at"]})

    assert [quiet["changed"], [one["person"]["name"] for one in missed["changed"]]] == [[], ["Maja Mayer"]]
