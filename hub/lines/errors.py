"""What can go wrong with a line."""

from hub.errors import Conflict, Invalid, NotFound


class NoSuchLine(NotFound):
    """There is no such line, or it was removed."""

    code = "no_such_line"


class NoSuchChannel(Invalid):
    """Parley knows no provider of this name."""

    code = "no_such_channel"


class BadLine(Invalid):
    """The provider would not understand what was said of the line."""

    code = "bad_line"


class LineTaken(Conflict):
    """The account has this number, mailbox or site already."""

    code = "line_taken"
