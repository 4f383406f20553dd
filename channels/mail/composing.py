"""How a mail of ours is written. Whatever people have chosen, such as names, subjects and ids, is made harmless first:
a line break in a header would begin another one."""

import re
from collections.abc import Iterable
from email.headerregistry import Address
from email.message import EmailMessage

from channels.base import Access, Content, Letterhead, Outbound, Party
from channels.mail.enclosing import attach, enclose, settle_boundaries
from channels.mail.ids import NAMELESS
from channels.mail.mailboxes import LONGEST_NAME, mailbox, plain
from channels.mail.wire import WIRE

# Seven bits whatever the language: no server has to be asked what it takes, and no signature breaks on the way.
ENCODING = "quoted-printable"
MOST_REFERENCES = 20
LONGEST_SUBJECT, LONGEST_ID = 250, 250
# How much of the words stands in the place of a subject that nobody has written.
SUBJECT_FROM_TEXT = 60
ID = re.compile(r"[^\s<>\x00-\x20\x7f-\U0010ffff]+")
URL = re.compile(r"https?://[!-;=?-~]+")


def compose(access: Access, message: Outbound) -> EmailMessage:
    """The whole of it; the same, to the last byte, for the same message."""
    head = letterhead_of(message)
    mail = EmailMessage(policy=WIRE)
    # Some programs show the last of two headers, some the first: each is written once.
    for name, value in headers(access, message, head):
        if value:
            mail[name] = value
    mail.set_content(readable(head.text), cte=ENCODING)
    if head.html:
        mail.add_alternative(readable(head.html), subtype="html", cte=ENCODING)
        enclose(mail, head.pictures)
    for media in message.content.media:
        attach(mail, media)
    settle_boundaries(mail, message.id.encode())
    return mail


def message_id_of(access: Access, message: Outbound) -> str:
    """What it is called everywhere, without the brackets."""
    return f"{message.id}@{mailbox(access.address).domain}"


def recipients_of(message: Outbound) -> list[str]:
    """All whom it goes to, hidden ones included, and whom it is for first."""
    head = letterhead_of(message)
    addresses = [message.to.value, *(party.address for party in (*head.cc, *head.bcc))]
    return list(dict.fromkeys(mailbox(address).addr_spec for address in addresses))


def headers(access: Access, message: Outbound, head: Letterhead) -> Iterable[tuple[str, object]]:
    """All of them but those that tell of its parts. Whom it goes to unseen stands in none of them."""
    answers = ids([message.content.reply_to])
    yield "From", mailbox(access.address, head.sender_name)
    yield "To", mailbox(message.to.value)
    yield "Cc", tuple(people(head.cc))
    yield "Reply-To", mailbox(head.reply_to) if head.reply_to else None
    yield "Subject", subject_of(message.content, head)
    yield "Date", message.at
    yield "Message-ID", bracketed(ids([message_id_of(access, message)]))
    yield "In-Reply-To", bracketed(answers)
    yield "References", bracketed(ids([*head.references, message.content.reply_to])[-MOST_REFERENCES:])
    if URL.fullmatch(head.unsubscribe):
        yield "List-Unsubscribe", f"<{head.unsubscribe}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"
    if head.is_automatic:
        yield "Auto-Submitted", "auto-replied" if answers else "auto-generated"
        # No absence notices, but bounces all the same.
        yield "X-Auto-Response-Suppress", "OOF, AutoReply"
        yield "X-Loop", mailbox(access.address).addr_spec


def letterhead_of(message: Outbound) -> Letterhead:
    """Without one it has nothing but its words."""
    return message.letterhead or Letterhead(text=message.content.text)


def people(parties: Iterable[Party]) -> Iterable[Address]:
    """Each of them once."""
    return {one.addr_spec: one for one in (mailbox(party.address, party.name) for party in parties)}.values()


def subject_of(content: Content, head: Letterhead) -> str:
    """Never empty: a mail without one looks like spam, to people and to filters."""
    if said := plain(content.subject, LONGEST_SUBJECT):
        return said
    first = next((line for line in content.text.splitlines() if line.strip()), "")
    files = " ".join(media.name for media in content.media)
    return plain(first, SUBJECT_FROM_TEXT) or plain(files, SUBJECT_FROM_TEXT) or plain(head.sender_name, LONGEST_NAME)


def ids(given: Iterable[str]) -> list[str]:
    """Those of them that can stand in a header, each once; where one comes twice, its last place counts. What we have
    called a mail that had no name is nobody else's name for it."""
    named = (id for id in given if not id.startswith(NAMELESS))
    fitting = [id for id in named if len(id) <= LONGEST_ID and ID.fullmatch(id)]
    return list(dict.fromkeys(reversed(fitting)))[::-1]


def bracketed(given: Iterable[str]) -> str:
    """As headers have them."""
    return " ".join(f"<{id}>" for id in given)


def readable(text: str) -> str:
    """Without halves of letters, which no encoding has."""
    return text.encode(errors="replace").decode()
