"""A long message is found by its beginning, and holds nobody else up."""

import time

from hub.inbox.snippets import hits_in
from hub.store.tokens import LOOKED_AT, token_of, tokens_of
from tests.hub.inbox.talking import Talk

FAR_BEHIND = "word " * (LOOKED_AT // 5) + "needle"


def test_only_the_beginning_of_a_text_is_looked_at() -> None:
    assert hits_in("needle " + FAR_BEHIND, ["needle"]) == [(0, 6)]
    assert hits_in(FAR_BEHIND, ["needle"]) is None


async def test_what_is_not_looked_at_is_not_found(talk: Talk) -> None:
    keyring = await talk.deps.sealer.keyring(talk.account)

    tokens = tokens_of(keyring, FAR_BEHIND, prefixes=False)

    assert tokens == [token_of(keyring, "word")]


def test_looking_at_a_text_takes_no_longer_when_it_is_longer() -> None:
    began = time.process_time()

    hits_in("मुंबई " * 200_000, ["x"])

    assert time.process_time() - began < 0.5


def test_hits_stand_where_words_stand() -> None:
    assert hits_in("O'Brien, brie!", ["brie"]) == [(9, 13)]
    assert hits_in("(brie", ["brie"]) == [(1, 5)]
    assert hits_in("", ["brie"]) is None
