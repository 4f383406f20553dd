"""What mail servers and mail programs tell of a mail of ours."""

import pytest

from channels.base import Address, IdentityKind, Inbound, Parsed, Posted, State, Status, Strange
from channels.mail.failures import FAILURES, final_code_of
from channels.mail.parts import taken_apart
from channels.mail.reading import MAIL_TYPE, read
from channels.mail.reports import report
from tests.channels.mail.test_reading import LINE, SAMPLES
from tests.clock import MORNING

OURS = "01jqm3t0000000000000000abc@acme.test"
RETURNED = f"--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{OURS}>\n"


def told(*recipients: str, returned: str = RETURNED) -> list[Parsed]:
    """What a report says of these recipients."""
    groups = "\n\n".join(("Reporting-MTA: dns; mx.acme.test", *recipients))
    mail = (
        "Content-Type: multipart/report; boundary=r\n\n"
        f"--r\nContent-Type: message/delivery-status\n\n{groups}\n{returned}--r--\n"
    )
    return report(taken_apart(mail.encode()), sender="mailer-daemon@example.com", came_from="", at=MORNING)


def of(address: str, action: str, status: str) -> str:
    """The fields about one recipient."""
    return f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}"


def failed(code: str, address: str = "asha@example.com") -> Status:
    """That our mail did not get to somebody."""
    whom = Address(kind=IdentityKind.EMAIL, value=address)
    return Status(id=OURS, state=State.FAILED, at=MORNING, code=code, ours=OURS.partition("@")[0], recipient=whom)


def test_a_mail_of_ours_that_came_back_has_failed() -> None:
    assert told(of("asha@example.com", "failed", "5.1.1")) == [failed("unknown_address")]


def test_a_delay_is_no_failure() -> None:
    assert told(of("asha@example.com", "delayed", "4.4.1")) == [Strange(kind="delayed")]


def test_each_whom_it_could_not_be_brought_to_is_told_of() -> None:
    everybody = (of("ravi@example.org", "delivered", "2.0.0"), of("asha@example.com", "failed", "5.2.2"))

    told_of = told(*everybody, of("b@example.com", "failed", "5.1.1"))

    assert sorted(told_of, key=str) == [failed("mailbox_full"), failed("unknown_address", "b@example.com")]


def test_whom_we_have_written_to_counts_and_not_where_it_was_forwarded_to() -> None:
    forwarded = of("asha@elsewhere.example", "failed", "5.1.1") + "\nOriginal-Recipient: rfc822;Asha@example.com"

    assert told(forwarded) == [failed("unknown_address")]


def test_a_report_of_nobody_is_kept() -> None:
    assert told("Action: failed\nStatus: 5.1.1") == [Strange(kind="bounce")]


@pytest.mark.parametrize("mail", ["bounce_postfix", "bounce_qmail"])
def test_what_has_a_sender_on_its_envelope_is_no_report(mail: str) -> None:
    raw = (SAMPLES / f"{mail}.eml").read_bytes()
    has_one = raw.replace(b"Return-Path: <>", b"Return-Path: <ravi@example.org>", 1)

    by_mailbox = read(LINE, Posted(has_one, MAIL_TYPE, {}, MORNING))
    by_server = read(LINE, Posted(raw, MAIL_TYPE, {"sender": "ravi@example.org"}, MORNING))

    assert isinstance(by_mailbox[0], Inbound) and isinstance(by_server[0], Inbound)


def test_a_report_of_a_mail_that_cannot_be_told_is_kept() -> None:
    assert told(of("asha@example.com", "failed", "5.1.1"), returned="") == [Strange(kind="bounce")]


def test_the_code_that_says_most_counts() -> None:
    vague = of("asha@example.com", "failed", "5.0.0") + "\nDiagnostic-Code: smtp; 550 5.2.1 mailbox disabled"

    assert told(vague) == [failed("mailbox_closed")]


def test_a_person_who_writes_about_a_failure_reports_none() -> None:
    mail = b"From: asha@example.com\nSubject: Undelivered mail\n\nMessage-ID: <x@acme.test> came back to me."

    parsed = read(LINE, Posted(mail, MAIL_TYPE, {}, MORNING))

    assert isinstance(parsed[0], Inbound)


def test_what_has_come_back_says_nothing_of_who_carries_our_mails_and_promises_no_further_try() -> None:
    codes = {
        final_code_of(0, f"{kind}.{subject}.{detail}")
        for kind in (4, 5)
        for subject in range(8)
        for detail in range(40)
    }

    told = [FAILURES[code] for code in codes]

    assert [one.code for one in told if one.about in ("line", "provider")] == ["sender_unproved"]
    assert not any(one.advice.startswith("Nothing to do") for one in told)
