"""Mails that come in by a provider's webhook: whole, or in a form of the provider's making."""

from collections.abc import Callable

from channels.base import Access, Parsed, Posted
from channels.forms import is_form, kind_of
from channels.mail.reading import MAIL_TYPE, read

NOBODY = "<>"


def mail_in(access: Access, posted: Posted, mail_of: Callable[[Posted], Posted]) -> list[Parsed] | None:
    """What it says; None where it brings no mail. `mail_of` knows the provider's forms."""
    if kind_of(posted.content_type) == MAIL_TYPE:
        return read(access, posted)
    return read(access, mail_of(posted)) if is_form(posted.content_type) else None


def handed_in(raw: bytes, posted: Posted, *, recipient: str, sender: str | None) -> Posted:
    """The mail, as it would have come by itself. Whom its envelope names may be told beside it: a sender that is empty
    is nobody, and None is one who is not told."""
    query = {"recipient": recipient} if recipient else {}
    if sender is not None:
        query["sender"] = sender or NOBODY
    return Posted(raw, MAIL_TYPE, query, posted.at)
