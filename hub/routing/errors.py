"""What can go wrong with routing."""

from hub.errors import Conflict, Unprocessable


class OfferGone(Conflict):
    """The conversation is not, or no more, offered to this member."""

    code = "offer_gone"


class BadWays(Unprocessable):
    """These ways to choose somebody do not go together."""

    code = "bad_ways"
