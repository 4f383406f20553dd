"""What can go wrong with a file.

Unprocessable
└── FileRefused        422  file_refused      data.reason: empty, program, too_large
NotFound
├── NoSuchFile         404  no_such_file
└── FileLost           404  file_lost         the store has not what the database knows of
Conflict
└── FileInUse          409  file_in_use
Unavailable
└── FileStoreAway      503  file_store_away
"""

from hub.errors import Conflict, NotFound, Unavailable, Unprocessable


class FileRefused(Unprocessable):
    """This is nothing that people send each other."""

    code = "file_refused"


class NoSuchFile(NotFound):
    """There is no such file, or not for whoever asks."""

    code = "no_such_file"


class FileLost(NotFound):
    """The store does not have the content of a file that we have put there."""

    code = "file_lost"


class FileInUse(Conflict):
    """A message has taken the file: it stays as long as the message does."""

    code = "file_in_use"


class FileStoreAway(Unavailable):
    """The folder or the bucket cannot be used at this moment."""

    code = "file_store_away"
