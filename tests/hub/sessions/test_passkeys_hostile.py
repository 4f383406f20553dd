"""What strangers make up is refused by one error of ours, whatever it is: nothing of it reaches anybody as a crash."""

from typing import Any

import cbor2
import msgspec
import pytest
from bson.binary import Binary
from hypothesis import example, given
from hypothesis import settings as how
from hypothesis import strategies as st

from hub.logins.models import Passkey
from hub.logins.relying_party import (
    Credential,
    NewKey,
    PasskeyRefused,
    PasskeyUnfit,
    check_new,
    check_use,
    creation_options,
    new_challenge,
    relying_party,
    request_options,
)
from tests.clock import MORNING
from tests.fakes.authenticator import HAS_KEY, PRESENT, VERIFIED, unwritten, written
from tests.hub.sessions.devices import AT, new_device

PARTY = relying_party(AT)
CHALLENGE = new_challenge()
DEVICE = new_device()
MADE = DEVICE.create(creation_options(PARTY, CHALLENGE, login="asha", email="asha@example.test", present=[]))
SHOWN = DEVICE.get(request_options(PARTY, CHALLENGE))
NAME_HASH = unwritten(SHOWN["response"]["authenticatorData"])[:32]
SIGNED = ("clientDataJSON", "authenticatorData", "signature", "userHandle")
PARTS = [(MADE, "clientDataJSON"), (MADE, "attestationObject"), *((SHOWN, part) for part in SIGNED)]

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
keys = st.integers(-10, 10) | st.sampled_from(["fmt", "attStmt", "authData", "x5c", "sig", "alg"])
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6), max_leaves=12
)
formats = st.sampled_from(["none", "packed", "tpm", "android-key", "android-safetynet", "fido-u2f", "apple", "x"])
cose_keys = st.dictionaries(
    st.sampled_from([1, 3, -1, -2, -3]),
    st.sampled_from([0, 1, 2, 3, 6, 7, -7, -8, -257, -48]) | st.binary(max_size=300),
    max_size=6,
)


def outcome(check: Any, credential: Credential, *more: Any) -> str:
    """How it ends; whatever is no error of ours gets out and fails the test."""
    try:
        check(PARTY, CHALLENGE, credential, *more)
    except (PasskeyUnfit, PasskeyRefused):
        return "refused"
    return "taken"


def kept() -> Passkey:
    """Asha's passkey, as it was kept."""
    made: NewKey = check_new(PARTY, CHALLENGE, MADE)
    return Passkey(
        id="p1",
        account="asha",
        credential=made.credential,
        public_key=made.public_key,
        name=Binary(b""),
        made_at=MORNING,
    )


KEPT = kept()


def with_part(credential: Any, part: str, data: bytes) -> Any:
    """The same credential with other bytes in one place."""
    return credential | {"response": credential["response"] | {part: written(data)}}


def test_what_is_mutated_here_is_good_before() -> None:
    assert outcome(check_new, MADE) == outcome(check_use, SHOWN, KEPT) == "taken"


@pytest.mark.parametrize("part", SIGNED)
def test_no_bit_of_what_is_shown_can_be_another(part: str) -> None:
    data = unwritten(SHOWN["response"][part])
    turned = [data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :] for at in range(len(data)) for bit in range(8)]

    outcomes = {outcome(check_use, with_part(SHOWN, part, each), KEPT) for each in turned}

    assert outcomes == {"refused"}


@pytest.mark.parametrize(("credential", "part"), PARTS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_ends_early_is_refused(credential: Any, part: str) -> None:
    data = unwritten(credential["response"][part])
    checks = {id(MADE): (check_new,), id(SHOWN): (check_use, KEPT)}
    check, *more = checks[id(credential)]

    outcomes = {outcome(check, with_part(credential, part, data[:end]), *more) for end in range(len(data))}

    assert outcomes == {"refused"}


@given(data=st.binary(max_size=2000))
@how(max_examples=200, derandomize=True, database=None, deadline=None)
def test_any_bytes_are_refused_in_every_place(data: bytes) -> None:
    made = [outcome(check_new, with_part(MADE, part, data)) for part in ("clientDataJSON", "attestationObject")]
    shown = [outcome(check_use, with_part(SHOWN, part, data), KEPT) for part in SIGNED]

    assert {*made, *shown} == {"refused"}


@given(value=values)
@example(value=[])
@example(value={"fmt": "none", "authData": b""})
@how(max_examples=300, derandomize=True, database=None, deadline=None)
def test_any_attestation_is_refused(value: Any) -> None:
    assert outcome(check_new, with_part(MADE, "attestationObject", cbor2.dumps(value))) == "refused"


NO_POINT = {1: 2, 3: -7, -1: 1, -2: bytes(31) + b"\1", -3: bytes(32)}


@example(key=NO_POINT, format="none", statement={}, id=b"p")
@given(key=cose_keys, format=formats, statement=values, id=st.binary(min_size=1, max_size=40))
@how(max_examples=500, derandomize=True, database=None, deadline=None)
def test_a_key_that_nobody_can_use_is_refused(key: Any, format: str, statement: Any, id: bytes) -> None:
    flags = bytes([PRESENT | VERIFIED | HAS_KEY])
    data = NAME_HASH + flags + bytes(4) + bytes(16) + len(id).to_bytes(2) + id + cbor2.dumps(key)
    attestation = {"fmt": format, "attStmt": statement, "authData": data}

    assert outcome(check_new, with_part(MADE, "attestationObject", cbor2.dumps(attestation))) == "refused"


@given(value=values)
@how(max_examples=200, derandomize=True, database=None, deadline=None)
def test_a_stored_key_that_is_none_opens_nothing(value: Any) -> None:
    broken = msgspec.structs.replace(KEPT, public_key=cbor2.dumps(value))

    assert outcome(check_use, SHOWN, broken) == "refused"
