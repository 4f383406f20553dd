"""Hearing how it went: a message that is a score answers the last question, and closes the conversation again."""

from datetime import timedelta

from channels.base import Content
from hub.clocks import repository
from hub.clocks.advancing import is_question
from hub.clocks.models import Survey, SurveyState
from hub.clocks.scores import Score, read_score
from hub.clocks.survey_policy import policy_of
from hub.deps import Deps
from hub.store.ids import new_id
from hub.threads.delivering import client_id_of, find_said
from hub.threads.happening import happen
from hub.threads.happenings import Closed, Reopened, SurveyAnswered
from hub.threads.log import append, opened
from hub.threads.models import THE_HUB, DeliveryState, Draft, Entry, EntryKind, Thread, ThreadStatus
from hub.threads.queries import list_after

# What comes later may be about anything.
ANSWERED_WITHIN = timedelta(hours=72)
# Whoever has said so much since did not only answer.
MOST_BETWEEN = 50
OPEN = (SurveyState.GOING, SurveyState.ASKED)
DEAD = (DeliveryState.FAILED, DeliveryState.CANCELLED)


async def hear(deps: Deps, thread: Thread, entry: Entry) -> None:
    """A reaction: the person has written, and it may be the answer."""
    if not is_question(entry) or await policy_of(deps, thread.account) is None:
        return
    survey = await repository.find_asked(deps.mongo, thread.account, thread.id)
    if survey is None or survey.state not in OPEN:
        return
    score = read_score((await opened(deps, entry)).text)
    question = await find_question(deps, survey) if score else None
    if score and question and is_answer_to(question, entry):
        await record(deps, thread, entry, survey, question, score)


async def find_question(deps: Deps, survey: Survey) -> Entry | None:
    """What they were asked, where it stands in a log: a survey that is going may not have come so far."""
    return await find_said(deps, survey.account, client_id_of(THE_HUB, survey.id))


def is_answer_to(question: Entry, entry: Entry) -> bool:
    """Whether they were asked before, and not long ago; what did not go out has asked nobody."""
    is_dead = question.delivery is not None and question.delivery.state in DEAD
    is_soon = entry.stored_at - question.stored_at <= ANSWERED_WITHIN
    return question.seq < entry.seq and is_soon and not is_dead


async def record(deps: Deps, thread: Thread, entry: Entry, survey: Survey, question: Entry, score: Score) -> None:
    """Into the log, once; then it is done again, if there was nothing else."""
    draft = Draft(
        id=new_id(deps.clock.now()),
        kind=EntryKind.EVENT,
        author=entry.author,
        event=SurveyAnswered(score=score.score),
        content=Content(text=score.rest) if score.rest else None,
        client_id=f"{survey.id}.answered",
    )
    thread, _ = await append(deps, thread, draft)
    if not score.rest and await was_all(deps, thread, question, entry):
        await close_again(deps, thread, entry)
    # Last of all: until then a repeat does whatever a crash has left undone.
    fields = {"state": SurveyState.ANSWERED, "score": score.score, "answered_at": entry.stored_at}
    await repository.change_survey(deps.mongo, survey, **fields)


async def was_all(deps: Deps, thread: Thread, question: Entry, entry: Entry) -> bool:
    """Whether nothing else was said or begun since the question."""
    between = await list_after(deps, thread, question.seq, limit=MOST_BETWEEN)
    earlier = [one for one in between if one.seq < entry.seq]
    return not any(is_question(one) or isinstance(one.event, Reopened) for one in earlier)


async def close_again(deps: Deps, thread: Thread, entry: Entry) -> None:
    """The score has opened it, and asks for nothing."""

    def decide(now: Thread) -> Closed | None:
        is_last_word = now.heard is not None and now.heard.seq == entry.seq > now.answered_seq
        return Closed(why="done") if now.status is ThreadStatus.OPEN and is_last_word else None

    await happen(deps, thread, decide, THE_HUB)
