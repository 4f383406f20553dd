"""Large events: kept beside the database as they came, taken in one after the other, and not too many at once."""

from collections.abc import AsyncIterator
from contextlib import ExitStack

import httpx2
import msgspec
import pytest

from channels.base import Posted
from channels.mail.reading import MAIL_TYPE
from hub.apart.reading import Apart, Given, Unreadable
from hub.deps import Deps
from hub.files.forgetting import KINDS as FORGETTING
from hub.files.models import FILES
from hub.intake import ledger, showing
from hub.intake.models import IntakeEvent, IntakeState
from hub.intake.parsing import TOO_MUCH, given_to, parsed_of
from hub.intake.repository import KEPT_FOR
from hub.lines.actions import access_of
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.places import NoPlace
from hub.settings import Settings
from hub.store.ids import new_id
from tests.clock import VirtualClock
from tests.fakes.mailgun.signing import signed
from tests.fakes.sandbox import signed as signed_by_sandbox
from tests.hub.http.rooms import error_of
from tests.hub.intake.webhooks import entries, ledger_of, message, tell, texts
from tests.hub.intake.webhooks import event_of as event_of_sandbox
from tests.hub.intake.webhooks import post as post_event
from tests.hub.lines.connected import SECRET, act_in, connect
from tests.hub.sending.scene import work_off
from tests.hubs import Hub, running_hub

KEY = "the signing key"
VALUES = {"api_key": "key", "signing_key": KEY}
LARGE = b"Subject: Roof\r\n\r\n" + b"Hello, is the roof still for sale?\r\n" * 20_000


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
    """A line whose provider brings mails by its webhook."""
    return await connect(deps, "mailgun_email", address="sales@acme.test", values=VALUES)


def event_of(deps: Deps, *, megabytes: float = 0.5) -> bytes:
    """The provider's word, and much of it."""
    told = {"event": "accepted", "id": new_id(deps.clock.now()), "filling": "a" * int(megabytes * 1_000_000)}
    return msgspec.json.encode({"signature": signed(deps.clock.now(), KEY), "event-data": told})


async def post(hub: Hub, line: str, body: bytes) -> httpx2.Response:
    """To the webhook for what is large."""
    return await hub.client.post(f"/in/{line}/mail", content=body, headers={"content-type": "application/json"})


def told(answer: httpx2.Response) -> tuple[int, str]:
    """The status and the code of a no."""
    return answer.status_code, error_of(answer)


async def kept(deps: Deps, line: Line, body: bytes = LARGE) -> IntakeEvent:
    """It stands in the ledger."""
    event = await ledger.keep(deps, line, "1", Posted(body, MAIL_TYPE, {}, deps.clock.now()))
    assert event
    return event


async def test_a_large_body_is_not_in_the_document_and_comes_back_as_it_was(deps: Deps, line: Line) -> None:
    event = await kept(deps, line)

    assert len(event.raw) < 100
    assert (await ledger.posted_of(deps, event)).body == LARGE


async def test_a_small_one_is_in_the_document(deps: Deps, line: Line) -> None:
    event = await kept(deps, line, b"Hello")

    assert event.file is None
    assert (await ledger.posted_of(deps, event)).body == b"Hello"


async def test_a_repeat_of_it_is_not_kept_again(deps: Deps, line: Line) -> None:
    await kept(deps, line)

    again = await ledger.keep(deps, line, "1", Posted(LARGE, MAIL_TYPE, {}, deps.clock.now()))

    assert again is None
    assert await deps.mongo[FILES].count({}, limit=10) == 1


async def test_it_can_be_replayed_for_as_long_as_the_ledger_reaches_back_and_then_goes(
    deps: Deps, line: Line, clock: VirtualClock
) -> None:
    event = await kept(deps, line)

    await clock.advance(days=KEPT_FOR.days)
    await work_off(deps, FORGETTING)
    before = (await ledger.posted_of(deps, event)).body
    await clock.advance(days=2)
    await work_off(deps, FORGETTING)

    assert before == LARGE
    assert await deps.mongo[FILES].count({}, limit=10) == 0


async def test_a_large_mail_is_read_apart_and_says_the_same(hub: Hub, deps: Deps, line: Line) -> None:
    event = await kept(deps, line, b"From: asha@lead.test\r\nMessage-ID: <1@lead.test>\r\n" + LARGE)

    outcome = await ledger.process(deps, event)

    (said,) = [one for one in await entries(deps, line.account) if one.content]
    assert (outcome.state, said.direction) == (IntakeState.DONE, "in")


