"""Asking people how it went, as due work, once a member has closed their conversation: through the gate like everything
that is said, and nobody twice within a month."""

from datetime import timedelta

from hub.clocks import repository
from hub.clocks.models import SURVEY, Survey, SurveyPolicy, SurveyState
from hub.clocks.survey_policy import policy_of, text_for, texts_of
from hub.clocks.surveyed import find_question
from hub.deps import Deps
from hub.errors import HubError, Unavailable
from hub.people.getting import get_person
from hub.sending.errors import SendRefused
from hub.sending.models import Saying, Why
from hub.sending.saying import say
from hub.sending.staying import Answered
from hub.sending.waiting import hours_left
from hub.store.ids import new_id
from hub.store.mongo import Document
from hub.threads.errors import StaleEpoch
from hub.threads.happenings import Closed, SurveyAsked
from hub.threads.log import append, catch_up, where_it_goes_on
from hub.threads.models import THE_HUB, AuthorKind, Draft, Entry, EntryKind, Thread, ThreadStatus
from hub.work.kinds import Kind, Later, Lease

PAUSE = timedelta(days=30)
SOON = timedelta(seconds=5)


class GoesOn(Exception):
    """It was opened again meanwhile."""


async def plan(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: a member has closed it as done, so they may be asked soon."""
    event = entry.event
    if not isinstance(event, Closed) or event.why != "done" or entry.author.kind is not AuthorKind.MEMBER:
        return
    policy = await policy_of(deps, thread.account)
    if policy is None or not policy.is_on or not is_fit(thread, policy):
        return
    survey = Survey(
        id=entry.id,
        account=thread.account,
        thread=thread.id,
        person=thread.person,
        state=SurveyState.WAITING,
        closed_seq=entry.seq,
        closed_at=entry.stored_at,
        member=entry.author.id,
        team=thread.team,
        reach=sorted({*thread.reach, f"member:{entry.author.id}"}),
    )
    due_at = entry.stored_at + timedelta(minutes=policy.after_minutes)
    if await repository.add_survey(deps.mongo, survey, due_at) and not policy.after_minutes:
        await deps.bell.ring(SURVEY, survey.id)


def is_fit(thread: Thread, policy: SurveyPolicy) -> bool:
    """Whether they have written, on a channel on which people are asked."""
    return thread.heard is not None and (not policy.media or thread.heard.medium in policy.media)


async def ask(deps: Deps, document: Document, _: Lease) -> None:
    """Ask them now, unless it goes on, somebody has asked them lately, or nobody may write to them."""
    survey = await repository.find_survey(deps.mongo, document["account"], document["_id"])
    if survey is None or survey.state not in (SurveyState.WAITING, SurveyState.GOING):
        return
    if survey.state is SurveyState.GOING and (question := await find_question(deps, survey)):
        # Whoever has asked them has died over writing that down.
        await asked(deps, survey, question)
        return
    thread = await catch_up(deps, survey.account, survey.thread)
    if why_not := await reason_against(deps, thread, survey):
        await skip(deps, survey, why_not)
        return
    await ask_in(deps, thread, await going(deps, survey, thread))


async def ask_in(deps: Deps, thread: Thread, survey: Survey) -> None:
    """Say it, if it still is over at that very place of the log; a conversation that goes on has its own words."""
    saying = await saying_of(deps, thread, survey)
    try:
        said = await say(deps, thread, saying, THE_HUB, epoch=thread.epoch, only_if=is_over_still)
    except Answered:
        await skip(deps, survey, "answered")
    except GoesOn:
        await skip(deps, survey, "reopened")
    except StaleEpoch:
        # It may have been given back only: whether it is over is asked anew.
        raise Later(deps.clock.now() + SOON) from None
    except SendRefused as refused:
        await wait_or_skip(deps, survey, refused)
    except Unavailable:
        raise
    except HubError as error:
        await skip(deps, survey, error.code)
    else:
        await asked(deps, survey, said.entry)


def is_over_still(thread: Thread) -> None:
    """Raise unless nobody has opened it again."""
    if thread.status is not ThreadStatus.CLOSED:
        raise GoesOn


async def reason_against(deps: Deps, thread: Thread, survey: Survey) -> str | None:
    """Why they are not asked after all."""
    policy = await policy_of(deps, survey.account)
    if policy is None or not policy.is_on:
        return "off"
    if thread.status is not ThreadStatus.CLOSED or thread.closed_at != survey.closed_at or thread.merged_into:
        return "reopened"
    is_free = await repository.take_turn(deps.mongo, survey, deps.clock.now(), PAUSE)
    return None if is_free else "asked_lately"


async def going(deps: Deps, survey: Survey, thread: Thread) -> Survey:
    """From here on a score that comes in is the answer: whoever is quick answers before we know that we have asked."""
    if survey.state is SurveyState.WAITING:
        fields = {"state": SurveyState.GOING, "asked_at": deps.clock.now(), "asked_seq": thread.seq}
        await repository.change_survey(deps.mongo, survey, **fields)
    return await repository.find_survey(deps.mongo, survey.account, survey.id) or survey


async def saying_of(deps: Deps, thread: Thread, survey: Survey) -> Saying:
    """The question, in the person's language; not when they have written meanwhile."""
    policy = await policy_of(deps, survey.account)
    person = await get_person(deps, thread.account, thread.person)
    text = text_for(await texts_of(deps, policy), person.locale) if policy else ""
    return Saying(client_id=survey.id, text=text, unless_heard_after=thread.heard.seq if thread.heard else None)


async def wait_or_skip(deps: Deps, survey: Survey, refused: SendRefused) -> None:
    """At night it waits for the morning; any other no is one."""
    now = deps.clock.now()
    pause = hours_left(refused.verdict, now)
    if pause is None:
        await skip(deps, survey, refused.verdict.code or Why.EMPTY)
        return
    await repository.change_survey(deps.mongo, survey, state=SurveyState.WAITING)
    await repository.give_turn_back(deps.mongo, survey)
    raise Later(now + pause)


async def skip(deps: Deps, survey: Survey, why: str) -> None:
    """They are not asked, and may be asked by another one."""
    await repository.change_survey(deps.mongo, survey, state=SurveyState.SKIPPED, skipped=why)
    await repository.give_turn_back(deps.mongo, survey)


async def asked(deps: Deps, survey: Survey, question: Entry) -> None:
    """It stands in the log, and in reports."""
    thread = await where_it_goes_on(deps, await catch_up(deps, survey.account, question.thread))
    draft = Draft(
        id=new_id(deps.clock.now()),
        kind=EntryKind.EVENT,
        author=THE_HUB,
        event=SurveyAsked(message=question.id),
        client_id=f"{survey.id}.asked",
    )
    await append(deps, thread, draft)
    fields = {"state": SurveyState.ASKED, "thread": thread.id, "asked_at": question.stored_at}
    await repository.change_survey(deps.mongo, survey, asked_seq=question.seq, **fields)


KINDS = (Kind(name=SURVEY, collection=repository.SURVEYS, handler=ask, backoff=timedelta(seconds=5)),)
