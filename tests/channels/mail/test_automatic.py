"""Which mails a program has written by itself."""

import pytest

from channels.mail.automatic import is_automatic
from channels.mail.headers import Headers

OWN = "desk@acme.test"

TOLD = {
    "an answer by itself": ("auto-submitted", "auto-replied (vacation)"),
    "bulk": ("precedence", "bulk"),
    "an older sign": ("x-autoreply", "yes"),
    "a mailing list": ("list-id", "<park.lists.example.org>"),
    "nowhere to come back to": ("return-path", "<>"),
    "our own, come back": ("x-loop", OWN),
}
NOT_TOLD = {
    "it says no": ("auto-submitted", "no"),
    "an ordinary class": ("precedence", "normal"),
    "a link to leave": ("list-unsubscribe", "<https://example.com/u>"),
    "the loop of somebody else": ("x-loop", "ravi@example.org"),
    "it wants no notice of absence": ("x-auto-response-suppress", "OOF"),
}


def judged(
    *fields: tuple[str, str],
    sender: str = "asha@example.com",
    subject: str = "The flat",
    envelope_sender: str | None = None,
) -> bool:
    """Whether a mail with these headers is a program's."""
    return is_automatic(Headers(fields), own={OWN}, sender=sender, subject=subject, envelope_sender=envelope_sender)


@pytest.mark.parametrize("field", TOLD.values(), ids=TOLD)
def test_one_sign_is_enough(field: tuple[str, str]) -> None:
    assert judged(field)


@pytest.mark.parametrize("field", NOT_TOLD.values(), ids=NOT_TOLD)
def test_a_person_may_write_with_such_a_header(field: tuple[str, str]) -> None:
    assert not judged(field)


LIST = (("precedence", "list"), ("list-id", "<desk.acme.test>"))
AT_OWN = ("list-post", f"<https://groups.example.net/desk/post>, <mailto:{OWN.title()}?subject=x>")


def test_a_list_at_our_own_address_is_the_way_by_which_people_write_to_us() -> None:
    assert judged(*LIST)
    assert not judged(*LIST, AT_OWN, ("list-unsubscribe", "<https://example.com/u>"))


@pytest.mark.parametrize("sign", [("auto-submitted", "auto-replied"), ("precedence", "bulk"), ("x-loop", OWN)])
def test_what_a_program_sends_to_such_a_list_stays_a_programs(sign: tuple[str, str]) -> None:
    assert judged(sign, *LIST, AT_OWN)


def test_whoever_posts_to_another_list_as_well_has_written_to_that() -> None:
    assert judged(*LIST, ("list-post", "<mailto:park@lists.example.org>"))


def test_a_mail_whose_envelope_names_no_sender_is_automatic() -> None:
    assert judged(envelope_sender="")


def test_nothing_is_concluded_from_an_envelope_that_nobody_knows() -> None:
    assert not judged(envelope_sender=None)


def test_a_subject_alone_makes_no_mail_automatic() -> None:
    assert not judged(subject="Out of office furniture")


@pytest.mark.parametrize(
    "subject", ["Automatic reply: The flat", "Abwesenheitsnotiz", "Réponse automatique", "自动回复"]
)
def test_a_subject_and_the_wish_for_no_answer_make_it_automatic(subject: str) -> None:
    assert judged(("x-auto-response-suppress", "All"), subject=subject)


def test_an_address_that_nobody_reads_makes_it_automatic_with_such_a_subject_alone() -> None:
    assert judged(sender="no-reply@example.org", subject="Your request has been received")
    assert not judged(sender="no-reply@example.org", subject="Message from the site")


def test_what_delivers_mails_is_no_person() -> None:
    assert judged(sender="mailer-daemon@example.com")
