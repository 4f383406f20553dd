"""What mail servers and mail programs tell of a mail of ours: that it did not get there (RFC 3464, and as servers write
it that have not read it), that it will be late, that somebody has read it (RFC 8098), or has called it spam (RFC
5965)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from channels.base import Address, IdentityKind, Parsed, Preference, State, Status, Strange
from channels.mail.addresses import ADDRESS, address_of, parties
from channels.mail.failures import final_code_of
from channels.mail.headers import EMPTY_LINE, Headers, fields_of, split
from channels.mail.ids import id_of, ids_in
from channels.mail.parts import Part

DELIVERY = ("message/delivery-status", "message/global-delivery-status")
DISPOSITION = ("message/disposition-notification", "message/global-disposition-notification")
COMPLAINT = "message/feedback-report"
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
DELAYED, BOUNCE, RECEIPT, COMPLAINED = "delayed", "bounce", "receipt", "complaint"
# Other feedback is of viruses, or says that a mail is no spam after all.
ABUSE = "abuse"
# As many people as one mail of ours may go to, and some more.
MOST_RECIPIENTS, MOST_LETTERS = 200, 200_000
# What a report in words says before the copy of the mail, and of whom.
LONGEST_REASON, MOST_NAMED = 20_000, 20

DAEMON = re.compile(r"(mailer-?daemon|postmaster|mail-?daemon|microsoftexchange[0-9a-f]*)@")
FAILED = re.compile(
    r"undeliver|mail delivery (?:failed|failure|system|subsystem)"
    r"|delivery (?:status notification|failure|has failed|report)"
    r"|returned mail|failure notice|non[- ]?remis|unzustellbar|nicht zustellbar|no se puede entregar|non recapitabile"
    r"|não (?:foi )?(?:entregue|entregável)|не доставлено|не может быть доставлено|配信不能|无法(?:投递|送达)|退信",
    re.IGNORECASE,
)
LATE = re.compile(r"\bdelay|\bwarning\b|still being retried|verzögert|retard[ée]", re.IGNORECASE)
ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
BASIC = re.compile(r"(?<![\d.])([45]\d\d)(?=[ \-#]|$)")
VAGUE = re.compile(r"[245]\.0\.0")
NAMED = re.compile(r"^[> \t]*(?:original-)?message-id:\s*(<[^<>\s]{1,400}>)", re.IGNORECASE | re.MULTILINE)
# Where the copy begins: it names everybody whom the mail went to.
COPY = re.compile(
    r"^[> \t]*(?:return-path|received|dkim-signature|mime-version|date|from|to|subject|message-id):",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Told:
    """What is told of one recipient."""

    recipient: str
    action: str
    code: str


def report(mail: Part, *, sender: str, came_from: str | None, at: datetime) -> list[Parsed]:
    """What it tells; nothing where it is no report. `came_from` is the sender on its envelope: servers leave that empty
    (RFC 5321, 4.5.5), and whoever forges a report at theirs cannot. It is None where nobody knows it."""
    parts = {leaf.type: leaf for leaf in reversed(list(mail.leaves()))}
    delivery = next((parts[type] for type in DELIVERY if type in parts), None)
    if delivery and not came_from:
        return delivered(mail, delivery, at)
    if disposition := next((parts[type] for type in DISPOSITION if type in parts), None):
        return read(disposition, at)
    if COMPLAINT in parts and is_report(mail):
        return [complained(mail, parts[COMPLAINT], at)]
    return [] if came_from else in_words(mail, sender, at)


def is_report(mail: Part) -> bool:
    """Whether it says that it is nothing else: somebody may forward one."""
    return mail.type == "multipart/report"


def delivered(mail: Part, part: Part, at: datetime) -> list[Parsed]:
    """What becomes of a mail of ours, for each whom it could not be brought to; or whom it was, if that is all. What
    says that it will be late changes nothing."""
    told = list(told_in(part))
    id, actions = returned_id(mail), {one.action for one in told}
    failed = [one for one in told if one.action == "failed"]
    if failed:
        return statuses(id, State.FAILED, at, {one.recipient: one.code for one in reversed(failed)})
    if actions == {"delivered"}:
        return statuses(id, State.DELIVERED, at, dict.fromkeys((one.recipient for one in told), ""))
    return [Strange(kind=DELAYED if "delayed" in actions else BOUNCE)]


def statuses(id: str, state: State, at: datetime, codes: dict[str, str]) -> list[Parsed]:
    """One for each recipient, with the code of a failure. What says nothing of which mail, or of whom, is kept."""
    known = {recipient: code for recipient, code in codes.items() if id and recipient}
    return [status(id, state, at, code, recipient) for recipient, code in known.items()] or [Strange(kind=BOUNCE)]


def status(id: str, state: State, at: datetime, code: str, recipient: str) -> Status:
    """Of a mail of ours. Our own name of it stands before the @ of its Message-ID."""
    concerned = Address(kind=IdentityKind.EMAIL, value=recipient)
    return Status(id=id, state=state, at=at, code=code, ours=id.rpartition("@")[0], recipient=concerned)


def told_in(part: Part) -> Iterator[Told]:
    """Each group of fields that is about a recipient."""
    groups = EMPTY_LINE.split(part.content[:MOST_LETTERS])
    for group in groups[: MOST_RECIPIENTS + 1]:
        fields = Headers(tuple(fields_of(group)))
        if action := fields.first("action").lower().split():
            code = code_in(fields.first("status"), fields.first("diagnostic-code"))
            yield Told(recipient_in(fields), action[0], code)


def recipient_in(fields: Headers) -> str:
    """Whom it is about: as we have written them, where that is told, for mail is forwarded."""
    named = (fields.first(name).rpartition(";")[2] for name in ("original-recipient", "final-recipient"))
    return next(filter(None, (address_of(one.strip().strip("<>")) for one in named)), "")


def code_in(status: str, diagnostic: str) -> str:
    """By the enhanced code that says most, or by what the other server has answered."""
    found = [*ENHANCED.findall(status), *ENHANCED.findall(diagnostic)]
    basic = BASIC.search(diagnostic)
    telling = next((one for one in found if not VAGUE.fullmatch(one)), "")
    return final_code_of(int(basic[1]) if basic else 0, telling or next(iter(found), ""))


def returned_id(mail: Part) -> str:
    """What the mail is called that came back, or that it answers."""
    if head := returned(mail):
        return next(ids_in(head.first("message-id")), "")
    return next(ids_in(mail.headers.first("in-reply-to") or mail.headers.first("references")), "")


def returned(mail: Part) -> Headers | None:
    """The head of the mail that came back."""
    content = next((part.content.lstrip() for part in mail.leaves() if part.type in RETURNED), None)
    return None if content is None else split(content, 0, len(content))[0]


def read(part: Part, at: datetime) -> list[Parsed]:
    """Somebody has had it shown; that it was deleted, or sent on, is kept."""
    fields = Headers(tuple(fields_of(part.content[:MOST_LETTERS].strip())))
    id = next(ids_in(fields.first("original-message-id")), "")
    what = fields.first("disposition").rpartition(";")[2].strip().lower()
    if not id or not what.startswith("displayed") or not (reader := recipient_in(fields)):
        return [Strange(kind=RECEIPT)]
    return [status(id, State.READ, at, "", reader)]


def complained(mail: Part, part: Part, at: datetime) -> Preference | Strange:
    """Somebody has called a mail of ours spam. It comes with any sender on its envelope, and so anybody may have made
    it up: the hub looks whom that mail went to."""
    fields = Headers(tuple(fields_of(part.content[:MOST_LETTERS].strip())))
    id, whom = returned_id(mail), complaining(mail, fields)
    if fields.first("feedback-type").strip().lower() != ABUSE or not id or not whom:
        return Strange(kind=COMPLAINED)
    address = Address(kind=IdentityKind.EMAIL, value=whom)
    return Preference(id=id_of(mail.headers, mail.raw), address=address, wants="complaint", at=at, about=id)


def complaining(mail: Part, fields: Headers) -> str:
    """Who it is, if that is told: many servers leave it out, and of several it may be any."""
    told = [address_of(one.strip().strip("<>")) for one in fields.every("original-rcpt-to")]
    head = returned(mail)
    named = told or [party.address for name in ("to", "cc") for party in parties(head.first(name) if head else "")]
    return named[0] if len(named) == 1 else ""


def in_words(mail: Part, sender: str, at: datetime) -> list[Parsed]:
    """As qmail, older Exim and others tell it: in sentences, with a copy of the mail below."""
    subject = mail.headers.words("subject")
    is_told = FAILED.search(subject) is not None or bool(mail.headers.first("x-failed-recipients"))
    if DAEMON.match(sender) is None or not (is_told or LATE.search(subject)):
        return []
    if LATE.search(subject) and not FAILED.search(subject):
        return [Strange(kind=DELAYED)]
    words = (leaf.text[:MOST_LETTERS] for leaf in mail.leaves() if leaf.type.startswith(("text/", "message/")))
    text = "\n".join(islice(words, MOST_NAMED))
    named = NAMED.search(text)
    id = next(ids_in(named[1]), "") if named else returned_id(mail)
    copy = COPY.search(text)
    reason = text[: min(copy.start() if copy else len(text), LONGEST_REASON)]
    return statuses(id, State.FAILED, at, dict.fromkeys(named_in(mail, reason), code_in("", reason)))


def named_in(mail: Part, reason: str) -> Iterator[str]:
    """Whom it may be about: the hub knows whom of them the mail has gone to."""
    listed = [party.address for party in parties(mail.headers.first("x-failed-recipients"))]
    found = listed or filter(None, (address_of(one[0]) for one in ADDRESS.finditer(reason)))
    return islice(dict.fromkeys(found), MOST_NAMED)
