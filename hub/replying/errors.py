"""What can go wrong with drafts and canned replies."""

from hub.errors import Conflict, Invalid, NotFound, Unprocessable


class DraftChanged(Conflict):
    """The draft was changed at another screen meanwhile."""

    code = "draft_changed"


class NoSuchCanned(NotFound):
    """There is no such canned reply, or not for whoever asks."""

    code = "no_such_canned"


class ShortcutTaken(Conflict):
    """Another canned reply of the account has this shortcut."""

    code = "shortcut_taken"


class CannedFull(Unprocessable):
    """The account has as many canned replies as an account can have."""

    code = "canned_full"


class UnknownBlank(Invalid):
    """The text has a blank that nothing fills, or braces that are none."""

    code = "unknown_blank"


class BlankUnfilled(Invalid):
    """Nothing is known that would fill the blank, and the text says nothing else for that case."""

    code = "blank_unfilled"
