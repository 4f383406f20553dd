"""One act of one caller: what every action that changes something gets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hub.access import Caller
from hub.deps import Deps


@dataclass
class Note:
    """What the audit log will say of the act beside who, when and from where. The action fills it in."""

    # Ids of what was acted on.
    target: Mapping[str, str] = field(default_factory=dict)
    # How it was and how it is, as plain values; they are sealed.
    before: Any = None
    after: Any = None
    # Whose log it belongs to, when that is not the caller's.
    account: str = ""


@dataclass(frozen=True)
class Act:
    """Who acts, with what, from where. `new_id` is for what the act creates: a repeat of the same request has the same
    one, and meets what was stored."""

    deps: Deps
    caller: Caller
    new_id: str
    # Which request it was, and where it came from.
    request: str = ""
    address: str = ""
    agent: str = ""
    note: Note = field(default_factory=Note)

    @property
    def account(self) -> str:
        """Where what the act stores belongs."""
        return self.caller.account
