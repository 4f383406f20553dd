"""Browsers that are pushed to, and pushes on their way, as they are stored; and what a browser is told."""

from datetime import datetime, timedelta

import msgspec
from bson.binary import Binary

from hub.store.documents import Stored

# The kind of due work, and the places that sealed values are bound to.
SEND = "push.send"
SUBSCRIPTIONS, PUSHES = "push_subscriptions", "pushes"
WAY_PLACE, NAME_PLACE, KEY_PLACE = (f"{SUBSCRIPTIONS}.{part}" for part in ("way", "name", "key"))
MESSAGE_PLACE, TOPIC_PLACE = f"{PUSHES}.message", f"{PUSHES}.topic"

# Every push service takes 4,096 bytes, encrypted (RFC 8030, 7.2).
MOST_BYTES = 3_800
LONGEST_TITLE = 200
# Nobody wants to be told a day later.
LASTS = timedelta(days=1)


class Way(msgspec.Struct, frozen=True):
    """How a browser is reached, as it is sealed: an address of its maker's push service, and the browser's own keys."""

    endpoint: str
    p256dh: str
    auth: str


class Subscription(Stored, frozen=True):
    """One browser of one member, as long as the session lasts that has subscribed it. `key` is the hash of its
    address: an account has each browser once."""

    member: str
    session: str
    key: bytes
    way: Binary
    name: Binary
    made_at: datetime


class Push(Stored, frozen=True):
    """The latest that a browser is told under one tag; `topic` is the tag's hash. Whoever tells something newer counts
    `rev` up. Once it is sent the message goes, and what stays says that there is something to take back."""

    subscription: str
    member: str
    topic: str
    said_at: datetime
    rev: int
    message: Binary | None = None
    is_shown: bool = False


class PushContent(msgspec.Struct, frozen=True, tag_field="kind", tag="show"):
    """A notification. One with the same tag takes the place of the one before; `url` is where a click leads."""

    title: str
    body: str
    thread: str
    tag: str
    url: str


class PushTakenBack(msgspec.Struct, frozen=True, tag_field="kind", tag="take_back"):
    """The notification with this tag is over."""

    tag: str


Message = PushContent | PushTakenBack


def fitted(content: PushContent) -> PushContent:
    """With as much of the body as every push service takes."""
    content = msgspec.structs.replace(content, title=content.title[:LONGEST_TITLE])
    over = len(msgspec.json.encode(content)) - MOST_BYTES
    if over <= 0:
        return content
    # A byte of text is never less than a byte of JSON, and three more are those of the dots.
    kept = content.body.encode()[: -(over + 3)].decode(errors="ignore")
    return msgspec.structs.replace(content, body=f"{kept}…")
