"""Addresses and names as a mail of ours has them: in ASCII, on one line, harmless."""

import re
from email.headerregistry import Address

from email_validator import EmailNotValidError, validate_email

from channels.base import Refused
from channels.mail.failures import FAILURES, UNREADABLE_ADDRESS

LONGEST_NAME, LONGEST_DOMAIN = 100, 253
# Dots stand wherever some providers let people put them, whatever the rules say.
LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,128}")
DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Within words of some languages, and within some emoji.
JOINING = "\u200c\u200d"


def mailbox(address: str, name: str = "") -> Address:
    """For a header and for the envelope; Refused for what not every mail server takes."""
    local, _, domain = address.rpartition("@")
    domain = ascii_of(domain.lower())
    if not LOCAL.fullmatch(local) or not DOMAIN.fullmatch(domain) or len(domain) > LONGEST_DOMAIN:
        raise Refused(FAILURES[UNREADABLE_ADDRESS])
    return Address(display_name=plain(name, LONGEST_NAME), username=local, domain=domain)


def ascii_of(domain: str) -> str:
    """As it is asked for in the DNS; empty where it cannot be."""
    if domain.isascii():
        return domain
    try:
        # By the rules of 2008, which the standard library does not know: to those before, straße was strasse.
        return validate_email(f"a@{domain}", check_deliverability=False, test_environment=True).ascii_domain
    except EmailNotValidError:
        return ""


def plain(text: str, longest: int) -> str:
    """On one line, and not too long."""
    line = " ".join("".join(letter if letter.isprintable() or letter in JOINING else " " for letter in text).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
