"""To how many people a provider lets a business write."""

from channels.value import Value


class Allowance(Value, frozen=True):
    """To how many people a business may write first within any 24 hours; None of them: to as many as it likes. `shared`
    is what the provider calls the business: all of its lines count together."""

    people: int | None
    shared: str
