"""What the gate decides by, gathered in a fixed number of questions however the answer comes out."""

from msgspec.structs import replace

from channels.base import Address, Content, HeaderKind, Medium, Purpose
from hub.accounts.subjects import get_account
from hub.consent.suppression import find_suppression
from hub.deps import Deps
from hub.letterheads.copies import list_left_out
from hub.lines.actions import list_lines
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.people.identities import address_for
from hub.people.models import ConsentState, Person
from hub.sending import repository
from hub.sending.gate import decide, window
from hub.sending.models import (
    AUTOMATED,
    DEFAULT_QUIET,
    UNANSWERED_WITHIN,
    Alternative,
    Facts,
    SendingPolicy,
    Template,
    Verdict,
)
from hub.sending.pointing import takes_reaction
from hub.sending.quiet import hours_outside, zone_for
from hub.templates.blanks import BUTTON, HEADER, WITH_FILE, of_body
from hub.templates.known import list_known
from hub.templates.models import KnownTemplate, State
from hub.threads.delivering import count_automated
from hub.threads.models import Author, AuthorKind, Thread

# What an account sets once is not read for every message; elsewhere it counts after so long.
REMEMBERED_S = 2.0
MOST_OTHERS = 5
UNDECIDED = "the provider has not decided yet"


async def facts_for(
    deps: Deps,
    thread: Thread,
    person: Person,
    line: Line,
    content: Content,
    *,
    is_automated: bool,
    to: Address | None,
    is_queued: bool = False,
    is_campaign: bool = False,
    reply_to: str | None = None,
) -> Facts:
    """Everything about this message on this line to this address. Of one that `is_queued` the gate has spoken before:
    it counts against no cap again."""
    at_hand = at_hand_of(deps, thread, person, line, content, is_automated=is_automated)
    policy = await policy_of(deps, thread.account)
    is_capped = is_automated and not is_queued
    is_reaction = content.reaction is not None
    suppressed = await find_suppression(deps, thread.account, [to], line.medium) if to else None
    return replace(
        at_hand,
        has_address=to is not None,
        is_campaign=is_campaign,
        suppressed=suppressed.reason if suppressed else None,
        left_out=await list_left_out(deps, thread.account, content.mail) if at_hand.can.is_mail else (),
        takes_reaction=is_reaction and await takes_reaction(deps, line, reply_to or "", is_queued=is_queued),
        templates=await templates_of(deps, line) if asks_for_templates(at_hand) else None,
        hours=hours_outside(policy.quiet, zone_for(person.zone, await zone_of_account(deps, thread.account))),
        unanswered=await count_unanswered(deps, thread, policy.cap) if is_capped else 0,
        cap=policy.cap if is_capped else None,
        others=tuple(await others(deps, person, line)),
    )


def at_hand_of(
    deps: Deps, thread: Thread, person: Person, line: Line, content: Content, *, is_automated: bool
) -> Facts:
    """What nobody has to be asked for."""
    return Facts(
        now=deps.clock.now(),
        is_automated=is_automated,
        medium=line.medium,
        can=channel_of(line).capabilities,
        content=content,
        is_removed=line.removed_at is not None,
        is_paused=line.is_paused,
        is_blocked=person.blocked_at is not None,
        consent=person.consent_on(line.medium),
        marketing=person.consent_on(line.medium, Purpose.MARKETING),
        has_written=has_written(thread, line),
        is_first=line.id not in thread.lines,
        window_until=next((window.until for window in thread.windows if window.line == line.id), None),
    )


def asks_for_templates(at_hand: Facts) -> bool:
    """Whether it is one, or only one goes: whoever may write freely is never told which there are."""
    return at_hand.can.has_templates and (at_hand.content.template is not None or window(at_hand) is not None)


async def ask_gate(
    deps: Deps,
    thread: Thread,
    person: Person,
    line: Line,
    content: Content,
    *,
    author: Author,
    is_scheduled: bool = False,
    reply_to: str | None = None,
) -> tuple[Verdict, Address | None]:
    """Whether this may be sent now, and where it would go."""
    to = await address_for(deps, person, channel_of(line).reaches, line=line.id)
    facts = await facts_for(
        deps,
        thread,
        person,
        line,
        content,
        is_automated=is_automated(author, is_scheduled=is_scheduled),
        to=to,
        is_campaign=is_campaign(author),
        reply_to=reply_to,
    )
    return decide(facts), to


