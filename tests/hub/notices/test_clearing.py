"""Read anywhere is read everywhere, and told to the screens of that member only."""

from tests.fakes.push import FakePush
from tests.hub.notices.desk import PATH, Desk
from tests.hub.push.browsers import subscribe
from tests.people import code_of
from tests.screens import at_screen
from tests.serving import serving


async def test_reading_the_conversation_clears_its_notices(desk: Desk) -> None:
    thread, other = await desk.a_talk_of_the_rep(), await desk.a_talk_of_the_rep()
    await desk.talk.hear(thread, "One")
    await desk.talk.hear(other, "Two")

    await desk.reads(desk.rep, thread)

    assert [one["thread_id"] for one in await desk.notices(desk.rep, unread="true")] == [other.id]
    assert (await desk.rep.does("GET", f"{PATH}/counts")) == {"unread": 1, "most": 100, "kinds": {"message": 1}}


async def test_reading_a_part_of_it_leaves_what_comes_behind(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    seen = await desk.talk.hear(thread, "One")
    await desk.talk.hear(thread, "Two")

    await desk.rep.does("POST", f"/threads/{thread.id}/read", {"seq": seen.seq})

    assert await desk.told(desk.rep) == [("message", 2)]


async def test_whoever_answers_has_read_what_they_answer_to(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    await desk.talk.hear(thread, "How much is it?")

    await desk.talk.reply(thread, "Ten", by=desk.rep.member)

    assert await desk.told(desk.rep) == []


async def test_what_was_pushed_is_taken_back(desk: Desk, push_service: FakePush) -> None:
    browser = await subscribe(desk.rep, push_service)
    thread = await desk.a_talk_of_the_rep()
    await desk.work()
    await desk.talk.hear(thread, "Hello")
    await desk.work()
    before = [*browser.shown]

    await desk.reads(desk.rep, thread)
    await desk.work()

    assert (before, [*browser.shown]) == ([thread.id], [])


async def test_nobody_reads_what_is_somebody_elses(desk: Desk) -> None:
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    (notice,) = await desk.notices(desk.rep, unread="true")

    refused = await desk.owner.asks("POST", f"{PATH}/read", {"ids": [notice["id"]]})
    await desk.owner.does("POST", f"{PATH}/read", {})

    assert code_of(refused) == (404, "no_such_notice")
    assert await desk.told(desk.rep) == [("message", 1)]


async def test_all_are_read_at_once(desk: Desk) -> None:
    for _ in range(3):
        await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")

    counts = await desk.rep.does("POST", f"{PATH}/read", {})

    assert counts["unread"] == 0


async def test_screens_of_the_member_hear_of_notices_and_nobody_elses_do(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    async with serving(desk.hub) as url, at_screen(url, desk.rep) as reps, at_screen(url, desk.owner) as owners:
        synced = await reps.does("notices")
        await desk.talk.hear(thread, "Hello")
        heard = await reps.hears("notice_changed", lambda told: told["notice"]["kind"] == "message")
        missed = await reps.does("notices", {"after": synced["at"]})

        await desk.reads(desk.rep, thread)
        read = await reps.hears("notices_read", lambda told: heard["notice"]["id"] in told["read"])

    assert heard["notice"]["last"]["text"] == "Hello"
    assert heard["notice"] in missed["changed"] and missed["recovered"] and not synced["recovered"]
    assert read["read"][heard["notice"]["id"]] > heard["rev"]
    assert not {"notice_changed", "notices_read"} & {*owners.names()}
