"""What can go wrong with rules."""

from hub.errors import Conflict, Invalid, NotFound


class NoSuchRule(NotFound):
    """There is no such rule."""

    code = "no_such_rule"


class TooManyRules(Conflict):
    """An account has as many rules as it can have."""

    code = "too_many_rules"


class RuleChanged(Conflict):
    """Somebody else has changed the rule at this moment."""

    code = "rule_changed"


class AnsweredMeanwhile(Conflict):
    """Somebody has answered before the rule did."""

    code = "answered_meanwhile"


class TooLate(Conflict):
    """What a rule would answer was written long ago."""

    code = "too_late"


class BadCondition(Invalid):
    """A condition that its field does not know, or a value that it cannot have."""

    code = "bad_condition"


class BadAction(Invalid):
    """An action that says nothing of what it is to do."""

    code = "bad_action"
