"""What the API takes and shows of browsers that are pushed to."""

from datetime import datetime
from typing import Annotated

import msgspec

from hub.accounts.shapes import Name
from hub.http.endpoint import Input, Output

Address = Annotated[str, msgspec.Meta(min_length=1, max_length=2_000)]
Key = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class PushKeys(Input, frozen=True):
    """The browser's own keys, in base64url, as its PushSubscription has them."""

    p256dh: Key
    auth: Key


class PushSubscriptionWanted(Input, frozen=True):
    """A browser's PushSubscription, and what its owner calls the browser."""

    endpoint: Address
    keys: PushKeys
    name: Name


class PushSubscriptionShown(Output, frozen=True):
    """A browser that is pushed to. `is_this`: the session that asks has subscribed it."""

    id: str
    name: str
    is_this: bool
    made_at: datetime


class PushSubscriptionList(Output, frozen=True):
    """All browsers of the member that are pushed to."""

    items: list[PushSubscriptionShown]


class PushKey(Output, frozen=True):
    """The installation's public key, in base64url: what a browser takes as `applicationServerKey`."""

    key: str
