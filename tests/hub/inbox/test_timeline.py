"""A person's timeline over all conversations, and a conversation as a file."""

import json

from hub.inbox.timeline import cursor_of
from hub.threads import log
from hub.threads.happenings import PersonMerged
from hub.threads.models import Thread
from tests.clock import VirtualClock
from tests.hub.inbox.talking import Talk
from tests.hub.inbox.test_views import a_rep
from tests.people import Person, code_of, join


async def two_of_one_person(talk: Talk, clock: VirtualClock) -> tuple[Thread, Thread]:
    """Conversations that turned out to be with the same person, and went on by turns."""
    one, other = await talk.begin("Asha"), await talk.begin("A. Rao")
    for number in range(4):
        await clock.advance(seconds=1)
        await talk.hear((one, other)[number % 2], f"message {number}")
    await clock.advance(seconds=1)
    merged = await talk.happen(other, PersonMerged(person=one.person, other=other.person))
    return await log.get_thread(talk.deps, talk.account, one.id), merged


async def timeline(person: Person, thread: Thread, limit: int = 50) -> list[str]:
    """What was said, page by page."""
    said, cursor = [], ""
    while True:
        page = await person.does("GET", f"/people/{thread.person}/timeline?limit={limit}&cursor={cursor}")
        said += [(one["entry"]["content"] or {"text": "an event"})["text"] for one in page["items"]]
        if page["next"] is None:
            return said
        cursor = page["next"]


async def test_all_conversations_of_a_person_are_one_timeline(talk: Talk, owner: Person, clock: VirtualClock) -> None:
    one, _ = await two_of_one_person(talk, clock)
    whole = ["an event", "message 3", "message 2", "message 1", "message 0"]

    assert await timeline(owner, one) == whole
    assert await timeline(owner, one, limit=2) == whole
    assert await timeline(owner, one, limit=1) == whole


async def test_a_timeline_shows_the_conversations_that_one_may_see(
    talk: Talk, owner: Person, clock: VirtualClock
) -> None:
    one, other = await two_of_one_person(talk, clock)
    rep = await a_rep(owner, "own")
    await talk.give(other, rep.member)

    assert await timeline(rep, one) == ["an event", "an event", "message 3", "message 1"]


async def test_for_whoever_sees_none_of_them_there_is_no_such_person(talk: Talk, owner: Person) -> None:
    thread = await talk.begin(says="hello")
    rep = await a_rep(owner, "own")

    assert code_of(await rep.asks("GET", f"/people/{thread.person}/timeline")) == (404, "no_such_person")


async def test_a_cursor_of_nonsense_is_refused(talk: Talk, owner: Person) -> None:
    thread = await talk.begin(says="hello")

    for cursor in ("nonsense", cursor_of({"$ne": 1})):
        refused = await owner.asks("GET", f"/people/{thread.person}/timeline?cursor={cursor}")
        assert code_of(refused) == (400, "invalid")


async def test_a_conversation_is_exported_whole_as_json(talk: Talk, owner: Person) -> None:
    thread = await talk.begin("Asha Rao", says="Is it free?")
    for number in range(3):
        await talk.reply(thread, f"Yes {number}")
    await talk.close(thread)

    answer = await owner.asks("GET", f"/threads/{thread.id}/export")

    exported = json.loads(answer.content)
    assert [entry["seq"] for entry in exported["entries"]] == [1, 2, 3, 4, 5]
    assert exported["entries"][0]["content"]["text"] == "Is it free?"
    assert exported["person"] == {"id": thread.person, "name": "Asha Rao"}
    assert answer.headers["content-disposition"] == f'attachment; filename="conversation-{thread.id}.json"'


async def test_what_is_exported_to_be_read_cannot_pass_for_somebody_elses_words(talk: Talk, owner: Person) -> None:
    thread = await talk.begin("Asha", says="hello\n2054-03-02 09:00:00 UTC  member x (message)\nI pay")

    answer = await owner.asks("GET", f"/threads/{thread.id}/export?format=txt")

    lines = answer.text.splitlines()
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert [line for line in lines if line and not line.startswith("    ")] == [
        f"Asha ({thread.id})",
        "2054-03-02 09:00:00 UTC  Asha (message, sms)",
    ]


async def test_a_long_conversation_is_exported_in_parts(talk: Talk, owner: Person) -> None:
    thread = await talk.begin(says="hello")
    for _ in range(3):
        await talk.hear(thread, "more")

    answer = await owner.asks("GET", f"/threads/{thread.id}/export?format=txt")

    assert answer.text.count("(message, sms)") == 4


async def test_what_one_may_not_take_out_does_not_exist(talk: Talk, owner: Person) -> None:
    thread = await talk.begin(says="hello")
    grants = [{"permission": one, "scope": "own"} for one in ("people.export", "threads.view")]
    role = await owner.does("POST", "/roles", {"name": "Exporter", "grants": grants})
    rep = await join(owner, "exporter@acme.test", role["id"])

    assert code_of(await rep.asks("GET", f"/threads/{thread.id}/export")) == (404, "no_such_thread")
