"""Requests that succeed: what an account wants to see of visitors who type."""

from collections.abc import Mapping

from tests.contracts.companies import Person
from tests.contracts.matrix import Example, Maker


async def a_policy(_: Person) -> Example:
    """All that they type."""
    return Example(body={"shows_previews": True})


EXAMPLES: Mapping[str, Maker] = {"set_presence_policy": a_policy}
