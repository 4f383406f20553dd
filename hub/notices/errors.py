"""What can go wrong with notices, and with the number that they go to."""

from hub.errors import NotFound, Unprocessable


class NoSuchNotice(NotFound):
    """There is none, it is somebody else's, or it was forgotten."""

    code = "no_such_notice"


class NoOwnNumber(NotFound):
    """The member has named no number."""

    code = "no_own_number"


class BadOwnNumber(Unprocessable):
    """No text can go from this line to this number."""

    code = "bad_own_number"


class WrongNumberCode(Unprocessable):
    """The code does not prove the number: it is another one, too old, or was tried too often."""

    code = "wrong_number_code"
