"""Sealed values: who can open them, who cannot, and what is left when the keys are gone."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from bson.binary import Binary
from hypothesis import given
from hypothesis import strategies as st

from hub.settings import Secret, Settings
from hub.store import sealed as rules
from hub.store.indexes import ensure
from hub.store.mongo import KEYS, Mongo
from hub.store.sealed import CACHED_FOR, MasterKeys, Sealer, Unreadable, WrongMasterKey, new_master_key, version_of
from tests.clock import VirtualClock
from tests.dumps import dump, raw

PLACE = "people.identities.value"
PHONE = b"+91 98765 43210"
MASTER = Secret(new_master_key())
# Every byte of a sealed value belongs to one of these: format, version, nonce, ciphertext, tag.
REGIONS = {"format": 0, "version": 4, "nonce": 5, "nonce's end": 16, "ciphertext": 17, "tag": -1}


def new_sealer(mongo: Mongo, clock: VirtualClock, current: Secret = MASTER, previous: Secret | None = None) -> Sealer:
    """What one process has."""
    return Sealer(mongo[KEYS], MasterKeys(current, previous or Secret()), clock)


@pytest.fixture
async def sealer(mongo: Mongo, clock: VirtualClock) -> Sealer:
    await ensure(mongo, rules.INDEXES)
    return new_sealer(mongo, clock)


# Opening


async def test_sealed_value_opens_again(sealer: Sealer) -> None:
    sealed = (await sealer.keyring("acme")).seal(PLACE, PHONE)

    assert await sealer.unseal("acme", PLACE, sealed) == PHONE


async def test_anything_sealed_opens_again(sealer: Sealer) -> None:
    keyring = await sealer.keyring("acme")

    @given(place=st.text(), plain=st.binary(max_size=5000))
    def opens(place: str, plain: bytes) -> None:
        assert keyring.unseal(place, keyring.seal(place, plain)) == plain

    opens()


async def test_same_value_is_never_sealed_alike(sealer: Sealer) -> None:
    keyring = await sealer.keyring("acme")

    assert len({bytes(keyring.seal(PLACE, PHONE)) for _ in range(100)}) == 100


async def test_sealed_value_does_not_open_for_another_account(sealer: Sealer) -> None:
    sealed = (await sealer.keyring("acme")).seal(PLACE, PHONE)

    with pytest.raises(Unreadable):
        await sealer.unseal("rival", PLACE, sealed)


async def test_sealed_value_does_not_open_for_another_account_even_under_the_same_key(sealer: Sealer) -> None:
    keyring = await sealer.keyring("acme")
    sealed = keyring.seal(PLACE, PHONE)

    with pytest.raises(Unreadable):
        replace(keyring, account="rival").unseal(PLACE, sealed)


async def test_sealed_value_does_not_open_at_another_place(sealer: Sealer) -> None:
    sealed = (await sealer.keyring("acme")).seal(PLACE, PHONE)

    with pytest.raises(Unreadable):
        await sealer.unseal("acme", "people.name", sealed)


@pytest.mark.parametrize("position", REGIONS.values(), ids=REGIONS)
async def test_damaged_value_does_not_open(sealer: Sealer, position: int) -> None:
    damaged = bytearray((await sealer.keyring("acme")).seal(PLACE, PHONE))

    damaged[position] ^= 1

    with pytest.raises(Unreadable):
        await sealer.unseal("acme", PLACE, bytes(damaged))


async def test_no_changed_byte_goes_unnoticed(sealer: Sealer) -> None:
    keyring = await sealer.keyring("acme")
    sealed = keyring.seal(PLACE, PHONE)

    @given(st.integers(0, len(sealed) - 1), st.integers(1, 255))
    def is_noticed(position: int, change: int) -> None:
        damaged = bytearray(sealed)
        damaged[position] ^= change
        with pytest.raises(Unreadable):
            keyring.unseal(PLACE, bytes(damaged))

    is_noticed()


@pytest.mark.parametrize("length", [0, 1, 4, 5, 16, 17, 32])
async def test_value_that_was_cut_off_does_not_open(sealer: Sealer, length: int) -> None:
    sealed = (await sealer.keyring("acme")).seal(PLACE, PHONE)

    with pytest.raises(Unreadable):
        await sealer.unseal("acme", PLACE, sealed[:length])


async def test_stored_value_opens_again(sealer: Sealer, mongo: Mongo) -> None:
    await mongo["people"].insert({"_id": "p", "value": (await sealer.keyring("acme")).seal(PLACE, PHONE)})

    stored = await mongo["people"].find_one({"_id": "p"})

    assert stored is not None
    assert isinstance(stored["value"], Binary)
    assert await sealer.unseal("acme", PLACE, stored["value"]) == PHONE


async def test_plain_text_is_nowhere_in_the_stored_bytes(sealer: Sealer, mongo: Mongo, settings: Settings) -> None:
    keyring = await sealer.keyring("acme")
    value, key = keyring.seal(PLACE, PHONE), keyring.lookup(PLACE, PHONE.decode())
    await mongo["people"].insert({"_id": "p", "value": value, "key": key})

    stored = raw(dump(settings)) + raw(dump(settings, keys=True))

    assert bytes(value) in stored
    assert PHONE not in stored


# Two processes


async def test_processes_that_meet_an_account_at_once_agree_on_its_keys(mongo: Mongo, clock: VirtualClock) -> None:
    await ensure(mongo, rules.INDEXES)
    sealers = [new_sealer(mongo, clock) for _ in range(6)]

    keyrings = await asyncio.gather(*(sealer.keyring("acme") for sealer in sealers))

    sealed = [keyring.seal(PLACE, PHONE) for keyring in keyrings]
    assert {keyring.unseal(PLACE, value) for keyring in keyrings for value in sealed} == {PHONE}
    assert len({keyring.lookup(PLACE, "x") for keyring in keyrings}) == 1


async def test_keys_made_by_half_are_completed(sealer: Sealer, mongo: Mongo, clock: VirtualClock) -> None:
    await sealer.keyring("acme")
    await mongo[KEYS].delete({"_id": "acme.1"})

    keyring = await new_sealer(mongo, clock).keyring("acme")

    assert keyring.unseal(PLACE, keyring.seal(PLACE, PHONE)) == PHONE


async def test_value_of_a_version_made_elsewhere_opens_at_once(
    sealer: Sealer, mongo: Mongo, clock: VirtualClock
) -> None:
    other = new_sealer(mongo, clock)
    await other.keyring("acme")
    await sealer.add_version("acme")

    sealed = (await sealer.keyring("acme")).seal(PLACE, PHONE)

    assert await other.unseal("acme", PLACE, sealed) == PHONE


async def test_new_version_is_used_elsewhere_after_a_minute(sealer: Sealer, mongo: Mongo, clock: VirtualClock) -> None:
    other = new_sealer(mongo, clock)
    await other.keyring("acme")
    await sealer.add_version("acme")

    await clock.advance(seconds=CACHED_FOR.total_seconds())

    assert (await other.keyring("acme")).current == 2


# Rotation


async def test_new_version_seals_from_now_on(sealer: Sealer) -> None:
    before = (await sealer.keyring("acme")).seal(PLACE, PHONE)

    assert await sealer.add_version("acme") == 2

    after = (await sealer.keyring("acme")).seal(PLACE, PHONE)
    assert (version_of(before), version_of(after)) == (1, 2)


async def test_what_an_older_version_sealed_still_opens(sealer: Sealer) -> None:
    sealed = (await sealer.keyring("acme")).seal(PLACE, PHONE)

    await sealer.add_version("acme")

    assert await sealer.unseal("acme", PLACE, sealed) == PHONE


async def test_lookup_stays_the_same_over_a_rotation(sealer: Sealer) -> None:
    before = (await sealer.keyring("acme")).lookup(PLACE, "+919876543210")

    await sealer.add_version("acme")

    assert (await sealer.keyring("acme")).lookup(PLACE, "+919876543210") == before


async def test_forgotten_versions_open_nothing_and_the_rest_goes_on(
    sealer: Sealer, mongo: Mongo, clock: VirtualClock
) -> None:
    old = (await sealer.keyring("acme")).seal(PLACE, PHONE)
    await sealer.add_version("acme")
    new = (await sealer.keyring("acme")).seal(PLACE, PHONE)

    await sealer.forget_before("acme", 2)

    fresh = new_sealer(mongo, clock)
    assert await fresh.unseal("acme", PLACE, new) == PHONE
    with pytest.raises(Unreadable):
        await fresh.unseal("acme", PLACE, old)


# Lookups


async def test_lookup_is_equal_for_equal_text(sealer: Sealer) -> None:
    keyring = await sealer.keyring("acme")

    assert keyring.lookup(PLACE, "asha@example.com") == keyring.lookup(PLACE, "asha@example.com")
    assert keyring.lookup(PLACE, "asha@example.com") != keyring.lookup(PLACE, "ravi@example.com")


async def test_lookup_tells_nothing_between_accounts(sealer: Sealer) -> None:
    ours, theirs = await sealer.keyring("acme"), await sealer.keyring("rival")

    assert ours.lookup(PLACE, "asha@example.com") != theirs.lookup(PLACE, "asha@example.com")


async def test_lookup_tells_nothing_between_places(sealer: Sealer) -> None:
    keyring = await sealer.keyring("acme")

    assert keyring.lookup(PLACE, "asha@example.com") != keyring.lookup("people.search", "asha@example.com")


# Erasing


async def test_erased_account_is_unreadable_at_once(sealer: Sealer) -> None:
    sealed = (await sealer.keyring("acme")).seal(PLACE, PHONE)

    await sealer.erase("acme")

    with pytest.raises(Unreadable):
        await sealer.unseal("acme", PLACE, sealed)


async def test_erased_account_is_unreadable_elsewhere_within_a_minute(
    sealer: Sealer, mongo: Mongo, clock: VirtualClock
) -> None:
    other = new_sealer(mongo, clock)
    sealed = (await other.keyring("acme")).seal(PLACE, PHONE)
    await sealer.erase("acme")

    await clock.advance(seconds=CACHED_FOR.total_seconds())

    with pytest.raises(Unreadable):
        await other.unseal("acme", PLACE, sealed)


async def test_erasing_one_account_leaves_the_others(sealer: Sealer, mongo: Mongo, clock: VirtualClock) -> None:
    sealed = (await sealer.keyring("rival")).seal(PLACE, PHONE)
    await sealer.keyring("acme")

    await sealer.erase("acme")

    assert await new_sealer(mongo, clock).unseal("rival", PLACE, sealed) == PHONE


async def test_erased_account_that_comes_back_gets_other_keys(sealer: Sealer) -> None:
    before = (await sealer.keyring("acme")).lookup(PLACE, "x")
    await sealer.erase("acme")

    assert (await sealer.keyring("acme")).lookup(PLACE, "x") != before


async def test_backup_of_the_database_holds_no_data_key(sealer: Sealer, mongo: Mongo, settings: Settings) -> None:
    await mongo["people"].insert({"_id": "p", "value": (await sealer.keyring("acme")).seal(PLACE, PHONE)})
    stored = [key["wrapped"] async for key in mongo[KEYS].each({"account": "acme"})]

    backup = raw(dump(settings))

    assert len(stored) == 2
    assert [wrapped for wrapped in stored if wrapped in backup] == []


async def test_backup_restored_after_the_erasing_stays_unreadable(
    sealer: Sealer, mongo: Mongo, clock: VirtualClock
) -> None:
    await mongo["people"].insert({"_id": "p", "value": (await sealer.keyring("acme")).seal(PLACE, PHONE)})
    backup = await mongo["people"].find({}, limit=10)
    await sealer.erase("acme")
    await mongo["people"].delete_all({})

    await mongo["people"].insert(backup[0])

    restored = await mongo["people"].find_one({"_id": "p"})
    assert restored is not None
    with pytest.raises(Unreadable):
        await new_sealer(mongo, clock).unseal("acme", PLACE, restored["value"])


# The master key


async def test_data_keys_are_stored_wrapped(sealer: Sealer, mongo: Mongo) -> None:
    lookup_key = (await sealer.keyring("acme")).lookup_key

    stored = await mongo[KEYS].find_one({"_id": "acme.0"})

    assert stored is not None
    assert lookup_key not in stored["wrapped"]


async def test_wrong_master_key_is_told_plainly(sealer: Sealer, mongo: Mongo, clock: VirtualClock) -> None:
    await sealer.keyring("acme")
    stranger = new_sealer(mongo, clock, Secret(new_master_key()))

    with pytest.raises(WrongMasterKey, match="PARLEY_MASTER_KEY_PREVIOUS"):
        await stranger.keyring("acme")


async def test_check_finds_a_wrong_master_key(sealer: Sealer, mongo: Mongo, clock: VirtualClock) -> None:
    await sealer.keyring("acme")
    await sealer.check()

    with pytest.raises(WrongMasterKey):
        await new_sealer(mongo, clock, Secret(new_master_key())).check()


async def test_previous_master_key_still_opens(sealer: Sealer, mongo: Mongo, clock: VirtualClock) -> None:
    sealed = (await sealer.keyring("acme")).seal(PLACE, PHONE)

    changed = new_sealer(mongo, clock, Secret(new_master_key()), MASTER)

    assert await changed.unseal("acme", PLACE, sealed) == PHONE


async def test_several_previous_master_keys_are_known(sealer: Sealer, mongo: Mongo, clock: VirtualClock) -> None:
    await sealer.keyring("acme")
    previous = Secret(f"{new_master_key()},{MASTER.reveal()}")

    await new_sealer(mongo, clock, Secret(new_master_key()), previous).check()


async def test_after_rewrapping_the_previous_master_key_is_needed_no_more(
    sealer: Sealer, mongo: Mongo, clock: VirtualClock
) -> None:
    sealed = (await sealer.keyring("acme")).seal(PLACE, PHONE)
    await sealer.keyring("rival")
    current = Secret(new_master_key())

    assert await new_sealer(mongo, clock, current, MASTER).rewrap() == 4

    alone = new_sealer(mongo, clock, current)
    await alone.check()
    assert await alone.unseal("acme", PLACE, sealed) == PHONE


async def test_rewrapping_again_finds_nothing_to_do(sealer: Sealer) -> None:
    await sealer.keyring("acme")

    assert await sealer.rewrap() == 0


async def test_wrapped_key_moved_to_another_account_does_not_open(
    sealer: Sealer, mongo: Mongo, clock: VirtualClock
) -> None:
    await sealer.keyring("acme")
    await sealer.keyring("rival")
    stolen = await mongo[KEYS].find_one({"_id": "acme.1"}, fields={"wrapped": 1, "_id": 0})
    await mongo[KEYS].update({"_id": "rival.1"}, {"$set": stolen or {}})

    with pytest.raises(Unreadable, match="belongs to another account"):
        await new_sealer(mongo, clock).keyring("rival")


def test_new_master_keys_are_of_the_size_that_the_setting_takes() -> None:
    masters = MasterKeys(Secret(new_master_key()), Secret(new_master_key()))

    assert masters.unwrap(masters.wrap(b"key", "x"), "x") == b"key"


def test_a_minute_is_how_long_elsewhere_means() -> None:
    assert timedelta(minutes=1) == CACHED_FOR
