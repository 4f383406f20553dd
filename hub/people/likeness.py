"""What two people who are one would share: keyed hashes, so that a query finds others and nobody can read them."""

from collections.abc import Iterator, Sequence

from channels.base import Address, IdentityKind
from hub.deps import Deps
from hub.people.attributes import text_of
from hub.people.identities import opened, shown
from hub.people.models import Alike, Person
from hub.people.naming import own_name
from hub.store.sealed import Keyring
from hub.store.tokens import words

PLACE = "people.likeness"
# Enough that two numbers which share them differ in the country at most.
LAST_DIGITS = 9
# Where everybody has a mailbox, the domain tells nothing.
OF_EVERYBODY = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "hotmail.fr", "live.com"),
        *("yahoo.com", "yahoo.co.in", "yahoo.co.uk", "yahoo.fr", "ymail.com", "aol.com", "icloud.com", "me.com"),
        *("gmx.de", "gmx.net", "gmx.com", "web.de", "t-online.de", "mail.com", "mail.ru", "yandex.ru", "msn.com"),
        *("free.fr", "orange.fr", "libero.it", "proton.me", "protonmail.com", "rediffmail.com", "qq.com", "163.com"),
    }
)
# The attribute that says for whom somebody works, where an account has declared one.
COMPANY = "company"
# The first byte of a mark says what it is of.
KINDS: Sequence[Alike] = tuple(Alike)


async def likeness_of(deps: Deps, keyring: Keyring, person: Person) -> list[bytes]:
    """All that they have of it."""
    name = " ".join(words(await own_name(deps, person)))
    company = " ".join(words(await text_of(deps, person, COMPANY)))
    addresses = [await opened(deps, person, identity) for identity in shown(person)]
    return [mark(keyring, why, text) for why, text in dict.fromkeys(traits(name, company, addresses))]


def traits(name: str, company: str, addresses: Sequence[Address]) -> Iterator[tuple[Alike, str]]:
    """What they have in common with themselves only, or with few."""
    yield from (
        (Alike.PHONE, digits[-LAST_DIGITS:]) for digits in map(digits_of, addresses) if len(digits) >= LAST_DIGITS
    )
    if name:
        yield from ((Alike.NAME_AND_DOMAIN, f"{name}\0{domain}") for domain in map(domain_of, addresses) if domain)
    if name and company:
        yield Alike.NAME_AND_COMPANY, f"{name}\0{company}"


def digits_of(address: Address) -> str:
    """Of a number; WhatsApp's ids are one for most."""
    is_number = address.kind in (IdentityKind.PHONE, IdentityKind.WHATSAPP) and address.value.lstrip("+").isdigit()
    return address.value.lstrip("+") if is_number else ""


def domain_of(address: Address) -> str:
    """For whom somebody may work, as their mail address says it."""
    domain = address.value.rpartition("@")[2].lower() if address.kind is IdentityKind.EMAIL else ""
    return "" if domain in OF_EVERYBODY else domain


def mark(keyring: Keyring, why: Alike, text: str) -> bytes:
    """What is compared."""
    return bytes([KINDS.index(why)]) + keyring.lookup(PLACE, f"{why}\0{text}")[:16]


def kind_of(mark: bytes) -> Alike:
    """Why two who share it may be one."""
    return KINDS[mark[0]]
