"""What can go wrong with asking for the words of a file.

Unprocessable
└── NothingToHear      422  nothing_to_hear
"""

from hub.errors import Unprocessable


class NothingToHear(Unprocessable):
    """It is no sound, or none that somebody has sent."""

    code = "nothing_to_hear"
