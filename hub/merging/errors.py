"""What can go wrong when people are merged."""

from hub.errors import Conflict, NotFound, Unprocessable


class SamePerson(Unprocessable):
    """They are one already."""

    code = "same_person"


class NoSuchMerge(NotFound):
    """There is no such merge, or not for whoever asks."""

    code = "no_such_merge"


class MergeUndone(Conflict):
    """They are two again already."""

    code = "merge_undone"


class MergeNotLatest(Conflict):
    """Somebody else was merged with them since."""

    code = "merge_not_latest"
