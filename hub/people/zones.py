"""Where somebody is, guessed from their number, until they say so themselves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from phonenumbers import timezone

from channels.base import Address, IdentityKind
from hub.accounts.hours import zone_of, zones
from hub.accounts.regions import plain
from hub.people.identities import number_of


def zone_for(addresses: Sequence[Address], now: datetime) -> str | None:
    """The time zone of the first number that tells one. Of a country with several it is the middle one: so the guess is
    never wrong by more than half of the country."""
    for address in addresses:
        if address.kind is IdentityKind.PHONE and (found := zones_of(address.value)):
            found.sort(key=lambda zone: (offset(zone, now), zone))
            return plain(found[len(found) // 2])
    return None


def zones_of(number: str) -> list[str]:
    """Those that a number in E.164 may be in."""
    known = number_of(number)
    return [zone for zone in timezone.time_zones_for_number(known) if zone in zones()] if known else []


def offset(zone: str, now: datetime) -> timedelta:
    """How far its clocks are ahead."""
    return now.astimezone(zone_of(zone)).utcoffset() or timedelta()
