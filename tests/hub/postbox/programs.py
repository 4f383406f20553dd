"""Mail programs of people, as far as they answer: what each writes into the headers, and how it quotes."""

import email.message
import email.policy
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime
from typing import cast

NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Program:
    """One of them: how it begins the subject of an answer, and what it makes of the words and the mail below them."""

    answers_with: str
    host: str
    writes: Callable[[EmailMessage, str, EmailMessage], None]

    def answer(self, raw: bytes, words: str, *, sender: str, to: str = "", cc: str = "") -> EmailMessage:
        """To a mail as it came; to where that wants its answers, unless it goes to somebody else."""
        answered = email.message_from_bytes(raw, policy=email.policy.default)
        chain = [*str(answered.get("References", "")).split(), answered["Message-ID"]]
        mail = EmailMessage()
        mail["From"] = sender
        mail["To"] = to or str(answered["Reply-To"] or answered["From"])
        if cc:
            mail["Cc"] = cc
        mail["Subject"] = f"{self.answers_with}: {bare(answered['Subject'])}"
        mail["Date"] = format_datetime(localtime())
        mail["Message-ID"] = f"<{next(NUMBERS)}@{self.host}>"
        mail["In-Reply-To"] = answered["Message-ID"]
        mail["References"] = " ".join(dict.fromkeys(chain))
        self.writes(mail, words, answered)
        return mail


def bare(subject: str) -> str:
    """Without what programs put in front of it."""
    first, colon, rest = subject.partition(": ")
    return bare(rest) if colon and first.lower() in ("re", "aw") else subject


def words_of(mail: EmailMessage) -> str:
    """As its reader sees it."""
    part = mail.get_body(("plain",))
    assert part is not None
    return cast(str, part.get_content()).strip()


def marked(words: str) -> str:
    """As a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())


def gmail(mail: EmailMessage, words: str, answered: EmailMessage) -> None:
    """In two ways, and the sender's address on a line of its own where it is long."""
    quoted, address = words_of(answered), answered["From"].addresses[0].addr_spec
    intro = f"On {answered['Date'].datetime:%a, %b %d, %Y at %I:%M %p} Acme <\n{address}> wrote:"
    mail.set_content(f"{words}\n\n{intro}\n\n{marked(quoted)}\n")
    lines = "<br>".join(quoted.splitlines())
    quotation = f'<div class="gmail_attr">{intro}</div><blockquote class="gmail_quote">{lines}</blockquote>'
    mail.add_alternative(f'<div dir="ltr">{words}</div><div class="gmail_quote">{quotation}</div>', subtype="html")


def outlook(mail: EmailMessage, words: str, answered: EmailMessage) -> None:
    """The mail stands below under a few of its headers, and nothing is marked."""
    below(mail, words, answered, ("From", "Sent", "To", "Subject"))


def outlook_in_german(mail: EmailMessage, words: str, answered: EmailMessage) -> None:
    """The same, as it is sold in Germany."""
    below(mail, words, answered, ("Von", "Gesendet", "An", "Betreff"))


def below(mail: EmailMessage, words: str, answered: EmailMessage, names: Iterable[str]) -> None:
    """Under headers of these names."""
    sent = f"{answered['Date'].datetime:%A, %B %d, %Y %I:%M %p}"
    values = (answered["From"], sent, answered["To"], answered["Subject"])
    head = "\n".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))
    mail.set_content(f"{words}\n\n{'_' * 32}\n{head}\n\n{words_of(answered)}\n")


def apple(mail: EmailMessage, words: str, answered: EmailMessage) -> None:
    """What it says of the mail is a part of the quotation."""
    intro = f"On {answered['Date'].datetime:%d. %b %Y, at %H:%M}, {answered['From']} wrote:"
    quotation = marked("\n\n".join([intro, words_of(answered)]))
    mail.set_content(f"{words}\n\n{quotation}\n", cte="quoted-printable")


GMAIL = Program("Re", "mail.gmail.test", gmail)
OUTLOOK = Program("RE", "outlook.test", outlook)
OUTLOOK_IN_GERMAN = Program("AW", "outlook.test", outlook_in_german)
APPLE_MAIL = Program("Re", "icloud.test", apple)


def threads_in(mails: Iterable[bytes]) -> int:
    """How many conversations a mail program shows: by what each mail says that it answers."""
    shown: list[set[str]] = []
    for raw in mails:
        mail = email.message_from_bytes(raw, policy=SMTP)
        names = " ".join(str(mail.get(name, "")) for name in ("Message-ID", "In-Reply-To", "References")).split()
        joined = [one for one in shown if one & set(names)]
        shown = [one for one in shown if one not in joined] + [set(names).union(*joined)]
    return len(shown)
