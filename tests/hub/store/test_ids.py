"""Ids: sorted by time, unique, and told apart by nobody who guesses."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hub.clock import whole_ms
from hub.store.ids import ALPHABET, LENGTH, made_at, new_id

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)).map(whole_ms)


@given(MOMENTS)
def test_id_tells_when_it_was_made(moment: datetime) -> None:
    assert made_at(new_id(moment)) == moment


@given(MOMENTS, MOMENTS)
def test_ids_sort_by_the_time_of_their_making(one: datetime, other: datetime) -> None:
    earlier, later = sorted((one, other))

    assert new_id(earlier)[:10] <= new_id(later)[:10]
    assert new_id(earlier) < new_id(later + timedelta(milliseconds=1))


def test_ids_of_one_moment_differ() -> None:
    assert len({new_id(NOW) for _ in range(10_000)}) == 10_000


def test_id_can_be_read_aloud_and_typed() -> None:
    id = new_id(NOW)

    assert len(id) == LENGTH
    assert set(id) <= set(ALPHABET)
    assert not set(ALPHABET) & set("ilou")
