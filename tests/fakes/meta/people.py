"""People who have WhatsApp, as Meta tells of them."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Person:
    """Somebody: whoever has chosen a username may have no number to be told of."""

    user_id: str
    number: str = ""
    name: str = ""
    username: str = ""

    @property
    def names(self) -> set[str]:
        """By which they can be written to."""
        return {self.user_id, self.number, f"+{self.number}"} - {"", "+"}

    @property
    def contact(self) -> dict[str, Any]:
        """As they stand beside their messages."""
        profile = {"name": self.name, "username": self.username}
        told = {"wa_id": self.number, "user_id": self.user_id}
        return {"profile": {k: v for k, v in profile.items() if v}, **{k: v for k, v in told.items() if v}}

    @property
    def sender(self) -> dict[str, str]:
        """As they stand in their messages."""
        told = {"from": self.number, "from_user_id": self.user_id}
        return {name: value for name, value in told.items() if value}


ASHA = Person("US.13491208655302741918", "12025550117", "Asha")
RAVI = Person("US.90817263544536271809", name="Ravi", username="ravi.example")
