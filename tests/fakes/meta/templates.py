"""Templates of an account: made by whoever owns it, approved by whoever plays Meta."""

import re
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Template:
    """Its parts are kept as they came."""

    id: str
    account: str
    name: str
    language: str
    category: str
    components: list[dict[str, Any]]
    status: str = "PENDING"
    quality: str = "UNKNOWN"
    reason: str = "NONE"
    format: str = "POSITIONAL"
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> dict[str, Any]:
        """As it is listed."""
        return {
            "id": self.id,
            "name": self.name,
            "language": self.language,
            "category": self.category,
            "status": self.status,
            "quality_score": {"score": self.quality},
            "rejected_reason": self.reason,
            "parameter_format": self.format,
            "components": [listed(part) for part in self.components],
            **self.more,
        }

    def blanks(self, type: str) -> list[str]:
        """The names of those in one of its parts."""
        texts = [str(part.get("text", "")) for part in self.components if part["type"].upper() == type.upper()]
        return list(dict.fromkeys(re.findall(r"\{\{(\w+)\}\}", " ".join(texts))))

    def needs_code(self) -> list[int]:
        """The places of the buttons of which each message brings the code."""
        buttons = [button for part in self.components for button in part.get("buttons", [])]
        return [at for at, button in enumerate(buttons) if isinstance(button, dict) and button["type"] == "COPY_CODE"]


def listed(part: dict[str, Any]) -> dict[str, Any]:
    """A part as Meta shows it: a button with a code is called as Meta likes, and has a list of examples."""
    if "buttons" not in part:
        return part
    return {**part, "buttons": [as_listed(button) for button in part["buttons"]]}


def as_listed(button: Any) -> Any:
    """The same of one button."""
    if not isinstance(button, dict) or button["type"] != "COPY_CODE" or isinstance(button["example"], list):
        return button
    return {**button, "text": "Copy offer code", "example": [button["example"]]}


def wrong_with(components: list[dict[str, Any]]) -> str:
    """What Meta says against them; empty when nothing is wrong."""
    bodies = [part for part in components if part["type"].upper() == "BODY"]
    if len(bodies) != 1:
        return "A template has one body."
    for part in components:
        blanks = set(re.findall(r"\{\{(\w+)\}\}", str(part.get("text", ""))))
        if len(blanks) != len(examples(part.get("example", {}))):
            return f"The {part['type']} has blanks without an example."
    text = bodies[0]["text"].strip()
    return "A template neither begins nor ends with a blank." if re.search(r"^\{\{|\}\}$", text) else ""


def examples(of: dict[str, Any]) -> list[str]:
    """What may stand in its blanks, however that is written; what is empty is none."""
    named = [one["example"] for name, values in of.items() if name.endswith("named_params") for one in values]
    body = [value for values in of.get("body_text", []) for value in values]
    return list(filter(None, [*named, *body, *of.get("header_text", [])]))
