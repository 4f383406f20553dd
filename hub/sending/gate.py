"""The gate: what may be sent, decided in one place for everybody. Pure: the same facts always get the same answer.

Each rule either has nothing to say or says no. What no change of the message could help comes first, so that nobody
mends a text that may not be sent anyhow. docs/gate.md has the table.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from channels.base import Media
from hub.accounts.hours import is_open, next_opening
from hub.people.models import ConsentState
from hub.sending.models import Alternative, Facts, Verdict, Why

MOST_SUGGESTED = 5
CHANGE = Alternative(do="change_message")
# Until they write: nobody knows when.
UNTIL_THEY_WRITE = Alternative(do="wait")


def decide(facts: Facts) -> Verdict:
    """Yes; or no, with a code, a plain reason and what would be allowed instead."""
    for rule in RULES:
        if refusal := rule(facts):
            return refusal
    return Verdict(is_allowed=True, warnings=list(warnings(facts)))


def no(code: Why, reason: str, alternatives: Sequence[Alternative] = ()) -> Verdict:
    """A refusal."""
    return Verdict(is_allowed=False, code=code, reason=reason, alternatives=list(alternatives))


def line_removed(facts: Facts) -> Verdict | None:
    """Nothing goes over what is not there."""
    if not facts.is_removed:
        return None
    return no(Why.LINE_REMOVED, "This line was removed.", facts.others)


def person_blocked(facts: Facts) -> Verdict | None:
    """We have said ourselves that we do not talk with them."""
    return no(Why.PERSON_BLOCKED, "This person is blocked: unblock them to write.") if facts.is_blocked else None


def no_address(facts: Facts) -> Verdict | None:
    """They must be known by something that the channel reaches."""
    if facts.has_address:
        return None
    return no(Why.NO_ADDRESS, f"They are not known by anything that {facts.medium} reaches.", facts.others)


def opted_out(facts: Facts) -> Verdict | None:
    """Their no counts until they take it back. Nobody goes round it by another channel."""
    if facts.consent is not ConsentState.REVOKED:
        return None
    return no(Why.OPTED_OUT, f"They have asked not to be written to by {facts.medium}.")


def suppressed(facts: Facts) -> Verdict | None:
    """What bounced for good or was reported harms the line when it is written to again."""
    if not facts.is_suppressed:
        return None
    return no(Why.SUPPRESSED, "This address takes no messages from us: it bounced, or we were blocked.", facts.others)


def no_opt_in(facts: Facts) -> Verdict | None:
    """Where the provider's rules ask for it, there is no setting that turns this off."""
    if not facts.can.needs_opt_in or facts.has_written or facts.consent is ConsentState.GRANTED:
        return None
    return no(
        Why.NO_OPT_IN, f"They have neither written to us by {facts.medium} nor agreed to be written to.", facts.others
    )


def empty(facts: Facts) -> Verdict | None:
    """Something has to be said."""
    said = facts.content
    if said.text.strip() or said.media or said.template or said.place or said.reaction is not None:
        return None
    return no(Why.EMPTY, "There is nothing in this message.", [CHANGE])


def too_long(facts: Facts) -> Verdict | None:
    """Longer than the channel takes."""
    longest, length = facts.can.longest_text, len(facts.content.text)
    if length <= longest:
        return None
    return no(Why.TOO_LONG, f"The text has {length} letters; {facts.medium} takes {longest}.", [CHANGE])


def media_refused(facts: Facts) -> Verdict | None:
    """Files of a kind, size or number that the channel does not take."""
    media, can = facts.content.media, facts.can
    if len(media) > can.most_media:
        wanted = f"{can.most_media} at most" if can.most_media else "no files"
        return no(Why.MEDIA_REFUSED, f"These are {len(media)} files; {facts.medium} takes {wanted}.", [CHANGE])
    for file in media:
        if not takes(can.media_types, file):
            return no(Why.MEDIA_REFUSED, f"{facts.medium} takes no files of the type {file.type}.", [CHANGE])
        if (file.size or 0) > can.media_bytes:
            reason = f"A file has {file.size} bytes; {facts.medium} takes {can.media_bytes}."
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
        return no(Why.SUBJECT_REFUSED, f"There are no subjects in {facts.medium}.", [CHANGE])
    if facts.can.has_subject and facts.is_first and not said.subject.strip() and not said.template:
        return no(Why.SUBJECT_NEEDED, "The first message needs a subject.", [CHANGE])
    return None


