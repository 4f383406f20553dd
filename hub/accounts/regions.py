"""Regions: in which country a business is, so that a number written as people there write it is understood."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import phonenumbers
import tzdata  # type: ignore[import-untyped]

from hub.accounts import repository
from hub.accounts.models import Account
from hub.deps import Deps
from hub.errors import Invalid

USUAL = "US"
REMEMBERED_S = 5.0


class NoSuchRegion(Invalid):
    """There is no such country."""

    code = "no_such_region"


def check_region(region: str, *, field: str = "region") -> None:
    """Raise unless it is a country that has telephones."""
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise NoSuchRegion("There is no such country; they are named by two letters, like IN.", field=field)


def region_of(account: Account) -> str:
    """The country that the account has named, or else the one that its time zone is in."""
    return account.region or regions().get(plain(account.zone), USUAL)


async def find_region(deps: Deps, account: str) -> str:
    """The account's country, as it was a few seconds ago."""

    async def read() -> str:
        found = await repository.find(deps.mongo, account, Account, account)
        return region_of(found) if found else USUAL

    return await deps.memory.recall(question(account), read, for_s=REMEMBERED_S)


def forget_region(deps: Deps, account: str) -> None:
    """It is in another country from now on."""
    deps.memory.forget(question(account))


def question(account: str) -> str:
    """What a process remembers it by."""
    return f"region {account}"


def plain(zone: str) -> str:
    """The name that a zone has today: some are still called as they once were."""
    return renamed().get(zone, zone)


@cache
def regions() -> Mapping[str, str]:
    """In which country each zone is."""
    lines = (files(tzdata) / "zoneinfo" / "zone.tab").read_text().splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")]
    return {zone: country for country, _, zone, *_ in cells}


@cache
def renamed() -> Mapping[str, str]:
    """The names of before, and those that took their place: of zones that are in a country today."""
    lines = (files(tzdata) / "zoneinfo" / "tzdata.zi").read_text().splitlines()
    links = [line.split(" ") for line in lines if line.startswith("L ")]
    return {old: new for _, new, old in links if old not in regions() and new in regions()}
