"""Asking for a recount does not begin a second one beside the first."""

from datetime import timedelta

from hub.inbox.repository import RECOUNTS
from tests.hub.inbox.talking import Talk
from tests.people import Person, code_of


async def test_one_that_is_running_goes_on(talk: Talk, owner: Person) -> None:
    await talk.begin(says="one")
    until = talk.deps.clock.now() + timedelta(minutes=2)
    running = {"due_at": until, "claim": {"token": "t", "until": until}}
    await talk.deps.mongo[RECOUNTS].update({"_id": talk.account}, {"$set": running})

    await owner.does("POST", "/threads/counts/recount")

    (kept,) = await talk.deps.mongo[RECOUNTS].find({"account": talk.account}, limit=2)
    assert (kept["due_at"], kept["claim"]["token"]) == (until, "t")


async def test_nobody_asks_for_one_all_the_time(owner: Person) -> None:
    for _ in range(10):
        await owner.does("POST", "/threads/counts/recount")

    assert code_of(await owner.asks("POST", "/threads/counts/recount"))[0] == 429
