"""Whether an account wants to see what visitors type."""

from hub.act import Act
from hub.deps import Deps
from hub.presence import repository
from hub.presence.models import PresencePolicy
from hub.presence.shapes import PresencePolicyShown, PresencePolicyWanted

# How long a process may go on with what another one has changed.
REMEMBERED_S = 10


async def policy_of(deps: Deps, account: str) -> PresencePolicy:
    """As it was a few seconds ago at most."""

    async def read() -> PresencePolicy:
        return await get_policy(deps, account)

    return await deps.memory.recall(question_of(account), read, for_s=REMEMBERED_S)


async def get_policy(deps: Deps, account: str) -> PresencePolicy:
    """As it is; an account that has said nothing sees what is sent, and nothing before."""
    return await repository.find_policy(deps.mongo, account) or PresencePolicy(id=account, account=account)


async def show_policy(deps: Deps, account: str) -> PresencePolicyShown:
    """As the API shows it."""
    return shown(await get_policy(deps, account))


async def set_policy(act: Act, wanted: PresencePolicyWanted) -> PresencePolicyShown:
    """From now on; other processes know it some seconds later."""
    deps, account = act.deps, act.account
    act.note.target, act.note.before = {"account": account}, await show_policy(deps, account)
    policy = PresencePolicy(id=account, account=account, shows_previews=wanted.shows_previews)
    await repository.put_policy(deps.mongo, policy)
    deps.memory.forget(question_of(account))
    after = act.note.after = shown(policy)
    return after


def shown(policy: PresencePolicy) -> PresencePolicyShown:
    """Without whose it is."""
    return PresencePolicyShown(shows_previews=policy.shows_previews)


def question_of(account: str) -> str:
    """What a process remembers it by."""
    return f"presence policy:{account}"
