"""People see that theirs was read, and that somebody writes: where their channel shows it, and nobody has turned it
off."""

import pytest

from hub.attending.showing import somebody_types
from hub.drafting.drafting import drafting
from hub.lines.models import Line
from hub.threads.models import Entry
from tests.fakes.sandbox.provider import Seen
from tests.hub.sending.scene import Scene
from tests.hub.sending.test_reactions import hears_reaction
from tests.people import join
from tests.screens import at_screen
from tests.serving import serving


@pytest.fixture
async def line(scene: Scene) -> Line:
    """On which people see what was read."""
    return await scene.connect("sandbox_whatsapp")


@pytest.fixture
async def heard(scene: Scene, line: Line) -> Entry:
    """They have written there."""
    return await scene.hears("How much?", line=line)


async def read(scene: Scene, **more: int) -> None:
    """The owner reads the conversation."""
    await scene.owner.does("POST", f"/threads/{(await scene.thread()).id}/read", more)
    await scene.deps.background.settle()


def seen(scene: Scene) -> list[tuple[str, bool]]:
    """What they were let see: at which message, and whether somebody writes."""
    return [(one.message, one.is_typing) for one in scene.sandbox.reads]


async def test_what_a_member_has_read_is_seen_as_read_once(scene: Scene, heard: Entry) -> None:
    colleague = await join(scene.owner, "ben@acme.test", role="admin")

    await read(scene)
    await read(scene)
    await colleague.does("POST", f"/threads/{(await scene.thread()).id}/read", {})
    await scene.deps.background.settle()

    assert seen(scene) == [(heard.provider_id, False)]


async def test_what_stands_behind_what_was_read_is_not(scene: Scene, heard: Entry) -> None:
    await read(scene, seq=heard.seq - 1)

    assert seen(scene) == []


async def test_the_next_message_is_seen_as_read_when_it_is(scene: Scene, line: Line, heard: Entry) -> None:
    await read(scene)
    following = await scene.hears("Hello?", line=line)

    before = seen(scene)
    await read(scene)

    assert before == [(heard.provider_id, False)]
    assert seen(scene)[1:] == [(following.provider_id, False)]


async def test_a_line_that_shows_nothing_shows_nothing(scene: Scene, line: Line, heard: Entry) -> None:
    shown = await scene.owner.does("PATCH", f"/lines/{line.id}", {"shows_read": False})

    await read(scene)
    somebody_types(scene.deps, await scene.thread())
    await scene.deps.background.settle()

    assert not shown["shows_read"]
    assert seen(scene) == []


async def test_the_blocked_see_nothing(scene: Scene, heard: Entry) -> None:
    await scene.owner.does("POST", f"/people/{scene.someone.id}/block")

    await read(scene)

    assert seen(scene) == []


async def test_a_channel_that_has_nothing_of_the_kind_is_not_asked(scene: Scene) -> None:
    await scene.hears("How much?")

    await read(scene)

    assert seen(scene) == []


async def test_a_no_of_the_provider_keeps_nobody_from_reading(scene: Scene, heard: Entry) -> None:
    scene.sandbox.mood("refuse", code="wrong_key")

    await read(scene)

    assert (seen(scene), (await scene.thread()).read_by(scene.owner.member)) == ([], (await scene.thread()).seq)


async def test_a_member_who_types_is_seen_typing(scene: Scene, heard: Entry) -> None:
    thread = await scene.thread()
    async with serving(scene.hub) as url, at_screen(url, scene.owner) as screen:
        await screen.does("watch", {"thread_id": thread.id})
        await screen.does("typing", {"thread_id": thread.id, "is_typing": True})
        await screen.hears("thread_presence", lambda told: told["holder"] == scene.owner.member)
        await scene.deps.bus.settle()
        await scene.deps.background.settle()

    assert seen(scene) == [(heard.provider_id, True)]


async def test_who_types_a_note_is_not(scene: Scene, heard: Entry) -> None:
    thread = await scene.thread()
    async with serving(scene.hub) as url, at_screen(url, scene.owner) as screen:
        await screen.does("watch", {"thread_id": thread.id})
        await screen.does("typing", {"thread_id": thread.id, "is_typing": True, "is_note": True})
        await screen.hears("thread_presence", lambda told: told["typing"] != [])
        await scene.deps.bus.settle()
        await scene.deps.background.settle()

    assert seen(scene) == []


async def test_typing_goes_out_once_in_twenty_seconds(scene: Scene, heard: Entry) -> None:
    thread = await scene.thread()

    for seconds in (0, 3, 16, 2):
        await scene.clock.advance(seconds=seconds)
        somebody_types(scene.deps, thread)
        await scene.deps.background.settle()

    assert seen(scene) == [(heard.provider_id, True)] * 2


async def test_an_agents_turn_is_seen_as_it_begins(scene: Scene, heard: Entry) -> None:
    async with drafting(scene.deps, await scene.thread(), "turn"):
        await scene.deps.background.settle()

    assert seen(scene) == [(heard.provider_id, True)]


async def test_what_is_read_is_what_they_have_said_and_no_emoji(scene: Scene, line: Line, heard: Entry) -> None:
    await hears_reaction(scene, line, (await scene.says("Ten")).entry)

    await read(scene)

    assert seen(scene) == [(heard.provider_id, False)]


async def test_it_is_told_of_the_line_itself(scene: Scene, line: Line, heard: Entry) -> None:
    await read(scene)

    shown = await scene.owner.does("GET", f"/lines/{line.id}")
    assert scene.sandbox.reads == [Seen(shown["address"], heard.provider_id, False)]
