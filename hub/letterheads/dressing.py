"""What goes around the words of one mail: who sends it, where answers come back to, what it answers, who it goes to
beside, and how one asks for no more of them."""

from collections.abc import Collection, Sequence

from channels.base import Access, Content, Letterhead, Mail, Party
from hub.accounts.errors import NoSuchMember
from hub.accounts.founding import name_of
from hub.accounts.members import NAME_PLACE
from hub.accounts.standing import get_member
from hub.accounts.subjects import get_account
from hub.clocks.advancing import is_answer, is_question
from hub.correspondence.tokens import address_for
from hub.deps import Deps
from hub.letterheads.copies import list_left_out
from hub.letterheads.keeping import signature_of, style_of
from hub.letterheads.logos import ID as LOGO_ID
from hub.letterheads.logos import along, drawn, logo_of
from hub.letterheads.models import ACCOUNT, MEMBER, Style
from hub.letterheads.words import words_in
from hub.letterheads.writing import Around, Foot, as_html, as_text
from hub.lines.models import Line
from hub.names import on_one_line
from hub.people.getting import get_person
from hub.threads.log import get_thread, where_it_goes_on
from hub.threads.models import Author, AuthorKind, Entry, Thread
from hub.threads.queries import list_on_line
from hub.unsubscribing.links import link_for

# Mail programs need the nearest; the rest is for those that have missed some.
MOST_REFERENCES = 20
REPLY = "reply"
# As mail programs have room for; the name of an account and that of a member may be longer.
LONGEST_NAME = 100


async def letterhead_for(deps: Deps, entry: Entry, line: Line, access: Access, content: Content) -> Letterhead:
    """That of a message which is about to be sent over this line."""
    thread = await where_it_goes_on(deps, await get_thread(deps, entry.account, entry.thread))
    before = await list_before(deps, thread, entry, line)
    style, business = await style_of(deps, entry.account), await account_name(deps, entry.account)
    logo = await logo_of(deps, entry.account) if style.is_html else None
    unsubscribe = await link_for(deps, entry) if is_unasked(entry, before) else ""
    around = Around(
        signature=await signature_under(deps, entry, style),
        footer=style.footer,
        foot=await foot_for(deps, thread, business, unsubscribe) if unsubscribe else None,
        logo=drawn(logo, f"cid:{LOGO_ID}", alt=business) if logo else None,
    )
    left_out = await list_left_out(deps, entry.account, content.mail)
    mail = content.mail or Mail()
    return Letterhead(
        text=as_text(content.text, around),
        html=as_html(content.text, around, style.accent) if style.is_html else "",
        sender_name=await sender_name_of(deps, entry.account, entry.author, style, business=business),
        reply_to=await reply_to(deps, entry, access),
        references=references_in(before),
        cc=without(mail.cc, left_out),
        bcc=without(mail.bcc, left_out),
        unsubscribe=unsubscribe,
        is_automatic=is_automated(entry),
        pictures=(along(logo),) if logo else (),
    )


async def list_before(deps: Deps, thread: Thread, entry: Entry, line: Line) -> list[Entry]:
    """What was said over the line before it, the nearest last."""
    found = await list_on_line(deps, thread, line.id, limit=MOST_REFERENCES)
    return sorted((one for one in found if one.seq < entry.seq), key=lambda one: one.seq)


def is_automated(entry: Entry) -> bool:
    """Whether no person has sent it at that moment."""
    return entry.delivery is not None and entry.delivery.is_automated


def is_unasked(entry: Entry, before: Sequence[Entry]) -> bool:
    """Whether a machine writes of its own accord: then one click must end it."""
    return is_automated(entry) and not (entry.author.kind is AuthorKind.AGENT and was_asked(entry, before))


def was_asked(entry: Entry, before: Sequence[Entry]) -> bool:
    """Whether what its author has seen ends with a question: what rules send answers none, and what a program has
    written asks none. An agent has not seen what it says itself in the same turn."""
    last_seen = entry.seq if entry.seen_seq is None else entry.seen_seq
    said = [one for one in before if one.seq <= last_seen and (is_question(one) or is_answer(one))]
    return bool(said) and said[-1].direction == "in"


async def signature_under(deps: Deps, entry: Entry, style: Style) -> str:
    """That of a member who has written it; empty where nobody signs."""
    signs = style.has_signatures and entry.author.kind is AuthorKind.MEMBER
    return await signature_of(deps, entry.account, entry.author.id) if signs else ""


async def foot_for(deps: Deps, thread: Thread, business: str, url: str) -> Foot:
    """Why the person gets it, and how they ask for no more, as they speak."""
    person = await get_person(deps, thread.account, thread.person)
    said = words_in(person.locale)
    return Foot(why=said.why.format(business), says=said.unsubscribe, url=url)


async def sender_name_of(deps: Deps, account: str, author: Author, style: Style, *, business: str) -> str:
    """How the sender is called: a member as the account wants it, everybody else as the account is."""
    if author.kind is not AuthorKind.MEMBER:
        return business
    try:
        member = await get_member(deps, account, author.id)
    except NoSuchMember:
        return business
    name = await deps.sealer.text(account, NAME_PLACE, member.name)
    halves = (half.replace(ACCOUNT, business) for half in style.from_name.split(MEMBER))
    return on_one_line(name.join(halves), longest=LONGEST_NAME)


async def account_name(deps: Deps, account: str) -> str:
    """How the business is called, on one line."""
    return on_one_line(await name_of(deps, await get_account(deps, account)), longest=LONGEST_NAME)


async def reply_to(deps: Deps, entry: Entry, access: Access) -> str:
    """An address by which the answer is known to be one to this; empty where neither the line nor the installation has
    one: then answers come back to the line's own."""
    domain = deps.settings.mail_domain
    base = access.values.get("reply_address") or (f"{REPLY}@{domain}" if domain else "")
    return await address_for(deps, entry.account, entry.id, base) if base else ""


def references_in(before: Sequence[Entry]) -> tuple[str, ...]:
    """The mails of the conversation that were there before, the nearest last."""
    return tuple(dict.fromkeys(one.provider_id for one in before if one.provider_id != one.id))


def without(parties: Sequence[Party], left_out: Collection[str]) -> tuple[Party, ...]:
    """Those of them to whom something may go."""
    return tuple(party for party in parties if party.address not in left_out)
