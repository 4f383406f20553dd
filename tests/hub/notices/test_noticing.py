"""What becomes a notice, for whom, and for whom it does not."""

import asyncio
from datetime import timedelta

from hub.notices.noticing import notice_entry
from hub.threads import happenings
from hub.threads.failing import note_failed, note_tried_again
from hub.threads.happenings import NOBODY, Owner, OwnerChanged, OwnerKind
from hub.threads.log import get_thread
from tests.hub.notices.desk import PATH, Desk
from tests.hub.routing.crew import pass_time, turn_on
from tests.hubs import Hub
from tests.people import join
from tests.screens import at_screen
from tests.serving import serving


async def test_a_conversation_that_somebody_gives_to_a_member_is_told_to_that_one_alone(desk: Desk) -> None:
    thread = await desk.talk.begin()

    await desk.talk.give(thread, desk.rep.member)

    assert await desk.told(desk.rep) == [("assigned", 1)]
    assert await desk.told(desk.owner) == []


async def test_whoever_takes_it_over_is_not_told_so(desk: Desk) -> None:
    thread = await desk.talk.begin()

    await desk.rep.does("POST", f"/threads/{thread.id}/takeover", {})
    await desk.hub.deps.background.settle()

    assert await desk.told(desk.rep) == []


async def test_an_offer_is_told_to_whom_it_is_made_until_it_has_passed(desk: Desk) -> None:
    thread = await desk.talk.begin()
    until = desk.clock.now() + timedelta(minutes=1)

    await desk.talk.happen(thread, happenings.Offered(member=desk.rep.member, until=until))
    offered = await desk.told(desk.rep)
    await desk.talk.happen(thread, happenings.OfferPassed(member=desk.rep.member, why="time"))

    assert offered == [("offered", 1)]
    assert await desk.told(desk.rep) == []


async def test_what_whoever_was_asked_lets_pass_waits_for_all_who_may_answer_there(desk: Desk) -> None:
    thread = await desk.talk.begin(says="Hello")
    until = desk.clock.now() + timedelta(minutes=1)
    await desk.talk.happen(thread, happenings.Offered(member=desk.rep.member, until=until))
    offered = [await desk.told(one) for one in (desk.rep, desk.owner)]

    await desk.talk.happen(thread, happenings.OfferPassed(member=desk.rep.member, why="time"))

    assert offered == [[("offered", 1)], []]
    assert [await desk.told(one) for one in (desk.rep, desk.owner)] == [[("waiting", 1)]] * 2


async def test_while_the_next_one_is_asked_it_waits_for_nobody_else(desk: Desk) -> None:
    await turn_on(desk.owner, mode="offer", offer_seconds=60)
    await desk.talk.begin(says="Hello")

    told = []
    for seconds in (0, 61, 61):
        await pass_time(desk.hub, desk.clock, seconds=seconds)
        told.append({kind for one in (desk.rep, desk.owner) for kind, _ in await desk.told(one)})

    assert told == [{"offered"}, {"offered"}, {"waiting"}]


async def test_a_mention_is_told_to_whoever_is_mentioned(desk: Desk) -> None:
    thread = await desk.talk.begin()

    await desk.talk.note(thread, "What do you think?", desk.rep.member)

    (notice,) = await desk.notices(desk.rep)
    assert (notice["kind"], notice["last"]["text"], notice["person"]["name"]) == (
        "mentioned",
        "What do you think?",
        "Asha",
    )
    assert await desk.told(desk.owner) == []


