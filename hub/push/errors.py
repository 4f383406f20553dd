"""What can go wrong with push. None of these holds the address of a browser: their words are logged, and shown beside
buried work."""

from hub.errors import NotFound, Unavailable, Unprocessable
from hub.work.kinds import Hopeless


class BadPushSubscription(Unprocessable):
    """No browser has made this subscription: it has no address that could be pushed to, or keys that are none."""

    code = "bad_push_subscription"


class PushSubscriptionsFull(Unprocessable):
    """The member has as many browsers as one can have."""

    code = "push_subscriptions_full"


class NoSuchPushSubscription(NotFound):
    """The member has no such browser."""

    code = "no_such_push_subscription"


class PushAway(Unavailable):
    """The push service cannot be used now; the same push may go out later."""

    code = "push_away"


class PushRefused(Hopeless):
    """The push service will never take this push."""

    code = "push_refused"
