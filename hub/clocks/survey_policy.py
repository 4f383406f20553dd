"""Whether, when and in which words an account asks how it went."""

from collections.abc import Sequence

import msgspec

from hub.act import Act
from hub.clocks import repository
from hub.clocks.models import TEXTS_PLACE, SurveyPolicy
from hub.clocks.shapes import SurveyPolicyShown, SurveyPolicyWanted, SurveyText
from hub.deps import Deps

# How long a process may go on with what another one has changed: it is asked at every message.
REMEMBERED_S = 10
USUAL_MINUTES = 10


async def policy_of(deps: Deps, account: str) -> SurveyPolicy | None:
    """As it was a few seconds ago at most; None where nobody was ever asked."""

    async def read() -> SurveyPolicy | None:
        return await repository.find_policy(deps.mongo, account, SurveyPolicy)

    return await deps.memory.recall(question_of(account), read, for_s=REMEMBERED_S)


async def show_policy(deps: Deps, account: str) -> SurveyPolicyShown:
    """As it is; off, until somebody has written a text."""
    policy = await repository.find_policy(deps.mongo, account, SurveyPolicy)
    if policy is None:
        return SurveyPolicyShown(is_on=False, texts=[], after_minutes=USUAL_MINUTES, media=[])
    return SurveyPolicyShown(
        is_on=policy.is_on,
        texts=await texts_of(deps, policy),
        after_minutes=policy.after_minutes,
        media=policy.media,
    )


async def set_policy(act: Act, wanted: SurveyPolicyWanted) -> SurveyPolicyShown:
    """From now on; what is to be asked already is asked in the new words, or not at all."""
    deps, account = act.deps, act.account
    act.note.target, act.note.before = {"account": account}, await show_policy(deps, account)
    policy = SurveyPolicy(
        id=account,
        account=account,
        is_on=wanted.is_on,
        after_minutes=wanted.after_minutes,
        media=wanted.media,
        texts=(await deps.sealer.keyring(account)).seal(TEXTS_PLACE, msgspec.json.encode(wanted.texts)),
    )
    await repository.set_policy(deps.mongo, policy)
    deps.memory.forget(question_of(account))
    after = act.note.after = await show_policy(deps, account)
    return after


async def texts_of(deps: Deps, policy: SurveyPolicy) -> list[SurveyText]:
    """In which words, by language."""
    return msgspec.json.decode(
        await deps.sealer.unseal(policy.account, TEXTS_PLACE, policy.texts), type=list[SurveyText]
    )


def text_for(texts: Sequence[SurveyText], locale: str | None) -> str:
    """In the person's own language, where there is one; else the first."""
    wanted = (locale or "").replace("_", "-").casefold()
    known = {one.locale.casefold(): one.text for one in reversed(texts)}
    by_language = {one.locale.casefold().partition("-")[0]: one.text for one in reversed(texts)}
    return known.get(wanted) or by_language.get(wanted.partition("-")[0]) or texts[0].text


def question_of(account: str) -> str:
    """What a process remembers it by."""
    return f"survey policy:{account}"
