"""What is read of a mail: beside each sample lies what must come of it."""

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from channels.base import Access, Elsewhere, Inbound, Parsed, Posted
from channels.mail.reading import MAIL_TYPE, read
from tests.clock import MORNING

SAMPLES = Path(__file__).with_name("samples")
MAILS = sorted(SAMPLES.glob("*.eml"))
LINE = Access(line="line", address="desk@acme.test", values={"trusted_hop": "mx.acme.test"}, names=("desk@acme.test",))


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What comes of a mail that has come to us with this query. The whole mail, which is always kept, is left out."""

    parsed: list[Parsed]
    query: dict[str, str] = {}


def expected(mail: Path) -> Expected:
    """What lies beside it."""
    return msgspec.json.decode(mail.with_suffix(".json").read_bytes(), type=Expected)


def posted(mail: Path) -> Posted:
    """As it comes to the ledger."""
    return Posted(mail.read_bytes(), MAIL_TYPE, expected(mail).query, MORNING)


def without_raw(parsed: Parsed) -> Parsed:
    """What was read of it, without the mail itself."""
    if isinstance(parsed, Inbound | Elsewhere) and parsed.envelope:
        return replace(parsed, envelope=replace(parsed.envelope, raw=b""))
    return parsed


def test_every_sample_says_what_must_come_of_it() -> None:
    said = {path.stem for path in SAMPLES.glob("*.json")}

    assert said == {mail.stem for mail in MAILS}


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem)
def test_a_mail_is_read_as_it_is_meant(mail: Path) -> None:
    parsed = [without_raw(one) for one in read(LINE, posted(mail))]

    assert parsed == expected(mail).parsed


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.stem)
def test_what_somebody_wrote_is_kept_whole(mail: Path) -> None:
    kept = [one.envelope for one in read(LINE, posted(mail)) if isinstance(one, Inbound | Elsewhere)]

    assert all(envelope and envelope.raw == mail.read_bytes() for envelope in kept)


@pytest.mark.parametrize(
    ("shown", "files"),
    [(b"cid:logo@example.com", 0), (b"cid:logo%40example.com", 0), (b"cid:logo@example.com.au", 1), (b"logo", 1)],
)
def test_a_small_picture_is_a_file_unless_the_page_shows_that_very_one(shown: bytes, files: int) -> None:
    page = b"--b\nContent-Type: text/html\n\n<p>Hello <img src='" + shown + b"'></p>\n"
    picture = b"--b\nContent-Type: image/png\nContent-ID: <Logo@example.com>\n\npicture\n--b--\n"
    mail = b"From: asha@example.com\nContent-Type: multipart/related; boundary=b\n\n" + page + picture

    (said,) = read(LINE, Posted(mail, MAIL_TYPE, {}, MORNING))

    assert isinstance(said, Inbound) and len(said.content.media) == files


def test_what_has_no_headers_is_no_mail() -> None:
    with pytest.raises(ValueError, match="no mail"):
        read(LINE, Posted(b"Hello, is it free?", MAIL_TYPE, {}, MORNING))
