"""A mail server hands mail in: whom it gets to, what is refused, and that what was acknowledged is stored."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from email.policy import SMTP
from pathlib import Path
from smtplib import SMTPRecipientsRefused

import pytest
from bson.binary import Binary

from channels.base import Address, IdentityKind
from channels.mail.reading import MAIL_TYPE
from hub.accounts.models import Account
from hub.deps import Deps
from hub.intake.ledger import posted_of
from hub.intake.models import IntakeEvent
from hub.lines.actions import remove_line
from hub.lines.models import Line
from hub.people.finding import find_or_make
from hub.settings import Secret, Settings
from hub.store.documents import as_document
from hub.store.embedded import free_port
from hub.store.sealed import SUBTYPE
from hub.threads.log import find_or_make as find_or_make_thread
from tests.clock import VirtualClock
from tests.hub.correspondence.mailing import Post
from tests.hub.intake.webhooks import ledger_of
from tests.hub.lines.connected import act_in, connect
from tests.hub.postbox.handing_in import ASHA, LHLO, PostBox, a_mail, a_mail_line, open_box, written_to
from tests.hub.store.servers import database_alone
from tests.hubs import Hub, running_hub

KNOWN = Address(kind=IdentityKind.EMAIL, value=ASHA)
NOBODY, NO_RELAY = (550, "5.1.1"), (550, "5.7.1")


@pytest.fixture
async def hub(settings: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:
    """A hub whose time stands still."""
    async with running_hub(settings, clock=clock) as hub:
        yield hub


@pytest.fixture
def deps(hub: Hub) -> Deps:
    """What the hub has opened."""
    return hub.deps


@pytest.fixture
async def line(deps: Deps) -> Line:
    """A line of mail."""
    return await a_mail_line(deps)


@pytest.fixture
async def box(deps: Deps) -> AsyncIterator[PostBox]:
    """Where its mail is handed in."""
    async with open_box(deps) as box:
        yield box


async def only_event(deps: Deps) -> IntakeEvent:
    """What stands in the ledger, where that is one."""
    (event,) = await ledger_of(deps)
    return event


async def reply_address(deps: Deps, line: Line) -> str:
    """An address of ours that stood in a mail to somebody."""
    post = Post(deps, line)
    person = await find_or_make(deps, line.account, [KNOWN], name="Asha")
    sent = await post.sends(await find_or_make_thread(deps, line.account, person.id), "ours@acme.test")
    return await post.reply_address(sent)


def forged(address: str) -> str:
    """The same, made by somebody who has no key."""
    local, _, domain = address.partition("@")
    return f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}"


def refusal(refused: SMTPRecipientsRefused, address: str) -> tuple[int, str]:
    """The numbers of the no."""
    code, words = refused.recipients[address]
    return code, words.decode().partition(" ")[0]


async def test_a_mail_to_a_lines_address_is_in_the_ledger_once_it_is_acknowledged(
    deps: Deps, line: Line, box: PostBox
) -> None:
    await box.gets(a_mail("Hello"), written_to(line))

    event = await only_event(deps)
    posted = await posted_of(deps, event)
    assert (event.line, posted.content_type) == (line.id, MAIL_TYPE)
    assert posted.body == a_mail("Hello").as_bytes(policy=SMTP)
    assert posted.query == {"recipient": written_to(line), "sender": ASHA}


async def test_the_address_counts_in_capitals_too(deps: Deps, line: Line, box: PostBox) -> None:
    await box.gets(a_mail(), written_to(line).upper())

    assert (await only_event(deps)).line == line.id


async def test_a_mail_that_must_not_come_back_has_no_sender(deps: Deps, line: Line, box: PostBox) -> None:
    await box.gets(a_mail(), written_to(line), sender="")

    assert (await posted_of(deps, await only_event(deps))).query["sender"] == "<>"


async def test_an_answer_comes_to_the_line_that_was_answered(deps: Deps, line: Line, box: PostBox) -> None:
    address = await reply_address(deps, line)

    await box.gets(a_mail(), address)

    event = await only_event(deps)
    assert (event.line, (await posted_of(deps, event)).query["recipient"]) == (line.id, address)


async def test_an_answer_to_an_address_that_we_have_not_made_is_refused(deps: Deps, line: Line, box: PostBox) -> None:
    address = forged(await reply_address(deps, line))

    with pytest.raises(SMTPRecipientsRefused) as refused:
        await box.gets(a_mail(), address)

    assert refusal(refused.value, address) == NOBODY
    assert await ledger_of(deps) == []


ELSEWHERE: Mapping[str, tuple[int, str]] = {
    "ravi@example.com": NO_RELAY,
    "sales@acme.test": NO_RELAY,
    '"ravi@example.com"@in.test': NO_RELAY,
    "ravi%example.com@in.test": NO_RELAY,
    "postmaster": NO_RELAY,
    "01j0000000000000000000000z@in.test": NOBODY,
    f"reply+{'0' * 26}{'a' * 16}@in.test": NOBODY,
}


@pytest.mark.parametrize("address", ELSEWHERE)
async def test_nothing_is_passed_on_to_anybody_else(line: Line, box: PostBox, address: str) -> None:
    with pytest.raises(SMTPRecipientsRefused) as refused:
        await box.gets(a_mail(), address)

    assert refusal(refused.value, address) == ELSEWHERE[address]


async def test_a_line_that_was_removed_gets_nothing(deps: Deps, line: Line, box: PostBox) -> None:
    await remove_line(act_in(deps), line.id)

    with pytest.raises(SMTPRecipientsRefused) as refused:
        await box.gets(a_mail(), written_to(line))

    assert refusal(refused.value, written_to(line)) == NOBODY


async def test_a_line_of_a_closed_account_gets_nothing(deps: Deps, line: Line, box: PostBox) -> None:
    account, now = line.account, deps.clock.now()
    nameless = Binary(b"", SUBTYPE)
    closed = Account(id=account, account=account, name=nameless, owners=[], made_at=now, closed_at=now)
    await deps.mongo["accounts"].insert(as_document(closed))

    with pytest.raises(SMTPRecipientsRefused) as refused:
        await box.gets(a_mail(), written_to(line))

    assert refusal(refused.value, written_to(line)) == NOBODY


async def test_a_line_of_another_medium_gets_no_mail(deps: Deps, box: PostBox) -> None:
    line = await connect(deps)

    with pytest.raises(SMTPRecipientsRefused) as refused:
        await box.gets(a_mail(), written_to(line))

    assert refusal(refused.value, written_to(line)) == NOBODY


async def test_what_is_handed_in_again_is_there_once(deps: Deps, line: Line, box: PostBox) -> None:
    await box.gets(a_mail(), written_to(line))
    await box.gets(a_mail(), written_to(line))

    assert (await only_event(deps)).repeats == 1


async def test_a_mail_to_several_lines_comes_to_each_once(deps: Deps, line: Line, box: PostBox) -> None:
    other = await a_mail_line(deps, "help@acme.test")
    token = await reply_address(deps, line)

    await box.gets(a_mail(), written_to(line), token, written_to(other), written_to(line).upper())

    events = await ledger_of(deps)
    assert sorted(event.line for event in events) == sorted([line.id, other.id])
    recipients = [(await posted_of(deps, event)).query["recipient"] for event in events]
    assert set(recipients) == {token, written_to(other)}


async def test_who_is_nobody_keeps_no_one_else_from_the_mail(deps: Deps, line: Line, box: PostBox) -> None:
    refused = await box.gets(a_mail(), "ravi@example.com", written_to(line))

    assert list(refused) == ["ravi@example.com"]
    assert (await only_event(deps)).line == line.id


async def test_in_lmtp_each_recipient_has_an_answer(deps: Deps, line: Line, box: PostBox) -> None:
    other = await a_mail_line(deps, "help@acme.test")
    async with box.wire() as wire:
        await wire.begins(written_to(line), written_to(other), hello=LHLO)

        wire.sends(b"Subject: Roof\r\n\r\nHello")
        answers = await wire.ends(answers=2)
        bye = await wire.asks("QUIT")

    assert [answer[:3] for answer in (*answers, bye)] == ["250", "250", "221"]
    assert len(await ledger_of(deps)) == 2


async def test_what_cannot_be_stored_is_not_acknowledged(settings: Settings, clock: VirtualClock) -> None:
    nowhere = replace(settings, files="file:///dev/null/files")
    async with running_hub(nowhere, clock=clock) as hub, open_box(hub.deps) as box, box.wire() as wire:
        await wire.begins(written_to(await a_mail_line(hub.deps)))

        wire.sends(b"Subject: Roof\r\n\r\n" + b"Hello\r\n" * 50_000)
        answers = await wire.ends()

        assert answers == ["451 4.3.0 It cannot be kept at this moment: come back later"]
        assert await ledger_of(hub.deps) == []


@pytest.mark.slow
async def test_while_the_database_is_away_everything_is_to_come_again(settings: Settings, tmp_path: Path) -> None:
    port = free_port()
    url, wait_s = Secret(f"mongodb://127.0.0.1:{port}/"), 0.5
    alone = replace(settings, mongodb_url=url, mongodb_timeout_s=wait_s, start_timeout_s=20)
    async with AsyncExitStack() as database, AsyncExitStack() as stack:
        await database.enter_async_context(database_alone(tmp_path, port))
        deps = (await stack.enter_async_context(running_hub(alone))).deps
        wire = await stack.enter_async_context((await stack.enter_async_context(open_box(deps))).wire())
        line = await a_mail_line(deps)
        await wire.begins(written_to(line))

        await database.aclose()
        wire.sends(b"Subject: Roof\r\n\r\nHello")
        answers = [*await wire.ends(), *await wire.says(f"MAIL FROM:<{ASHA}>", f"RCPT TO:<{'0' * 26}@in.test>")]
        await database.enter_async_context(database_alone(tmp_path, port))

        assert [answer[:9] for answer in answers] == ["451 4.3.0", "250 2.1.0", "451 4.3.0"]


async def test_whoever_asks_for_addresses_learns_nothing(line: Line, box: PostBox) -> None:
    async with box.wire() as wire:
        answers = await wire.says("EHLO mx.test", f"VRFY <{written_to(line)}>", "EXPN all", "HELP")

    assert [answer[:3] for answer in answers] == ["250", "502", "502", "502"]
