"""What people write to, in the one way in which two of them can be compared."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

from channels.base import Medium
from hub.lines.errors import BadLine
from hub.logins.emails import NotAnEmail, read_email

# Numbers of a few digits belong to one country, and have no international form.
SHORT_CODE = re.compile(r"[0-9]{3,8}")
PHONES = frozenset({Medium.SMS, Medium.WHATSAPP})


def normalized(medium: Medium, address: str) -> str:
    """The address as it is kept, or BadLine with what is wrong about it."""
    text = address.strip()
    if medium in PHONES:
        return phone(text)
    if medium is Medium.EMAIL:
        return mailbox(text)
    if not text or not text.isprintable():
        raise BadLine("A site needs a name, such as its domain.", field="address")
    return text.casefold()


def phone(text: str) -> str:
    """In E.164. A line's number is written with its country: nobody should have to guess whose it is."""
    if SHORT_CODE.fullmatch(text):
        return text
    try:
        number = phonenumbers.parse(text, None)
    except NumberParseException:
        raise not_a_phone() from None
    if not phonenumbers.is_possible_number(number):
        raise not_a_phone()
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def not_a_phone() -> BadLine:
    """What a number looks like."""
    return BadLine("This is no phone number: write it with its country code, such as +4930123456.", field="address")


def mailbox(text: str) -> str:
    """As mail servers compare them."""
    try:
        return read_email(text).key
    except NotAnEmail as error:
        raise BadLine(error.message, field="address") from None
