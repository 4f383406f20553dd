"""Drafts: what somebody has typed is there again, theirs alone, and never written over unseen."""

import asyncio

from hub.replying import drafts, repository
from hub.replying.models import DRAFTS
from hub.threads.models import Thread
from tests.hub.accounts.staff import act_of
from tests.people import Person, code_of, join


def typed(text: str, rev: int = 0) -> dict[str, object]:
    """As a page sends it."""
    copies = {"cc": ["ravi@example.com"], "bcc": ["half an addr"]}
    return {"rev": rev, "text": text, "subject": "Prices", "is_note": True, **copies}


async def test_what_was_typed_is_there_again(asha: Person, thread: Thread) -> None:
    saved = await asha.does("PUT", f"/threads/{thread.id}/draft", typed("Ten"))

    shown = await asha.does("GET", f"/threads/{thread.id}/draft")

    assert shown == saved
    assert {name: shown[name] for name in typed("Ten")} == typed("Ten", 1)


async def test_where_nothing_was_typed_there_is_nothing(asha: Person, thread: Thread) -> None:
    shown = await asha.does("GET", f"/threads/{thread.id}/draft")

    assert (shown["rev"], shown["text"], shown["saved_at"]) == (0, "", None)


async def test_another_screen_is_not_written_over(asha: Person, thread: Thread) -> None:
    path = f"/threads/{thread.id}/draft"
    await asha.does("PUT", path, typed("Ten"))

    unseen = await asha.asks("PUT", path, typed("Eleven"))
    seen = await asha.does("PUT", path, typed("Eleven", 1))

    assert code_of(unseen) == (409, "draft_changed")
    assert (seen["rev"], seen["text"]) == (2, "Eleven")


async def test_the_same_sent_again_changes_nothing(asha: Person, thread: Thread) -> None:
    path = f"/threads/{thread.id}/draft"

    first, again = [await asha.does("PUT", path, typed("Ten")) for _ in range(2)]

    assert first == again


async def test_of_two_screens_at_once_one_is_told(asha: Person, thread: Thread) -> None:
    path = f"/threads/{thread.id}/draft"

    answers = await asyncio.gather(*(asha.asks("PUT", path, typed(text)) for text in ("Ten", "Eleven")))

    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_draft_is_its_authors_alone_and_sealed(asha: Person, thread: Thread) -> None:
    ravi = await join(asha, "ravi@acme.test")
    await asha.does("PUT", f"/threads/{thread.id}/draft", typed("Very secret"))

    theirs = await ravi.does("GET", f"/threads/{thread.id}/draft")

    assert theirs["rev"] == 0
    assert b"secret" not in str(await asha.hub.deps.mongo[DRAFTS].find_one({"account": asha.account})).encode()


async def test_what_was_sent_is_no_draft_any_more(asha: Person, thread: Thread) -> None:
    path = f"/threads/{thread.id}/draft"
    await asha.does("PUT", path, typed("Ten"))

    gone = [await asha.does("DELETE", path) for _ in range(2)]

    assert [draft["rev"] for draft in gone] == [0, 0]
    assert (await asha.does("PUT", path, typed("Next")))["rev"] == 1


async def test_of_two_that_have_seen_the_same_draft_one_writes(asha: Person, thread: Thread) -> None:
    act = act_of(asha)
    await asha.does("PUT", f"/threads/{thread.id}/draft", typed("Ten"))
    seen = await repository.find_draft(act.deps.mongo, asha.account, thread.id, asha.member)

    written = [
        await drafts.write(act, thread.id, seen, drafts.Typed(text=text, subject="", is_note=False))
        for text in ("Eleven", "Twelve")
    ]

    assert written == [True, False]
