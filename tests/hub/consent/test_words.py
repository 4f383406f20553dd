"""The words that end and resume: when they are all that a message says, however people type them."""

import pytest

from channels.base import Content, Inbound
from hub.consent.models import Words
from hub.consent.opting import heard, heard_in_mail, is_yes
from hub.consent.words import START, STOP, UNSUBSCRIBE, YES
from tests.hub.merging.known import MORNING


@pytest.mark.parametrize(
    "text",
    [
        *(
            "STOP",
            "stop",
            " Stop. ",
            "“STOP!”",
            "S.T.O.P.",
            "\uff33\uff34\uff2f\uff30",
            "stop 🛑",
            "STOP\n",
            "st\u200bop",
        ),
        *("stop all", "STOPALL", "Unsubscribe", "Cancel", "END", "quit!", "Revoke", "opt-out", "OPT OUT"),
    ],
)
def test_english_is_understood_everywhere(text: str) -> None:
    assert heard(text, "hi", ()) == "out"


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        *(("es", "Alto"), ("es-MX", "darme de baja"), ("fr", "ARRET"), ("fr", "arrêt"), ("fr-CA", "Désabonner")),
        *(("de", "Stopp!"), ("de-AT", "abmelden"), ("pt-BR", "SAIR"), ("pt", "cancelar inscricao"), ("it", "basta")),
        *(("nl", "uitschrijven"), ("hi", "बंद करो"), ("hi-IN", "बंद"), ("hi", "band karo"), ("hi", "रोको।")),
    ],
)
def test_so_is_ones_own_language(locale: str, text: str) -> None:
    assert heard(text, locale, ()) == "out"


@pytest.mark.parametrize(
    ("locale", "text"), [("en", "START"), ("en", "unstop"), ("es", "reanudar"), ("fr", "reprendre"), ("hi", "शुरू करो")]
)
def test_others_resume(locale: str, text: str) -> None:
    assert heard(text, locale, ()) == "in"


@pytest.mark.parametrize(
    "text",
    [
        *("please stop calling me at night", "don't stop", "the end of the week", "non-stop", "Can I cancel?", "yes"),
        *("", "   ", "!!!", "🛑", "fine", "ok", "आज बंद है", "stop 5"),
    ],
)
def test_a_word_among_others_is_a_message_like_any_other(text: str) -> None:
    assert heard(text, None, ()) is None


def test_whoever_has_told_their_language_is_understood_in_that_one() -> None:
    assert heard("alto", "it", ()) is None
    assert heard("alto", None, ()) == "out"


def test_a_vowel_of_devanagari_is_not_an_accent() -> None:
    assert heard("बद", "hi", ()) is None


def test_an_account_has_words_of_its_own_by_language() -> None:
    words = [Words(locale="de", stop=["Ruhe bitte"]), Words(stop=["genug"], start=["los"])]

    assert heard("ruhe, BITTE!", "de-CH", words) == "out"
    assert heard("ruhe bitte", "en", words) is None
    assert (heard("genug", "en", words), heard("Los", "en", words)) == ("out", "in")


@pytest.mark.parametrize(("text", "locale", "is_one"), [("YES", "en", True), ("¡Sí!", "es", True), ("ja", "en", False)])
def test_yes_is_a_word_of_its_own(text: str, locale: str, is_one: bool) -> None:
    assert is_yes(text, locale) is is_one


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (Content(text="unsubscribe"), True),
        (Content(subject="Unsubscribe", text="sent from my phone"), True),
        (Content(text="Abmelden"), True),
        (Content(text="stop"), False),
        (Content(subject="cancel", text="please"), False),
        (Content(), False),
    ],
)
def test_in_a_mail_only_what_can_mean_nothing_else(content: Content, is_one: bool) -> None:
    inbound = Inbound(id="1", sender=(), said_at=MORNING, content=content)

    assert (heard_in_mail(inbound, None) == "out") is is_one


def test_no_word_ends_and_resumes() -> None:
    stop = frozenset[str]().union(*STOP.values())
    start = frozenset[str]().union(*START.values(), *YES.values())

    assert not stop & start


def test_every_language_has_all_of_them() -> None:
    assert STOP.keys() == START.keys() == YES.keys() == UNSUBSCRIBE.keys()
    assert all(UNSUBSCRIBE[language] <= STOP[language] for language in STOP)
