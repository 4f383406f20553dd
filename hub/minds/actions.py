"""Which model an account has for what: set, shown, removed."""

from agents.models.endpoint import Endpoint
from agents.models.failing import WORDS
from hub.act import Act
from hub.deps import Deps
from hub.minds import repository
from hub.minds.errors import BadMind, NoMind, NoSuchMind
from hub.minds.models import KEY_PLACE, MODELS, Mind, MindUse
from hub.minds.shapes import MindShown, MindWanted, MindWrong


def use_named(name: str) -> MindUse:
    """What a model can be for, or NoSuchMind."""
    try:
        return MindUse(name)
    except ValueError:
        uses = ", ".join(MindUse)
        raise NoSuchMind(f"A model can be for {uses}, and for nothing else.", uses=[*MindUse]) from None


async def list_minds(deps: Deps, account: str) -> list[MindShown]:
    """All that it has."""
    return [mind_shown(mind) for mind in await repository.list_minds(deps.mongo, account)]


async def find_mind(deps: Deps, account: str, use: MindUse) -> Mind | None:
    """The one that it has for this."""
    return await repository.find(deps.mongo, account, use)


async def need_mind(deps: Deps, account: str, use: MindUse) -> Mind:
    """The one that it has for this, or NoMind."""
    mind = await find_mind(deps, account, use)
    if mind is None:
        raise NoMind(f"The account has no model for {use}: set one up first.", use=use)
    return mind


async def get_mind(deps: Deps, account: str, use: MindUse) -> Mind:
    """The one that it has for this, or NoSuchMind."""
    mind = await find_mind(deps, account, use)
    if mind is None:
        raise NoSuchMind(f"The account has no model for {use}.", use=use)
    return mind


async def set_mind(act: Act, use: MindUse, wanted: MindWanted) -> MindShown:
    """This one, in the place of the one before."""
    deps, account = act.deps, act.account
    before = await find_mind(deps, account, use)
    key = await key_of(deps, account, wanted, before)
    mind = Mind(
        id=act.new_id,
        account=account,
        use=use,
        url=wanted.url.rstrip("/"),
        model=wanted.model or MODELS[use],
        key=await deps.sealer.seal(account, KEY_PLACE, key) if key else None,
        per_day=wanted.per_day,
        changed_at=deps.clock.now(),
    )
    await repository.put(deps.mongo, mind)
    after = mind_shown(mind)
    act.note.target, act.note.before, act.note.after = {"mind": use}, before and mind_shown(before), after
    return after


async def key_of(deps: Deps, account: str, wanted: MindWanted, before: Mind | None) -> str:
    """What was entered; or what was before, for the same endpoint. For another one it must be entered again: whoever
    changes the URL would see it otherwise."""
    if wanted.key is not None:
        return wanted.key
    if before is None or before.key is None:
        return ""
    if before.url != wanted.url.rstrip("/"):
        raise BadMind("For another URL the key must be entered again, or be empty.", field="key")
    return await deps.sealer.text(account, KEY_PLACE, before.key)


async def remove_mind(act: Act, use: MindUse) -> None:
    """It is asked nothing more."""
    mind = await get_mind(act.deps, act.account, use)
    act.note.target, act.note.before = {"mind": use}, mind_shown(mind)
    await repository.remove(act.deps.mongo, act.account, use)


async def endpoint_of(deps: Deps, mind: Mind) -> Endpoint:
    """Where it is, key included."""
    key = "" if mind.key is None else await deps.sealer.text(mind.account, KEY_PLACE, mind.key)
    return Endpoint(url=mind.url, key=key, model=mind.model)


def mind_shown(mind: Mind) -> MindShown:
    """Without its key."""
    wrong = None
    if mind.wrong:
        wrong = MindWrong(code=mind.wrong, words=WORDS[mind.wrong], since=mind.wrong_since or mind.changed_at)
    return MindShown(
        use=mind.use,
        url=mind.url,
        model=mind.model,
        has_key=mind.key is not None,
        per_day=mind.per_day,
        changed_at=mind.changed_at,
        wrong=wrong,
    )
