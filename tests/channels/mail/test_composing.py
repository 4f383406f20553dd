"""How a mail of ours is written: what stands in it, and what nobody can put into it."""

import email
import email.policy
from email.message import EmailMessage
from typing import Any

import pytest
from msgspec.structs import replace

from channels.base import Content, Inbound, Media, Outbound, Party, Pictured, Posted, Refused
from channels.mail.composing import MOST_REFERENCES, compose, message_id_of, recipients_of
from channels.mail.reading import MAIL_TYPE, enclosed, read
from tests.channels.mail.stage import ASHA, LINE, RAVI, access, outbound
from tests.clock import MORNING

BREAK = "x\r\nBcc: thief@evil.test\r\n\r\nBad"
URL = "https://parley.test/u/1"


def written(message: Outbound) -> bytes:
    return compose(access(), message).as_bytes()


def shown(message: Outbound) -> EmailMessage:
    """As a mail program has it."""
    return email.message_from_bytes(written(message), policy=email.policy.default)


def heard(message: Outbound) -> Inbound:
    """As another hub has it."""
    [said] = read(access(), Posted(written(message), MAIL_TYPE, {}, MORNING))
    assert isinstance(said, Inbound)
    return said


def with_file(name: str = "a.txt", type: str = "text/plain", content: bytes = b"Hello") -> Content:
    return Content(text="Here.", subject="Files", media=(Media(type=type, name=name, content=content),))


def test_it_says_from_whom_to_whom_and_what() -> None:
    mail = shown(outbound(text="Grüße aus Köln", sender_name="Ravi, Acme", cc=(Party(address=RAVI, name="Ravi"),)))

    assert (mail["From"], mail["To"], mail["Cc"]) == (f'"Ravi, Acme" <{LINE}>', ASHA, f"Ravi <{RAVI}>")
    assert (mail["Subject"], mail["Date"].datetime) == ("The flat", MORNING)
    assert mail.get_content().rstrip() == "Grüße aus Köln"


def test_it_names_what_it_answers_and_all_before_it_the_nearest_last() -> None:
    content = Content(text="Yes", subject="Re", reply_to="b@x.test")

    mail = shown(outbound(content=content, references=("a@x.test", "b@x.test", "c@x.test")))

    assert mail["Message-ID"] == "<c-1@acme.test>"
    assert message_id_of(access(), outbound()) == "c-1@acme.test"
    assert mail["In-Reply-To"] == "<b@x.test>"
    assert mail["References"].split() == ["<a@x.test>", "<c@x.test>", "<b@x.test>"]


def test_what_it_answers_is_not_named_where_that_has_no_name() -> None:
    mail = shown(outbound(content=Content(text="Yes", reply_to="sha256-0a1b"), references=("a@x.test", "sha256-0a1b")))

    assert (mail["In-Reply-To"], mail["References"]) == (None, "<a@x.test>")


def test_of_a_long_conversation_it_names_the_nearest() -> None:
    names = tuple(f"{n}@x.test" for n in range(100))

    assert shown(outbound(references=names))["References"].split() == [f"<{one}>" for one in names[-MOST_REFERENCES:]]


def test_another_hub_reads_what_was_written() -> None:
    content = Content(text="Ja, gern.\n\nBis Freitag!", subject="Straße 5 🏠", reply_to="b@x.test")

    said = heard(outbound(content=content))

    assert (said.id, said.sender[0].value, said.content.text) == ("c-1@acme.test", LINE, content.text)
    assert (said.content.subject, said.content.reply_to) == (content.subject, "b@x.test")


def test_whom_it_goes_to_unseen_is_written_nowhere() -> None:
    message = outbound(bcc=(Party(address=RAVI, name="Ravi"),), cc=(Party(address=ASHA),))

    assert recipients_of(message) == [ASHA, RAVI]
    assert b"ravi" not in written(message).lower()


@pytest.mark.parametrize(
    "message",
    [
        outbound(sender_name=BREAK),
        outbound(cc=(Party(address=RAVI, name=BREAK),)),
        outbound(references=(BREAK, "a@x.test\r\nBcc: thief@evil.test")),
        outbound(unsubscribe=f"{URL}\r\nBcc: thief@evil.test"),
        outbound(content=Content(text="Hi", subject=BREAK)),
        outbound(content=Content(text="Hi", reply_to=BREAK)),
        outbound(content=Content(text=BREAK)),
        outbound(content=with_file(name=BREAK)),
        outbound(content=with_file(type=f"text/plain{BREAK}")),
        outbound(id="c\r\nBcc: thief@evil.test\r\n"),
    ],
    ids=["name", "copy", "references", "unsubscribe", "subject", "reply_to", "text", "file", "type", "id"],
)
def test_nothing_that_anybody_enters_becomes_a_header(message: Outbound) -> None:
    mail = shown(message)

    assert [part["Bcc"] for part in mail.walk() if part["Bcc"]] == []
    assert recipients_of(message)[0] == ASHA


