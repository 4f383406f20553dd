"""How members are told outside of Parley: when, of what, and when not."""

from datetime import UTC, datetime

from hub.accounts.leaving import KINDS as LEAVING
from hub.threads.happenings import ClockBreached
from tests.fakes.push import FakePush
from tests.fakes.smtp import FakeSmtp
from tests.hub.notices.desk import Desk
from tests.hub.push.browsers import subscribe
from tests.hub.sending.scene import work_off
from tests.screens import at_screen
from tests.serving import serving

OWN = ("threads.view", "threads.follow")
NIGHT = {"begins": "22:00", "ends": "07:00"}


async def move_to(desk: Desk, moment: datetime) -> None:
    """So late it is now, and the rep has signed in anew."""
    await desk.clock.advance(seconds=(moment - desk.clock.now()).total_seconds())
    desk.rep = await desk.comes_back(desk.rep)


# Push


async def test_a_push_says_who_and_what(desk: Desk, push_service: FakePush) -> None:
    browser = await subscribe(desk.rep, push_service)
    thread = await desk.a_talk_of_the_rep()

    await desk.talk.hear(thread, "How much is it?")
    await desk.work()

    shown = browser.shown[thread.id]
    assert (shown["title"], shown["body"]) == ("Maja", "1 new message\nHow much is it?")
    assert shown["url"].endswith(f"/inbox/{thread.id}")


async def test_five_hundred_messages_in_a_minute_are_a_push_every_ten_seconds(
    desk: Desk, push_service: FakePush
) -> None:
    browser = await subscribe(desk.rep, push_service)
    thread = await desk.a_talk_of_the_rep()
    await desk.pass_time(minutes=1)
    before = len(browser.told)

    for _ in range(60):
        for n in range(8):
            await desk.talk.hear(thread, f"Message {n}")
        await desk.pass_time(seconds=1)

    assert 6 <= len(browser.told) - before <= 7


async def test_many_conversations_at_once_are_one_push(desk: Desk, push_service: FakePush) -> None:
    browser = await subscribe(desk.rep, push_service)
    for _ in range(5):
        await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")

    await desk.work()

    assert [one["body"] for one in browser.told] == ["5 conversations have news for you"]


async def test_whoever_looks_at_the_conversation_gets_no_push_for_it(desk: Desk, push_service: FakePush) -> None:
    browser = await subscribe(desk.rep, push_service)
    thread = await desk.a_talk_of_the_rep()
    async with serving(desk.hub) as url, at_screen(url, desk.rep) as screen:
        await screen.does("watch", {"thread_id": thread.id})

        await desk.talk.hear(thread, "Hello")
        await desk.work()

    assert browser.told == []


async def test_whoever_looked_and_went_without_having_read_it_is_pushed_it_then(
    desk: Desk, push_service: FakePush
) -> None:
    browser = await subscribe(desk.rep, push_service)
    thread = await desk.a_talk_of_the_rep()
    async with serving(desk.hub) as url, at_screen(url, desk.rep) as screen:
        await screen.does("watch", {"thread_id": thread.id})
        await desk.talk.hear(thread, "Hello")
        await desk.work()

    await desk.pass_time(minutes=1)

    assert browser.shown[thread.id]["body"] == "1 new message\nHello"


async def test_a_screen_before_which_nobody_sits_keeps_no_push_away(desk: Desk, push_service: FakePush) -> None:
    browser = await subscribe(desk.rep, push_service)
    thread = await desk.a_talk_of_the_rep()
    async with serving(desk.hub) as url, at_screen(url, desk.rep) as screen:
        await screen.does("watch", {"thread_id": thread.id})
        await screen.does("attention", {"is_there": False})

        await desk.talk.hear(thread, "Hello")
        await desk.work()
        left_on = len(browser.told)
        await screen.does("attention", {"is_there": True})
        await desk.talk.hear(thread, "Still there?")
        await desk.pass_time(seconds=20)

    assert (left_on, len(browser.told)) == (1, 1)


async def test_whoever_may_see_it_no_more_is_not_told_of_it(desk: Desk, push_service: FakePush) -> None:
    role = await desk.owner.does(
        "POST", "/roles", {"name": "own", "grants": [{"permission": one, "scope": "own"} for one in OWN]}
    )
    await desk.owner.does("PATCH", f"/members/{desk.rep.member}", {"role": role["id"]})
    browser = await subscribe(desk.rep, push_service)
    thread = await desk.a_talk_of_the_rep()
    await desk.talk.hear(thread, "Hello")

    await desk.talk.give(thread, desk.owner.member)
    await desk.work()

    assert browser.told == []


# Quiet hours


async def test_in_the_quiet_hours_screens_alone_tell_and_the_rest_comes_when_they_end(
    desk: Desk, push_service: FakePush
) -> None:
    browser = await subscribe(desk.rep, push_service)
    thread = await desk.a_talk_of_the_rep()
    await desk.wants(desk.rep, ways=("push",), quiet=NIGHT, zone="UTC")
    await desk.work()
    await move_to(desk, datetime(2054, 3, 2, 23, 0, tzinfo=UTC))

    told = len(browser.told)
    for text in ("One", "Two"):
        await desk.talk.hear(thread, text)
        await desk.pass_time(minutes=1)
    at_night = len(browser.told) - told
    on_screen = await desk.told(desk.rep)
    await desk.pass_time(hours=8)

    assert (at_night, on_screen[0]) == (0, ("message", 2))
    assert browser.shown[thread.id]["body"] == "2 new messages\nTwo"


