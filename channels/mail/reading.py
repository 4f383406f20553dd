"""What a mail says: the one way in which mails are read, however they have come to us."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice

from channels.base import (
    Access,
    Address,
    Content,
    Elsewhere,
    Envelope,
    IdentityKind,
    Inbound,
    Mail,
    Media,
    Parsed,
    Party,
    Posted,
    Strange,
)
from channels.mail.addresses import address_of, parties
from channels.mail.automatic import is_automatic
from channels.mail.files import closed_by, content_of, files_of
from channels.mail.ids import answers_of, id_of
from channels.mail.parts import Part, taken_apart
from channels.mail.proving import Proof, proof_of
from channels.mail.reports import report
from channels.mail.words import said_in

# As some servers write an empty sender into a mailbox.
BY_NOBODY = re.compile(r"mailer-daemon(@.*)?", re.IGNORECASE)

# As what a mail comes to the ledger that is not wrapped into a provider's webhook. What else is known of it stands in
# the query: the `recipient` and `sender` of its envelope, the `folder` where it lay, of which SENT says that the
# business has written it, and under CUT, of what was too large and is there only in part, how large it was.
MAIL_TYPE = "message/rfc822"
SENT, CUT = "sent", "cut"
# More people than these are named in the original alone; and more addresses are of no use to find a conversation by.
MOST_PARTIES, MOST_RECIPIENTS = 100, 500
LONGEST_SUBJECT = 1000
ARRIVED_AT = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
# Nobody has sent a mail before; clocks that begin then say so.
BEGINNING = datetime(1985, 1, 1, tzinfo=UTC)
OF_NOBODY, TO_NOBODY = "mail_of_nobody", "mail_to_nobody"


def read(access: Access, posted: Posted) -> list[Parsed]:
    """Its one message, or what it reports of ours; what makes no sense at all raises ValueError."""
    mail = taken_apart(posted.body)
    if not mail.headers.fields:
        raise ValueError("This is no mail.")
    if posted.query.get("folder", "").lower() == SENT:
        return [elsewhere(mail, access, posted)]
    written_by = author_of(mail)
    told = report(
        mail,
        sender=written_by.address if written_by else "",
        came_from=envelope_sender(mail, posted),
        at=said_at(mail, posted.at),
    )
    return told or [inbound(mail, access, posted)]


def enclosed(raw: bytes, media: Media) -> bytes:
    """One file of a mail, or Gone."""
    return content_of(taken_apart(raw), media)


def inbound(mail: Part, access: Access, posted: Posted) -> Inbound | Strange:
    """Somebody has written it."""
    sender = sender_of(mail, access, posted)
    if sender is None:
        return Strange(kind=OF_NOBODY)
    return Inbound(
        id=id_of(mail.headers, posted.body),
        sender=(Address(kind=IdentityKind.EMAIL, value=sender.address),),
        sender_name=sender.name,
        said_at=said_at(mail, posted.at),
        content=content(mail, access, posted, proof=proved(mail, access, sender)),
        language=mail.headers.first("content-language").partition(",")[0].strip()[:35],
        envelope=envelope(mail, posted),
    )


def elsewhere(mail: Part, access: Access, posted: Posted) -> Elsewhere | Strange:
    """The business has written it in another program."""
    first = next(named(mail, "to", "cc", "bcc"), None)
    if first is None:
        return Strange(kind=TO_NOBODY)
    return Elsewhere(
        id=id_of(mail.headers, posted.body),
        to=(Address(kind=IdentityKind.EMAIL, value=first.address),),
        to_name=first.name,
        said_at=said_at(mail, posted.at),
        content=content(mail, access, posted, proof=""),
        envelope=envelope(mail, posted),
    )


def content(mail: Part, access: Access, posted: Posted, *, proof: Proof) -> Content:
    """What it says, and what people see around it."""
    subject, is_whole = mail.headers.words("subject"), CUT not in posted.query
    said = said_in(mail, subject)
    files, has_more = files_of(mail, said.html, is_whole=is_whole)
    return Content(
        text=said.text,
        subject=subject[:LONGEST_SUBJECT],
        media=files,
        reply_to=next(iter(answers_of(mail.headers)), "") if mail.headers.first("in-reply-to") else "",
        unsupported="" if said.text else closed_by(mail),
        is_cut=not is_whole or said.is_cut or has_more or len(subject) > LONGEST_SUBJECT,
        mail=Mail(
            sender=author_of(mail),
            to=most(named(mail, "to")),
            cc=most(named(mail, "cc")),
            bcc=most(named(mail, "bcc")),
            is_shortened=said.is_shortened,
            proof=proof,
            is_automatic=is_robots(mail, access, posted),
            is_whole=is_whole,
        ),
    )


def named(mail: Part, *headers: str) -> Iterator[Party]:
    """Everybody in these."""
    return (party for header in headers for value in mail.headers.every(header) for party in parties(value))


def most(people: Iterable[Party]) -> tuple[Party, ...]:
    """As many as are kept."""
    return tuple(islice(people, MOST_PARTIES))


def author_of(mail: Part) -> Party | None:
    """As who it says that it is from."""
    return next(named(mail, "from", "sender"), None)


def sender_of(mail: Part, access: Access, posted: Posted) -> Party | None:
    """Whom it is from: a form on the business's site writes in its own name, and says who has filled it in."""
    author, own = author_of(mail), own_addresses(access)
    if author is None:
        written = address_of(posted.query.get("sender", "")) or address_of(
            mail.headers.first("return-path").strip("<> ")
        )
        return next(named(mail, "reply-to"), None) or (Party(address=written) if written else None)
    others = (party for party in named(mail, "reply-to") if party.address not in own)
    return next(others, author) if author.address in own else author


