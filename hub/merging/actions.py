"""Merging two people, and undoing it.

What is known of the two changes in one transaction, together with the record of how they were: whoever dies in
between, they are two or they are one. What belongs to them follows as due work.
"""

from collections.abc import Collection
from dataclasses import replace

from hub.access import Caller, Permission
from hub.act import Act
from hub.deps import Deps
from hub.merging import images, joining, parting, repository
from hub.merging.errors import MergeNotLatest, MergeUndone, NoSuchMerge, SamePerson
from hub.merging.guarding import guarded
from hub.merging.models import Images, Merge
from hub.merging.settling import GRACE, settle
from hub.merging.shapes import MergePage, MergeQuery, MergeShown
from hub.merging.showing import shown
from hub.people.access import access_person, is_within, reach_of
from hub.people.announcing import announce_anew
from hub.people.changing import write
from hub.people.errors import NoSuchPerson, PersonBusy
from hub.people.getting import get_exactly, get_person
from hub.people.models import Person
from hub.people.provenance import by_caller
from hub.people.suggestions import note_merged
from hub.store.mongo import Duplicate, Mongo
from hub.store.paging import cursor_of, position_of

ATTEMPTS = 20


class Overtaken(Exception):
    """Somebody has changed one of them meanwhile: look again."""


async def merge(act: Act, survivor_id: str, other_id: str) -> MergeShown:
    """The other is the survivor from now on: whatever leads to the one leads to the other."""
    for _ in range(ATTEMPTS):
        survivor = await access_person(act.deps, act.caller, survivor_id, Permission.PEOPLE_EDIT)
        other = await access_person(act.deps, act.caller, other_id, Permission.PEOPLE_EDIT)
        if repeated := await repository.find_merge(act.deps.mongo, act.account, act.new_id):
            return await ended(act, repeated)
        if survivor.id == other.id:
            raise SamePerson("These two are one person already.", id=survivor.id)
        try:
            return await ended(act, await join(act, survivor, other))
        except (Overtaken, Duplicate):
            continue
    raise busy()


async def join(act: Act, survivor: Person, other: Person) -> Merge:
    """All of it at once, or Overtaken."""
    deps, now, keyring = act.deps, act.deps.clock.now(), await act.deps.sealer.keyring(act.account)
    were = await images.opened(deps, survivor), await images.opened(deps, other)
    after = joining.joined(*were)
    kept = images.kept(keyring, Images(survivor=were[0], other=were[1], after=after))

    async def doing(inside: Mongo) -> Merge:
        # The other first: an identity has one owner at any moment.
        await written(deps, inside, other, joining.sign(survivor, other))
        one = await written(deps, inside, survivor, images.closed(keyring, after))
        merge = Merge(
            id=act.new_id,
            account=act.account,
            survivor=survivor.id,
            other=other.id,
            at=now,
            by=by_caller(act.caller),
            rev=one.rev,
            images=kept,
            due_at=now + GRACE,
        )
        await repository.add_merge(inside, merge)
        return merge

    return await guarded(act, doing)


async def written(deps: Deps, inside: Mongo, before: Person, after: Person) -> Person:
    """The change as a part of the transaction, or Overtaken."""
    person = await write(replace(deps, mongo=inside), before, after)
    if person is None:
        raise Overtaken
    return person


async def undo(act: Act, id: str) -> MergeShown:
    """They are two again, as they were; what was changed or added since stays with the survivor."""
    for _ in range(ATTEMPTS):
        merge = await access_merge(act, id)
        survivor = await get_exactly(act.deps, act.account, merge.survivor)
        await check_undoable(act.deps, merge, survivor)
        try:
            return await ended(act, await divide(act, merge, survivor))
        except Overtaken:
            continue
    raise busy()


async def access_merge(act: Act, id: str) -> Merge:
    """One of a person whom the caller may change."""
    merge = await repository.find_merge(act.deps.mongo, act.account, id)
    if merge is None:
        raise no_such_merge(id)
    try:
        await access_person(act.deps, act.caller, merge.survivor, Permission.PEOPLE_EDIT)
    except NoSuchPerson:
        raise no_such_merge(id) from None
    return merge


async def check_undoable(deps: Deps, merge: Merge, survivor: Person) -> None:
    """Raise unless it is the last that was done to these two. Whoever merges them after this was asked also changes the
    survivor, so that the undoing is overtaken."""
    if merge.undone_at:
        raise MergeUndone("These two are two people again already.", id=merge.id)
    if survivor.merged_into or not await repository.is_latest(deps.mongo, merge):
        raise MergeNotLatest("Somebody else was merged with this person since: undo that first.", id=merge.id)


async def divide(act: Act, merge: Merge, survivor: Person) -> Merge:
    """All of it at once, or Overtaken."""
    deps, now, keyring = act.deps, act.deps.clock.now(), await act.deps.sealer.keyring(act.account)
    were = await images.read_images(deps, act.account, merge.images)
    sign = await get_exactly(deps, act.account, merge.other)
    one, other = parting.parted(were, await images.opened(deps, survivor), sign)

    async def doing(inside: Mongo) -> None:
        # The survivor first: an identity has one owner at any moment.
        await written(deps, inside, survivor, images.closed(keyring, one))
        await written(deps, inside, sign, images.closed(keyring, other))
        if not await repository.mark_undone(inside, merge, by=by_caller(act.caller), now=now, due_at=now + GRACE):
            raise Overtaken

    await guarded(act, doing)
    return await repository.find_merge(deps.mongo, act.account, merge.id) or merge


async def ended(act: Act, merge: Merge) -> MergeShown:
    """What belongs to them follows at once, as far as it can."""
    await settle(act.deps, merge)
    is_undone = merge.undone_at is not None
    await note_merged(act.deps, act.account, merge.survivor, merge.other, is_undone=is_undone)
    for id in (merge.survivor, merge.other):
        await announce_anew(act.deps, act.account, id)
    act.note.target = {"person": merge.survivor, "other": merge.other, "merge": merge.id}
    act.note.after = {"is_undone": is_undone}
    return await shown(act.deps, merge)


async def list_merges(deps: Deps, caller: Caller, query: MergeQuery) -> MergePage:
    """Those of people whom the caller may see, the last first."""
    position, reach = position_of(query.cursor), await reach_of(deps, caller, Permission.PEOPLE_VIEW)
    found = await repository.list_merges(deps.mongo, caller.account, position=position, limit=query.limit)
    items = []
    for merge in found:
        if await is_seen(deps, merge, reach):
            items.append(await shown(deps, merge))
    last = found[-1] if len(found) == query.limit else None
    return MergePage(items=items, next=cursor_of(last.at, last.id) if last else None)


async def is_seen(deps: Deps, merge: Merge, reach: Collection[str] | None) -> bool:
    """Whether it is of somebody within reach. Once it is undone there are two, and both are named."""
    if reach is None:
        return True
    ids = (merge.survivor, merge.other) if merge.undone_at else (merge.survivor,)
    return all([is_within(await get_person(deps, merge.account, id), reach) for id in ids])


def no_such_merge(id: str) -> NoSuchMerge:
    """There is none, or none that the caller may see."""
    return NoSuchMerge("There is no such merge.", id=id)


def busy() -> PersonBusy:
    """Nobody got a turn."""
    return PersonBusy("Too many are changing these people at this moment.", retry_after_s=1)
