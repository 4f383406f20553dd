"""Tags on people: an account's own words for whom they are alike."""

from collections.abc import Iterable

from msgspec.structs import replace

from hub.act import Act
from hub.people.editing import access, apply
from hub.people.errors import TooManyOfThem
from hub.people.models import Person
from hub.people.shapes import PersonShown, TagsChange

MOST = 50


async def change_tags(act: Act, id: str, wanted: TagsChange) -> PersonShown:
    """Some more, some less."""
    seen = await access(act, id)
    return (await apply(act, seen, lambda person: with_tags(person, put=wanted.put, taken=wanted.taken)))[1]


def with_tags(person: Person, *, put: Iterable[str], taken: Iterable[str] = ()) -> Person:
    """The person with these and without those."""
    tags = sorted({*person.tags, *map(plain, put)} - set(map(plain, taken)))
    if len(tags) > MOST:
        raise TooManyOfThem("Nobody has more tags than this.", most=MOST)
    return replace(person, tags=tags)


def plain(tag: str) -> str:
    """As it is compared: what looks the same is the same."""
    return " ".join(tag.split()).casefold()
