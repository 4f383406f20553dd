"""Which proof of a mail's sender counts."""

import pytest

from channels.mail.headers import Headers
from channels.mail.proving import proof_of

PASS = "mx.acme.test; spf=pass smtp.mailfrom=example.com; dmarc=pass (p=reject) header.from=example.com"


BROKEN = PASS.replace("dmarc=pass", "dmarc=fail")
SPF, DMARC = "mx.acme.test; spf=none", "mx.acme.test; dmarc=pass header.from=example.com"
TAKEN = ("received", "from mail.example.com by mx.acme.test with ESMTP; Sat, 1 Mar 2053 08:00:00 +0000")
PASSED_ON = ("received", "from phone.example.com by mail.example.com with ESMTP; Sat, 1 Mar 2053 07:59:58 +0000")


def proved(*results: str | tuple[str, str], sender: str = "asha@example.com", hop: str = "mx.acme.test") -> str:
    """What these headers prove, the topmost first."""
    each = [("authentication-results", one) if isinstance(one, str) else one for one in results]
    return proof_of(Headers((*each, ("from", sender))), authors=[sender], hop=hop)


def test_the_word_of_the_trusted_server_counts() -> None:
    assert proved(PASS) == "pass"
    assert proved(BROKEN) == "fail"


def test_without_a_trusted_server_nothing_is_proved() -> None:
    assert proved(PASS, hop="") == ""


def test_the_word_of_another_server_counts_for_nothing() -> None:
    assert proved(PASS.replace("mx.acme.test", "mx.example.org")) == ""
    assert proved(PASS.replace("mx.acme.test", "mx.acme.test.example.org")) == ""


def test_of_two_words_of_the_trusted_server_the_topmost_counts() -> None:
    assert proved("mx.acme.test; dmarc=none header.from=example.com", PASS) == ""
    assert proved("mx.acme.test; dmarc=fail header.from=example.com", PASS) == "fail"


def test_another_server_above_hides_nothing() -> None:
    assert proved("inner.acme.test; spf=none", PASS) == "pass"


def test_what_the_trusted_server_writes_into_several_headers_counts_together() -> None:
    assert proved(SPF, DMARC) == "pass"
    assert proved(SPF, ("dkim-filter", "OpenDKIM Filter"), DMARC) == "pass"
    assert proved(SPF, TAKEN, DMARC) == "pass"


@pytest.mark.parametrize("mark", [PASSED_ON, ("authentication-results", "mail.example.com; spf=pass")])
def test_what_stands_below_the_mark_of_another_server_came_with_the_mail(mark: tuple[str, str]) -> None:
    assert proved(SPF, mark, DMARC) == ""
    assert proved(SPF, TAKEN, mark, DMARC) == ""


@pytest.mark.parametrize(
    "name",
    ["mx.acme.test\xa0x", 'mx.acme.test"x"', "mx.acme.test\x0bx", "mx.acme.test x", '"mx.acme.test"'],
    ids=ascii,
)
def test_a_name_that_only_looks_like_the_trusted_servers_is_another_one(name: str) -> None:
    """Servers who remove what others have written in their name leave it standing."""
    forged = DMARC.replace("mx.acme.test", name)

    assert proved(forged) == ""
    assert proved(SPF, forged) == ""


@pytest.mark.parametrize(
    "chosen",
    [
        '"' + "a" * 400 + ';dmarc=pass header.from=example.com;"@evil.test',
        '"a\n;dmarc=pass header.from=example.com;"@evil.test',
        '";dmarc=pass header.from=example.com;@evil.test',
        "(a\\);dmarc=pass header.from=example.com;)",
    ],
    ids=["long", "in two lines", "open", "in a comment"],
)
def test_what_the_sender_has_chosen_is_not_read(chosen: str) -> None:
    assert proved(f"mx.acme.test; spf=pass smtp.mailfrom={chosen}", DMARC.replace("pass", "fail")) != "pass"
    assert proved(f"mx.acme.test; spf=pass smtp.mailfrom={chosen}") == ""


def test_the_trusted_server_takes_a_mail_once() -> None:
    assert proved(SPF, TAKEN, TAKEN, DMARC) == ""


@pytest.mark.parametrize("policy", ["(p=NONE sp=NONE dis=NONE)", "policy.dmarc=none", "(policy=none)", "action=none"])
def test_who_fails_at_a_domain_that_asks_for_nothing_is_no_forger_and_proves_nothing(policy: str) -> None:
    assert proved(BROKEN.replace("(p=reject)", policy)) == ""


def test_a_failure_is_a_forgery_where_nobody_says_what_the_domain_asks_for() -> None:
    assert proved("mx.acme.test; dmarc=fail header.from=example.com") == "fail"


def test_a_comment_elsewhere_says_nothing_of_what_a_domain_asks_for() -> None:
    assert proved("mx.acme.test; spf=none (p=none) smtp.mailfrom=x; " + BROKEN.partition(";")[2]) == "fail"


@pytest.mark.parametrize("result", ["none", "temperror", "permerror", "bestguesspass"])
def test_what_is_neither_passed_nor_failed_proves_nothing(result: str) -> None:
    assert proved(PASS.replace("dmarc=pass", f"dmarc={result}")) == ""


def test_it_has_to_speak_of_the_domain_that_people_see() -> None:
    assert proved(PASS, sender="asha@example.org") == ""
    assert proved(PASS, sender="asha@sub.example.com") == ""


def test_dkim_and_spf_alone_prove_nothing() -> None:
    assert proved("mx.acme.test; dkim=pass header.d=example.com; spf=pass smtp.mailfrom=example.com") == ""


@pytest.mark.parametrize(
    "said",
    [
        "mx.acme.test; spf=pass (; dmarc=pass header.from=example.com) smtp.mailfrom=a@example.org",
        'mx.acme.test; spf=pass smtp.mailfrom="; dmarc=pass header.from=example.com"@example.org',
        "mx.acme.test; dmarc=fail header.from=example.com; dmarc=pass header.from=example.com",
    ],
)
def test_what_the_sender_has_slipped_in_counts_for_nothing(said: str) -> None:
    assert proved(said) == ""


def test_a_mail_of_two_senders_proves_nothing() -> None:
    headers = Headers((("authentication-results", PASS), ("from", "asha@example.com"), ("from", "ravi@example.org")))

    assert proof_of(headers, authors=["asha@example.com", "ravi@example.org"], hop="mx.acme.test") == ""


@pytest.mark.parametrize("domain", ["example.com", "example.org"])
def test_a_mail_of_two_senders_is_forged_when_it_is_for_either(domain: str) -> None:
    said = ("authentication-results", f"mx.acme.test; dmarc=fail header.from={domain}")
    headers = Headers((said, ("from", "asha@example.com"), ("from", "ravi@example.org")))

    assert proof_of(headers, authors=["asha@example.com", "ravi@example.org"], hop="mx.acme.test") == "fail"
