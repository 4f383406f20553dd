"""What mails have that other messages have not."""

from typing import Literal

from channels.value import Value


class Party(Value, frozen=True):
    """Somebody whom a mail names: address and, where it is written beside, name."""

    address: str
    name: str = ""


class Mail(Value, frozen=True):
    """What a mail has beside its words: who else got it, and what of it is not shown at once."""

    sender: Party | None = None
    to: tuple[Party, ...] = ()
    cc: tuple[Party, ...] = ()
    bcc: tuple[Party, ...] = ()
    # What it quotes of earlier mails, or a signature, was left out of the text.
    is_shortened: bool = False
    # What a server that the line trusts has found out about its sender (DMARC); empty where none says anything.
    proof: Literal["", "pass", "fail"] = ""
    # A program has written it by itself: an absence notice, a list, a receipt.
    is_automatic: bool = False
    # The mail as it came: a file of the hub's. Of one that was too large it is the beginning alone.
    original: str = ""
    is_whole: bool = True


class Envelope(Value, frozen=True):
    """What only the hub needs of a mail: everybody it went to, the mails that it answers by their Message-IDs with the
    nearest first, and the whole of it, to be kept."""

    recipients: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    raw: bytes = b""


class Pictured(Value, frozen=True):
    """A picture that the HTML of a mail of ours shows, as `cid:` and its id."""

    id: str
    type: str
    name: str
    content: bytes


class Letterhead(Value, frozen=True):
    """What goes around the words of a mail of ours. `text` and `html` are the words with greeting and signature, and
    stand in the place of the content's text; `references` are Message-IDs, the nearest last."""

    text: str
    html: str = ""
    sender_name: str = ""
    reply_to: str = ""
    references: tuple[str, ...] = ()
    cc: tuple[Party, ...] = ()
    bcc: tuple[Party, ...] = ()
    # Where one click ends all further mails of this kind.
    unsubscribe: str = ""
    # No person has sent it at that moment.
    is_automatic: bool = False
    pictures: tuple[Pictured, ...] = ()
