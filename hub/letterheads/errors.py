"""What can go wrong with what stands around the words of mails."""

from hub.errors import Unprocessable


class NotALogo(Unprocessable):
    """This file cannot stand above the words of mails."""

    code = "not_a_logo"
