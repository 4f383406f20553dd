"""What can go wrong with unsubscribing."""

from hub.errors import Invalid, NotFound


class NoSuchLink(NotFound):
    """Nobody can be unsubscribed by this link."""

    code = "no_such_unsubscribe_link"


class NotOneClick(Invalid):
    """It was asked without the words that a click sends."""

    code = "not_one_click"
