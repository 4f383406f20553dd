"""The gate's rules about what a message holds: whether the channel takes such things at all. Pure, as the gate is."""

from collections.abc import Sequence

from channels.base import Media, Medium
from channels.choices import plain
from channels.segments import segments
from hub.sending.fitting import fitted, split
from hub.sending.models import Facts, Verdict, Why
from hub.sending.refusing import CHANGE, NAMES, no


def empty(facts: Facts) -> Verdict | None:
    """Something has to be said."""
    said = facts.content
    carried = (said.media, said.template, said.place, said.cards)
    if said.text.strip() or any(carried) or said.reaction is not None:
        return None
    return no(Why.EMPTY, "There is nothing in this message.", [CHANGE])


def too_long(facts: Facts) -> Verdict | None:
    """Longer than the channel takes, with all that stands in its text there."""
    can, said = facts.can, facts.content
    texts = [fitted(part, can).text for part in split(said, can)]
    length = max(map(len, texts), default=0)
    if length > can.longest_text:
        reason = f"The text has {length} letters; {NAMES[facts.medium]} takes {can.longest_text}."
        return no(Why.TOO_LONG, reason, [CHANGE])
    # With a file it is none of those that are cut into segments.
    count = 0 if said.media or not can.most_segments else max((segments(text).count for text in texts), default=0)
    if count <= can.most_segments:
        return None
    return no(Why.TOO_LONG, f"The text takes {count} segments; this line takes {can.most_segments}.", [CHANGE])


def reaction(facts: Facts) -> Verdict | None:
    """An emoji goes alone, and to a message that stands there."""
    said = facts.content
    if said.reaction is None:
        return None
    if not facts.can.takes_reactions:
        return no(Why.REACTION_REFUSED, f"There are no reactions in {NAMES[facts.medium]}.", [CHANGE])
    if said.text or said.media or said.place or said.cards or said.choices or said.template:
        return no(Why.REACTION_REFUSED, "A reaction goes alone.", [CHANGE])
    if not facts.takes_reaction:
        return no(Why.REACTION_REFUSED, "This line has not the message that the reaction is put to.", [CHANGE])
    return None


def choices(facts: Facts) -> Verdict | None:
    """They stand under a question, and whoever answers names one of them."""
    said = facts.content
    if said.choices and (said.template or not said.text.strip()):
        return no(Why.CHOICES_REFUSED, "Choices stand under a text, and a template has its own.", [CHANGE])
    titles, payloads = {plain(one.title) for one in said.choices}, {one.payload for one in said.choices}
    if min(len(titles), len(payloads)) < len(said.choices):
        return no(Why.CHOICES_REFUSED, "Two of the choices are the same.", [CHANGE])
    return None


def media_refused(facts: Facts) -> Verdict | None:
    """Files of a kind, size or number that the channel does not take."""
    media, can = facts.content.media, facts.can
    if len(media) > can.most_media:
        wanted = f"{can.most_media} at most" if can.most_media else "no files"
        return no(Why.MEDIA_REFUSED, f"These are {len(media)} files; {NAMES[facts.medium]} takes {wanted}.", [CHANGE])
    for file in media:
        if not takes(can.media_types, file):
            return no(Why.MEDIA_REFUSED, f"Files of the type {file.type} do not go by {NAMES[facts.medium]}.", [CHANGE])
        if (file.size or 0) > (most := can.most_bytes(file.type)):
            reason = f"A file has {file.size} bytes; {NAMES[facts.medium]} takes {most}."
            return no(Why.MEDIA_REFUSED, reason, [CHANGE])
    together = sum(file.size or 0 for file in media)
    if can.bytes_together and together > can.bytes_together:
        reason = f"The files have {together} bytes together; this line takes {can.bytes_together}."
        return no(Why.MEDIA_REFUSED, reason, [CHANGE])
    return None


def takes(types: Sequence[str], file: Media) -> bool:
    """Whether it is of one of these types, or of a whole family of them (`image/*`)."""
    family = f"{file.type.partition('/')[0]}/*"
    return file.type in types or family in types


def subject(facts: Facts) -> Verdict | None:
    """A mail that begins something says what about; elsewhere there is no place for it."""
    said = facts.content
    if said.subject and not facts.can.has_subject:
        return no(Why.SUBJECT_REFUSED, f"There are no subjects in {NAMES[facts.medium]}.", [CHANGE])
    if facts.can.has_subject and facts.is_first and not said.subject.strip() and not said.template:
        return no(Why.SUBJECT_NEEDED, "The first message needs a subject.", [CHANGE])
    return None


def copies(facts: Facts) -> Verdict | None:
    """Only a mail goes to others beside."""
    mail = facts.content.mail
    if mail is None or facts.can.is_mail or not (mail.cc or mail.bcc):
        return None
    return no(
        Why.COPIES_REFUSED, f"This line sends no copies: leave them out, or write by {NAMES[Medium.EMAIL]}.", [CHANGE]
    )
