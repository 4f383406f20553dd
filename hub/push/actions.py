"""What other rooms do with push: show something in a member's browsers, and take it back."""

import msgspec

from hub.deps import Deps
from hub.push import repository
from hub.push.encryption import spelled
from hub.push.models import MESSAGE_PLACE, SEND, TOPIC_PLACE, Message, Push, PushContent, PushTakenBack, fitted
from hub.store.ids import follows_from
from hub.store.mongo import Duplicate

# Push services take 32 letters as a topic.
TOPIC_BYTES = 24


async def push(deps: Deps, account: str, member: str, content: PushContent) -> None:
    """Show it in all browsers of the member, soon and also while they are closed; in place of what they show under the
    same tag. Whether the member may see the conversation that it is about is asked again when it is sent."""
    topic = await topic_of(deps, account, content.tag)
    for browser in await repository.list_of(deps.mongo, account, member):
        await tell(deps, account, fitted(content), browser=browser.id, member=member, topic=topic)


async def take_back(deps: Deps, account: str, member: str, tag: str) -> None:
    """Show it no more, wherever it was shown; what is still on its way is not begun."""
    topic = await topic_of(deps, account, tag)
    await repository.remove_unsent(deps.mongo, account, member, topic)
    for told in await repository.list_pushes(deps.mongo, account, member, topic):
        await tell(deps, account, PushTakenBack(tag), browser=told.subscription, member=member, topic=topic)


async def topic_of(deps: Deps, account: str, tag: str) -> str:
    """What push services know the tag by: of two with the same they keep the later for a browser that is away."""
    return spelled((await deps.sealer.keyring(account)).lookup(TOPIC_PLACE, tag)[:TOPIC_BYTES])


async def tell(deps: Deps, account: str, message: Message, *, browser: str, member: str, topic: str) -> None:
    """Store it for one browser, in place of what it was told under the tag, and have it sent at once."""
    id, now = follows_from(browser, topic), deps.clock.now()
    sealed = (await deps.sealer.keyring(account)).seal(MESSAGE_PLACE, msgspec.json.encode(message))
    fresh = Push(
        id=id, account=account, subscription=browser, member=member, topic=topic, said_at=now, rev=1, message=sealed
    )
    while not await repository.tell_anew(deps.mongo, account, id, message=sealed, now=now):
        try:
            await repository.add_push(deps.mongo, fresh)
            break
        except Duplicate:
            # Somebody else has told something under the same tag at the same moment: this is the later.
            continue
    await deps.bell.ring(SEND, id)
