"""A letter as it goes over the wire."""

from datetime import datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from hub.mail.models import Letter, Mailbox

# Seven bits whatever the language: no server has to be asked what it takes.
ENCODING = "quoted-printable"


def compose(letter: Letter, *, id: str, sender: Mailbox, to: Mailbox, made_at: datetime) -> EmailMessage:
    """The whole message. It says the same at every attempt, its Message-ID too: a repeat can be known for one."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = address_of(sender)
    message["To"] = address_of(to)
    message["Subject"] = letter.subject
    message["Date"] = made_at
    message["Message-ID"] = f"<{id}@{sender.domain}>"
    # So that no holiday notice answers it.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte=ENCODING)
    message.add_alternative(letter.html, subtype="html", cte=ENCODING)
    return message


def address_of(mailbox: Mailbox) -> Address:
    """For a header."""
    local, _, domain = mailbox.address.rpartition("@")
    return Address(display_name=mailbox.name, username=local, domain=domain)
