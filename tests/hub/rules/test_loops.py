"""Rules come to an end, however they are written."""

from datetime import timedelta

from hub.rules.loops import MOST_DEEDS_AN_HOUR, MOST_DEPTH, depth_of, id_of
from hub.threads import happenings
from hub.threads.happenings import Owner, OwnerChanged, OwnerKind
from hub.threads.models import THE_HUB, Author, AuthorKind, Entry, EntryKind
from tests.clock import VirtualClock
from tests.hub.rules.ruled import (
    HELLO,
    TAG,
    UNTAG,
    condition,
    happens,
    log_of,
    make,
    put_tag,
    ran,
    said_by_rules,
)
from tests.hub.sending.scene import Scene

SEEN, UNSEEN = condition("tag", "is", "seen"), condition("tag", "is_not", "seen")


async def test_two_rules_that_undo_each_other_come_to_an_end(scene: Scene) -> None:
    off = await make(scene, "tagged", UNTAG, only_if=[SEEN])
    on = await make(scene, "tagged", TAG, only_if=[UNSEEN])

    await put_tag(scene, "seen")

    # Both at what the member did, one after the other; then each at what the other did.
    told = await ran(scene)
    assert [one.rule for one in told] == [off, on, off, on, off]
    assert [one.refused for one in told] == [(), (), (), (), ("chain_too_long",)]


async def test_two_rules_that_undo_each_other_and_stop_come_to_an_end_too(scene: Scene) -> None:
    off = await make(scene, "tagged", UNTAG, only_if=[SEEN], stop_here=True)
    on = await make(scene, "tagged", TAG, only_if=[UNSEEN], stop_here=True)

    await put_tag(scene, "seen")

    told = await ran(scene)
    assert [one.rule for one in told] == [off, on, off, on]
    assert [one.refused for one in told] == [(), (), (), ("chain_too_long",)]


async def test_a_rule_that_sends_whenever_something_is_sent_sends_once(scene: Scene) -> None:
    await make(scene, "message_sent", HELLO)

    await scene.says("A rep answers.")

    assert await said_by_rules(scene) == ["Thank you, we answer soon."]


async def test_several_rules_that_write_whenever_something_is_written_come_to_an_end(scene: Scene) -> None:
    for number in range(3):
        await make(scene, "note_written", {"do": "note", "text": f"note {number}"})

    await scene.says("Look", is_note=True)

    # Each answers the two others, and nobody answers what is three rules deep.
    assert len(await said_by_rules(scene)) == 3 + 3 * 2 + 3 * 2 * 2 - 1


async def test_a_loop_that_goes_round_by_way_of_somebody_else_ends_within_the_hour(
    scene: Scene, clock: VirtualClock
) -> None:
    rule = await make(scene, "owner_changed", {"do": "set_stage", "stage": "lead"}, TAG)

    for number in range(15):
        owner = Owner(OwnerKind.MEMBER, f"m{number}")
        await happens(scene, OwnerChanged(owner=owner, why="routed"), author=THE_HUB)

    told = await ran(scene)
    assert [one.did for one in told] == [("set_stage", "tag")] * 10 + [()]
    assert (told[-1].rule, told[-1].refused) == (rule, ("too_many_actions",))
    await clock.advance(hours=1, minutes=1)
    await happens(scene, OwnerChanged(owner=happenings.NOBODY, why="routed"), author=THE_HUB)
    assert (await ran(scene))[-1].did == ("set_stage", "tag")


async def test_what_stands_in_a_log_says_how_deep_the_chain_is(scene: Scene) -> None:
    await make(scene, "message_received", HELLO, TAG, {"do": "set_stage", "stage": "customer"})
    await make(scene, "tagged", {"do": "set_priority", "priority": "high"})

    await scene.hears("Hello")

    depths = [depth_of(entry) for entry in await log_of(scene) if entry.author.kind is AuthorKind.RULE]
    assert depths == [1, 1, 1, 1, 2, 2]


def test_what_a_rule_has_written_and_does_not_say_how_deep_ends_the_chain(clock: VirtualClock) -> None:
    moment = clock.now() - timedelta(hours=1)
    entry = Entry(
        id="e",
        account="a",
        thread="t",
        seq=1,
        kind=EntryKind.EVENT,
        author=Author(AuthorKind.RULE, "r"),
        said_at=moment,
        stored_at=moment,
        changed_at=moment,
        client_id="of somebody else",
        provider_id="e",
        line="t",
    )

    assert depth_of(entry) == MOST_DEPTH


def test_an_id_says_whose_it_is_and_fits_wherever_ids_fit() -> None:
    ids = {id_of(depth, rule, "entry", part) for depth in (1, 2) for rule in "rs" for part in "01"}

    assert len(ids) == 8
    assert max(map(len, ids)) <= 40
    assert MOST_DEEDS_AN_HOUR == 20