def template(facts: Facts) -> Verdict | None:
    """One that the provider has approved for this line, with every blank filled."""
    used = facts.content.template
    if used is None:
        return None
    if not facts.can.has_templates:
        return no(Why.TEMPLATE_UNKNOWN, f"There are no templates in {facts.medium}.", [CHANGE])
    if facts.templates is None:
        return None
    known = [one for one in facts.templates if (one.name, one.language) == (used.name, used.language)]
    if not known:
        reason = f"This line has no approved template {used.name!r} in {used.language!r}."
        return no(Why.TEMPLATE_UNKNOWN, reason, templates(facts))
    if known[0].blanks != len(used.values):
        reason = f"The template {used.name!r} has {known[0].blanks} blanks, and {len(used.values)} were filled."
        return no(Why.TEMPLATE_UNKNOWN, reason, [CHANGE])
    return None


def window(facts: Facts) -> Verdict | None:
    """Free text only for so long after their last message, by the provider's clock; outside of it a template."""
    if facts.can.window is None or facts.content.template:
        return None
    if facts.window_until is None:
        reason = f"They have not written here yet: {facts.medium} lets us begin with an approved template only."
        return no(Why.TEMPLATE_NEEDED, reason, [*templates(facts), UNTIL_THEY_WRITE, *facts.others])
    if facts.now < facts.window_until:
        return None
    hours = facts.can.window.total_seconds() / 3600
    reason = f"{facts.medium} takes free text for {hours:g} hours after their last message, and that time is over."
    return no(Why.WINDOW_CLOSED, reason, [*templates(facts), UNTIL_THEY_WRITE, *facts.others])


def templates(facts: Facts) -> list[Alternative]:
    """Those that would go, as far as they are known."""
    if not facts.can.has_templates:
        return []
    names = [one.name for one in facts.templates or ()][:MOST_SUGGESTED]
    return [Alternative(do="use_template", template=name) for name in names] or [Alternative(do="use_template")]


def line_paused(facts: Facts) -> Verdict | None:
    """Somebody has stopped it."""
    return no(Why.LINE_PAUSED, "This line is paused.", facts.others) if facts.is_paused else None


def quiet_hours(facts: Facts) -> Verdict | None:
    """No machine writes to anybody at night. A person may, and is told what time it is there."""
    if not facts.is_automated or not is_quiet(facts):
        return None
    until = opening(facts)
    wait = [Alternative(do="wait", until=until)] if until else []
    return no(Why.QUIET_HOURS, "Nobody is written to by a machine at this time of their day.", wait)


def cap_reached(facts: Facts) -> Verdict | None:
    """Whoever does not answer is left in peace."""
    if not facts.is_automated or facts.cap is None or facts.unanswered < facts.cap:
        return None
    reason = f"{facts.unanswered} automated messages of the last 24 hours were not answered; {facts.cap} are allowed."
    return no(Why.CAP_REACHED, reason, [UNTIL_THEY_WRITE])


def warnings(facts: Facts) -> Iterator[str]:
    """What a person should know who is about to send it."""
    if not facts.is_automated and is_quiet(facts):
        yield "It is outside of the hours at which they want to be written to."


def is_quiet(facts: Facts) -> bool:
    """Whether their clock shows a time at which no machine writes."""
    return facts.hours is not None and not is_open(facts.hours, facts.now)


def opening(facts: Facts) -> datetime | None:
    """When that is over."""
    return next_opening(facts.hours, facts.now) if facts.hours else None


RULES: Sequence[Callable[[Facts], Verdict | None]] = (
    line_removed,
    person_blocked,
    no_address,
    opted_out,
    suppressed,
    no_opt_in,
    empty,
    too_long,
    media_refused,
    subject,
    template,
    window,
    line_paused,
    quiet_hours,
    cap_reached,
)
