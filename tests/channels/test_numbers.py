"""Telephone numbers, as providers write them."""

import pytest

from channels import numbers
from channels.base import IdentityKind


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12025550171", "+12025550171"),
        ("+12025550171", "+12025550171"),
        (" 447700900123 ", "+447700900123"),
        ("72345", "72345"),
        ("ACME", "ACME"),
        ("0049301234567", "0049301234567"),
        ("٤٤٧٧٠٠٩٠٠١٢٣", "٤٤٧٧٠٠٩٠٠١٢٣"),
        ("1" * 16, "1" * 16),
        ("", ""),
    ],
)
def test_an_international_number_gets_its_plus_and_nothing_else_does(written: str, number: str) -> None:
    assert numbers.with_plus(written) == number


@pytest.mark.parametrize(
    ("written", "kind"),
    [("12025550171", IdentityKind.PHONE), ("72345", IdentityKind.CUSTOM), ("ACME", IdentityKind.CUSTOM)],
)
def test_who_sends_by_a_short_code_or_a_name_is_no_phone(written: str, kind: IdentityKind) -> None:
    assert numbers.sender(written).kind is kind


def test_a_line_may_have_a_short_code_that_looks_like_a_number() -> None:
    assert numbers.our_name(["1234567"], "1234567") == "1234567"
    assert numbers.our_name(["+12025550142"], "1234567") == "+1234567"


@pytest.mark.parametrize("pool", ["", "+12025550142", "+12025550142  +447700900123 64400"])
def test_a_pool_of_numbers_is_taken(pool: str) -> None:
    assert numbers.complaint(pool) == ""


@pytest.mark.parametrize("pool", ["12025550142", "+12025550142, +12025550143", "ACME", "+0123456789"])
def test_what_is_no_number_in_a_pool_is_named(pool: str) -> None:
    assert pool.split()[0] in numbers.complaint(pool)
