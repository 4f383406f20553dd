"""Passwords: what fits and what does not, at what cost, and that the process goes on meanwhile."""

import asyncio
import threading
import unicodedata

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.passwords import AT_ONCE, MOST_WAITING, Passwords, PasswordsBusy, normal

WORDS = "correct horse battery"
SAME = {
    "é of one letter and of two": ("caf\u00e9 au lait", "cafe\u0301 au lait"),
    "Å as a letter and as a unit": ("\u00c5ngstr\u00f6m units", "\u212bngstro\u0308m units"),
    "wide letters of a Japanese keyboard": ("words 123", "\uff57\uff4f\uff52\uff44\uff53\u3000\uff11\uff12\uff13"),
    "two accents in either order": ("a\u0323\u0302 b", "a\u0302\u0323 b"),
    "a space that does not break": ("a few words", "a\u00a0few\u00a0words"),
    "Hangul in syllables and in parts": ("\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165"),
}
OTHER = [
    *("", " ", "\0", WORDS.upper(), WORDS[:-1], f"{WORDS} ", f" {WORDS}", f"{WORDS}\0", f"{WORDS}\n"),
    *(WORDS.replace("o", "\u043e"), WORDS.replace("o", "0"), f"{WORDS}\u200b", f"\ufeff{WORDS}", WORDS * 9),
]


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    """At the least cost."""
    return Passwords(memory_mb=1)


async def test_the_password_fits_its_own_hash(passwords: Passwords) -> None:
    assert await passwords.is_right(WORDS, await passwords.hash(WORDS))


@pytest.mark.parametrize("other", OTHER)
async def test_no_other_does(passwords: Passwords, other: str) -> None:
    assert not await passwords.is_right(other, await passwords.hash(WORDS))


@pytest.mark.parametrize(("typed", "as_well"), SAME.values(), ids=SAME)
async def test_a_password_fits_however_the_keyboard_writes_it(passwords: Passwords, typed: str, as_well: str) -> None:
    assert typed != as_well
    assert await passwords.is_right(as_well, await passwords.hash(typed))
    assert await passwords.is_right(typed, await passwords.hash(as_well))


@pytest.mark.parametrize("password", ["\0", "a\0b", "💥" * 200, "x" * 200, "\r\n", "\ufdfa" * 200, "\u0301"])
async def test_any_text_is_a_password(passwords: Passwords, password: str) -> None:
    stored = await passwords.hash(password)

    assert await passwords.is_right(password, stored)
    assert not await passwords.is_right(f"{password}x", stored)


async def test_what_stands_behind_a_nul_counts(passwords: Passwords) -> None:
    assert not await passwords.is_right("secret\0a", await passwords.hash("secret\0b"))


async def test_the_same_password_is_hashed_differently_each_time(passwords: Passwords) -> None:
    assert await passwords.hash(WORDS) != await passwords.hash(WORDS)


@pytest.mark.parametrize("password", [WORDS, "there is no such password", ""])
async def test_without_a_stored_one_none_is_right(passwords: Passwords, password: str) -> None:
    assert not await passwords.is_right(password, None)


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$", "$2b$12$abc", WORDS, "$argon2id$v=19$m=1,t=1,p=1$!!$!!"])
async def test_a_damaged_hash_fits_nothing(passwords: Passwords, stored: str) -> None:
    assert not await passwords.is_right(WORDS, stored)


async def test_without_a_stored_one_a_password_is_compared_all_the_same() -> None:
    counting = CountingPasswords()

    await counting.is_right(WORDS, None)
    await counting.is_right(WORDS, await counting.hash(WORDS))

    decoy, real = counting.compared
    assert costs_of(decoy) == costs_of(real)


class CountingPasswords(Passwords):
    """Notes what is compared with, and how many at once."""

    def __init__(self) -> None:
        super().__init__(memory_mb=1)
        self.compared: list[str] = []
        self.threads: set[int] = set()
        self.busy = self.busiest = 0
        self._lock = threading.Lock()

    def _verify(self, password: str, stored: str) -> bool:
        with self._lock:
            self.compared.append(stored)
            self.threads.add(threading.get_ident())
            self.busy += 1
            self.busiest = max(self.busiest, self.busy)
        fits = super()._verify(password, stored)
        with self._lock:
            self.busy -= 1
        return fits


def costs_of(stored: str) -> list[str]:
    """Kind, version and costs: all that its time depends on."""
    return stored.split("$")[1:4]


async def test_hashes_are_argon2id_at_the_memory_of_the_settings() -> None:
    stored = await Passwords(memory_mb=8).hash(WORDS)

    assert costs_of(stored) == ["argon2id", "v=19", "m=8192,t=3,p=4"]


async def test_a_hash_of_other_costs_is_dated_and_still_fits(passwords: Passwords) -> None:
    dated = await Passwords(memory_mb=2).hash(WORDS)

    assert passwords.is_dated(dated)
    assert not passwords.is_dated(await passwords.hash(WORDS))
    assert await passwords.is_right(WORDS, dated)


async def test_few_are_compared_at_once_and_none_in_the_thread_that_answers() -> None:
    counting = CountingPasswords()

    await asyncio.gather(*(counting.is_right(WORDS, None) for _ in range(20)))

    assert counting.busiest <= AT_ONCE
    assert threading.get_ident() not in counting.threads
    assert len(counting.compared) == 20


async def test_whoever_hangs_up_while_waiting_leaves_the_place_to_others(passwords: Passwords) -> None:
    waiting = [asyncio.create_task(passwords.is_right(WORDS, None)) for _ in range(10)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)

    assert await passwords.is_right(WORDS, PasswordHasher(memory_cost=1024).hash(WORDS))


@pytest.mark.parametrize("stored", [None, PasswordHasher(memory_cost=1024).hash(WORDS)], ids=["unknown", "known"])
async def test_beyond_forty_that_wait_one_is_told_so_at_once(passwords: Passwords, stored: str | None) -> None:
    asked = [passwords.is_right(WORDS, stored) for _ in range(AT_ONCE + MOST_WAITING + 3)]

    answers = await asyncio.gather(*asked, return_exceptions=True)

    busy = [answer for answer in answers if isinstance(answer, PasswordsBusy)]
    assert answers[-3:] == busy
    assert {(one.status, one.code, one.data["retry_after_s"]) for one in busy} == {(503, "passwords_busy", 2)}
    assert await passwords.is_right(WORDS, stored) is (stored is not None)


async def test_new_ones_wait_in_the_same_row(passwords: Passwords) -> None:
    asked = [passwords.is_right(WORDS, None) for _ in range(AT_ONCE + MOST_WAITING)]

    *_, answer = await asyncio.gather(*asked, passwords.hash(WORDS), return_exceptions=True)

    assert isinstance(answer, PasswordsBusy)


@given(st.text())
@settings(max_examples=300)
def test_writing_it_the_one_way_changes_nothing_the_second_time(password: str) -> None:
    assert normal(normal(password)) == normal(password)
    assert normal(unicodedata.normalize("NFD", password)) == normal(password)
