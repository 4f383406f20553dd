"""Whether the server that a line trusts vouches for a mail's sender (RFC 8601). Such headers can be written by anybody:
only those count which bear that server's name and stand where no earlier server can have put them."""

import re
from collections.abc import Collection, Iterator
from typing import Literal

from channels.mail.headers import Headers

Proof = Literal["", "pass", "fail"]
# A server that writes more into one of them has no reason to.
LONGEST = 10_000
PIECE = re.compile(r'"(?:[^"\\]|\\.)*+"?|\\.|[()]|[^"()\\]+', re.DOTALL)
# What stands in the place of something that is quoted: no name has it.
QUOTED = '"'
AUTHORITY = re.compile(r'[ \t\r\n]*([^\s"]+)(?:[ \t\r\n]+\d+)?[ \t\r\n]*')
DMARC = re.compile(r";\s*dmarc\s*=\s*([a-z]+)([^;]*)")
DOMAIN = re.compile(r"\bheader\.from\s*=\s*(?:[^\s;@]*@)?([^\s;]+)")
# What the domain asks to be done with what fails. OpenDMARC, Gmail and rspamd say it in a comment.
IN_A_COMMENT = re.compile(r"\bp(?:olicy)?=(none|quarantine|reject)\b", re.IGNORECASE)
ASKED = re.compile(r"\b(?:policy\.dmarc|policy\.published-domain-policy|policy\.said|action)\s*=\s*([a-z]+)")
BY = re.compile(r"\bby\s+([^\s;()]+)")


def proof_of(headers: Headers, *, authors: Collection[str], hop: str) -> Proof:
    """What it says of the addresses in From. Who names several, or none, proves nothing; but what is forged for one of
    them is forged."""
    if not (name := hop.strip().lower()):
        return ""
    said = next(filter(DMARC.search, said_by(headers, name)), "")
    proof = verdict(said, {author.rpartition("@")[2] for author in authors})
    is_one = len(authors) == len(list(headers.every("from"))) == 1
    return proof if is_one or proof == "fail" else ""


def said_by(headers: Headers, name: str) -> Iterator[str]:
    """All that this server has found, the topmost first: some write SPF, DKIM and DMARC each into a header of its own.
    What stands below the mark of another server came with the mail."""
    has_begun = has_taken_it = False
    for field, value in headers.fields:
        if field == "authentication-results":
            said = bare(value[:LONGEST])
            if authority(said) == name:
                has_begun = True
                yield said.lower()
            elif has_begun:
                return
        elif field == "received" and has_begun:
            # Its own mark may stand between what it has written, but once.
            if has_taken_it or name not in BY.findall(value[:LONGEST].lower()):
                return
            has_taken_it = True


def bare(value: str) -> str:
    """Without comments and what is quoted: there may stand whatever the sender of a mail has chosen. Of comments only
    what a domain asks for is left."""
    said: list[str] = []
    depth = 0
    for piece in PIECE.findall(value):
        if piece in "()":
            depth = max(0, depth + (1 if piece == "(" else -1))
        elif not depth:
            said.append(QUOTED if piece.startswith(QUOTED) else piece)
        else:
            said += (f" policy.said={asked} " for asked in IN_A_COMMENT.findall(piece))
    return "".join(said)


def authority(said: str) -> str:
    """The server that has checked it; its version may stand behind. It is read as strictly as servers do who remove
    what others have written in their name: what looks like it alone is another one."""
    first = said.partition(";")[0]
    found = AUTHORITY.fullmatch(first) if first.isascii() else None
    return found[1].lower() if found else ""


def verdict(said: str, domains: Collection[str]) -> Proof:
    """Of DMARC alone: only that speaks of the address that people see. Who says two things has said nothing. And a
    domain that asks for nothing to be done only watches who writes in its name: what fails there is often its own mail,
    broken by a list or by forwarding (RFC 7489, 6.3)."""
    found = list(DMARC.finditer(said))
    named = DOMAIN.findall(found[0][2]) if len(found) == 1 else []
    if len(named) != 1 or named[0].rstrip(".") not in domains:
        return ""
    if found[0][1] == "fail":
        return "" if "none" in ASKED.findall(found[0][2]) else "fail"
    return "pass" if found[0][1] == "pass" else ""
