"""Read anywhere is read everywhere, and told to the screens of that member only."""

from hub.accounts.standing import find_caller_of
from hub.notices.clearing import clear, unread_of
from hub.notices.errands import look
from hub.notices.models import NoticeWay
from hub.notices.noticing import notice_entry
from hub.notices.pushing import ALL_AT_ONCE, by_push
from hub.notices.repository import errand_id, find_errand
from hub.threads import happenings
from hub.threads.models import Thread
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


async def test_what_was_read_stays_read_when_its_entry_comes_again(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    for texts in (["One"], ["Two", "Three"]):
        await desk.clock.advance(seconds=1)
        for text in texts:
            await desk.talk.hear(thread, text)
        await desk.reads(desk.rep, thread)
    before = await desk.notices(desk.rep)

    await notice_entry(desk.hub.deps, thread, (await desk.talk.entries(thread))[-1])

    assert await desk.notices(desk.rep) == before


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


# What is on a locked phone


async def five_at_once(desk: Desk) -> list[Thread]:
    """So many conversations of the rep have news that they are pushed as one."""
    threads = [await desk.a_talk_of_the_rep() for _ in range(5)]
    await desk.work()
    for thread in threads:
        await desk.talk.hear(thread, "Hello")
    await desk.work()
    return threads


async def test_that_many_have_news_is_taken_back_when_those_were_read_whatever_else_waits(
    desk: Desk, push_service: FakePush
) -> None:
    browser = await subscribe(desk.rep, push_service)
    threads = await five_at_once(desk)
    before = [*browser.shown]
    await desk.talk.begin(says="Nobody takes this")

    for thread in threads:
        await desk.reads(desk.rep, thread)
    await desk.work()

    assert (before, [*browser.shown]) == ([ALL_AT_ONCE], [])


async def test_what_was_pushed_by_itself_stays_when_the_many_were_read(desk: Desk, push_service: FakePush) -> None:
    browser = await subscribe(desk.rep, push_service)
    threads = await five_at_once(desk)
    other = await desk.a_talk_of_the_rep()
    await desk.talk.hear(other, "Hello")
    await desk.work()

    for thread in threads:
        await desk.reads(desk.rep, thread)
    await desk.work()

    assert [*browser.shown] == [other.id]


async def test_that_many_have_news_is_taken_back_when_the_rest_may_be_seen_no_more(
    desk: Desk, push_service: FakePush
) -> None:
    grants = [{"permission": one, "scope": "own"} for one in ("threads.view", "threads.follow")]
    role = await desk.owner.does("POST", "/roles", {"name": "own", "grants": grants})
    await desk.owner.does("PATCH", f"/members/{desk.rep.member}", {"role": role["id"]})
    browser = await subscribe(desk.rep, push_service)
    *threads, lost = await five_at_once(desk)
    before = [*browser.shown]
    await desk.hub.deps.mongo["threads"].update({"_id": lost.id}, {"$set": {"reach": []}})

    for thread in threads:
        await desk.reads(desk.rep, thread)
    await desk.work()

    assert (before, [*browser.shown]) == ([ALL_AT_ONCE], [])


async def test_what_is_read_while_it_is_pushed_is_taken_back(desk: Desk, push_service: FakePush) -> None:
    browser = await subscribe(desk.rep, push_service)
    thread = await desk.a_talk_of_the_rep()
    await desk.work()
    await desk.talk.hear(thread, "Hello")
    errand = await find_errand(desk.hub.deps.mongo, desk.rep.account, errand_id(desk.rep.member, NoticeWay.PUSH))
    assert errand
    outing = await look(desk.hub.deps, errand)
    assert outing

    await desk.reads(desk.rep, thread)
    await by_push(outing)
    await desk.work()

    assert [*browser.shown] == []


async def test_what_is_pushed_while_it_is_read_is_taken_back(desk: Desk, push_service: FakePush) -> None:
    browser = await subscribe(desk.rep, push_service)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    rep = await find_caller_of(desk.hub.deps, desk.rep.account, desk.rep.member)
    assert rep
    seen = await unread_of(desk.hub.deps, rep)

    await desk.work()
    await clear(desk.hub.deps, seen)
    await desk.work()

    assert [*browser.shown] == []


# What others do


async def test_messages_are_no_news_any_more_to_whoever_has_the_conversation_no_more(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    await desk.talk.hear(thread, "Hello")

    await desk.talk.give(thread, desk.owner.member)

    assert await desk.told(desk.rep) == []


async def test_whoever_follows_it_has_its_messages_to_read_whoever_has_it(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    await desk.rep.does("POST", f"/threads/{thread.id}/follow", {})
    await desk.talk.hear(thread, "Hello")

    await desk.talk.give(thread, desk.owner.member)

    assert await desk.told(desk.rep) == [("message", 1)]


async def test_messages_are_no_news_any_more_to_whoever_follows_no_more(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    await desk.owner.does("POST", f"/threads/{thread.id}/follow", {})
    await desk.talk.hear(thread, "Hello")

    await desk.owner.does("POST", f"/threads/{thread.id}/unfollow", {})
    await desk.hub.deps.background.settle()

    assert [await desk.told(one) for one in (desk.owner, desk.rep)] == [[], [("message", 1)]]


async def test_nobody_has_messages_to_read_in_a_conversation_that_goes_on_in_another(desk: Desk) -> None:
    thread, other = await desk.a_talk_of_the_rep(), await desk.a_talk_of_the_rep()
    await desk.owner.does("POST", f"/threads/{thread.id}/follow", {})
    await desk.talk.hear(thread, "Hello")

    await desk.talk.happen(thread, happenings.MergedInto(thread=other.id))

    assert [await desk.told(one) for one in (desk.owner, desk.rep)] == [[], []]


async def test_a_broken_promise_is_news_to_nobody_else_once_somebody_has_the_conversation(desk: Desk) -> None:
    thread = await desk.talk.begin(says="Hello")
    await desk.talk.happen(thread, happenings.ClockBreached(clock="first_answer", due_at=desk.clock.now()))
    before = await desk.told(desk.owner)

    await desk.talk.give(thread, desk.rep.member)

    assert ("clock", 1) in before
    assert [{*await desk.told(one)} for one in (desk.owner, desk.rep)] == [set(), {("assigned", 1), ("clock", 1)}]
