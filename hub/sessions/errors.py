"""What can go wrong about signing in."""

from hub.errors import Conflict, Forbidden, Unauthenticated


class WrongCredentials(Unauthenticated):
    """The address and the password do not belong together; which of the two is wrong is not said."""

    code = "wrong_credentials"


class SignedOut(Unauthenticated):
    """The session has ended."""

    code = "signed_out"


class RefreshRace(Conflict):
    """Another tab has refreshed at the same moment."""

    code = "refresh_race"


class NoMembership(Forbidden):
    """The login is right, and works for no account here, or not for this one."""

    code = "no_membership"


class BoundSession(Forbidden):
    """An identity provider has let them in, and it speaks for one account only."""

    code = "bound_session"


class ForeignPage(Forbidden):
    """A page of somebody else has sent this in the visitor's name."""

    code = "foreign_page"
