"""Asking Twilio whether it has taken a message of which no answer has come."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from channels.base import Access, Content, Media, Out, Outbound, Receipt, TemplateUse, Unsure
from channels.twilio.channel import SMS
from tests.channels.twilio.stage import LINE, PERSON, SECOND, SERVICE, VALUES, TwilioStage
from tests.clock import MORNING
from tests.fakes.loopback import answer, listening, says

PLAN = Media(type="image/png", url="https://parley.test/files/x")
OTHER = b'{"messages":[{"sid":"SM1","date_created":"never"}]}'


async def found(stage: TwilioStage, out: Out, message: Outbound, *, later_s: float = 0) -> Sequence[Receipt]:
    """What the server has of it, when it was asked so long after nine."""
    since = MORNING + timedelta(seconds=later_s)
    return await stage.channel.lookup(out, stage.access, message, since=since)


@pytest.mark.parametrize(
    "said",
    [
        Content(text=" Yes, it is. "),
        Content(media=(PLAN,)),
        Content(text="The plan", media=(PLAN, PLAN)),
        Content(template=TemplateUse(name="HX1", language="en", values=("Asha",))),
    ],
    ids=["text", "file", "text_with_files", "template"],
)
async def test_whatever_was_taken_is_found(stage: TwilioStage, out: Out, said: Content) -> None:
    message = stage.message("c-1", said)
    receipt = await stage.channel.send(out, stage.access, message)

    assert await found(stage, out, message) == [receipt]


async def test_several_that_are_alike_come_in_their_order(stage: TwilioStage, out: Out) -> None:
    receipts = [await stage.channel.send(out, stage.access, stage.message(f"c-{n}")) for n in range(3)]

    assert await found(stage, out, stage.message("c-1")) == receipts


@pytest.mark.parametrize(
    "said", [Content(text="No"), Content(text="Yes, it is.", media=(PLAN,)), Content()], ids=["words", "files", "empty"]
)
async def test_what_says_something_else_is_another_message(stage: TwilioStage, out: Out, said: Content) -> None:
    await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert await found(stage, out, stage.message("c-2", said)) == []


async def test_a_clock_that_differs_a_little_hides_nothing(stage: TwilioStage, out: Out) -> None:
    await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert len(await found(stage, out, stage.message("c-1"), later_s=5)) == 1
    assert await found(stage, out, stage.message("c-1"), later_s=6) == []


async def test_a_trial_account_has_a_word_of_its_own_in_front(stage: TwilioStage, out: Out) -> None:
    stage.twilio.is_trial = True
    receipt = await stage.channel.send(out, stage.access, stage.message("c-1"))

    assert await found(stage, out, stage.message("c-1")) == [receipt]


async def test_what_a_service_has_not_given_a_number_yet_is_found(stage: TwilioStage, out: Out) -> None:
    stage.twilio.services[SERVICE] = {}
    receipt = await stage.channel.send(out, stage.of_service, stage.message("c-1"))

    assert await stage.channel.lookup(out, stage.of_service, stage.message("c-1"), since=MORNING) == [receipt]


async def test_what_another_number_of_the_account_has_sent_is_not_ours(stage: TwilioStage, out: Out) -> None:
    await stage.channel.send(out, stage.access, stage.message("c-1", sender=SECOND))
    alone = Access("line-3", LINE, stage.access.values, names=(LINE,))

    assert await stage.channel.lookup(out, alone, stage.message("c-1"), since=MORNING) == []


async def test_all_pages_are_read(stage: TwilioStage, out: Out) -> None:
    first = await stage.channel.send(out, stage.access, stage.message("c-1", Content(text="The first")))
    for n in range(100):
        stage.twilio.take({"To": [PERSON.value], "From": [LINE], "Body": [str(n)]})

    assert await found(stage, out, stage.message("c-1", Content(text="The first"))) == [first]


async def test_what_still_waits_there_is_found_however_it_is_sorted(stage: TwilioStage, out: Out) -> None:
    receipt = await stage.channel.send(out, stage.access, stage.message("c-1"))
    for n in range(200):
        stage.twilio.take({"To": [PERSON.value], "From": [LINE], "Body": [str(n)]}).at -= timedelta(days=1)

    assert await found(stage, out, stage.message("c-1")) == [receipt]


async def test_more_than_can_be_read_is_no_answer(stage: TwilioStage, out: Out) -> None:
    for n in range(2001):
        stage.twilio.take({"To": [PERSON.value], "From": [LINE], "Body": [str(n)]})

    with pytest.raises(Unsure):
        await found(stage, out, stage.message("c-1"))


@pytest.mark.parametrize(
    "said",
    [answer(b"{}"), answer(b'{"messages":null}'), answer(b'{"messages":[4711]}'), answer(OTHER), answer(b"<html>")],
    ids=range(5),
)
async def test_only_a_list_that_makes_sense_means_that_it_was_not_taken(out: Out, said: bytes) -> None:
    async with listening(says(said)) as server:
        access = Access("line-1", LINE, {**VALUES, "url": server.url}, names=(LINE,))
        with pytest.raises(Unsure):
            await SMS.lookup(out, access, Outbound(id="c-1", to=PERSON, content=Content(text="x")), since=MORNING)
