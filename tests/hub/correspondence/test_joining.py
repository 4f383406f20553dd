"""Which conversation a mail goes on in: by an address of ours, or by what it answers where somebody vouches for its
sender; and what of mails is nobody's word."""

from collections.abc import AsyncIterator

import pytest

from hub.files import actions as files
from hub.merging import actions as merging
from hub.merging import settling
from hub.people.getting import get_person
from hub.settings import Settings
from hub.threads import state
from hub.threads.log import opened
from hub.threads.models import THE_HUB, AuthorKind
from tests.clock import VirtualClock
from tests.hub.correspondence.mailing import ASHA, RAVI, RAW, Post, elsewhere, forged, in_capitals, mail
from tests.hub.lines.connected import act_in, connect
from tests.hubs import Hub, running_hub


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub whose time stands still."""
    async with running_hub(settings, clock=clock) as hub:
        yield hub


@pytest.fixture
async def post(hub: Hub) -> Post:
    """A mailbox."""
    return Post(hub.deps, await connect(hub.deps, "sandbox_email", address="sales@acme.test"))


async def test_an_answer_to_our_address_goes_where_the_mail_was_sent_from_whoever_writes_it(post: Post) -> None:
    await post.comes(mail("1"))
    thread = await post.thread_of("1")
    ours = await post.sends(thread, "ours@acme.test")

    await post.comes(mail("2", RAVI, recipients=(await post.reply_address(ours),)))

    joined, entry = await post.thread_of("2"), await post.entry_of("2")
    assert (joined.id, joined.person) == (thread.id, thread.person)
    assert entry.author.kind is AuthorKind.PERSON
    assert entry.author.id != thread.person
    assert await post.conversations() == 1


async def test_the_address_counts_in_capitals_too(post: Post) -> None:
    await post.comes(mail("1"))
    ours = await post.sends(await post.thread_of("1"), "ours@acme.test")

    await post.comes(in_capitals(mail("2", RAVI, recipients=(await post.reply_address(ours),))))

    assert (await post.thread_of("2")).id == (await post.thread_of("1")).id


async def test_an_address_that_we_have_not_made_leads_nowhere(post: Post) -> None:
    await post.comes(mail("1"))
    ours = await post.sends(await post.thread_of("1"), "ours@acme.test")

    await post.comes(mail("2", RAVI, recipients=(forged(await post.reply_address(ours)),)))

    assert (await post.thread_of("2")).id != (await post.thread_of("1")).id


async def test_an_address_of_another_account_leads_nowhere(hub: Hub, post: Post) -> None:
    other = Post(hub.deps, await connect(hub.deps, "sandbox_email", address="sales@other.test", account="other"))
    await other.comes(mail("1"))
    theirs = await other.sends(await other.thread_of("1"), "theirs@other.test")

    await post.comes(mail("2", RAVI, recipients=(await other.reply_address(theirs),)))

    assert (await post.thread_of("2")).account == "acme"


@pytest.mark.parametrize(("proof", "joins"), [("pass", True), ("", False), ("fail", False)])
async def test_what_a_mail_answers_counts_where_somebody_vouches_for_its_sender(
    post: Post, proof: str, joins: bool
) -> None:
    await post.comes(mail("1"))
    thread = await post.thread_of("1")
    await post.sends(thread, "ours@acme.test")

    await post.comes(mail("2", RAVI, answers=("strange@lead.test", "ours@acme.test"), proof=proof))

    assert ((await post.thread_of("2")).id == thread.id) is joins


async def test_an_answer_to_what_they_have_written_themselves_joins_too(post: Post) -> None:
    await post.comes(mail("1"))

    await post.comes(mail("2", RAVI, answers=("1",), proof="pass"))

    assert await post.conversations() == 1


async def test_whoever_is_known_and_not_vouched_for_goes_on_in_their_own(post: Post) -> None:
    await post.comes(mail("1"))

    await post.comes(mail("2"))

    assert await post.conversations() == 1


async def test_a_mail_that_is_known_to_be_forged_is_of_nobody_whom_we_know(hub: Hub, post: Post) -> None:
    await post.comes(mail("1"))

    await post.comes(mail("2", proof="fail"))
    await post.comes(mail("3", proof="fail"))

    stranger = await post.thread_of("2")
    assert stranger.id != (await post.thread_of("1")).id
    assert (await post.thread_of("3")).id == stranger.id
    assert not (await get_person(hub.deps, "acme", stranger.person)).has("email")  # type: ignore[arg-type]


async def test_a_mail_of_a_program_begins_no_conversation(post: Post) -> None:
    outcome = await post.comes(mail("1", is_automatic=True))

    assert await post.conversations() == 0
    assert outcome.reason == "Not taken as a message: automatic_mail."


async def test_in_a_conversation_a_mail_of_a_program_asks_for_nothing(hub: Hub, post: Post) -> None:
    await post.comes(mail("1"))
    await state.close(hub.deps, await post.thread_of("1"), THE_HUB)
    before = await post.thread_of("1")

    await post.comes(mail("2", text="I am away.", is_automatic=True))

    after = await post.thread_of("2")
    assert after.id == before.id
    assert (after.status, after.heard, after.unread_for) == ("closed", before.heard, [])


async def test_a_word_in_a_mail_of_a_program_ends_nothing(hub: Hub, post: Post) -> None:
    await post.comes(mail("1"))

    await post.comes(mail("2", text="unsubscribe", is_automatic=True))

    person = await get_person(hub.deps, "acme", (await post.thread_of("1")).person)
    assert person.consent_on(post.line.medium) != "revoked"


async def test_what_we_have_sent_ourselves_is_no_message_to_us(post: Post) -> None:
    await post.comes(mail("1"))
    await post.sends(await post.thread_of("1"), "ours@acme.test")

    copy = await post.comes(mail("ours@acme.test", "sales@acme.test"))
    sent = await post.comes(elsewhere("ours@acme.test"))

    assert copy.reason == sent.reason == "Not taken as a message: our_own."
    assert (await post.thread_of("1")).seq == 2


async def test_what_was_written_elsewhere_stands_in_the_conversation_as_said_by_the_business(post: Post) -> None:
    await post.comes(mail("1"))

    await post.comes(elsewhere("2"))
    await post.comes(elsewhere("2"))

    thread, entry = await post.thread_of("2"), await post.entry_of("2")
    assert thread.id == (await post.thread_of("1")).id
    assert (entry.direction, entry.author.kind, thread.is_waiting, thread.seq) == ("out", "elsewhere", False, 2)


async def test_what_was_written_elsewhere_in_answer_goes_where_it_answers(post: Post) -> None:
    await post.comes(mail("1"))

    await post.comes(elsewhere("2", RAVI, answers=("1",)))

    assert (await post.thread_of("2")).id == (await post.thread_of("1")).id


async def test_what_the_business_writes_to_others_is_none_of_ours(post: Post) -> None:
    outcome = await post.comes(elsewhere("1", RAVI))

    assert await post.conversations() == 0
    assert outcome.reason == "Not taken as a message: of_no_conversation."


async def test_the_whole_mail_is_kept_once_for_whoever_may_see_the_conversation(hub: Hub, post: Post) -> None:
    await post.comes(mail("1", raw=RAW))
    await post.comes(mail("1", raw=RAW))

    entry = await post.entry_of("1")
    said = await opened(hub.deps, entry)
    assert said.mail
    file = await files.get_file(hub.deps, "acme", said.mail.original)
    assert await files.read(hub.deps, file) == RAW
    assert (file.thread, file.entry) == (entry.thread, entry.id)
    assert await hub.deps.mongo["files"].count({}, limit=10) == 1


async def test_an_answer_finds_a_conversation_that_goes_on_in_another_one(hub: Hub, post: Post) -> None:
    await post.comes(mail("1"))
    await post.comes(mail("2", RAVI))
    first, second = await post.thread_of("1"), await post.thread_of("2")
    ours = await post.sends(first, "ours@acme.test")
    made = await merging.merge(act_in(hub.deps), second.person, first.person)
    await settling.settle(hub.deps, await merging.access_merge(act_in(hub.deps), made.id))

    await post.comes(mail("3", ASHA, recipients=(await post.reply_address(ours),)))

    joined = await post.thread_of("3")
    assert (joined.person, joined.merged_into) == (second.person, None)
