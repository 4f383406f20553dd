"""Where somebody is, as their number tells."""

from datetime import UTC, datetime

import pytest

from channels.base import Address, IdentityKind
from hub.people.zones import zone_for

NOW = datetime(2054, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("number", "zone"),
    [
        ("+919876543210", "Asia/Kolkata"),
        ("+12025550123", "America/New_York"),
        ("+13105550123", "America/Los_Angeles"),
        ("+4917112345678", "Europe/Berlin"),
        # The middle of eleven: from Kaliningrad to Kamchatka nobody is further away than six hours.
        ("+79161234567", "Asia/Novosibirsk"),
        ("+80012345678", None),
        ("+999123456789", None),
    ],
)
def test_a_number_tells_where_it_is(number: str, zone: str | None) -> None:
    assert zone_for([Address(kind=IdentityKind.PHONE, value=number)], NOW) == zone


def test_only_numbers_tell() -> None:
    addresses = [Address(kind=IdentityKind.EMAIL, value="asha@company.test")]

    assert zone_for([*addresses, Address(kind=IdentityKind.CUSTOM, value="phone:+919876543210")], NOW) is None


def test_the_first_number_that_tells_counts() -> None:
    numbers = [Address(kind=IdentityKind.PHONE, value=value) for value in ("+919876543210", "+4917112345678")]

    assert zone_for(numbers, NOW) == "Asia/Kolkata"
