"""Identities: one way to write each, and nothing wrongly formed is lost."""

import pytest

from channels.base import Address, IdentityKind
from hub.people.finding import find_or_make
from hub.people.identities import address_for, key_of, normalized
from tests.hubs import Hub

PHONE, EMAIL, WHATSAPP, CUSTOM = IdentityKind.PHONE, IdentityKind.EMAIL, IdentityKind.WHATSAPP, IdentityKind.CUSTOM


@pytest.mark.parametrize(
    ("written", "region", "kept"),
    [
        ("+14155550123", "DE", "+14155550123"),
        ("(415) 555-0123", "US", "+14155550123"),
        ("0171 2345678", "DE", "+491712345678"),
        ("0049 171 2345678", "DE", "+491712345678"),
        ("011 49 171 2345678", "US", "+491712345678"),
        ("98765 43210", "IN", "+919876543210"),
        ("tel:+49-171-2345678", "US", "+491712345678"),
        ("٠١٧١٢٣٤٥٦٧٨", "DE", "+491712345678"),
        ("02 1234 5678", "IT", "+390212345678"),
        ("+5215512345678", "US", "+525512345678"),
        (" +44 20 7946 0958 ", "US", "+442079460958"),
    ],
)
def test_a_number_is_written_one_way(written: str, region: str, kept: str) -> None:
    assert normalized(Address(kind=PHONE, value=written), region).value == kept


@pytest.mark.parametrize(
    "written",
    ["", "hello", "12345", "+1555", "555-0123", "+1 415 555 0123 ext. 5", "+999123456789", "1" * 300, "0170 123456"],
)
def test_what_is_no_number_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        normalized(Address(kind=PHONE, value=written), "US")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Asha@Example.COM", "Asha@example.com"),
        (" asha@example.com ", "asha@example.com"),
        ("asha@xn--mnchen-3ya.de", "asha@münchen.de"),
    ],
)
def test_a_mail_address_is_kept_as_its_owner_writes_it(written: str, kept: str) -> None:
    assert normalized(Address(kind=EMAIL, value=written), "US").value == kept


@pytest.mark.parametrize("written", ["", "asha", "asha@", "@example.com", "a b@example.com", "asha@example"])
def test_what_is_no_mail_address_is_refused_in_words(written: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        normalized(Address(kind=EMAIL, value=written), "US")


@pytest.mark.parametrize("written", ["", "   ", "a\0b", "a\nb", "x" * 201])
def test_an_id_of_others_is_not_empty_nor_longer_than_it_may_be(written: str) -> None:
    with pytest.raises(ValueError, match="letters"):
        normalized(Address(kind=CUSTOM, value=written), "US")


async def test_capitals_make_no_other_mail_address(hub: Hub) -> None:
    keyring = await hub.deps.sealer.keyring("account")

    keys = {key_of(keyring, Address(kind=EMAIL, value=one)) for one in ("Asha@example.com", "asha@EXAMPLE.com")}

    assert len(keys) == 1


async def test_capitals_make_another_id_of_others(hub: Hub) -> None:
    keyring = await hub.deps.sealer.keyring("account")

    keys = {key_of(keyring, Address(kind=CUSTOM, value=one)) for one in ("AbC", "abc")}

    assert len(keys) == 2


async def test_the_same_words_of_two_kinds_are_two_identities(hub: Hub) -> None:
    keyring = await hub.deps.sealer.keyring("account")

    assert key_of(keyring, Address(kind=CUSTOM, value="1")) != key_of(keyring, Address(kind=WHATSAPP, value="1"))


async def test_no_two_accounts_have_the_same_key_for_one_number(hub: Hub) -> None:
    address = Address(kind=PHONE, value="+14155550123")

    keys = {key_of(await hub.deps.sealer.keyring(account), address) for account in ("one", "other")}

    assert len(keys) == 2


async def test_somebody_is_reached_by_the_first_kind_that_they_have(hub: Hub) -> None:
    addresses = [Address(kind=EMAIL, value="asha@example.com"), Address(kind=PHONE, value="+14155550123")]
    person = await find_or_make(hub.deps, "account", addresses)

    assert await address_for(hub.deps, person, [WHATSAPP, PHONE, EMAIL]) == addresses[1]
    assert await address_for(hub.deps, person, [WHATSAPP]) is None


async def test_an_id_that_is_good_on_one_line_reaches_nobody_on_another(hub: Hub) -> None:
    scoped = Address(kind=WHATSAPP, value="US.1234")
    person = await find_or_make(hub.deps, "account", [scoped], line="line")

    assert await address_for(hub.deps, person, [WHATSAPP], line="line") == scoped
    assert await address_for(hub.deps, person, [WHATSAPP], line="another") is None


async def test_an_id_of_one_business_that_is_met_on_a_second_line_is_good_on_both(hub: Hub) -> None:
    scoped = Address(kind=WHATSAPP, value="US.1234")
    await find_or_make(hub.deps, "account", [scoped], line="line")

    person = await find_or_make(hub.deps, "account", [scoped], line="another")

    found = [await address_for(hub.deps, person, [WHATSAPP], line=line) for line in ("line", "another")]
    assert found == [scoped, scoped]


async def test_a_number_of_whatsapp_is_good_on_every_line(hub: Hub) -> None:
    number = Address(kind=WHATSAPP, value="14155550123")
    person = await find_or_make(hub.deps, "account", [number], line="line")

    assert await address_for(hub.deps, person, [WHATSAPP], line="another") == number


async def test_nobody_is_written_to_by_their_own_id(hub: Hub) -> None:
    person = await find_or_make(hub.deps, "account", [Address(kind=EMAIL, value="asha@example.com")])

    assert await address_for(hub.deps, person, [CUSTOM]) is None
