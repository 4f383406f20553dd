"""What can go wrong with visitors."""

from hub.errors import Forbidden, NotFound, Unauthenticated, Unavailable


class NoSuchSite(NotFound):
    """There is no widget at this address."""

    code = "no_such_site"


class NoSuchVisitor(Unauthenticated):
    """The secret is nobody's, or nobody's any more: begin as somebody new."""

    code = "no_such_visitor"


class NotOpenToAll(Forbidden):
    """Only whoever has said who they are may write on this site."""

    code = "not_open_to_all"


class NotHeard(Forbidden):
    """What this visitor writes is read by nobody."""

    code = "not_heard"


class NotThereYet(Unavailable):
    """It is kept, and does not stand in the conversation yet: say it again under the same id."""

    code = "not_there_yet"
