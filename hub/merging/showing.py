"""Merges as the API shows them."""

from hub.deps import Deps
from hub.merging import images
from hub.merging.models import Merge
from hub.merging.shapes import MergeShown
from hub.people.identities import shown as known_by
from hub.people.models import Person


async def shown(deps: Deps, merge: Merge) -> MergeShown:
    """With the names that the two had."""
    were = await images.read_images(deps, merge.account, merge.images)
    return MergeShown(
        id=merge.id,
        person_id=merge.survivor,
        name=name_of(were.survivor),
        other_id=merge.other,
        other_name=name_of(were.other),
        at=merge.at,
        by=merge.by,
        undone_at=merge.undone_at,
        undone_by=merge.undone_by,
    )


def name_of(person: Person) -> str:
    """What they were called, or else the first thing that they were known by; of a person with everything open."""
    first = next(iter(known_by(person)), None)
    known = person.name or (first.value if first else b"")
    return bytes(known).decode()
