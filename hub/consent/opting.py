"""Hearing that somebody wants to be written to no more, or again: before any agent, rule or colleague answers."""

import hashlib
from collections.abc import Sequence
from typing import Literal

from channels.base import Inbound, Medium, Purpose
from hub.consent import ledger, repository, suppression
from hub.consent.models import Reason, Words
from hub.consent.own_words import LONGEST, words_of
from hub.consent.quoting import above_quotation
from hub.consent.words import START, STOP, UNSUBSCRIBE, YES, own, plain, stands_in
from hub.deps import Deps
from hub.people.models import Basis, ConsentState, Person
from hub.store.ids import new_id
from hub.threads.happenings import OptChanged
from hub.threads.models import Author, AuthorKind, Draft, EntryKind, Thread
from hub.threads.receiving import append_where_it_goes_on

Opting = Literal["in", "out"]
TOLD_BY_PROVIDER = "told by the provider"


def heard(text: str, locale: str | None, words: Sequence[Words]) -> Opting | None:
    """What a message means when it is one of these words and nothing else. `words` are the account's own."""
    word = plain(text)
    if not word:
        return None
    if stands_in(STOP, word, locale):
        return "out"
    if stands_in(START, word, locale):
        return "in"
    return own(words, word, locale)


def is_yes(text: str, locale: str | None) -> bool:
    """Whether it takes back a no."""
    return stands_in(YES, plain(text), locale)


def heard_in_mail(inbound: Inbound, locale: str | None) -> Opting | None:
    """Only what can mean nothing else, as all that they have written themselves or, as mail programs write it for their
    button, as the subject."""
    said = map(plain, (*above_quotation(inbound.content.text), inbound.content.subject))
    return "out" if any(word and stands_in(UNSUBSCRIBE, word, locale) for word in said) else None


async def obey(deps: Deps, person: Person, thread: Thread, inbound: Inbound, *, line: str, medium: Medium) -> bool:
    """Do as they say, whatever else may be going on; however often it is told, it is done once. True when this was all
    that the message was about: nobody answers it but to confirm, which is for whoever sends."""
    opting = inbound.opted or await meaning(deps, person, inbound, line=line, medium=medium)
    if not opting:
        return False
    was_out = await is_out(deps, person, inbound, line=line, medium=medium)
    await write_down(deps, person, inbound, opting, line=line, medium=medium)
    # Log last: who dies before it does all of it again, and all of it is harmless then.
    draft = opt_changed(deps, person, inbound, opting, line=line, medium=medium)
    await append_where_it_goes_on(deps, thread, draft)
    # A start by somebody who was never away begins a conversation like any other.
    return opting == "out" or was_out or bool(inbound.opted)


async def is_out(deps: Deps, person: Person, inbound: Inbound, *, line: str, medium: Medium) -> bool:
    """Whether they have said no; also when it is this very message that has changed it, which is told again."""
    if person.consent_on(medium) is ConsentState.REVOKED:
        return True
    return await repository.find_record(deps.mongo, person.account, id_of(person.account, line, inbound)) is not None


async def meaning(deps: Deps, person: Person, inbound: Inbound, *, line: str, medium: Medium) -> Opting | None:
    """What it means to this person's account, in this person's language."""
    locale = None if person.is_locale_inferred else person.locale
    if medium is Medium.EMAIL:
        return heard_in_mail(inbound, locale)
    text = inbound.content.text
    # Few messages are as short as a word: nothing is read for the others.
    if len(text) > LONGEST:
        return None
    if is_yes(text, locale) and await is_out(deps, person, inbound, line=line, medium=medium):
        return "in"
    return heard(text, locale, await words_of(deps, person.account))


async def write_down(
    deps: Deps, person: Person, inbound: Inbound, opting: Opting, *, line: str, medium: Medium
) -> None:
    """In the ledger; and the address itself is suppressed, so that no other person of this address is written to. What
    is told late, after they have said otherwise, is in the ledger only."""
    person = await record_said(deps, person, inbound, opting, line=line, medium=medium)
    counts, evidence = person.consent_on(medium), evidence_in(inbound)
    if opting == "in" and counts is ConsentState.GRANTED:
        await suppression.lift_opt_outs(deps, person.account, inbound.sender, medium=medium)
    for address in inbound.sender if opting == "out" and counts is ConsentState.REVOKED else ():
        await suppression.suppress(
            deps, person.account, address, medium=medium, reason=Reason.OPT_OUT, evidence=evidence, by=f"line:{line}"
        )


async def record_said(
    deps: Deps,
    person: Person,
    inbound: Inbound,
    opting: Opting,
    *,
    line: str,
    medium: Medium,
    purpose: Purpose = Purpose.ALL,
) -> Person:
    """In the ledger, once for one message."""
    is_in = opting == "in"
    return await ledger.record(
        deps,
        person.account,
        person.id,
        medium=medium,
        state=ConsentState.GRANTED if is_in else ConsentState.REVOKED,
        basis=Basis.OPT_IN if is_in else Basis.OPT_OUT,
        evidence=evidence_in(inbound),
        by=f"line:{line}",
        at=None if is_in_a_mail(inbound, medium) else inbound.said_at,
        id=id_of(person.account, line, inbound),
        purpose=purpose,
    )


def is_in_a_mail(inbound: Inbound, medium: Medium) -> bool:
    """Whether it stands in a mail, which is dated by its sender's own clock: a no counts from when it is heard, for it
    must not look older than the yes that it takes back."""
    return medium is Medium.EMAIL and not inbound.opted


def evidence_in(inbound: Inbound) -> str:
    """In which words they have said it."""
    return inbound.content.text or inbound.content.subject or TOLD_BY_PROVIDER


def opt_changed(
    deps: Deps,
    person: Person,
    inbound: Inbound,
    opting: Opting,
    *,
    line: str,
    medium: Medium,
    purpose: Purpose = Purpose.ALL,
) -> Draft:
    """As it stands in the conversation's log: once for one message."""
    return Draft(
        id=new_id(deps.clock.now()),
        kind=EntryKind.EVENT,
        author=Author(AuthorKind.PERSON, person.id),
        said_at=inbound.said_at,
        client_id=id_of(person.account, line, inbound),
        medium=medium,
        event=OptChanged(medium=medium, is_in=opting == "in", purpose=purpose),
    )


def id_of(account: str, line: str, inbound: Inbound) -> str:
    """The same for the same message, however often it is told."""
    return f"opt-{hashlib.sha256(f'{account}.{line}.{inbound.id}'.encode()).hexdigest()[:32]}"
