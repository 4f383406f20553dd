"""What can go wrong with originals."""

from hub.errors import NotFound, Unprocessable


class NoOriginal(NotFound):
    """The message did not come as a mail, or its mail was not kept."""

    code = "no_original"


class NotAPicture(Unprocessable):
    """What stands at the address is no picture that is shown."""

    code = "not_a_picture"
