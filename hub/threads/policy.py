"""What an account says about all its threads."""

from hub.act import Act
from hub.deps import Deps
from hub.threads import repository
from hub.threads.models import ThreadPolicy
from hub.threads.shapes import PolicyShown, PolicyWanted

# How long a process may go on with what another one has changed.
REMEMBERED_S = 10


async def policy_of(deps: Deps, account: str) -> ThreadPolicy:
    """As it was a few seconds ago at most: it is asked at every message."""

    async def read() -> ThreadPolicy:
        return await get_policy(deps, account)

    return await deps.memory.recall(question_of(account), read, for_s=REMEMBERED_S)


async def get_policy(deps: Deps, account: str) -> ThreadPolicy:
    """As it is; an account that has said nothing keeps its threads with whoever has them."""
    found = await repository.find_policy(deps.mongo, account)
    return found or ThreadPolicy(id=account, account=account)


async def show_policy(deps: Deps, account: str) -> PolicyShown:
    """As the API shows it."""
    return shown(await get_policy(deps, account))


async def set_policy(act: Act, wanted: PolicyWanted) -> PolicyShown:
    """From now on; threads whose time runs already are looked at anew when it is over."""
    deps, account = act.deps, act.account
    act.note.target, act.note.before = {"account": account}, await show_policy(deps, account)
    policy = ThreadPolicy(id=account, account=account, release_after_minutes=wanted.release_after_minutes)
    await repository.set_policy(deps.mongo, policy)
    deps.memory.forget(question_of(account))
    after = act.note.after = shown(policy)
    return after


def shown(policy: ThreadPolicy) -> PolicyShown:
    """Without whose it is."""
    return PolicyShown(release_after_minutes=policy.release_after_minutes)


def question_of(account: str) -> str:
    """What a process remembers it by."""
    return f"thread policy:{account}"