def own_addresses(access: Access) -> frozenset[str]:
    """All by which people write to the line."""
    return frozenset(name.lower() for name in (access.address, *access.names))


def proved(mail: Part, access: Access, sender: Party) -> Proof:
    """Whether somebody vouches for it that this sender has written it, and nobody besides. A forged mail is forged
    whomever its Reply-To names."""
    authors = [party.address for party in most(named(mail, "from"))]
    proof = proof_of(mail.headers, authors=authors, hop=access.values.get("trusted_hop", ""))
    return proof if proof == "fail" or authors == [sender.address] else ""


def is_robots(mail: Part, access: Access, posted: Posted) -> bool:
    """Whether a program has written it by itself."""
    author, sender = author_of(mail), posted.query.get("sender")
    return is_automatic(
        mail.headers,
        own=own_addresses(access),
        sender=author.address if author else "",
        subject=mail.headers.words("subject"),
        envelope_sender=None if sender is None else sender.strip("<> "),
    )


def envelope_sender(mail: Part, posted: Posted) -> str | None:
    """Where it would come back to, if it could not be delivered: empty for what must not come back. Whoever has handed
    it over says so, or the server has that has put it into the mailbox, on top of all that came with it."""
    said = posted.query.get("sender", next(mail.headers.every("return-path"), None))
    sender = "" if said is None else said.strip("<> ")
    return None if said is None else "" if BY_NOBODY.fullmatch(sender) else sender


def envelope(mail: Part, posted: Posted) -> Envelope:
    """What the hub needs besides."""
    arrived = [party.address for party in parties(posted.query.get("recipient", ""))]
    others = (party.address for party in named(mail, *ARRIVED_AT))
    return Envelope(
        recipients=tuple(islice(dict.fromkeys([*arrived, *islice(others, MOST_RECIPIENTS)]), MOST_RECIPIENTS)),
        answers=answers_of(mail.headers),
        raw=posted.body,
    )


def said_at(mail: Part, arrived: datetime) -> datetime:
    """When it was written, as far as that makes sense: nobody writes after it has come."""
    try:
        written = parsedate_to_datetime(mail.headers.first("date")[:100])
        written = (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return arrived
    return written if BEGINNING <= written <= arrived else arrived
