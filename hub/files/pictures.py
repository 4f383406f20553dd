"""Pictures are drawn anew: what reaches a browser as a picture was written by us, and has neither the place where it
was taken in it nor anything else that its sender did not mean to show.

They are drawn apart (redrawing.py): a bad one takes nothing down with it.
"""

from hub.apart.reading import Apart, Unreadable
from hub.files.models import PICTURES
from hub.files.redrawn import Redrawn, unpacked

# Not imported: the libraries that decode pictures have no business in here.
PROGRAM = "hub.files.redrawing"


async def redrawn(apart: Apart, type: str, content: bytes) -> Redrawn | None:
    """The picture as we draw it; None for what is no picture, or one that cannot be drawn. Raises ReadersBusy."""
    if type not in PICTURES:
        return None
    try:
        return unpacked(await apart.read(PROGRAM, PICTURES[type], given=content))
    except (Unreadable, ValueError):
        return None
