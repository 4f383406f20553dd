"""What people write to, in one way of writing it."""

import pytest

from channels.base import Medium
from hub.lines.addresses import normalized
from hub.lines.errors import BadLine


@pytest.mark.parametrize(
    ("medium", "given", "kept"),
    [
        (Medium.SMS, " +49 (30) 12-34 56 ", "+4930123456"),
        (Medium.WHATSAPP, "+1 555 010 0123", "+15550100123"),
        (Medium.SMS, "72727", "72727"),
        (Medium.EMAIL, "Sales@Example.COM", "sales@example.com"),
        (Medium.CHAT, " Example.com ", "example.com"),
    ],
)
def test_an_address_is_kept_in_one_way(medium: Medium, given: str, kept: str) -> None:
    assert normalized(medium, given) == kept


@pytest.mark.parametrize(
    ("medium", "given"),
    [
        (Medium.SMS, "030 123456"),
        (Medium.SMS, "Parley"),
        (Medium.SMS, "+49 30 1234567890123456"),
        (Medium.SMS, ""),
        (Medium.EMAIL, "not an address"),
        (Medium.CHAT, "a\nb"),
        (Medium.CHAT, ""),
    ],
)
def test_what_is_no_address_is_refused(medium: Medium, given: str) -> None:
    with pytest.raises(BadLine):
        normalized(medium, given)
