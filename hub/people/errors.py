"""What can go wrong with people."""

from hub.errors import Conflict, Invalid, NotFound, Unavailable, Unprocessable


class NoSuchPerson(NotFound):
    """There is no such person, or not for whoever asks."""

    code = "no_such_person"


class NoSuchIdentity(NotFound):
    """The person is not known by this."""

    code = "no_such_identity"


class NoSuchNote(NotFound):
    """There is no such note on this person."""

    code = "no_such_note"


class NoSuchAttribute(NotFound):
    """The account has not declared it."""

    code = "no_such_attribute"


class NoSuchDuplicate(NotFound):
    """Nobody has suggested this, or it is settled."""

    code = "no_such_duplicate"


class BadIdentity(Invalid):
    """Nobody can be known by this."""

    code = "bad_identity"


class BadValue(Invalid):
    """This is no value of the attribute's type."""

    code = "bad_value"


class BadOptions(Invalid):
    """A choice needs options, and nothing else has them."""

    code = "bad_options"


class IdentityTaken(Conflict):
    """Somebody else is known by this."""

    code = "identity_taken"


class AttributeTaken(Conflict):
    """The account has one of this key already."""

    code = "attribute_taken"


class TooManyOfThem(Unprocessable):
    """There are as many as there can be."""

    code = "too_many_of_them"


class PersonBusy(Unavailable):
    """So many change one person at once that none of them got a turn."""

    code = "person_busy"
