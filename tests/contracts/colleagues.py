"""Colleagues of one company: somebody who asks, somebody of the same team, somebody of another one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.contracts.companies import Company, Person
from tests.contracts.matrix import Example

OWN, TEAM, OTHER = "one's own", "one's team's", "somebody else's"


@dataclass(frozen=True)
class Colleagues:
    """Somebody who asks, somebody of the same team, and somebody of another one; each has done something."""

    people: Mapping[str, Person]
    team: str
    other_team: str

    @property
    def company(self) -> Company:
        """Whom they all work for."""
        return self.people[OWN].company

    @property
    def ids(self) -> Mapping[str, str]:
        """Of each of them."""
        return {whose: person.member for whose, person in self.people.items()}


@dataclass(frozen=True)
class Reach:
    """Requests that show all there is, as far as one may see it; and what tells in their answers whose it is."""

    requests: Sequence[Example]
    marks: Mapping[str, str]