@pytest.mark.parametrize(
    "address", ["a@b.test\r\nBcc: t@e.test", "jörg@example.com", "a b@example.com", "@example.com", "a@", "", "a@-b"]
)
@pytest.mark.parametrize("field", ["to", "cc"])
def test_an_address_that_not_every_server_takes_is_refused(address: str, field: str) -> None:
    to = replace(outbound().to, value=address)
    given: dict[str, dict[str, Any]] = {"to": {}, "cc": {"cc": (Party(address=address),)}}
    message = outbound(**given[field])

    with pytest.raises(Refused):
        written(replace(message, to=to) if field == "to" else message)


def test_a_domain_beyond_ascii_is_written_as_the_dns_has_it() -> None:
    message = replace(outbound(), to=replace(outbound().to, value="asha@straße.example"))

    assert recipients_of(message) == ["asha@xn--strae-oqa.example"]
    assert b"To: asha@xn--strae-oqa.example\r\n" in written(message)


def test_it_is_the_same_to_the_last_byte_each_time() -> None:
    message = outbound(content=with_file(), html="<p>Here.</p>")

    assert written(message) == written(message)


@pytest.mark.parametrize("text", ["a" * 5000, "ö" * 5000, "\ud800 half", ".\r\n.\r\nFrom x", "\x00\x07"])
def test_whatever_is_said_goes_over_the_oldest_wire(text: str) -> None:
    content = Content(text=text, subject=text, media=(Media(type="image/png", name=text, content=bytes(range(256))),))

    raw = written(outbound(content=content, html=f"<p>{text}</p>", sender_name=text, references=("r@x.test",) * 90))

    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_one_click_ends_it_where_there_is_an_address_for_that() -> None:
    mail = shown(outbound(unsubscribe=URL))

    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (f"<{URL}>", "List-Unsubscribe=One-Click")


@pytest.mark.parametrize("url", ["", "javascript:x", "mailto:a@b.test", f"{URL}>,<https://evil.test"])
def test_without_one_nothing_is_said_of_it(url: str) -> None:
    assert [name for name in shown(outbound(unsubscribe=url)) if name.startswith("List-")] == []


@pytest.mark.parametrize(("reply_to", "kind"), [("", "auto-generated"), ("q@x.test", "auto-replied")])
def test_what_a_machine_writes_says_so(reply_to: str, kind: str) -> None:
    mail = shown(outbound(content=Content(text="Hi", reply_to=reply_to), is_automatic=True))

    assert (mail["Auto-Submitted"], mail["X-Loop"]) == (kind, LINE)
    assert "Auto-Submitted" not in shown(outbound())


@pytest.mark.parametrize("name", ["plan.pdf", "Grundriß Küche.pdf", "計画.pdf", "a" * 90 + ".pdf", 'q"uo;te.pdf'])
def test_a_file_comes_back_with_its_name(name: str) -> None:
    message = outbound(content=with_file(name, "application/pdf", bytes(range(256))))

    [file] = heard(message).content.media

    assert (file.name, file.type) == (name, "application/pdf")
    assert enclosed(written(message), file) == bytes(range(256))


@pytest.mark.parametrize(("name", "shown"), [("../../etc/passwd", "_.._etc_passwd"), ("", "file")])
def test_a_file_has_a_name_and_no_folder(name: str, shown: str) -> None:
    [file] = heard(outbound(content=with_file(name))).content.media

    assert file.name == shown


def test_the_letters_of_a_text_that_goes_along_are_known() -> None:
    [file] = shown(outbound(content=with_file(content="Grüße".encode()))).iter_attachments()

    assert file.get_content_charset() == "utf-8"


def test_a_mail_within_a_mail_is_a_file_like_any_other() -> None:
    [file] = heard(outbound(content=with_file("a.eml", "message/rfc822", b"Subject: x\r\n\r\nHi"))).content.media

    assert (file.name, file.type) == ("a.eml", "application/octet-stream")


def test_markup_stands_beside_the_words() -> None:
    mail = shown(outbound(html="<p>Yes, it <b>is</b>.</p>"))

    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_what_the_markup_shows_goes_along_with_it_and_is_no_file() -> None:
    logo = Pictured(id="logo@parley", type="image/png", name="logo.png", content=bytes(range(256)))
    message = outbound(content=with_file(), html='<img src="cid:logo@parley">', pictures=(logo,))

    mail = shown(message)

    [related] = [part for part in mail.walk() if part.get_content_type() == "multipart/related"]
    html, picture = related.iter_parts()
    assert (html.get_content_type(), picture["Content-ID"]) == ("text/html", "<logo@parley>")
    assert (picture.get_content(), picture.get_content_disposition()) == (logo.content, "inline")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["a.txt"]
    assert written(message) == written(message)


def test_without_markup_nothing_goes_along_that_it_would_show() -> None:
    logo = Pictured(id="logo@parley", type="image/png", name="logo.png", content=b"x")

    assert shown(outbound(pictures=(logo,))).get_content_type() == "text/plain"


@pytest.mark.parametrize(
    ("content", "subject"),
    [
        (Content(text="\n Is it free?\nAsha"), "Is it free?"),
        (with_file(), "Files"),
        (Content(media=(Media(type="a/b", name="plan.pdf"),)), "plan.pdf"),
        (Content(media=(Media(type="a/b"),)), "Acme"),
    ],
)
def test_it_is_never_without_a_subject(content: Content, subject: str) -> None:
    assert shown(outbound(content=content, sender_name="Acme"))["Subject"] == subject