async def test_messages_are_told_to_whoever_has_the_conversation_and_to_who_follows_it(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    await desk.owner.does("POST", f"/threads/{thread.id}/follow", {})
    bystander = await join(desk.owner, "bystander@acme.test")

    await desk.talk.hear(thread, "How much is it?")

    assert [await desk.told(one) for one in (desk.rep, desk.owner, bystander)] == [
        [("message", 1)],
        [("message", 1)],
        [],
    ]


async def test_a_new_conversation_of_nobody_is_told_to_all_who_may_answer_there(desk: Desk) -> None:
    viewer = await join(desk.owner, "viewer@acme.test", "viewer")
    role = await desk.owner.does(
        "POST",
        "/roles",
        {"name": "own", "grants": [{"permission": one, "scope": "own"} for one in ("threads.view", "threads.reply")]},
    )
    own = await join(desk.owner, "own@acme.test", role["id"])

    thread = await desk.talk.begin(says="Hello")
    await desk.clock.advance(seconds=1)
    await desk.talk.hear(thread, "Are you there?")

    assert [await desk.told(one) for one in (desk.rep, desk.owner, viewer, own)] == [
        [("waiting", 1)],
        [("waiting", 1)],
        [],
        [],
    ]


async def test_what_somebody_has_taken_waits_for_nobody_else(desk: Desk) -> None:
    thread = await desk.talk.begin(says="Hello")

    await desk.owner.does("POST", f"/threads/{thread.id}/takeover", {})
    await desk.hub.deps.background.settle()

    assert await desk.told(desk.rep) == []
    assert [one["is_read"] for one in await desk.notices(desk.rep)] == [True]


async def test_what_an_agent_hands_back_is_told_to_all_who_may_answer_there(desk: Desk) -> None:
    thread = await desk.talk.begin()
    await desk.talk.happen(thread, OwnerChanged(owner=Owner(OwnerKind.AGENT), why="routed"))
    await desk.talk.hear(thread, "I want to talk to somebody")

    await desk.talk.happen(thread, OwnerChanged(owner=NOBODY, why="handed_back"))

    assert [await desk.told(one) for one in (desk.rep, desk.owner)] == [[("handed_back", 1)]] * 2


async def test_a_promise_that_is_broken_is_told_to_whoever_has_the_conversation(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()

    await desk.talk.happen(thread, happenings.ClockBreached(clock="next_answer", due_at=desk.clock.now()))

    assert [await desk.told(one) for one in (desk.rep, desk.owner)] == [[("clock", 1)], []]


async def test_a_low_score_is_told_and_a_high_one_is_not(desk: Desk) -> None:
    bad, good = await desk.a_talk_of_the_rep(), await desk.a_talk_of_the_rep()

    await desk.talk.happen(bad, happenings.SurveyAnswered(score=2))
    await desk.talk.happen(good, happenings.SurveyAnswered(score=3))

    assert [one["thread_id"] for one in await desk.notices(desk.rep, unread="true")] == [bad.id]


async def test_a_message_that_did_not_get_there_is_told_to_its_author_until_it_is_sent_again(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    await desk.talk.reply(thread, "Ten", by=desk.rep.member)
    entry = (await desk.talk.entries(thread))[-1]
    for _ in range(2):
        await note_failed(desk.hub.deps, entry)
    told = [await desk.told(one) for one in (desk.rep, desk.owner)]

    await note_tried_again(desk.hub.deps, entry)

    assert told == [[("failed", 1)], []]
    assert await desk.told(desk.rep) == []


async def test_further_ones_of_a_conversation_raise_the_notice_until_it_is_read(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    for text in ("One", "Two", "Three"):
        await desk.talk.hear(thread, text)
    before = await desk.notices(desk.rep, unread="true")

    await desk.reads(desk.rep, thread)
    await desk.talk.hear(thread, "Four")

    after = await desk.notices(desk.rep, unread="true")
    assert [(one["count"], one["last"]["text"]) for one in (*before, *after)] == [(3, "Three"), (1, "Four")]


async def test_two_processes_that_react_to_the_same_entry_make_one_notice(desk: Desk, other_hub: Hub) -> None:
    thread = await desk.a_talk_of_the_rep()
    await desk.talk.hear(thread, "Hello")
    now = await get_thread(desk.hub.deps, thread.account, thread.id)
    entry = (await desk.talk.entries(thread))[-1]
    await desk.hub.deps.mongo["notices"].delete_all({"account": thread.account})

    await asyncio.gather(*(notice_entry(hub.deps, now, entry) for hub in (desk.hub, other_hub) * 3))

    assert await desk.told(desk.rep) == [("message", 1)]


async def test_whoever_wants_no_way_of_a_kind_gets_no_notice_of_it(desk: Desk) -> None:
    await desk.rep.does("PUT", f"{PATH}/preferences", {"kinds": [{"kind": "assigned", "ways": []}]})

    await desk.talk.give(await desk.talk.begin(), desk.rep.member)

    assert await desk.notices(desk.rep) == []


async def test_whoever_may_see_a_conversation_no_more_sees_nothing_of_it_in_the_list(desk: Desk) -> None:
    role = await desk.owner.does(
        "POST", "/roles", {"name": "own", "grants": [{"permission": "threads.view", "scope": "own"}]}
    )
    own = await join(desk.owner, "own@acme.test", role["id"])
    thread = await desk.talk.give(await desk.talk.begin(), own.member)
    await desk.talk.hear(thread, "Hello")
    before = await desk.told(own)

    await desk.talk.give(thread, desk.rep.member)

    assert {*before} == {("message", 1), ("assigned", 1)}
    assert await desk.notices(own) == []
    assert (await own.does("GET", f"{PATH}/counts"))["unread"] == 0


async def test_nothing_that_people_say_is_stored_in_a_notice(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()

    await desk.talk.hear(thread, "my-secret-word")

    stored = await desk.hub.deps.mongo["notices"].find({}, limit=100)
    assert stored and "my-secret-word" not in str(stored)


async def keep_from_seeing(desk: Desk) -> None:
    """The rep has another role, and sees no conversations any more."""
    role = await desk.owner.does(
        "POST", "/roles", {"name": "blind", "grants": [{"permission": "people.view", "scope": "all"}]}
    )
    await desk.owner.does("PATCH", f"/members/{desk.rep.member}", {"role": role["id"]})


async def test_nothing_is_kept_for_whoever_may_not_see_the_conversation_any_more(desk: Desk) -> None:
    thread = await desk.a_talk_of_the_rep()
    await keep_from_seeing(desk)

    await desk.talk.hear(thread, "How much is it?")

    assert await desk.hub.deps.mongo["notices"].find({"member": desk.rep.member, "kind": "message"}, limit=9) == []


async def test_no_screen_is_told_what_was_read_where_its_member_may_not_see(desk: Desk) -> None:
    thread = await desk.talk.begin(says="Hello")
    async with serving(desk.hub) as url, at_screen(url, desk.rep) as screen:
        await keep_from_seeing(desk)
        before = screen.names()

        await desk.talk.give(thread, desk.owner.member)
        await desk.hub.deps.background.settle()
        await desk.hub.deps.bus.settle()
        await screen.ask("notices", {})

    assert "notices_read" not in screen.names()[len(before) :]


async def test_beyond_five_that_wait_one_more_is_told_in_a_minute_and_counts_the_others(desk: Desk) -> None:
    for _ in range(8):
        await desk.talk.begin(says="Hello")
        await desk.clock.advance(seconds=1)
    at_once = await desk.told(desk.rep)

    await desk.clock.advance(minutes=1)
    await desk.talk.begin(says="Hello")

    assert at_once == [("waiting", 4), *[("waiting", 1)] * 4]
    assert await desk.told(desk.rep) == [("waiting", 1), *at_once]


async def test_one_that_is_counted_with_others_comes_twice_and_counts_once(desk: Desk) -> None:
    for _ in range(6):
        thread = await desk.talk.begin(says="Hello")
    entry = (await desk.talk.entries(thread))[-1]

    for _ in range(2):
        await notice_entry(desk.hub.deps, thread, entry)

    assert (await desk.told(desk.rep))[0] == ("waiting", 2)
