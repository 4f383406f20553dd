"""Templates at the sandbox: made by whoever owns a line, approved by whoever plays the provider."""

import re

import msgspec


class Template(msgspec.Struct, kw_only=True):
    """Words with blanks such as {{1}}."""

    name: str
    language: str
    body: str
    state: str = "pending"

    @property
    def blanks(self) -> int:
        """How many values it takes."""
        return len(set(re.findall(r"\{\{(\w+)\}\}", self.body)))
