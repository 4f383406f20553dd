"""Duplicates: two who may be one are suggested once, and settled for good."""

from collections.abc import Sequence

import pytest

from channels.base import Address, IdentityKind
from hub.people import repository
from hub.people.duplicates import KINDS, MOST, suggest
from hub.people.finding import find_or_make
from hub.people.likeness import traits
from hub.people.models import Alike, Person, Suggestion
from hub.people.suggestions import note_merged
from hub.work.desk import Desk
from tests.hub.people.known import ACCOUNT, ASHA, CHAT, MAIL, documents
from tests.hubs import Hub

[LOOK] = KINDS


def number(value: str) -> Address:
    """Of a telephone."""
    return Address(kind=IdentityKind.PHONE, value=value)


def mail(value: str) -> Address:
    """Of a mailbox."""
    return Address(kind=IdentityKind.EMAIL, value=value)


async def work(hub: Hub) -> None:
    """Whatever is due is done."""
    desk = Desk(hub.deps, LOOK)
    await desk.sweep()
    await desk.close(timeout_s=5)


async def suggested(hub: Hub) -> list[Suggestion]:
    """What nobody has settled."""
    return await repository.list_suggestions(hub.deps.mongo, ACCOUNT, after=None, limit=100)


async def two(hub: Hub) -> tuple[Person, Person]:
    """Who may be one."""
    return await find_or_make(hub.deps, ACCOUNT, [ASHA]), await find_or_make(hub.deps, ACCOUNT, [MAIL])


@pytest.mark.parametrize(
    ("name", "company", "addresses", "kinds"),
    [
        ("asha rao", "", [mail("asha@company.test")], [Alike.NAME_AND_DOMAIN]),
        ("asha rao", "", [mail("asha@gmail.com")], []),
        ("", "", [mail("asha@company.test")], []),
        ("asha rao", "acme", [], [Alike.NAME_AND_COMPANY]),
        ("", "acme", [], []),
        ("asha rao", "", [CHAT], []),
        ("", "", [number("+919876543210")], [Alike.PHONE]),
        ("", "", [Address(kind=IdentityKind.WHATSAPP, value="919876543210")], [Alike.PHONE]),
        ("", "", [Address(kind=IdentityKind.WHATSAPP, value="IN.919876543210")], []),
    ],
)
def test_what_two_who_are_one_would_share(
    name: str, company: str, addresses: Sequence[Address], kinds: Sequence[Alike]
) -> None:
    assert [why for why, _ in traits(name, company, addresses)] == kinds


async def test_the_same_name_at_the_same_company_is_suggested(hub: Hub) -> None:
    for address in ("asha@company.test", "a.rao@company.test"):
        await find_or_make(hub.deps, ACCOUNT, [mail(address)], name="Ásha RAO")

    await work(hub)

    assert [one.why for one in await suggested(hub)] == [Alike.NAME_AND_DOMAIN]


async def test_a_number_and_the_whatsapp_of_it_are_suggested(hub: Hub) -> None:
    await find_or_make(hub.deps, ACCOUNT, [number("+919876543210")])
    await find_or_make(hub.deps, ACCOUNT, [Address(kind=IdentityKind.WHATSAPP, value="919876543210")])

    await work(hub)

    assert [one.why for one in await suggested(hub)] == [Alike.PHONE]


async def test_strangers_are_not_suggested(hub: Hub) -> None:
    await find_or_make(hub.deps, ACCOUNT, [mail("asha@company.test")], name="Asha Rao")
    await find_or_make(hub.deps, ACCOUNT, [mail("meera@company.test")], name="Meera Rao")
    await find_or_make(hub.deps, "another", [mail("asha2@company.test")], name="Asha Rao")

    await work(hub)

    assert await suggested(hub) == []


async def test_what_many_share_tells_nothing(hub: Hub) -> None:
    for seat in range(MOST + 1):
        await find_or_make(hub.deps, ACCOUNT, [mail(f"desk{seat}@company.test")], name="Front Desk")

    await work(hub)

    assert await suggested(hub) == []


async def test_looking_is_over_once_it_was_done_and_due_again_after_another_name(hub: Hub) -> None:
    await find_or_make(hub.deps, ACCOUNT, [mail("asha@company.test")])
    await work(hub)
    [before] = await documents(hub.deps)

    await find_or_make(hub.deps, ACCOUNT, [mail("asha@company.test")], name="Asha Rao")

    [after] = await documents(hub.deps)
    assert "due_at" not in before["look"]
    assert "due_at" in after["look"]


async def test_the_same_two_are_suggested_once_whoever_is_named_first(hub: Hub) -> None:
    one, other = await two(hub)

    await suggest(hub.deps, one, other, Alike.PHONE)
    await suggest(hub.deps, other, one, Alike.IDENTITY)
    await suggest(hub.deps, one, one, Alike.IDENTITY)

    assert [suggestion.why for suggestion in await suggested(hub)] == [Alike.PHONE]


async def test_a_merge_settles_the_suggestion_and_its_undoing_says_that_they_are_two(hub: Hub) -> None:
    one, other = await two(hub)
    await suggest(hub.deps, one, other, Alike.PHONE)

    await note_merged(hub.deps, ACCOUNT, other.id, one.id)
    await note_merged(hub.deps, ACCOUNT, one.id, other.id, is_undone=True)
    await suggest(hub.deps, one, other, Alike.PHONE)

    assert await suggested(hub) == []
