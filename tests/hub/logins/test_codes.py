"""One-time codes: used once, in their minute, and typed as people type."""

import base64
import string
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from hub.logins.codes import (
    NO_STEP,
    SEPARATORS,
    app_uri,
    new_recovery_codes,
    new_secret,
    normal,
    recovery_hash,
    step_of,
)
from hub.store.ids import ALPHABET
from hub.store.sealed import Keyring

# The secret and the codes of RFC 6238, appendix B; of its eight digits the last six.
SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = {59: "287082", 1111111109: "081804", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"}
NOW = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)
STEP = int(NOW.timestamp()) // 30
# One million codes are not many: the steps before and after this one show the same.
SHARED_STEP = 61_331_810


def code_of(step: int) -> str:
    """What the app shows in this step."""
    return pyotp.TOTP(SECRET).generate_otp(step)


def keyring_of(login: str, key: bytes) -> Keyring:
    return Keyring(login, {1: AESGCM(key)}, 1, key, NOW)


# Codes of an app


def test_a_secret_has_160_bits() -> None:
    assert len(base64.b32decode(new_secret())) == 20


def test_no_secret_comes_twice() -> None:
    assert len({new_secret() for _ in range(1000)}) == 1000


def test_an_app_reads_the_secret_from_the_uri() -> None:
    uri = urlsplit(app_uri(SECRET, "asha+hub@example.test"))

    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert unquote(uri.path) == "/Parley:asha+hub@example.test"
    assert parse_qs(uri.query) == {"secret": [SECRET], "issuer": ["Parley"]}


def test_an_address_cannot_add_to_the_uri() -> None:
    uri = app_uri(SECRET, '"a?secret=x&b:c#d"@example.test')

    app = pyotp.parse_uri(uri)

    assert (app.secret, app.issuer, app.name) == (SECRET, "Parley", '"a?secret=x&b:c#d"@example.test')


@pytest.mark.parametrize(("seconds", "code"), VECTORS.items())
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert step_of(SECRET, code, datetime.fromtimestamp(seconds, UTC), NO_STEP) == seconds // 30


@pytest.mark.parametrize(("late", "expected"), [(-2, None), (-1, STEP - 1), (0, STEP), (1, STEP + 1), (2, None)])
def test_a_clock_may_be_one_step_off(late: int, expected: int | None) -> None:
    assert step_of(SECRET, code_of(STEP + late), NOW, NO_STEP) == expected


@pytest.mark.parametrize("second", [0, 29])
def test_a_code_is_right_all_through_its_step(second: int) -> None:
    begun = datetime.fromtimestamp(STEP * 30, UTC)

    assert step_of(SECRET, code_of(STEP), begun + timedelta(seconds=second, microseconds=999_999), NO_STEP) == STEP


@pytest.mark.parametrize("step", [STEP - 1, STEP, STEP + 1])
def test_a_code_is_right_once(step: int) -> None:
    assert step_of(SECRET, code_of(step), NOW, last_step=step - 1) == step
    assert step_of(SECRET, code_of(step), NOW, last_step=step) is None
    assert step_of(SECRET, code_of(step), NOW, last_step=step + 1) is None


def test_a_code_that_two_steps_share_is_right_once() -> None:
    shared = datetime.fromtimestamp(SHARED_STEP * 30, UTC)

    assert code_of(SHARED_STEP - 1) == code_of(SHARED_STEP + 1)
    assert step_of(SECRET, code_of(SHARED_STEP - 1), shared, NO_STEP) == SHARED_STEP + 1


def test_a_code_of_another_secret_is_wrong() -> None:
    assert step_of(new_secret(), code_of(STEP), NOW, NO_STEP) is None


