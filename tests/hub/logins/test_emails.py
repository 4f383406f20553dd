"""E-mail addresses: what is one, which spellings are the same, and which only look like it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.deps import Deps
from hub.logins import actions
from hub.logins.emails import Email, NotAnEmail, read_email
from hub.logins.models import Login
from tests.hub.logins.conftest import EMAIL
from tests.people import PASSWORD

# Spellings of one address, by what is done to it.
SAME = {
    "capitals": "ASHA@EXAMPLE.TEST",
    "some capitals": "Asha@Example.Test",
    "wide letters in the domain": "asha@\uff45xample.test",
    "a wide dot": "asha@example\u3002test",
    "a half wide dot": "asha@example\uff61test",
    "mathematical letters in the domain": "asha@\U0001d41e\U0001d431ample.test",
}
DOMAINS = {
    "plain": "asha@b\u00fccher.test",
    "capitals": "asha@B\u00dcCHER.test",
    "in two letters": "asha@bu\u0308cher.test",
    "as it is on the wire": "asha@xn--bcher-kva.test",
    "as it is on the wire, in capitals": "asha@XN--BCHER-KVA.test",
}
OTHER = [
    *(
        "asha+sales@example.test",
        "asha+@example.test",
        "a.sha@example.test",
        "asha.@example.test",
        "asha-@example.test",
    ),
    *(
        "asha@mail.example.test",
        "asha@example.test.test",
        "asha@examp1e.test",
        "xn--asha@example.test",
        "sha@example.test",
    ),
    # Other letters: a dotless i, Cyrillic, Greek.
    *("asha@ex\u0430mple.test", "asha@\u0435xample.test", "asha@ex\u03b1mple.test"),
]
NONE = [
    *("", " ", "@", "asha", "asha@", "@example.test", "asha@@example.test", "asha@example", "asha example.test"),
    *("asha@example.test.", "asha@.example.test", "asha@example..test", "asha@-example.test", "asha@exam_ple.test"),
    *(" asha@example.test", "asha@example.test ", "asha@example.test\n", "asha@example.test\0", "as\0ha@example.test"),
    *("asha@example.test\r\nBcc: all@example.test", "asha@example.test,ben@example.test", "Asha <asha@example.test>"),
    *('"asha"@example.test', '"as ha"@example.test', '"asha@evil.test"@example.test', "asha(x)@example.test"),
    *("asha@[127.0.0.1]", "asha@127.0.0.1", "asha@[IPv6:::1]", "asha@localhost"),
    *(
        ".asha@example.test",
        "as..ha@example.test",
        "asha:x@example.test",
        "as;ha@example.test",
        "mailto:asha@example.test",
    ),
    # Letters that are not plain ones, before the @.
    *("\u0131sha@example.test", "\u0430sha@example.test", "\uff41sha@example.test", "as\u200bha@example.test"),
    *("as\u00adha@example.test", "ash\u00e1@example.test", "\U0001f4a5@example.test", "asha\u202e@example.test"),
    *("asha@exam\u00adple.test", "asha@exam\u200bple.test", "asha@example.test\u200b", "asha@\u202eexample.test"),
    *("\ufeffasha@example.test", f"a@{'b' * 64}.test"),
    *(f"a@{'b.' * 130}test", "a@" + "\u00fc" * 60 + ".test"),
]


@pytest.mark.parametrize("spelled", SAME.values(), ids=SAME)
def test_these_are_one_address(spelled: str) -> None:
    assert read_email(spelled).key == EMAIL


@pytest.mark.parametrize("spelled", DOMAINS.values(), ids=DOMAINS)
def test_a_domain_of_other_letters_is_one_however_it_is_written(spelled: str) -> None:
    assert read_email(spelled).key == "asha@xn--bcher-kva.test"
    assert read_email(spelled).shown == "asha@b\u00fccher.test"


@pytest.mark.parametrize("spelled", OTHER)
def test_these_are_others(spelled: str) -> None:
    assert key_or_none(spelled) != EMAIL


def key_or_none(text: str) -> str | None:
    """What it is compared by, if it is an address."""
    try:
        return read_email(text).key
    except NotAnEmail:
        return None


@pytest.mark.parametrize("text", NONE)
def test_these_are_none(text: str) -> None:
    with pytest.raises(NotAnEmail) as refused:
        read_email(text)

    assert (refused.value.status, refused.value.code) == (400, "not_an_email")
    assert refused.value.data == {"field": "email"}


def test_a_plus_makes_another_address() -> None:
    keys = {read_email(one).key for one in ("asha@example.test", "asha+a@example.test", "asha+b@example.test")}

    assert len(keys) == 3


def test_the_name_is_shown_as_its_owner_writes_it() -> None:
    assert read_email("Asha.Rao@Example.TEST") == Email("Asha.Rao@example.test", "asha.rao@example.test")


def test_a_turkish_capital_does_not_become_a_plain_letter() -> None:
    assert key_or_none("\u0130@example.test") is None
    assert key_or_none("a@\u0130nfo.test") != "a@info.test"


@given(st.text(max_size=60), st.sampled_from(["", "@example.test", "@b\u00fccher.test"]))
def test_any_text_is_an_address_or_refused_and_reading_it_again_changes_nothing(name: str, end: str) -> None:
    key = key_or_none(name + end)

    assert key is None or (key.isascii() and key == key.lower() and read_email(key).key == key)


@given(st.emails())
def test_every_spelling_of_an_address_has_one_key(email: str) -> None:
    key = key_or_none(email)

    assert {key_or_none(spelled) for spelled in (email.upper(), email.lower(), email.swapcase())} == {key}
    assert key is None or read_email(read_email(email).shown).key == key


@given(st.text(st.characters(categories=["L", "M"]), min_size=1, max_size=20))
def test_a_domain_is_one_in_all_forms_of_unicode(label: str) -> None:
    forms = {key_or_none(f"a@{unicodedata.normalize(form, label)}.test") for form in ("NFC", "NFD")}

    assert len(forms - {None}) <= 1


@pytest.mark.parametrize("spelled", SAME.values(), ids=SAME)
async def test_the_same_login_is_found(deps: Deps, login: Login, spelled: str) -> None:
    found = await actions.find(deps, spelled)

    assert found
    assert found.id == login.id


async def test_no_spelling_makes_a_second_login(deps: Deps, login: Login) -> None:
    for spelled in SAME.values():
        with pytest.raises(actions.LoginExists):
            await actions.make(deps, spelled, PASSWORD, is_proved=False)

    assert await deps.mongo["logins"].count({}, limit=9) == 1


async def test_an_address_is_found_by_nothing_that_only_looks_like_it(deps: Deps, login: Login) -> None:
    found = [one for one in OTHER if key_or_none(one) and await actions.find(deps, one)]

    assert found == []
