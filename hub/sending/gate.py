"""The gate: what may be sent, decided in one place for everybody. Pure: the same facts always get the same answer.

Each rule either has nothing to say or says no. What no change of the message could help comes first, so that nobody
mends a text that may not be sent anyhow. docs/gate.md has the table.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from channels.base import Purpose, TemplateUse
from hub.accounts.hours import is_open, next_opening
from hub.people.models import ConsentState
from hub.sending.message_rules import choices, copies, empty, media_refused, reaction, subject, too_long
from hub.sending.models import Alternative, Facts, Template, Verdict, Why
from hub.sending.refusing import CHANGE, NAMES, SUPPRESSED, UNTIL_THEY_WRITE, no

MOST_SUGGESTED = 5


def decide(facts: Facts) -> Verdict:
    """Yes; or no, with a code, a plain reason and what would be allowed instead."""
    for rule in RULES:
        if refusal := rule(facts):
            return refusal
    return Verdict(is_allowed=True, warnings=list(warnings(facts)))


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
    return no(Why.NO_ADDRESS, f"They are not known by anything that {NAMES[facts.medium]} reaches.", facts.others)


def opted_out(facts: Facts) -> Verdict | None:
    """Their no counts until they take it back. Nobody goes round it by another channel."""
    if facts.consent is not ConsentState.REVOKED:
        return None
    return no(Why.OPTED_OUT, f"They have asked not to be written to by {NAMES[facts.medium]}.")


def suppressed(facts: Facts) -> Verdict | None:
    """What bounced for good or was reported harms the line when it is written to again, and every other line that would
    write there."""
    if facts.suppressed is None:
        return None
    others = [one for one in facts.others if one.medium is not facts.medium]
    return no(Why.SUPPRESSED, SUPPRESSED[facts.suppressed], others)


def no_marketing(facts: Facts) -> Verdict | None:
    """They want to hear no more of offers; whatever else they are told goes on."""
    if facts.marketing is not ConsentState.REVOKED or not is_marketing(facts):
        return None
    reason = f"They have asked for no offers by {NAMES[facts.medium]}: only what does not advertise goes."
    return no(Why.NO_MARKETING, reason, [UNTIL_THEY_WRITE if facts.is_campaign else CHANGE])


def is_marketing(facts: Facts) -> bool:
    """Whether it advertises: as a part of a campaign, or by a template that was approved for that."""
    used = facts.content.template
    return facts.is_campaign or (used is not None and any(is_offer(one, used) for one in facts.templates or ()))


def is_offer(one: Template, used: TemplateUse) -> bool:
    """Whether this template is meant, and advertises."""
    return (one.name, one.language) == (used.name, used.language) and one.category == Purpose.MARKETING


def no_opt_in(facts: Facts) -> Verdict | None:
    """Where the provider's rules ask for it, there is no setting that turns this off."""
    has_agreed = facts.consent is ConsentState.GRANTED or (
        facts.marketing is ConsentState.GRANTED and is_marketing(facts)
    )
    if not facts.can.needs_opt_in or facts.has_written or has_agreed:
        return None
    return no(
        Why.NO_OPT_IN,
        f"They have neither written to us by {NAMES[facts.medium]} nor agreed to be written to.",
        facts.others,
    )


def template(facts: Facts) -> Verdict | None:
    """One that the provider has approved for this line, with every blank filled."""
    used = facts.content.template
    if used is None:
        return None
    if not facts.can.has_templates:
        return no(Why.TEMPLATE_UNKNOWN, f"There are no templates in {NAMES[facts.medium]}.", [CHANGE])
    if facts.templates is None:
        return None
    known = [one for one in facts.templates if (one.name, one.language) == (used.name, used.language)]
    if not known:
        language = f" in {used.language!r}" if used.language else ""
        reason = f"This line has no approved template {used.name!r}{language}."
        return no(Why.TEMPLATE_UNKNOWN, reason, templates(facts))
    if known[0].state:
        why = f": {known[0].reason.rstrip('.')}" if known[0].reason else ""
        return no(Why.TEMPLATE_NOT_APPROVED, f"The template {used.name!r} is {known[0].state}{why}.", instead(facts))
    if known[0].blanks != len(used.values):
        reason = f"The template {used.name!r} has {known[0].blanks} blanks, and {len(used.values)} were filled."
        return no(Why.TEMPLATE_UNKNOWN, reason, [CHANGE])
    if missing := missing_in(known[0], used):
        return no(Why.TEMPLATE_INCOMPLETE, f"The template {used.name!r} lacks {missing}.", [CHANGE])
    return None


def missing_in(template: Template, used: TemplateUse) -> str:
    """What it would be sent without; empty when nothing is. Nothing goes out with an empty blank."""
    names = used.names or [str(n) for n in range(1, len(used.values) + 1)]
    empty = [name for name, value in zip(names, used.values, strict=False) if not value.strip()]
    if empty:
        return f"a value for the blank {empty[0]!r}: nothing is known, and it has no fallback"
    if template.has_header_blank and not used.header.strip():
        return "a value for the blank in its header: nothing is known, and it has no fallback"
    filled = {button.at for button in used.buttons if button.value.strip()}
    if lacking := [at for at in template.open_buttons if at not in filled]:
        return f"what its button {lacking[0] + 1} leads to: nothing is known, and it has no fallback"
    if template.needs_place and not used.header_place:
        return "the place above its words: name one"
    return "the file above its words: attach one" if template.needs_file and not used.header_media else ""


def instead(facts: Facts) -> list[Alternative]:
    """What goes in the place of a template that does not."""
    named = [one for one in templates(facts) if one.template]
    is_open = facts.window_until is not None and facts.now < facts.window_until
    return [*named, CHANGE if is_open else UNTIL_THEY_WRITE, *facts.others]


def window(facts: Facts) -> Verdict | None:
    """Free text only for so long after their last message, by the provider's clock; outside of it a template."""
    if facts.can.window is None or facts.content.template:
        return None
    if facts.window_until is None:
        reason = f"They have not written here yet: {NAMES[facts.medium]} lets us begin with an approved template only."
        return no(Why.TEMPLATE_NEEDED, reason, [*templates(facts), UNTIL_THEY_WRITE, *facts.others])
    if facts.now < facts.window_until:
        return None
    hours = facts.can.window.total_seconds() / 3600
    reason = (
        f"{NAMES[facts.medium]} takes free text for {hours:g} hours after their last message, and that time is over."
    )
    return no(Why.WINDOW_CLOSED, reason, [*templates(facts), UNTIL_THEY_WRITE, *facts.others])


def templates(facts: Facts) -> list[Alternative]:
    """Those that would go, as far as they are known."""
    if not facts.can.has_templates:
        return []
    names = [*dict.fromkeys(one.name for one in facts.templates or () if not one.state)][:MOST_SUGGESTED]
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
    if facts.left_out:
        yield f"No copy goes to {', '.join(facts.left_out)}: nothing is sent there, as it bounced or they said no."


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
    no_marketing,
    no_opt_in,
    empty,
    reaction,
    choices,
    too_long,
    media_refused,
    subject,
    copies,
    template,
    window,
    line_paused,
    quiet_hours,
    cap_reached,
)
