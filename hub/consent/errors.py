"""What can go wrong with consent."""

from hub.errors import Conflict, Invalid, NotFound


class NeedsEvidence(Invalid):
    """Somebody is said to have agreed, and nothing shows it."""

    code = "needs_evidence"


class BadBasis(Invalid):
    """The basis says otherwise than the state."""

    code = "bad_basis"


class BadAddress(Invalid):
    """Nothing could be sent to this."""

    code = "bad_address"


class BadWord(Invalid):
    """A word that would never be heard, or means both."""

    code = "bad_word"


class NoSuchSuppression(NotFound):
    """There is no such suppressed address."""

    code = "no_such_suppression"


class AlreadySuppressed(Conflict):
    """Nothing goes to this address already."""

    code = "already_suppressed"
