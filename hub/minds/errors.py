"""What can go wrong with the models of an account.

NotFound
└── NoSuchMind        404  no_such_mind
Conflict
└── NoMind            409  no_mind           data.use
Invalid
└── BadMind           400  bad_mind
"""

from hub.errors import Conflict, Invalid, NotFound


class NoSuchMind(NotFound):
    """The account has no model for this, or there is nothing of this name that a model could be for."""

    code = "no_such_mind"


class NoMind(Conflict):
    """It takes a model, and the account has none for it."""

    code = "no_mind"


class BadMind(Invalid):
    """No model can be asked as it was said."""

    code = "bad_mind"
