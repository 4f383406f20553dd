"""What can go wrong with the inbox."""

from hub.errors import Conflict, Invalid, NotFound


class NoSuchView(NotFound):
    """There is no such view, or it is somebody else's own."""

    code = "no_such_view"


class UnknownView(Invalid):
    """A list is asked for a view that there is not, or that is somebody else's own."""

    code = "unknown_view"


class BadFilter(Invalid):
    """A condition that the field does not know, or a value that it cannot have."""

    code = "bad_filter"


class TooManyViews(Conflict):
    """A member has as many views as a list shows."""

    code = "too_many_views"