class NeverReady(Apart):
    """Whoever is to read something there is ended before."""

    async def read(self, module: str, *words: str, given: Given) -> bytes:
        """Nothing comes of it."""
        raise Unreadable


async def test_one_that_keeps_its_reader_too_long_is_not_read(deps: Deps, line: Line) -> None:
    access = await access_of(deps, line)

    with pytest.raises(ValueError, match=TOO_MUCH):
        await parsed_of(NeverReady(), channel_of(line), access, Posted(LARGE, MAIL_TYPE))


async def test_no_secret_is_told_to_who_reads_apart(deps: Deps, line: Line) -> None:
    access = await access_of(deps, line)

    given = given_to(channel_of(line), access, Posted(LARGE, MAIL_TYPE))

    assert access.values["signing_key"] == KEY
    assert KEY.encode() not in given and LARGE in given


async def test_what_is_shown_of_it_is_its_beginning(deps: Deps, line: Line) -> None:
    event = await kept(deps, line, LARGE * 3)

    opened = await showing.event_opened(deps, act_in(deps).caller, event)

    assert opened.raw == (LARGE * 3)[: showing.MOST_SHOWN].decode()


async def test_a_provider_of_mail_may_send_much_more_than_others(hub: Hub, line: Line) -> None:
    body = event_of(hub.deps, megabytes=31)

    usual = await hub.client.post(f"/in/{line.id}", content=body)
    answer = await post(hub, line.id, body)

    assert (usual.status_code, answer.status_code) == (413, 200)
    assert len(await ledger_of(hub.deps)) == 1


async def test_more_than_that_is_too_much(hub: Hub, line: Line) -> None:
    answer = await post(hub, line.id, event_of(hub.deps, megabytes=33))

    assert told(answer) == (413, "too_large")


async def test_it_is_signed_as_any_event(hub: Hub, line: Line) -> None:
    answer = await post(hub, line.id, event_of(hub.deps).replace(b'"token":"', b'"token":"0'))

    assert told(answer) == (403, "bad_signature")


async def test_only_lines_of_mail_take_that_much(hub: Hub) -> None:
    other = await connect(hub.deps)

    answers = [await post(hub, id, LARGE) for id in (other.id, "nobodys", new_id(hub.deps.clock.now()))]

    assert [told(answer) for answer in answers] == [(404, "no_such_line")] * 3


async def test_with_no_place_in_memory_it_is_to_come_again(hub: Hub, line: Line) -> None:
    with all_places_taken(hub.deps):
        refused = await post(hub, line.id, event_of(hub.deps))
    taken = await post(hub, line.id, event_of(hub.deps))

    assert (told(refused), refused.headers["retry-after"]) == ((503, "no_place"), "5")
    assert taken.status_code == 200


async def test_a_batch_of_a_few_megabytes_is_taken_where_there_is_a_place_for_it(hub: Hub) -> None:
    line = await connect(hub.deps)
    batch = event_of_sandbox(message("Hello", at=hub.deps.clock.now(), filling="a" * 3_000_000))

    with all_places_taken(hub.deps):
        refused = await post_event(hub, line, batch)
    await tell(hub, line, message("Hello", at=hub.deps.clock.now(), filling="a" * 3_000_000))

    assert (told(refused), refused.headers["retry-after"]) == ((503, "no_place"), "5")
    assert await texts(hub.deps) == ["Hello"]


@pytest.mark.parametrize(("is_announced", "status"), [(True, 200), (False, 503)])
async def test_what_says_that_it_is_small_needs_no_place(hub: Hub, is_announced: bool, status: int) -> None:
    line = await connect(hub.deps)
    body = event_of_sandbox(message("Hello", at=hub.deps.clock.now()))
    length = {"content-length": str(len(body))} if is_announced else {"transfer-encoding": "chunked"}

    with all_places_taken(hub.deps):
        headers = {**signed_by_sandbox(body, hub.deps.clock.now(), SECRET), **length}
        answer = await hub.client.post(f"/in/{line.id}", content=body, headers=headers)

    assert answer.status_code == status


def all_places_taken(deps: Deps) -> ExitStack:
    """Until the end of the block."""
    stack = ExitStack()
    try:
        while True:
            stack.enter_context(deps.large.one())
    except NoPlace:
        return stack
