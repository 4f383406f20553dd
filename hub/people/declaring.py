"""Declaring attributes: what an account wants to know of people."""

from collections.abc import Sequence

from bson.binary import Binary

from hub.accounts.errors import AccountFull
from hub.act import Act
from hub.deps import Deps
from hub.people import repository
from hub.people.attributes import LABEL_PLACE, OPTIONS_PLACE, Declared, list_declared, opened, question
from hub.people.errors import AttributeTaken, BadOptions, NoSuchAttribute
from hub.people.models import Attribute, AttributeType
from hub.people.repository import MOST_ATTRIBUTES
from hub.people.shapes import AttributeChange, AttributeList, AttributeShown, AttributeWanted
from hub.store.mongo import Document, Duplicate


async def list_attributes(deps: Deps, account: str) -> AttributeList:
    """All, in the order of their making."""
    found = await repository.list_attributes(deps.mongo, account)
    return AttributeList(items=[attribute_shown(await opened(deps, one)) for one in found])


async def declare(act: Act, wanted: AttributeWanted) -> AttributeShown:
    """One more. Its key is its for good; the label can change."""
    check_options(wanted.type, wanted.options)
    attribute = Attribute(
        id=act.new_id,
        account=act.account,
        key=wanted.key,
        type=wanted.type,
        label=await act.deps.sealer.seal(act.account, LABEL_PLACE, wanted.label),
        made_at=act.deps.clock.now(),
        options=await sealed_options(act, wanted.options),
    )
    await add(act.deps, attribute)
    act.note.target = {"attribute": attribute.id}
    return await note_after(act, attribute.id)


async def add(deps: Deps, attribute: Attribute) -> None:
    """Store it, or raise AttributeTaken."""
    if len(await list_declared(deps, attribute.account)) >= MOST_ATTRIBUTES:
        raise AccountFull("The account has as many attributes as it can have.", most=MOST_ATTRIBUTES)
    try:
        await repository.add(deps.mongo, attribute)
    except Duplicate:
        # A request that was cut off and is sent again meets what it has stored itself.
        if not await repository.find(deps.mongo, attribute.account, Attribute, attribute.id):
            raise AttributeTaken("There is an attribute of this key already.", field="key") from None


async def change(act: Act, id: str, wanted: AttributeChange) -> AttributeShown:
    """Another label, other options. What people have of an option that is gone stays as it is."""
    attribute = await get_attribute(act, id)
    fields: Document = {}
    if wanted.label is not None:
        fields["label"] = await act.deps.sealer.seal(act.account, LABEL_PLACE, wanted.label)
    if wanted.options is not None:
        check_options(attribute.type, wanted.options)
        fields["options"] = await sealed_options(act, wanted.options)
    if fields:
        await repository.change_attribute(act.deps.mongo, act.account, id, fields)
    return await note_after(act, id)


async def delete(act: Act, id: str) -> None:
    """Nobody is asked for it any more; what is known of it comes back when it is declared again."""
    attribute = await get_attribute(act, id)
    if not await repository.remove(act.deps.mongo, act.account, Attribute, attribute.id):
        raise no_such_attribute(id)
    act.deps.memory.forget(question(act.account))


async def get_attribute(act: Act, id: str) -> Attribute:
    """One of the account's; how it was goes into the audit log."""
    act.note.target = {"attribute": id}
    attribute = await repository.find(act.deps.mongo, act.account, Attribute, id)
    if attribute is None:
        raise no_such_attribute(id)
    act.note.before = attribute_shown(await opened(act.deps, attribute))
    return attribute


async def note_after(act: Act, id: str) -> AttributeShown:
    """How it is, for the audit log and the answer."""
    act.deps.memory.forget(question(act.account))
    attribute = await repository.find(act.deps.mongo, act.account, Attribute, id)
    if attribute is None:
        raise no_such_attribute(id)
    shown = attribute_shown(await opened(act.deps, attribute))
    act.note.after = shown
    return shown


def check_options(type: AttributeType, options: Sequence[str]) -> None:
    """Raise unless there is something to choose, or nothing where nothing is chosen."""
    if (type is AttributeType.CHOICE) != bool(options):
        raise BadOptions("A choice needs options, and nothing else has them.", field="options")


async def sealed_options(act: Act, options: Sequence[str]) -> list[Binary]:
    """As they are kept."""
    return [await act.deps.sealer.seal(act.account, OPTIONS_PLACE, option) for option in dict.fromkeys(options)]


def attribute_shown(one: Declared) -> AttributeShown:
    """As the API shows it."""
    return AttributeShown(id=one.id, key=one.key, label=one.label, type=one.type, options=list(one.options))


def no_such_attribute(id: str) -> NoSuchAttribute:
    """The account has not declared it."""
    return NoSuchAttribute("There is no such attribute.", id=id)
