"""Beginning a conversation with somebody who has not written yet."""

from channels.base import Address, IdentityKind
from hub.people.finding import find_or_make
from tests.hub.accounts.staff import hire
from tests.people import Person, code_of, join


async def somebody(asha: Person) -> str:
    """The id of a person."""
    address = Address(kind=IdentityKind.PHONE, value="+4930123456")
    return (await find_or_make(asha.hub.deps, asha.account, [address], name="Ada")).id


async def test_a_new_conversation_is_whose_who_has_begun_it(asha: Person) -> None:
    begun = await asha.does("POST", "/threads", {"person_id": await somebody(asha)})

    assert begun["owner"] == {"kind": "member", "id": asha.member}


async def test_there_is_one_conversation_with_a_person(asha: Person) -> None:
    ravi, person = await join(asha, "ravi@acme.test"), await somebody(asha)

    first, second = [await one.does("POST", "/threads", {"person_id": person}) for one in (asha, ravi)]

    assert first["id"] == second["id"]
    assert second["owner"]["id"] == asha.member


async def test_whoever_reaches_ones_own_only_begins_with_ones_own_leads(asha: Person) -> None:
    ravi = await hire(asha, "ravi@acme.test", {"threads.reply": "own"})

    refused = await ravi.asks("POST", "/threads", {"person_id": await somebody(asha)})

    assert code_of(refused) == (404, "no_such_person")


async def test_nobody_begins_with_nobody(asha: Person) -> None:
    assert code_of(await asha.asks("POST", "/threads", {"person_id": "nobody"})) == (404, "no_such_person")
