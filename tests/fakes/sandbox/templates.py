"""Templates at the sandbox: made by whoever owns a line, approved by whoever plays the provider."""

import re
from typing import Any

import msgspec


class Template(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Words with blanks such as {{1}}, and what stands above and below them."""

    name: str
    language: str
    body: str
    id: str = ""
    category: str = ""
    header_kind: str = ""
    header: str = ""
    header_media: str = ""
    footer: str = ""
    buttons: list[dict[str, str]] = []
    samples: list[dict[str, str]] = []
    state: str = ""
    quality: str = ""
    reason: str = ""
    # The id of the one that it takes the place of.
    replaces: str = ""

    @property
    def blanks(self) -> int:
        """How many values it takes."""
        return len(set(re.findall(r"\{\{(\w+)\}\}", self.body)))

    def lacks(self, used: dict[str, Any]) -> bool:
        """Whether a message leaves something of it open: no blank of it is ever empty."""
        values = used.get("values", [])
        is_empty = len(values) != self.blanks or not all(str(value).strip() for value in values)
        is_file_missing = self.header_kind in ("image", "video", "document") and not used.get("header_media")
        filled = {button["at"] for button in used.get("buttons", []) if button["value"]}
        is_closed = filled.issuperset(at for at, button in enumerate(self.buttons) if is_open(button))
        return is_empty or is_file_missing or not is_closed or ("{{" in self.header and not used.get("header"))


def is_open(button: dict[str, str]) -> bool:
    """Whether each message brings something for it: the end of its URL, or the code."""
    return button["kind"] == "code" or (button["kind"] == "url" and "{{" in button.get("value", ""))
