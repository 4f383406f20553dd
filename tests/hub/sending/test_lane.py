"""The order in which messages come to somebody, where a machine waits and a person does not."""

from hub.sending.delivery import KINDS as DELIVERY
from hub.threads.models import Author, AuthorKind
from tests.hub.sending.dying import work_dying
from tests.hub.sending.scene import AGENT, Scene

# What it has scheduled waits for the morning also when a member speaks meanwhile.
SCRIPT = Author(AuthorKind.KEY, "script")


async def until_evening(scene: Scene) -> None:
    """A minute before the quiet hours begin."""
    now = scene.clock.now()
    await scene.clock.advance(seconds=(now.replace(hour=19, minute=59) - now).total_seconds())


async def test_a_member_does_not_wait_for_the_morning_of_a_machine(scene: Scene) -> None:
    await until_evening(scene)
    await scene.hears("Anybody there?")
    agents = await scene.says("Tomorrow", author=AGENT)
    await scene.pass_time(hours=4)
    waiting = await scene.state(agents)
    reps = await scene.says("I am here")

    await scene.pass_time(minutes=2)

    assert waiting == "queued"
    assert scene.texts == ["I am here"]
    assert await scene.state(reps) == "sent"


async def test_a_machine_waits_for_the_machine_in_front_of_it(scene: Scene) -> None:
    await until_evening(scene)
    await scene.hears("Anybody there?")
    await scene.says("One", author=AGENT)
    await scene.says("Two", author=AGENT)
    await scene.pass_time(hours=4)
    at_night = scene.texts

    for _ in range(3):
        await scene.pass_time(hours=3)

    assert at_night == []
    assert scene.texts == ["One", "Two"]


async def test_a_machine_waits_for_the_machine_in_front_of_it_also_where_a_member_has_spoken_between(
    scene: Scene,
) -> None:
    await until_evening(scene)
    await scene.hears("Anybody there?")
    first = await scene.says("One", author=SCRIPT, is_scheduled=True)
    await scene.says("I am here")
    await scene.says("Two", author=SCRIPT, is_scheduled=True)
    await scene.pass_time(hours=1)
    await scene.pass_time(minutes=2)
    for _ in range(9):
        await scene.pass_time(hours=1)
    await scene.clock.advance(hours=2)

    # Whoever begins it dies at once: until it is begun again, only the other one could go.
    await work_dying(scene.deps, DELIVERY[0], first.entry.id, "before", 1)
    await scene.work()
    for _ in range(3):
        await scene.pass_time(seconds=61)

    assert scene.texts == ["I am here", "One", "Two"]


async def test_what_is_handed_over_at_this_moment_is_not_overtaken(scene: Scene) -> None:
    scene.sandbox.mood("refuse", code="temporarily_down")
    await scene.says("One", author=AGENT)
    await scene.work()
    await scene.says("Two", author=scene.member, is_scheduled=True)
    await scene.work()
    between = scene.texts

    for _ in range(3):
        await scene.pass_time(seconds=31)

    assert between == []
    assert scene.texts == ["One", "Two"]
