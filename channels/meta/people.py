"""Who is meant: by the id that they have with this business, by their number, or by both."""

from collections.abc import Sequence

from channels.base import Address, IdentityKind
from channels.reading import Fields


def addresses(user: str, phone: str) -> tuple[Address, ...]:
    """The id that the person has with this business is always theirs; the phone may come besides, or alone, or not."""
    named = [Address(kind=IdentityKind.WHATSAPP, value=user)] if user else []
    is_phone = phone.isascii() and phone.isdigit()
    return (*named, Address(kind=IdentityKind.PHONE, value=f"+{phone}")) if is_phone else tuple(named)


def senders(message: Fields, contact: Fields) -> tuple[Address, ...]:
    """Who has written it."""
    return addresses(
        message.id("from_user_id") or contact.id("user_id"),
        message.id("from") or contact.id("wa_id"),
    )


def contact_of(message: Fields, contacts: Sequence[Fields]) -> Fields:
    """Who of those told of beside the messages has sent this one; nobody, rather than somebody else."""
    phone, user = message.id("from"), message.id("from_user_id")
    if not phone and not user:
        return contacts[0] if len(contacts) == 1 else Fields({})
    fitting = (one for one in contacts if (user and one.id("user_id") == user) or (phone and one.id("wa_id") == phone))
    return next(fitting, Fields({}))
