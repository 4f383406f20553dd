"""What the API takes and shows of what stands around the words of mails."""

from typing import Annotated

import msgspec

from hub.accounts.shapes import Id
from hub.http.endpoint import Input, Output
from hub.letterheads.models import Style

SignatureText = Annotated[str, msgspec.Meta(max_length=2000)]
FooterText = Annotated[str, msgspec.Meta(max_length=2000)]
# One line with something in it; whatever else stands in braces is a blank that nothing fills.
FromName = Annotated[
    str, msgspec.Meta(min_length=1, max_length=100, pattern=r"^(?=.*\S)([^{}\x00-\x1f\x7f]|\{member\}|\{account\})+$")
]
Colour = Annotated[str, msgspec.Meta(pattern=r"^#[0-9a-f]{6}$")]
Words = Annotated[str, msgspec.Meta(max_length=20_000)]
USUAL = Style()


class SignatureWanted(Input, frozen=True):
    """What is to stand under one's mails; empty for nothing."""

    text: SignatureText


class SignatureShown(Output, frozen=True):
    """What stands under one's mails."""

    text: str


class LetterheadWanted(Input, frozen=True):
    """How mails are to look. `from_name` is how a member is called as the sender, with `{member}` and `{account}` in
    the place of those names; everybody else is called as the account is. `accent` is the colour of links, as in
    `#7d2f65`. Without `is_html` mails are plain text."""

    from_name: FromName = USUAL.from_name
    footer: FooterText = USUAL.footer
    accent: Colour = USUAL.accent
    has_signatures: bool = USUAL.has_signatures
    is_html: bool = USUAL.is_html


class LetterheadShown(Output, frozen=True):
    """How mails look."""

    from_name: str
    footer: str
    accent: str
    has_signatures: bool
    is_html: bool


class LogoWanted(Input, frozen=True):
    """The picture that is to stand above the words of mails: a file that was uploaded."""

    file_id: Id


class LogoShown(Output, frozen=True):
    """The picture that stands above the words of mails, as an address that is the picture itself, and as large as it is
    seen there; null where there is none."""

    url: str | None
    width: int
    height: int


class PreviewWanted(Input, frozen=True):
    """A mail to look at before it is sent; with another letterhead or signature, as it would look with those."""

    text: Words
    letterhead: LetterheadWanted | None = None
    signature: SignatureText | None = None


class MailPreview(Output, frozen=True):
    """How a mail of whoever asks looks: its sender's name, as text, and as HTML, which is empty where mails are plain
    text."""

    sender_name: str
    text: str
    html: str
