"""Which passwords are refused because they are guessed soon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.logins.actions import LEAST_LETTERS, WeakPassword, check_strength
from hub.passwords import normal

EMAIL = "asha.rao@example.test"
WEAK = [
    *("", "short", "123456789", "a" * 200, "abcd" * 3, " " * 20, "\u200b" * 20, "\0" * 20, "💥" * 20),
    *(EMAIL, EMAIL.upper(), "asha.rao123", "!!! Asha.Rao !!!", "2026Asha.Rao#"),
    *("password1234", "Password-2026!", "passwort123", "PASSWORD!!!!", "**letmein**", "changeme1!", "administrator"),
    *("1234567890", "01234567890", "0987654321", "qwertyuiop", "poiuytrewq", "asdfghjklz", "qwertzuiop", "abcdefghij"),
    # Nine letters, however many code points they are typed by.
    *("e\u0301tats-uni", "a\u0301e\u0301i\u0301o\u0301u\u0301"),
    # Wide letters are the plain ones.
    "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff441234",
]
GOOD = [
    *(
        "long-enough",
        "a few words",
        "correct horse battery",
        "пароль из слов",
        "密码密码很长很长的一句话",
        "nul\0in the middle",
    ),
    *(
        "asha.rao likes tea",
        "my password is long",
        "qwertyuiop and more",
        "92387 tea 1",
        "\u00e9tats-unis!",
        "x" * 196 + "abcd",
    ),
]


@pytest.mark.parametrize("password", WEAK)
def test_these_are_guessed_soon(password: str) -> None:
    with pytest.raises(WeakPassword) as refused:
        check_strength(password, EMAIL)

    assert (refused.value.status, refused.value.code) == (422, "weak_password")


@pytest.mark.parametrize("password", GOOD)
def test_these_are_not(password: str) -> None:
    check_strength(password, EMAIL)


def test_what_is_wrong_is_said_and_the_password_is_not_repeated() -> None:
    with pytest.raises(WeakPassword, match=f"needs {LEAST_LETTERS} letters") as refused:
        check_strength("zebra", EMAIL)

    assert "zebra" not in str(refused.value)


@given(st.text(), st.sampled_from([EMAIL, "a@b.test", "1@b.test", "-@b.test"]))
def test_any_text_is_judged(password: str, email: str) -> None:
    try:
        check_strength(password, email)
        is_good = True
    except WeakPassword:
        is_good = False

    assert not is_good or len(normal(password)) >= LEAST_LETTERS