def is_automated(author: Author, *, is_scheduled: bool) -> bool:
    """Whether no person has pressed a button for it. What a person has scheduled, a person wanted at that time."""
    return author.kind in AUTOMATED or (is_scheduled and author.kind is AuthorKind.KEY)


def is_campaign(author: Author) -> bool:
    """Whether it advertises by what it is."""
    return author.kind is AuthorKind.CAMPAIGN


def has_written(thread: Thread, line: Line) -> bool:
    """Whether they have written to us that way."""
    is_heard = thread.heard is not None and thread.heard.medium is line.medium
    return is_heard or any(window.line == line.id for window in thread.windows)


async def count_unanswered(deps: Deps, thread: Thread, most: int) -> int:
    """How many automated messages of the last day came after the person's last word."""
    since = deps.clock.now() - UNANSWERED_WITHIN
    after = thread.heard.seq if thread.heard else 0
    return await count_automated(deps, thread, after=after, since=since, limit=most)


async def others(deps: Deps, person: Person, line: Line) -> list[Alternative]:
    """Other lines that would reach them and that they have not forbidden."""
    found = []
    for other in await list_lines(deps, person.account):
        channel = channel_of(other)
        consent = person.consent_on(other.medium)
        is_allowed = consent is ConsentState.GRANTED or (
            consent is ConsentState.NONE and not channel.capabilities.needs_opt_in
        )
        reaches = any(person.has(kind) for kind in channel.reaches)
        if other.id != line.id and not other.is_paused and is_allowed and reaches:
            found.append(Alternative(do="use_line", line_id=other.id, medium=Medium(other.medium)))
    return found[:MOST_OTHERS]


async def policy_of(deps: Deps, account: str) -> SendingPolicy:
    """What the account asks of automated messages, or what is usual."""

    async def read() -> SendingPolicy:
        return await repository.find_policy(deps.mongo, account) or usual_policy(account)

    return await deps.memory.recall(policy_question(account), read, for_s=REMEMBERED_S)


def usual_policy(account: str) -> SendingPolicy:
    """That of whoever has set none."""
    return SendingPolicy(id=account, account=account, quiet=DEFAULT_QUIET)


def policy_question(account: str) -> str:
    """What is remembered, and forgotten by whoever changes it."""
    return f"sending policy of {account}"


async def zone_of_account(deps: Deps, account: str) -> str:
    """The time zone of the business."""

    async def read() -> str:
        return (await get_account(deps, account)).zone

    return await deps.memory.recall(f"zone of {account}", read, for_s=REMEMBERED_S)


async def templates_of(deps: Deps, line: Line) -> tuple[Template, ...] | None:
    """Those that its provider has, or that were told of it where nobody can ask; None when nobody has told."""
    if known := await list_known(deps, line):
        return tuple(map(template_of, known))

    async def read() -> tuple[Template, ...] | None:
        found = await repository.find_templates(deps.mongo, line.account, line.id)
        return tuple(found.items) if found else None

    return await deps.memory.recall(templates_question(line.id), read, for_s=REMEMBERED_S)


def template_of(known: KnownTemplate) -> Template:
    """As the gate knows it."""
    return Template(
        name=known.name,
        language=known.language,
        category=known.category,
        blanks=len(of_body(known.blanks)),
        state="" if known.state is State.APPROVED else known.state.value,
        reason=known.reason or (UNDECIDED if known.state is State.SUBMITTED else ""),
        needs_file=known.header in WITH_FILE,
        needs_place=known.header is HeaderKind.PLACE,
        has_header_blank=any(key.startswith(HEADER) for key in known.blanks),
        open_buttons=tuple(int(key.removeprefix(BUTTON)) for key in known.blanks if key.startswith(BUTTON)),
    )


def templates_question(line_id: str) -> str:
    """What is remembered, and forgotten by whoever changes it."""
    return f"templates of {line_id}"
