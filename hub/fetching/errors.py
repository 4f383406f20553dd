"""What can go wrong with fetching."""

from hub.errors import Unavailable


class NotFetched(Unavailable):
    """The provider did not hand a file over; it is asked again."""

    code = "not_fetched"
