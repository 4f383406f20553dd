"""Mails that bear the name of another: none takes the place of another, and the same mail by several ways is one."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from channels.base import Inbound, Media
from channels.mail.ids import NAMELESS
from hub.deps import Deps
from hub.intake.namesakes import Message, told_apart
from hub.lines.models import Line
from hub.settings import Settings
from hub.threads.models import Entry
from tests.clock import VirtualClock
from tests.hub.correspondence.mailing import RAVI, RAW, Post, elsewhere, mail
from tests.hub.intake.webhooks import entries, texts
from tests.hub.lines.connected import connect
from tests.hubs import running_hub

LATER = timedelta(minutes=1)


@pytest.fixture
async def post(settings: Settings, clock: VirtualClock) -> AsyncIterator[Post]:
    """A mailbox."""
    async with running_hub(settings, clock=clock) as hub:
        yield Post(hub.deps, await connect(hub.deps, "sandbox_email", address="sales@acme.test"))


def written(said: Inbound, *, after: timedelta = timedelta(), **content: object) -> Inbound:
    """The same at another time, or saying something else."""
    return replace(said, said_at=said.said_at + after, content=replace(said.content, **content))


FIRST = mail("1", text="What does a roof cost?")
FOOTER = "What does a roof\ncost?\n--\nA list of people with roofs"
SAME = {
    "once more": FIRST,
    "by a list that adds a line": written(FIRST, text=FOOTER, subject="[roofs] Roof"),
    "by a server that writes down when it came": written(FIRST, after=LATER, text="What does a\nroof cost?"),
    "by a way on which it is taken for a forgery": mail("1", text="What does a roof cost?", proof="fail"),
}
OTHERS = {
    "somebody else's in the same words": mail("1", RAVI, "What does a roof cost?"),
    "other words at another time": written(FIRST, after=LATER, text="And a wall?"),
    "another file at another time": written(FIRST, after=LATER, media=(Media(type="image/png", size=9),)),
    "another subject at another time": written(FIRST, after=LATER, subject="Wall"),
}


@pytest.mark.parametrize("again", SAME)
async def test_the_same_mail_by_another_way_is_one_message(post: Post, again: str) -> None:
    await post.comes(FIRST)

    await post.comes(SAME[again])

    assert await texts(post.deps) == ["What does a roof cost?"]


@pytest.mark.parametrize("other", OTHERS)
async def test_another_mail_that_bears_its_name_is_a_message_too_and_once(post: Post, other: str) -> None:
    await post.comes(FIRST)

    await post.comes(OTHERS[other])
    await post.comes(OTHERS[other])

    assert sorted(await texts(post.deps)) == sorted([FIRST.content.text, OTHERS[other].content.text])


async def test_a_forgery_does_not_stand_for_the_mail_whose_name_it_bears(post: Post) -> None:
    await post.comes(mail("1", text="Forget it.", proof="fail"))

    await post.comes(FIRST)

    assert sorted(await texts(post.deps)) == ["Forget it.", "What does a roof cost?"]


async def test_the_ledger_tells_of_a_mail_that_stands_there_in_other_words(post: Post) -> None:
    await post.comes(FIRST)

    outcome = await post.comes(written(FIRST, text="And a wall?"))

    assert outcome.reason == "Not taken as a message: stands_there_in_other_words."


async def test_what_the_business_writes_elsewhere_is_not_kept_out_by_a_mail_of_its_name(post: Post) -> None:
    await post.comes(mail("1"))
    await post.comes(mail("2", RAVI))

    await post.comes(elsewhere("2"))

    assert (await texts(post.deps)).count("We come on Tuesday.") == 1


async def test_each_has_its_own_original_and_a_name_that_no_mail_of_ours_answers(post: Post) -> None:
    await post.comes(mail("1", raw=RAW))

    await post.comes(mail("1", RAVI, raw=RAW + b"Ravi\r\n"))

    first, second = sorted(await messages(post), key=lambda entry: entry.provider_id)
    assert (first.provider_id, second.provider_id[: len(NAMELESS)]) == ("1", NAMELESS)
    assert first.files != second.files


async def messages(post: Post) -> list[Entry]:
    """All that was said."""
    return [entry for entry in await entries(post.deps) if entry.content]


async def test_two_that_come_at_the_same_moment_are_both_taken(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    both = asyncio.Barrier(2)

    async def at_once(deps: Deps, line: Line, said: Message) -> tuple[Message, str]:
        told = await told_apart(deps, line, said)
        if said.id == told[0].id and not await entries(deps):
            await both.wait()
        return told

    monkeypatch.setattr("hub.intake.elements.told_apart", at_once)
    await asyncio.gather(post.comes(mail("1")), post.comes(mail("1", RAVI, "Good morning")))

    assert sorted(await texts(post.deps)) == ["Good morning", "Hello"]
