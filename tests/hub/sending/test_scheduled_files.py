"""Files of what is to be said later: they stay for as long as it waits, and no longer than anybody may want them."""

from datetime import timedelta

from hub.threads import belonging, merging
from tests.hub.sending.scene import Scene, make_someone
from tests.hub.sending.test_scheduled import later, schedule
from tests.people import code_of


async def test_a_file_is_kept_for_as_long_as_it_takes(scene: Scene) -> None:
    await schedule(scene, hours=48, attachment_ids=[await scene.keep("a.png")])

    await later(scene, hours=47)
    await scene.work(scene.kinds("files.forget"))
    await later(scene, hours=1)

    assert [len(sent.body["media"]) for sent in scene.sandbox.sent] == [1]


async def forgotten(scene: Scene, **by: float) -> int:
    """How many files there are, once so much time has passed."""
    await scene.clock.advance(**by)
    await scene.work(scene.kinds("files.forget"))
    return await scene.deps.mongo["files"].count({}, limit=9)


async def test_the_file_of_what_waits_cannot_be_removed(scene: Scene) -> None:
    file = await scene.keep("a.png")
    await schedule(scene, attachment_ids=[file])

    assert code_of(await scene.owner.asks("DELETE", f"/files/{file}")) == (409, "file_in_use")


async def test_the_file_of_what_was_taken_back_can_be_removed_or_goes_within_a_day(scene: Scene) -> None:
    files = [await scene.keep(name) for name in ("a.png", "b.png")]
    id = (await schedule(scene, hours=48, attachment_ids=files))["scheduled"]["id"]

    await scene.owner.does("DELETE", f"/threads/{(await scene.thread()).id}/scheduled/{id}")

    await scene.owner.does("DELETE", f"/files/{files[0]}")
    assert [await forgotten(scene, hours=hours) for hours in (23, 2)] == [1, 0]


async def test_a_file_that_something_else_waits_with_stays(scene: Scene) -> None:
    file = await scene.keep("a.png")
    first, _ = [await schedule(scene, client_id=id, hours=48, attachment_ids=[file]) for id in ("1", "2")]

    await scene.owner.does("DELETE", f"/threads/{(await scene.thread()).id}/scheduled/{first['scheduled']['id']}")

    assert await forgotten(scene, hours=47) == 1


async def test_the_file_of_what_was_never_said_goes_when_that_is_forgotten(scene: Scene) -> None:
    await schedule(scene, unless_answered=True, attachment_ids=[await scene.keep("a.png")])
    await scene.hears("Never mind")
    await later(scene, hours=1)

    assert [await forgotten(scene, days=days) for days in (89, 2)] == [1, 0]


async def test_what_is_put_off_anew_keeps_its_file_for_as_long(scene: Scene) -> None:
    id = (await schedule(scene, attachment_ids=[await scene.keep("a.png")]))["scheduled"]["id"]
    send_at = (scene.clock.now() + timedelta(days=300)).isoformat()

    await scene.owner.does("PATCH", f"/threads/{(await scene.thread()).id}/scheduled/{id}", {"send_at": send_at})

    assert await forgotten(scene, days=299) == 1


async def test_a_file_goes_along_to_where_the_conversation_goes_on(scene: Scene) -> None:
    await schedule(scene, attachment_ids=[await scene.keep("a.png")])
    ended = await scene.thread()
    scene.someone = await make_someone(scene.deps, scene.account, phone="+4915100000009")
    survivor = await scene.thread()
    brought = await belonging.bring(scene.deps, ended, scene.someone.id, scene.member)
    await merging.merge(scene.deps, survivor, brought, scene.member)

    await later(scene, hours=1)

    assert [len(sent.body["media"]) for sent in scene.sandbox.sent] == [1]


async def test_once_it_is_said_the_file_is_that_messages_for_good(scene: Scene) -> None:
    await schedule(scene, attachment_ids=[await scene.keep("a.png")])
    await later(scene, hours=1)
    await scene.deps.background.settle()

    (file,) = await scene.deps.mongo["files"].find({}, limit=9)
    (message,) = await scene.deps.mongo["messages"].find({"files": file["_id"]}, limit=9)

    assert file["entry"] == message["_id"]
    assert await forgotten(scene, days=400) == 1
