"""The mail server, mailboxes, and a letter on its way. Pure: the settings are checked by it too."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Self
from urllib.parse import unquote, urlsplit

import msgspec
from email_validator import EmailNotValidError, validate_email

from hub.hosts import is_this_machine

# The kind of due work, and the place that the sealed letter is bound to.
SEND = "mail.send"
MAILS = "mails"
PLACE = f"{MAILS}.letter"

PORTS = {"smtp": 587, "smtps": 465}
NAMED = re.compile(r'\s*"?(?P<name>[^"<>]*?)"?\s*<(?P<address>[^<>]+)>\s*')


class Letter(msgspec.Struct, frozen=True):
    """What somebody reads: as text, and as HTML for programs that show it."""

    subject: str
    text: str
    html: str


class Addressed(msgspec.Struct, frozen=True):
    """A letter and whom it goes to, as it is sealed."""

    to: str
    letter: Letter


class Mailbox(NamedTuple):
    """An address as SMTP takes it, in ASCII, and the name beside it."""

    name: str
    address: str

    @classmethod
    def read(cls, text: str) -> Self:
        """From `Parley <parley@example.com>` or the address alone; a ValueError says what is wrong."""
        named = NAMED.fullmatch(text)
        name, address = named.group("name", "address") if named else ("", text)
        if any(unicodedata.category(letter).startswith("C") for letter in name):
            raise ValueError("not a name that can stand in a mail")
        try:
            # Addresses under .test are good ones: nobody can own one.
            checked = validate_email(address, check_deliverability=False, allow_smtputf8=False, test_environment=True)
        except EmailNotValidError:
            raise ValueError("not an address with, if you like, a name before it") from None
        return cls(name, str(checked.ascii_email))

    @property
    def domain(self) -> str:
        """What stands behind the @."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mail is handed over. `is_tls`: encrypted from the first byte on, otherwise by STARTTLS: whenever that is
    offered, before anything is said, or never."""

    host: str
    port: int
    is_tls: bool
    starttls: Literal["offered", "demanded", "never"] = "offered"
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def read(cls, url: str) -> Self:
        """From smtp://user:password@host:587 or smtps://…; a ValueError says what is wrong, and quotes nothing."""
        try:
            parts = urlsplit(url)
            port = PORTS[parts.scheme] if parts.port is None else parts.port
            user, password = (unquote(part or "", errors="strict") for part in (parts.username, parts.password))
            host = (parts.hostname or "").encode("idna").decode()
        except (ValueError, KeyError):
            raise unreadable() from None
        if not host or not port or parts.path.strip("/") or parts.query or parts.fragment:
            raise unreadable()
        if bool(user) != bool(password):
            raise ValueError("not whole: a user needs a password, and a password a user")
        return cls(host=host, port=port, is_tls=parts.scheme == "smtps", user=user, password=password)

    @property
    def is_loopback(self) -> bool:
        """Whether what we say stays on this machine."""
        return is_this_machine(self.host)

    @property
    def must_encrypt(self) -> bool:
        """A password never crosses a network in clear."""
        return self.starttls == "demanded" or (bool(self.password) and not self.is_loopback)


def unreadable() -> ValueError:
    return ValueError(
        "not smtp:// or smtps:// with a host and nothing behind its port (what is no letter or digit in user and "
        "password is percent-encoded: @ is %40, / is %2F)"
    )
