"""Copies of a mail: who else gets it, and who of them does not."""

from collections.abc import Collection, Iterable
from itertools import chain

from channels.base import Address, IdentityKind, Mail, Medium, Party
from hub.consent.suppression import list_suppressed
from hub.deps import Deps
from hub.logins.emails import read_email


def read_copies(addresses: Iterable[str], *, but: Collection[str] = ()) -> tuple[str, ...]:
    """The addresses in the one way to write them, each once, `but` for those that get it anyway; or NotAnEmail."""
    read = (read_email(address.strip()).shown.lower() for address in addresses)
    return tuple(one for one in dict.fromkeys(read) if one not in but)


def mail_to(cc: Iterable[str], bcc: Iterable[str]) -> Mail | None:
    """What a mail to them says of it; None where nobody else gets it."""
    mail = Mail(cc=tuple(Party(address=one) for one in cc), bcc=tuple(Party(address=one) for one in bcc))
    return mail if mail.cc or mail.bcc else None


async def list_left_out(deps: Deps, account: str, mail: Mail | None) -> tuple[str, ...]:
    """Those of them to whom nothing is sent."""
    copies = [one.address for one in chain(mail.cc, mail.bcc)] if mail else []
    addresses = [Address(kind=IdentityKind.EMAIL, value=one) for one in copies]
    return tuple(one.value for one in await list_suppressed(deps, account, addresses, Medium.EMAIL))
