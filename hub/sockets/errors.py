"""What can go wrong with a socket beside what can go wrong with a request."""

from hub.errors import NotFound, TooMany


class NoSuchAsk(NotFound):
    """Nothing can be asked by this name in this namespace."""

    code = "no_such_ask"


class NoSuchNamespace(NotFound):
    """There is no namespace of this name."""

    code = "no_such_namespace"


class TooManySockets(TooMany):
    """The caller has more connections open than anybody has screens, or the address more than its part."""

    code = "too_many_sockets"
