"""Endpoints of the tests' own, which take every sort of scalar: what is said of all has to be true of these too."""

from typing import Annotated

import msgspec

from hub.access import Permission
from hub.http.endpoint import Call, Input, Output
from tests.contracts.companies import Person
from tests.contracts.matrix import Example
from tests.hub.http.rooms import post


class Spot(Input, frozen=True):
    """Something nested."""

    city: str
    floor: Annotated[int, msgspec.Meta(ge=0, le=200)]


class Filed(Input, frozen=True):
    """Every sort of scalar, at every depth."""

    text: str
    stars: Annotated[int, msgspec.Meta(ge=0, le=5)]
    weight: Annotated[float, msgspec.Meta(ge=0, le=5)]
    is_done: bool
    place: Spot
    places: list[Spot]
    tags: list[str]
    by_name: dict[str, str]


class Searched(Input, frozen=True):
    """A query of every sort of scalar."""

    stars: Annotated[int, msgspec.Meta(ge=0, le=5)]
    is_done: bool = False


class Found(Output, frozen=True):
    """An answer of more than one shape."""

    text: str
    stars: int | None


async def file(call: Call[Filed, Searched]) -> None:
    """Ask the database with all of it, as a careless handler would."""
    await call.deps.mongo["filed"].find_one({"body": msgspec.to_builtins(call.body), **call.path})


async def something_to_file(_: Person) -> Example:
    """Filed well."""
    place = {"city": "Pune", "floor": 1}
    scalars = {"text": "a", "stars": 1, "weight": 1.5, "is_done": True}
    body = {**scalars, "place": place, "places": [place], "tags": ["a"], "by_name": {"a": "b"}}
    return Example(path={"folder": "inbox"}, query={"stars": "1", "is_done": "true"}, body=body)


async def keep(call: Call[Filed, Searched]) -> Found:
    """Take every sort of scalar, and give some back."""
    return Found(text=call.body.text, stars=call.body.stars or None)


FILE = post(file, path="/test/{folder}", body=Filed, query=Searched, permission=Permission.WORK_MANAGE)
KEEP = post(
    keep,
    path="/api/v1/test/{folder}",
    body=Filed,
    query=Searched,
    answer=Found,
    status=201,
    creates=True,
    permission=Permission.WORK_MANAGE,
)
OWN = (FILE, KEEP)
