"""What somebody has written in a mail themselves, and what their program has put below."""
# ruff: noqa: RUF001 - other scripts are the point

import pytest

from channels.mail.quotes import is_forward, own_words

INTRODUCTIONS = {
    "English": "On Sun, Mar 1, 2054 at 6:02 PM Acme <desk@acme.test> wrote:",
    "German": "Am So., 1. März 2054 um 18:02 Uhr schrieb Acme <desk@acme.test>:",
    "French": "Le dim. 1 mars 2054 à 18:02, Acme <desk@acme.test> a écrit :",
    "Spanish": "El dom, 1 mar 2054 a las 18:02, Acme (<desk@acme.test>) escribió:",
    "Italian": "Il giorno dom 1 mar 2054 alle ore 18:02 Acme <desk@acme.test> ha scritto:",
    "Portuguese": "Em dom., 1 de mar. de 2054 às 18:02, Acme <desk@acme.test> escreveu:",
    "Dutch": "Op zo 1 mrt 2054 om 18:02 schreef Acme <desk@acme.test>:",
    "Swedish": "Den sön 1 mars 2054 kl 18:02 skrev Acme <desk@acme.test>:",
    "Polish": "W dniu 1.03.2054 o 18:02, Acme <desk@acme.test> pisze:",
    "Russian": "1 марта 2054 г. 18:02, Acme <desk@acme.test> написал:",
    "Turkish": "Acme <desk@acme.test>, 1 Mar 2054 Paz, 18:02 tarihinde şunu yazdı:",
    "Chinese": "Acme <desk@acme.test> 于2054年3月1日周日 18:02写道：",
    "Japanese": "2054年3月1日(日) 18:02 Acme <desk@acme.test>:",
}


@pytest.mark.parametrize("introduction", INTRODUCTIONS.values(), ids=INTRODUCTIONS)
def test_what_is_quoted_is_left_out_in_many_languages(introduction: str) -> None:
    mail = f"Friday is fine.\n\n{introduction}\n\n> Would Friday suit you?\n"

    said = own_words(mail)

    assert said == ("Friday is fine.", True)


def test_an_introduction_may_be_broken_into_lines() -> None:
    mail = "Yes.\n\nOn Sun, Mar 1, 2054 at 6:02 PM Acme\n<desk@acme.test>\nwrote:\n\n> Friday?"

    said, _ = own_words(mail)

    assert said == "Yes."


def test_the_headers_of_the_mail_before_end_what_is_said() -> None:
    before = "Von: Acme <desk@acme.test>\nGesendet: Sonntag, 1. März 2054 18:02\nAn: Asha\nBetreff: Die Wohnung"

    said = own_words(f"Freitag passt.\n\n{before}\n\nWürde Freitag passen?")

    assert said == ("Freitag passt.", True)


def test_a_divider_ends_what_is_said() -> None:
    said, _ = own_words("Yes.\n\n-----Original Message-----\nFrom: Acme\n\nFriday?")

    assert said == "Yes."


def test_whoever_asks_for_a_journey_quotes_nothing() -> None:
    mail = "From: Berlin\nTo: Paris\nDate: Friday\n\nWhat is the price?"

    assert own_words(mail) == (mail, False)


def test_a_sentence_about_writing_quotes_nothing() -> None:
    mail = "On Monday your colleague wrote:\nwe may come at nine. Is that still so?"

    assert own_words(mail) == (mail, False)


def test_an_answer_between_the_lines_keeps_what_it_answers() -> None:
    mail = "> Would Friday suit you?\n\nYes.\n\n> And how many come?\n\nTwo.\n\n> Kind regards"

    said, is_shortened = own_words(mail)

    assert "> And how many come?" in said
    assert "Kind regards" not in said
    assert is_shortened


def test_what_is_nothing_but_a_quotation_keeps_its_text() -> None:
    mail = "On 01/03/2054 18:02, Acme wrote:\n> Would Friday suit you?"

    assert own_words(mail) == (mail, False)


def test_what_is_handed_on_is_kept_whole() -> None:
    mail = "See below.\n\n---------- Forwarded message ---------\nFrom: Ravi <ravi@example.org>\n\nIt is free."

    assert own_words(mail) == (mail, False)


@pytest.mark.parametrize("subject", ["AW: WG: Haus", "RE: FW: Listing", "Re: Re: Fwd: Listing"])
def test_an_answer_to_what_was_handed_on_is_an_answer(subject: str) -> None:
    assert not is_forward(subject)


@pytest.mark.parametrize("subject", ["WG: Haus", "FW: RE: Listing", " Fwd: Listing"])
def test_who_hands_on_an_answer_hands_it_on(subject: str) -> None:
    assert is_forward(subject)


def test_the_subject_tells_that_a_mail_is_handed_on() -> None:
    before = "Von: Ravi <ravi@example.org>\nGesendet: Sonntag, 1. März 2054 18:02\nAn: Asha\nBetreff: Haus"

    said, _ = own_words(f"Siehe unten.\n\n{before}\n\nEs ist frei.", is_forward=is_forward("WG: Haus"))

    assert said.endswith("Es ist frei.")


@pytest.mark.parametrize(
    "added", ["-- \nAsha Rao\n+44 7700 900123", "Sent from my iPhone", "Von meinem iPhone gesendet"]
)
def test_a_signature_is_left_out(added: str) -> None:
    said = own_words(f"Friday is fine.\n\n{added}")

    assert said == ("Friday is fine.", True)


def test_a_long_list_below_a_dash_is_no_signature() -> None:
    rooms = "\n".join(f"room {number}" for number in range(30))

    said, is_shortened = own_words(f"We need:\n--\n{rooms}")

    assert "room 29" in said
    assert not is_shortened