@pytest.mark.parametrize("shape", ["{} {}", " {}{} ", "{}{}", "{}  {}"])
def test_spaces_in_a_code_do_not_matter(shape: str) -> None:
    code = code_of(STEP)

    assert step_of(SECRET, shape.format(code[:3], code[3:]), NOW, NO_STEP) == STEP


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"])  # noqa: RUF001 - other scripts are the point
def test_digits_of_other_scripts_are_refused(digits: str) -> None:
    code = code_of(STEP).translate(str.maketrans(string.digits, digits))

    assert step_of(SECRET, code, NOW, NO_STEP) is None


@pytest.mark.parametrize("shape", ["", "{}0", "0{}", "{}\n", "\t{}", "{}\u00a0", "+{}", "{}.0", "{}\0", "\ud800{}"])
def test_anything_but_six_digits_is_refused(shape: str) -> None:
    assert step_of(SECRET, shape.format(code_of(STEP)), NOW, NO_STEP) is None


@given(st.text(max_size=20))
def test_no_text_is_an_error(code: str) -> None:
    assert step_of(SECRET, code, NOW, NO_STEP) in {None, STEP - 1, STEP, STEP + 1}


# Codes on paper


def test_there_are_ten_recovery_codes_and_no_two_alike() -> None:
    codes = {code for _ in range(100) for code in new_recovery_codes()}

    assert len(codes) == 1000
    assert len(new_recovery_codes()) == 10


def test_a_recovery_code_is_shown_in_two_halves() -> None:
    halves = [half for code in new_recovery_codes() for half in code.split("-")]

    assert [len(half) for half in halves] == [5] * 20


def test_a_recovery_code_uses_every_letter_and_no_lookalike() -> None:
    letters = {letter for _ in range(100) for code in new_recovery_codes() for letter in code}

    assert letters == {*ALPHABET, "-"}


@pytest.mark.parametrize(
    "typed",
    ["abcd0-1gh1k", "ABCD0-1GH1K", "abcd01gh1k", "  abcd0 1gh1k\n", "a-b-c-d-0-1-g-h-1-k", "abcdo-igh1k", "ABCDO-LGHIK",
     "abcd0\u20131gh1k", "abcd0\u20111gh1k", "abcd0\u22121gh1k", "abcd0\u00a01gh1k"],
)  # fmt: skip
def test_a_recovery_code_is_read_however_it_is_typed(typed: str) -> None:
    assert normal(typed) == "abcd01gh1k"


@pytest.mark.parametrize(
    "typed", ["", "abcd0-1gh1", "abcd0-1gh1kk", "abcdu-1gh1k", "abcd0_1gh1k", "abcdé-1gh1k", "\ud800"]
)
def test_anything_else_is_no_recovery_code(typed: str) -> None:
    assert normal(typed) == ""


@given(st.text(alphabet=st.sampled_from(ALPHABET + "oilOILU -\u2013") | st.characters(), max_size=14))
def test_reading_twice_reads_the_same(typed: str) -> None:
    assert normal(normal(typed)) == normal(typed)
    assert len(normal(typed)) in {0, 10}


def test_a_recovery_code_is_found_however_it_is_typed() -> None:
    keyring = keyring_of("login", b"k" * 32)
    codes = new_recovery_codes()
    stored = {recovery_hash(keyring, code) for code in codes}

    typed = [SEPARATORS.sub(" ", code).upper().replace("0", "O").replace("1", "l") for code in codes]

    assert {recovery_hash(keyring, code) for code in typed} == stored
    assert len(stored) == 10


@pytest.mark.parametrize("code", ["", "-", "0000000000", "abcde", "\ud800"])
def test_no_other_code_is_found(code: str) -> None:
    keyring = keyring_of("login", b"k" * 32)

    assert recovery_hash(keyring, code) not in {recovery_hash(keyring, stored) for stored in new_recovery_codes()}


def test_a_hash_is_of_no_use_with_another_key() -> None:
    code = new_recovery_codes()[0]

    assert recovery_hash(keyring_of("one", b"1" * 32), code) != recovery_hash(keyring_of("two", b"2" * 32), code)
