"""What people send beside words is seen by those who answer."""

from dataclasses import replace
from typing import Any

import pytest

from hub.fetching.fetching import KINDS, bring
from hub.fetching.models import FETCHES, MOST_FILES, Fetch, file_id_of
from hub.fetching.planning import plan
from hub.files.actions import list_files
from hub.files.models import FILES
from hub.store.documents import read
from hub.store.ids import is_id, new_id
from hub.work import repository
from tests.fakes.loopback import listening, says
from tests.hub.fetching.scene import MB, Scene
from tests.hub.files.samples import EXE, PDF, PNG
from tests.hub.intake.webhooks import entries, message, only_thread, tell
from tests.hub.sending.dying import Death, DyingMongo, Killed, When
from tests.people import join


async def test_a_picture_is_seen_once_it_was_fetched(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    (before,), rev = await scene.shown(), await scene.rev()

    await scene.work()

    (after,) = await scene.shown()
    assert (before["state"], before["url"], before["name"]) == ("fetching", None, "flat.png")
    assert (after["state"], after["name"], after["type"], after["size"]) == ("kept", "flat.png", "image/png", len(PNG))
    assert (await scene.hub.client.get(after["url"])).content == PNG
    assert await scene.rev() > rev


async def test_it_is_what_it_is_found_to_be_and_not_what_is_said_of_it(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PDF))

    await scene.work()

    (shown,) = await scene.shown()
    assert (shown["type"], shown["name"]) == ("application/pdf", "flat.png.pdf")


async def test_a_program_is_not_kept_whatever_it_is_called(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("application/pdf", "plan.pdf", EXE))

    await scene.work()

    (shown,) = await scene.shown()
    assert (shown["state"], shown["reason"]["code"], shown["file_id"]) == ("failed", "refused", None)
    assert await scene.count(FILES) == 0


async def test_what_is_larger_than_a_file_may_be_is_not_kept(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("video/mp4", "tour.mp4", bytes(30 * MB)))

    await scene.work()

    (shown,) = await scene.shown()
    assert (shown["state"], shown["reason"]["code"]) == ("failed", "too_large")
    assert await scene.count(FILES) == 0


async def test_what_the_provider_has_no_more_is_gone_at_once(scene: Scene) -> None:
    media = scene.sandbox.keep("image/png", "flat.png", PNG)
    scene.sandbox.files.clear()
    await scene.gets(media)

    await scene.work()

    (shown,) = await scene.shown()
    assert (shown["state"], shown["reason"]["code"]) == ("failed", "gone")


