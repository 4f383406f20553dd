"""Texts to a member's own phone: when, how often, and what becomes of those that do not leave."""

from hub.lines.actions import get_line
from hub.lines.channels import channel_of
from hub.notices.allowance import take_text
from hub.sending.limits import take_turn
from tests.fakes.sandbox.running import RunningSandbox
from tests.hub.notices.desk import PATH, Desk
from tests.hub.notices.phones import NUMBER, OTHERS, allow, wants_texts


async def keep_busy(desk: Desk, line_id: str) -> None:
    """As much goes over the line at this moment as may."""
    line = await get_line(desk.hub.deps, desk.owner.account, line_id)
    while await take_turn(desk.hub.deps, line, channel_of(line).capabilities, OTHERS) is None:
        pass


async def failure_of(desk: Desk) -> str | None:
    """Why the last text to the rep has not left."""
    shown: str | None = (await desk.rep.does("GET", f"{PATH}/preferences"))["number"]["failure"]
    return shown


async def test_a_text_comes_once_when_nobody_has_looked_for_two_minutes(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await wants_texts(desk, sandbox, line_id)
    thread = await desk.a_talk_of_the_rep()
    await desk.talk.hear(thread, "my-secret-word")

    came = []
    for minutes in (1, 1, 30):
        await desk.pass_time(minutes=minutes)
        came.append(len(sandbox.sent) - 1)

    assert came == [0, 1, 1]
    assert "Maja: 1 new message" in sandbox.sent[-1].text and "secret" not in sandbox.sent[-1].text


async def test_what_may_have_left_when_the_provider_hung_up_is_not_texted_again(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await wants_texts(desk, sandbox, line_id)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    sandbox.mood("hang_up")
    await desk.pass_time(minutes=2)

    desk.rep = await desk.comes_back(desk.rep)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    await desk.pass_time(minutes=15)

    assert [sent.text.split(".")[0] for sent in sandbox.sent[1:]] == ["Parley: 1 conversation has news for you"] * 2


async def test_what_surely_has_not_left_is_tried_again(desk: Desk, sandbox: RunningSandbox, line_id: str) -> None:
    await wants_texts(desk, sandbox, line_id)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")

    async with sandbox.gone():
        await desk.pass_time(minutes=2)
    await desk.pass_time(minutes=10)

    assert len(sandbox.sent) == 2


async def test_a_proved_number_gets_nothing_over_a_line_that_is_not_allowed_any_more(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await wants_texts(desk, sandbox, line_id)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")

    await allow(desk)
    await desk.pass_time(minutes=2)

    assert len(sandbox.sent) == 1
    assert "lets no notification" in (await desk.rep.does("GET", f"{PATH}/preferences"))["number"]["failure"]


async def test_what_would_be_one_text_too_many_waits(desk: Desk, sandbox: RunningSandbox, line_id: str) -> None:
    await wants_texts(desk, sandbox, line_id)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    for _ in range(40):
        await take_text(desk.hub.deps, desk.owner.account, NUMBER)

    came = []
    for minutes in (3, 40):
        await desk.pass_time(minutes=minutes)
        came.append(len(sandbox.sent) - 1)

    assert came == [0, 1]


async def test_a_text_over_a_line_that_is_busy_leaves_as_soon_as_it_is_free(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await wants_texts(desk, sandbox, line_id)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    await desk.clock.advance(minutes=2)
    await keep_busy(desk, line_id)

    came = []
    for seconds in (0, 1):
        await desk.pass_time(seconds=seconds)
        came.append(len(sandbox.sent) - 1)

    assert came == [0, 1]


async def test_a_text_that_could_not_leave_is_tried_again_soon_and_counts_once(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await wants_texts(desk, sandbox, line_id)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    for _ in range(39):
        await take_text(desk.hub.deps, desk.owner.account, NUMBER)

    async with sandbox.gone():
        for seconds in (120, 15, 30):
            await desk.pass_time(seconds=seconds)
    await desk.pass_time(minutes=1)

    assert len(sandbox.sent) == 2


async def test_a_text_that_no_line_takes_counts_for_nothing(desk: Desk, sandbox: RunningSandbox, line_id: str) -> None:
    await wants_texts(desk, sandbox, line_id)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")
    await allow(desk)
    await desk.pass_time(minutes=2)

    verdicts = [await take_text(desk.hub.deps, desk.owner.account, NUMBER) for _ in range(41)]

    assert [one is None for one in verdicts] == [True] * 40 + [False]


async def test_that_the_provider_cannot_be_reached_stands_where_the_number_does_until_a_text_has_left(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await wants_texts(desk, sandbox, line_id)
    await desk.talk.hear(await desk.a_talk_of_the_rep(), "Hello")

    async with sandbox.gone():
        await desk.pass_time(minutes=2)
        while_away = await failure_of(desk)
    await desk.pass_time(minutes=1)

    assert while_away and "could not be reached" in while_away
    assert await failure_of(desk) is None


async def test_after_eight_tries_a_text_is_given_up_until_there_is_something_new(
    desk: Desk, sandbox: RunningSandbox, line_id: str
) -> None:
    await wants_texts(desk, sandbox, line_id)
    thread = await desk.a_talk_of_the_rep()
    await desk.talk.hear(thread, "Hello")
    async with sandbox.gone():
        for _ in range(20):
            await desk.pass_time(minutes=2)

    came = []
    for text in ("", "Are you there?"):
        if text:
            await desk.talk.hear(thread, text)
        await desk.pass_time(minutes=15)
        came.append(len(sandbox.sent) - 1)

    assert came == [0, 1]