async def test_quiet_hours_end_by_the_clock_on_the_wall_also_in_the_night_that_is_an_hour_short(
    desk: Desk, push_service: FakePush
) -> None:
    browser = await subscribe(desk.rep, push_service)
    thread = await desk.a_talk_of_the_rep()
    await desk.wants(desk.rep, ways=("push",), quiet=NIGHT, zone="Europe/Berlin")
    await desk.work()
    # In this night two o'clock is three: seven is at 05:00 UTC, and would have been at 06:00.
    await move_to(desk, datetime(2054, 3, 28, 23, 0, tzinfo=UTC))
    await desk.talk.hear(thread, "Hello")

    told = []
    for hours, minutes in ((5, 59), (0, 2)):
        await desk.pass_time(hours=hours, minutes=minutes)
        told.append(thread.id in browser.shown)

    assert told == [False, True]


# Letters


async def test_a_letter_comes_after_a_quarter_of_an_hour_and_says_who_and_how_much_but_not_what(
    mailing_desk: Desk, post_office: FakeSmtp
) -> None:
    desk = mailing_desk
    thread = await desk.a_talk_of_the_rep()
    for text in ("How much is it?", "And when?"):
        await desk.talk.hear(thread, text)

    came = []
    for minutes in (14, 1, 60):
        await desk.pass_time(minutes=minutes)
        came.append(len(post_office.taken))

    words = post_office.taken[0].part("plain")
    assert came == [0, 1, 1]
    assert "Maja: 2 new messages" in words and f"/inbox/{thread.id}" in words
    assert "How much" not in words and "And when" not in words


async def test_what_was_read_in_time_is_in_no_letter(mailing_desk: Desk, post_office: FakeSmtp) -> None:
    desk = mailing_desk
    thread = await desk.a_talk_of_the_rep()
    await desk.talk.hear(thread, "Hello")

    await desk.pass_time(minutes=5)
    await desk.reads(desk.rep, thread)
    await desk.pass_time(minutes=15)

    assert post_office.taken == []


async def test_whoever_is_there_gets_no_letter_until_they_have_gone(mailing_desk: Desk, post_office: FakeSmtp) -> None:
    desk = mailing_desk
    thread = await desk.a_talk_of_the_rep()
    async with serving(desk.hub) as url, at_screen(url, desk.rep):
        await desk.talk.hear(thread, "Hello")
        await desk.pass_time(minutes=16)

    assert post_office.taken == []


async def test_a_screen_before_which_nobody_sits_keeps_no_letter_away(
    mailing_desk: Desk, post_office: FakeSmtp
) -> None:
    desk = mailing_desk
    thread = await desk.a_talk_of_the_rep()
    async with serving(desk.hub) as url, at_screen(url, desk.rep) as screen:
        await screen.does("attention", {"is_there": False})

        await desk.talk.hear(thread, "Hello")
        await desk.pass_time(minutes=16)

    assert len(post_office.taken) == 1


async def test_a_letter_a_day_is_one_a_day(mailing_desk: Desk, post_office: FakeSmtp) -> None:
    desk = mailing_desk
    thread = await desk.a_talk_of_the_rep()
    await desk.wants(desk.rep, ways=("mail",), digest="day")
    for _ in range(30):
        await desk.talk.hear(thread, "Hello")
        await desk.pass_time(hours=1)

    assert [taken.message["subject"] for taken in post_office.taken] == ["1 conversation has news for you"]


async def test_of_a_promise_a_letter_says_no_more_than_holds_of_all_that_are_promised(
    mailing_desk: Desk, post_office: FakeSmtp
) -> None:
    desk = mailing_desk
    thread = await desk.a_talk_of_the_rep()

    await desk.talk.happen(thread, ClockBreached(clock="resolution", due_at=desk.clock.now()))
    await desk.pass_time(minutes=15)

    assert "Maja: a promised time is over, or soon will be" in post_office.taken[0].part("plain")


# Who is there no more


async def test_whoever_was_shut_out_is_told_nothing_any_more(mailing_desk: Desk, post_office: FakeSmtp) -> None:
    desk = mailing_desk
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")

    await desk.owner.does("POST", f"/members/{desk.rep.member}/disable")
    await desk.pass_time(minutes=16)

    assert post_office.taken == []


async def test_nothing_is_kept_for_whoever_was_shut_out(desk: Desk) -> None:
    await desk.wants(desk.rep, ways=("push",))
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")

    await desk.owner.does("POST", f"/members/{desk.rep.member}/disable")
    await work_off(desk.hub.deps, LEAVING)

    mongo = desk.hub.deps.mongo
    found = [await mongo[name].find({"member": desk.rep.member}, limit=1) for name in ("notices", "notice_errands")]
    assert found == [[], []]
    assert await mongo["notice_preferences"].find({}, limit=1) == []
