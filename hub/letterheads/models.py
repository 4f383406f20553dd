"""What an account and its members want around the words of their mails. Pure."""

import msgspec
from bson.binary import Binary

from hub.store.documents import Stored

# What stands for a member's name and for that of the account, in how a sender is called.
MEMBER, ACCOUNT = "{member}", "{account}"
SIGNATURE_PLACE, STYLE_PLACE, LOGO_PLACE = "signatures.text", "letterheads.style", "logos.content"


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How the mails of an account look, until somebody says otherwise."""

    from_name: str = f"{MEMBER} from {ACCOUNT}"
    footer: str = ""
    accent: str = "#7d2f65"
    has_signatures: bool = True
    is_html: bool = True


class KeptStyle(Stored, frozen=True):
    """That of an account, under its id. `style` is sealed JSON."""

    style: Binary


class Signature(Stored, frozen=True):
    """What stands under the mails of a member, under the member's id."""

    text: Binary


class Logo(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that stands above the words."""

    type: str
    width: int
    height: int
    content: bytes


class KeptLogo(Stored, frozen=True):
    """That of an account, under its id."""

    type: str
    width: int
    height: int
    content: Binary
