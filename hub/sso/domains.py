"""Domains: the one way to write each, and the proof in the DNS that somebody owns it."""

import re
from typing import NamedTuple, cast
from urllib.parse import urlsplit

import dns.asyncresolver
import dns.exception
import dns.name
import dns.nameserver
import dns.resolver
from dns.rdtypes.ANY.TXT import TXT

from hub.sso.errors import BadDomain, DnsAway

LABEL = "_parley"
CONTENT = "parley-verification="
WITHIN_S = 5.0
PORT = 53
LONGEST_NAME = 253
# At least two labels, of which the last is no number: neither a machine's own name nor an address.
DOMAIN = re.compile(r"(?:[a-z0-9-]{1,63}\.)+(?=[a-z])[a-z0-9-]{2,63}", re.ASCII)
SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


class Record(NamedTuple):
    """The TXT record that proves it: what is entered at whoever keeps the domain's names."""

    name: str
    content: str


def normal_domain(text: str) -> str:
    """The domain in small letters and plain ASCII (punycode), or BadDomain.

    Strict IDNA 2008 changes nothing to make a name fit: letters that would become others, such as wide ones, the Kelvin
    sign or invisible ones, are refused, and so nobody proves one domain while showing another.
    """
    codec, small = dns.name.IDNA_2008_Strict, text.strip().removesuffix(".").translate(SMALL)
    try:
        labels = [codec.encode(label) for label in small.split(".")]
    except dns.exception.DNSException as error:
        raise BadDomain("This is not a domain's name. Write it like example.com.") from error
    domain = b".".join(labels).decode()
    if not DOMAIN.fullmatch(domain) or len(record_of(domain, "").name) > LONGEST_NAME:
        raise BadDomain("This is not the name of a domain with mailboxes. Write it like example.com.")
    return domain


def record_of(domain: str, token: str) -> Record:
    """The record that proves this domain by this token."""
    return Record(f"{LABEL}.{domain}", f"{CONTENT}{token}")


async def is_proved(domain: str, token: str, nameserver: str = "", *, within_s: float = WITHIN_S) -> bool:
    """Whether the record is there now; `nameserver` is the setting `dns`, and empty means the system's own."""
    name, content = record_of(domain, token)
    return content.encode() in await texts_at(name, nameserver, within_s)


async def texts_at(name: str, nameserver: str, within_s: float) -> list[bytes]:
    """The texts of a name: none when there are none, DnsAway when nobody can say."""
    try:
        answer = await resolver(nameserver).resolve(f"{name}.", "TXT", search=False, lifetime=within_s)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException as error:
        raise DnsAway(f"The name servers do not say what stands at {name}.") from error
    # A text of more than 255 bytes comes in parts.
    return [b"".join(cast(TXT, record).strings).strip() for record in answer]


def resolver(nameserver: str) -> dns.asyncresolver.Resolver:
    """Asks this name server, or those that the system asks."""
    if not nameserver:
        return dns.asyncresolver.Resolver()
    asking, parts = dns.asyncresolver.Resolver(configure=False), urlsplit(f"//{nameserver}")
    asking.nameservers = [dns.nameserver.Do53Nameserver(parts.hostname or "", parts.port or PORT)]
    return asking
