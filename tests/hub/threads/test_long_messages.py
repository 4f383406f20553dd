"""What is longer than anybody reads is cut when it comes, and says so."""

from typing import Any

import pytest

from channels.base import Content
from hub.threads.models import Thread
from hub.threads.receiving import LONGEST_SUBJECT, LONGEST_TEXT, capped
from tests.hub.threads.talk import write
from tests.people import Person


async def last_of(asha: Person, thread: Thread) -> Any:
    """As the API shows it."""
    return (await asha.does("GET", f"/threads/{thread.id}/messages"))["items"][-1]["content"]


async def test_a_message_that_is_too_long_is_cut_and_says_so(asha: Person, thread: Thread) -> None:
    await write(asha.hub, thread, "a" * (LONGEST_TEXT + 1))

    content = await last_of(asha, thread)

    assert (len(content["text"]), content["is_cut"]) == (LONGEST_TEXT, True)


async def test_whatever_fits_is_whole(asha: Person, thread: Thread) -> None:
    await write(asha.hub, thread, "a" * LONGEST_TEXT)

    content = await last_of(asha, thread)

    assert (len(content["text"]), content["is_cut"]) == (LONGEST_TEXT, False)


@pytest.mark.parametrize("more", [0, 1])
def test_so_is_a_subject(more: int) -> None:
    content = capped(Content(subject="a" * (LONGEST_SUBJECT + more)))

    assert (len(content.subject), content.is_cut) == (LONGEST_SUBJECT, bool(more))
