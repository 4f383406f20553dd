"""Tokens: sealed text is found by its words, and by how they begin, by those who have the account's key."""

import pytest

from hub.store.sealed import Keyring
from hub.store.tokens import BITS, MOST, sought, token_of, tokens_of, words
from tests.hubs import Hub


@pytest.fixture
async def keyring(hub: Hub) -> Keyring:
    """Of some account."""
    return await hub.deps.sealer.keyring("account")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, World!", ["hello", "world"]),
        ("Café Zürich, São", ["cafe", "zurich", "sao"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("O'Brien and O\u2019Brien", ["obrien", "and", "obrien"]),
        ("+91 98765-43210", ["91", "98765", "43210"]),
        ("asha@example.co.in", ["asha", "example", "co", "in"]),
        ("\ufb01ne \uff21\uff22\uff23", ["fine", "abc"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("İstanbul", ["istanbul"]),
        ("한국어", ["한국어"]),
        ("!!! 🙂 \u2764\ufe0f …", []),
    ],
)
def test_a_text_is_compared_by_its_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


async def test_a_word_is_found_by_whatever_it_begins_with(keyring: Keyring) -> None:
    found = set(tokens_of(keyring, "Appointment tomorrow", prefixes=True))

    assert all({*sought(keyring, "appointment"[:length])} <= found for length in range(2, 12))
    assert {*sought(keyring, "TOMORROW appoint")} <= found


async def test_what_is_no_beginning_is_not_found(keyring: Keyring) -> None:
    found = set(tokens_of(keyring, "Appointment tomorrow", prefixes=True))

    assert [part for part in ("a", "pointment", "morrow", "apo") if set(sought(keyring, part)) <= found] == []


async def test_without_prefixes_only_whole_words_are_found(keyring: Keyring) -> None:
    assert tokens_of(keyring, "Hello hello you", prefixes=False) == [
        token_of(keyring, "hello"),
        token_of(keyring, "you"),
    ]


async def test_every_word_counts_before_any_beginning_does(keyring: Keyring) -> None:
    text = " ".join(f"word{number}" for number in range(MOST - 1))

    found = tokens_of(keyring, text, prefixes=True)

    assert len(found) == MOST
    assert token_of(keyring, f"word{MOST - 2}") in found


async def test_a_token_is_a_number_that_a_document_can_hold(keyring: Keyring) -> None:
    assert all(0 <= token < 2**BITS for token in tokens_of(keyring, "a few words to be found by", prefixes=True))


async def test_the_same_word_of_another_account_has_another_token(hub: Hub, keyring: Keyring) -> None:
    other = await hub.deps.sealer.keyring("other")

    assert token_of(other, "hello") != token_of(keyring, "hello")
