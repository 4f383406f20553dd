"""What this room adds to the whole."""

from hub.house import Room
from hub.mail import repository
from hub.mail.jobs import KINDS
from hub.mail.models import MAILS

ROOM = Room(name="mail", kinds=KINDS, indexes=repository.INDEXES, sealed=(MAILS,))
