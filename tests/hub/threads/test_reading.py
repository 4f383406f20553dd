"""Reading a conversation: its state, its log in parts, and the order in which it was said."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from hub.files.actions import keep
from hub.settings import Settings
from hub.store.documents import written
from hub.threads import reading
from hub.threads.models import Author, AuthorKind, Delivery, DeliveryState, Entry, EntryKind, Failing, Thread
from hub.threads.repository import change_entry
from hub.threads.showing import shown
from tests.clock import VirtualClock
from tests.contracts.matrix import Sent
from tests.hub.accounts.staff import hire
from tests.hub.threads.talk import a_thread, answer, as_member, log_of, note, write
from tests.hubs import running_hub
from tests.people import Person, code_of, found

NOON = datetime(2054, 3, 2, 12, tzinfo=UTC)


async def test_a_conversation_is_shown_as_the_member_has_it(asha: Person, thread: Thread) -> None:
    await asha.does("POST", f"/threads/{thread.id}/takeover", {})
    await write(asha.hub, thread)

    shown = await asha.does("GET", f"/threads/{thread.id}")

    assert (shown["person_id"], shown["owner"]["id"]) == (thread.person, asha.member)
    assert (shown["is_unread"], shown["read_seq"], shown["seq"]) == (True, 0, 3)
    assert shown["waiting_since"] == shown["heard_at"] == "2054-03-02T09:00:00Z"


async def test_the_log_has_messages_notes_and_events_in_their_order(asha: Person, thread: Thread) -> None:
    await asha.does("POST", f"/threads/{thread.id}/takeover", {})
    await note(asha.hub, thread, as_member(asha), "ravi")
    await answer(asha.hub.deps, thread, as_member(asha))

    page = await asha.does("GET", f"/threads/{thread.id}/messages")

    told = [(item["seq"], item["kind"], (item["content"] or {}).get("text")) for item in page["items"]]
    assert told == [
        *((1, "message", "How much is it?"), (2, "event", None), (3, "note", "Look."), (4, "message", "Ten."))
    ]
    assert page["items"][1]["event"]["name"] == "owner_changed"
    assert page["items"][2]["mentions"] == ["ravi"]
    assert (page["seq"], page["has_more"], page["reading_order"]) == (4, False, [1, 2, 3, 4])


@pytest.mark.parametrize(
    ("query", "seqs", "has_more"),
    [
        ("limit=2", [5, 6], True),
        ("before=5&limit=2", [3, 4], True),
        ("before=3", [1, 2], False),
        ("after=4", [5, 6], False),
        ("after=1&limit=2", [2, 3], True),
        ("after=1&before=4", [2, 3], False),
        ("after=6", [], False),
    ],
)
async def test_a_part_of_the_log(asha: Person, thread: Thread, query: str, seqs: list[int], has_more: bool) -> None:
    for _ in range(5):
        thread, _ = await write(asha.hub, thread)

    page = await asha.does("GET", f"/threads/{thread.id}/messages?{query}")

    assert [item["seq"] for item in page["items"]] == seqs
    assert page["has_more"] == has_more


async def test_a_message_tells_how_it_fares_and_not_to_whom_it_goes(asha: Person, thread: Thread) -> None:
    deps, failing = asha.hub.deps, Failing(code="spam_limit", words="Too many complaints.", advice="Wait.")
    to = await deps.sealer.seal(thread.account, "messages.delivery.to", "+4930123456")
    delivery = written(Delivery(state=DeliveryState.FAILED, to=to, failure=failing))
    _, entry = await answer(deps, thread, as_member(asha))
    await change_entry(deps.mongo, thread.account, entry.id, {}, {"$set": {"delivery": delivery}})

    page = await asha.does("GET", f"/threads/{thread.id}/messages")

    shown = page["items"][-1]["delivery"]
    assert (shown["state"], shown["failure"]["advice"]) == ("failed", "Wait.")
    assert "to" not in shown


async def test_a_file_comes_with_where_to_get_it(asha: Person, thread: Thread) -> None:
    deps = asha.hub.deps
    file = await keep(deps, thread.account, "a.txt", b"Ten.")
    await answer(deps, thread, as_member(asha), file=file.id)

    page = await asha.does("GET", f"/threads/{thread.id}/messages")

    media = page["items"][-1]["content"]["media"][0]
    assert media["file_id"] == file.id
    assert (await asha.hub.client.get(media["url"])).content == b"Ten."


async def test_whoever_may_see_ones_own_sees_no_more(asha: Person, thread: Thread) -> None:
    ravi = await hire(asha, "ravi@acme.test", {"threads.view": "own"})

    answers = [await ravi.asks("GET", f"/threads/{thread.id}{what}") for what in ("", "/messages")]

    assert {code_of(answer) for answer in answers} == {(404, "no_such_thread")}


class Watched:
    """A hub whose commands are counted."""

    def __init__(self, asha: Person, sent: Sent) -> None:
        self.asha = asha
        self._sent = sent

    async def queries_of(self, path: str) -> int:
        """How many a request sends, whoever asks being known."""
        await self.asha.does("GET", path)
        self._sent.take()
        await self.asha.does("GET", path)
        return len(self._sent.take())


@pytest.fixture
async def watched(settings: Settings, clock: VirtualClock) -> AsyncIterator[Watched]:
    """With an account on it."""
    sent = Sent()
    async with running_hub(replace(settings, open_sign_up=True), clock=clock, listeners=[sent]) as hub:
        yield Watched(await found(hub, "acme"), sent)


async def test_reading_costs_the_same_few_queries_however_much_there_is(watched: Watched) -> None:
    asha, costs = watched.asha, []
    thread = await a_thread(asha)
    for _ in range(2):
        for _ in range(10):
            file = await keep(asha.hub.deps, asha.account, "a.txt", b"Ten.")
            thread, _ = await answer(asha.hub.deps, thread, as_member(asha), file=file.id)
        await asha.hub.deps.background.settle()
        costs.append([await watched.queries_of(f"/threads/{thread.id}{what}") for what in ("", "/messages")])

    assert costs == [[1, 3], [1, 3]]


def an_entry(seq: int, said_s: float, stored_s: float | None = None, direction: str | None = "in") -> Entry:
    """Said and stored so many seconds after noon."""
    said, stored = (NOON + timedelta(seconds=s) for s in (said_s, said_s if stored_s is None else stored_s))
    return Entry(
        id=str(seq),
        account="account",
        thread="thread",
        seq=seq,
        kind=EntryKind.MESSAGE,
        author=Author(AuthorKind.PERSON),
        said_at=said,
        stored_at=stored,
        changed_at=stored,
        client_id=str(seq),
        provider_id=str(seq),
        line="line",
        direction="in" if direction == "in" else "out",
    )


@pytest.mark.parametrize(
    ("entries", "order"),
    [
        pytest.param([an_entry(1, 0), an_entry(2, 5)], [1, 2], id="as they came"),
        pytest.param([an_entry(1, 5, 6), an_entry(2, 0, 7)], [2, 1], id="shuffled"),
        pytest.param([an_entry(1, 5), an_entry(2, 3, 6), an_entry(3, 1, 7)], [3, 2, 1], id="turned round"),
        pytest.param([an_entry(1, 0), an_entry(2, 5, direction="out"), an_entry(3, 3, 6)], [1, 3, 2], id="before us"),
        pytest.param([an_entry(1, 700), an_entry(2, 0, 701)], [1, 2], id="told too late"),
        pytest.param([an_entry(1, 5), an_entry(2, 5)], [1, 2], id="at the same second"),
        pytest.param([an_entry(1, 5), an_entry(2, 0, 6, direction="out")], [1, 2], id="ours never move"),
    ],
)
def test_a_person_reads_it_in_the_order_in_which_it_was_said(entries: list[Entry], order: list[int]) -> None:
    assert [entry.seq for entry in reading.in_order(entries)] == order


async def test_entries_are_opened_for_whoever_has_them_already(asha: Person, thread: Thread) -> None:
    entries = await log_of(asha.hub, thread)

    texts = [entry.content.text for entry in await shown(asha.hub.deps, entries) if entry.content]

    assert texts == ["How much is it?"]
