"""What goes along with a mail that a provider sends for us, and comes back with whatever it tells of it: by that the
mail is known, also when the answer to its sending was lost."""

from dataclasses import replace
from datetime import datetime

from channels.base import (
    Access,
    Address,
    Content,
    IdentityKind,
    Outbound,
    Preference,
    Refused,
    State,
    Status,
    Strange,
    Wants,
    strange,
)
from channels.mail.composing import message_id_of
from channels.mail.mailboxes import mailbox
from channels.reading import Fields

# Our id, to whom the mail itself goes and not a copy of it, and by which line.
OURS, TO, LINE = "parley", "parley_to", "parley_line"


def along(access: Access, message: Outbound) -> dict[str, str]:
    """What goes along."""
    return {OURS: message.id, TO: mailbox(message.to.value).addr_spec, LINE: access.address}


def is_of_ours(given: Fields, recipient: str, state: State) -> bool:
    """Whether what is told is about a mail of ours: other programs may send by the same account. Of a copy it is news
    only that there is no such address."""
    return bool(given.id(OURS)) and (state is State.FAILED or not is_of_a_copy(given, recipient))


def is_of_a_copy(given: Fields, recipient: str) -> bool:
    """Whether it is about somebody else than the one whom the mail itself goes to."""
    return given.text(TO).lower() not in ("", recipient.strip().lower())


def status(
    access: Access, given: Fields, state: State, at: datetime, *, recipient: str, code: str = ""
) -> Status | Strange:
    """How it fares. It is known by its Message-ID, which follows from our id and the line's address."""
    line = given.text(LINE) or access.address
    ours = Outbound(id=given.id(OURS), to=Address(kind=IdentityKind.EMAIL, value=""), content=Content())
    try:
        id = message_id_of(replace(access, address=line), ours)
    except Refused:
        return strange("status of no mailbox")
    another = Address(kind=IdentityKind.EMAIL, value=recipient.strip().lower())
    concerned = another if is_of_a_copy(given, recipient) else None
    return Status(id=id, state=state, at=at, code=code, ours=ours.id, at_line=line, recipient=concerned)


def preference(id: str, email: str, wants: Wants, at: datetime) -> Preference | Strange:
    """What somebody wants of our mails, whoever has sent them by this account."""
    address = email.strip().lower()
    if "@" not in address:
        return strange(f"{wants} of nobody")
    return Preference(id=id, address=Address(kind=IdentityKind.EMAIL, value=address), wants=wants, at=at)