async def test_a_provider_that_is_down_is_asked_again(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    async with scene.sandbox.gone():
        await scene.work()
        await scene.pass_time(seconds=10)
    before = (await scene.shown())[0]["state"]

    await scene.pass_time(seconds=20)

    assert (before, (await scene.shown())[0]["state"]) == ("fetching", "kept")


async def test_a_key_that_is_wrong_may_be_mended(scene: Scene) -> None:
    right, scene.sandbox.key = scene.sandbox.key, "another"
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    await scene.work()
    scene.sandbox.key = right

    await scene.pass_time(seconds=10)

    assert (await scene.shown())[0]["state"] == "kept"


async def test_after_a_day_it_is_given_up(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    async with scene.sandbox.gone():
        await scene.work()
        rev = await scene.rev()
        await scene.pass_time(hours=25)

    (shown,) = await scene.shown()
    await scene.pass_time(hours=25)
    assert (shown["state"], shown["reason"]["code"]) == ("failed", "unreachable")
    assert await scene.rev() == rev + 1
    assert await scene.shown() == [shown]


async def test_what_was_given_up_on_our_side_says_so_until_somebody_revives_it(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    grave = {"$set": {"buried": {"at": scene.clock.now(), "reason": "x", "attempts": 31}}, "$unset": {"due_at": ""}}
    await scene.deps.mongo[FETCHES].update({}, grave)

    (given_up,) = await scene.shown()
    (fetch,) = await scene.deps.mongo[FETCHES].find({}, limit=9)
    await repository.revive(scene.deps.mongo, KINDS[0], scene.owner.account, fetch["_id"], scene.clock.now())
    await scene.work()

    assert (given_up["state"], given_up["reason"]["code"]) == ("failed", "given_up")
    assert (await scene.shown())[0]["state"] == "kept"


async def test_however_often_it_is_told_there_is_one_file(scene: Scene) -> None:
    said = message("See", at=scene.clock.now(), media=[scene.sandbox.keep("image/png", "flat.png", PNG)])
    for n in range(5):
        await tell(scene.hub, scene.line, said, event_id=f"evt-{n % 3}")
        await scene.work()

    assert [one["state"] for one in await scene.shown()] == ["kept"]
    assert (await scene.count(FILES), await scene.count(FETCHES)) == (1, 0)


async def test_a_reaction_that_runs_twice_makes_no_other_file(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    await scene.work()
    (entry,), thread = (
        await entries(scene.deps, scene.owner.account),
        await only_thread(scene.deps, scene.owner.account),
    )

    await plan(scene.deps, thread, entry)
    await scene.work()

    assert (await scene.count(FILES), await scene.count(FETCHES)) == (1, 0)


POINTS: list[tuple[When, int]] = [("before", 1), ("after", 1), ("before", 2), ("after", 2)]


@pytest.mark.parametrize(("when", "write"), POINTS)
async def test_a_worker_that_dies_over_it_leaves_one_file(scene: Scene, when: When, write: int) -> None:
    """Before and after the file is noted as kept, before and after it is the conversation's."""
    stored = scene.stored
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    await fetch_dying(scene, when, write)

    await scene.pass_time(minutes=3)

    (shown,) = await scene.shown()
    # The picture, and its preview.
    assert (shown["state"], await scene.count(FILES), len(scene.stored - stored)) == ("kept", 1, 2)
    assert (await scene.hub.client.get(shown["url"])).content == PNG


async def fetch_dying(scene: Scene, when: When, write: int) -> None:
    """Begin it, and die at a write about the file."""
    seen: Any = (await scene.deps.mongo[FETCHES].find({}, limit=1))[0]
    now = scene.clock.now()
    assert await repository.claim(scene.deps.mongo, KINDS[0], seen, token=new_id(now), now=now)
    dying = replace(scene.deps, mongo=DyingMongo(scene.deps.mongo, Death(FILES, when, write)))
    with pytest.raises(Killed):
        await bring(dying, read(Fetch, seen))


async def test_several_files_are_each_what_they_are(scene: Scene) -> None:
    kept = [scene.sandbox.keep("image/png", name, content) for name, content in (("a.png", PNG), ("b.png", EXE))]
    await scene.gets(*kept, scene.sandbox.keep("application/pdf", "c.pdf", PDF))

    await scene.work()

    assert [one["state"] for one in await scene.shown()] == ["kept", "failed", "kept"]


async def test_of_very_many_files_the_first_are_kept(scene: Scene) -> None:
    media = scene.sandbox.keep("image/png", "a.png", PNG)
    await scene.gets(*[media] * (MOST_FILES + 2))

    planned = await scene.count(FETCHES)

    assert planned == MOST_FILES
    assert [one["state"] for one in await scene.shown()][-3:] == ["fetching", "failed", "failed"]


async def test_the_key_goes_to_the_lines_provider_and_to_no_address_in_a_message(scene: Scene) -> None:
    async with listening(says(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")) as stranger:
        media = scene.sandbox.keep("image/png", "a.png", PNG)
        await scene.gets({**media, "url": f"{stranger.url}a.png"}, {"type": "image/png", "url": stranger.url})

        await scene.work()

        assert stranger.hits == 0
    assert [one["state"] for one in await scene.shown()] == ["kept", "failed"]


async def test_whoever_may_not_see_the_conversation_does_not_see_the_file(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    await scene.work()
    id = (await scene.shown())[0]["file_id"]
    granted = [{"permission": "threads.view", "scope": "own"}]
    role = await scene.owner.does("POST", "/roles", {"name": "Own", "grants": granted})
    colleague = await join(scene.owner, "ben@acme.test", role=role["id"])

    assert (await colleague.asks("GET", f"/files/{id}")).status_code == 404
    assert (await scene.owner.does("GET", f"/files/{id}"))["id"] == id


async def test_an_export_names_the_files(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    await scene.work()
    await scene.shown()
    thread = await only_thread(scene.deps, scene.owner.account)

    answer = await scene.owner.asks("GET", f"/threads/{thread.id}/export?format=txt")

    assert "[flat.png]" in answer.text


async def test_the_file_is_kept_under_the_id_that_follows_from_the_message(scene: Scene) -> None:
    await scene.gets(scene.sandbox.keep("image/png", "flat.png", PNG))
    await scene.work()
    (entry,) = await entries(scene.deps, scene.owner.account)
    id = file_id_of(entry.id, 0)

    files = await list_files(scene.deps, scene.owner.account, [id])

    assert is_id(id)
    assert (files[id].thread, files[id].entry, files[id].due_at) == (entry.thread, entry.id, None)
