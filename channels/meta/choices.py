"""Buttons and lists of WhatsApp, where what is to be chosen fits into them; else the choices stand in the text."""

from collections.abc import Mapping, Sequence
from typing import Any

from channels.base import Choice, Content

MOST_BUTTONS, LONGEST_BUTTON = 3, 20
MOST_ROWS, LONGEST_ROW = 10, 24
LONGEST_PAYLOAD = 200
# Above a list WhatsApp takes longer texts than above buttons.
LONGEST_OVER_BUTTONS, LONGEST_OVER_LIST = 1024, 4096
OPEN_LIST = "Choose"


def interactive(said: Content) -> Mapping[str, Any] | None:
    """As buttons if they fit, else as a list; None where neither does."""
    if not said.choices or not said.text or not is_clear(said.choices):
        return None
    if fits(said, MOST_BUTTONS, LONGEST_BUTTON, LONGEST_OVER_BUTTONS):
        return {"type": "button", "body": {"text": said.text}, "action": {"buttons": buttons(said.choices)}}
    if fits(said, MOST_ROWS, LONGEST_ROW, LONGEST_OVER_LIST):
        rows = [{"id": choice.payload, "title": choice.title} for choice in said.choices]
        action = {"button": OPEN_LIST, "sections": [{"rows": rows}]}
        return {"type": "list", "body": {"text": said.text}, "action": action}
    return None


def fits(said: Content, most: int, longest: int, longest_text: int) -> bool:
    """Whether there is room for all of it."""
    is_short = all(len(choice.title) <= longest for choice in said.choices)
    return len(said.choices) <= most and is_short and len(said.text) <= longest_text


def is_clear(choices: Sequence[Choice]) -> bool:
    """Whether each has a title and a payload of its own, as WhatsApp asks."""
    titles, payloads = {choice.title for choice in choices}, {choice.payload for choice in choices}
    are_short = all(0 < len(payload) <= LONGEST_PAYLOAD for payload in payloads)
    return len(titles) == len(payloads) == len(choices) and all(titles) and are_short


def buttons(choices: Sequence[Choice]) -> list[Mapping[str, Any]]:
    """One for each."""
    return [{"type": "reply", "reply": {"id": choice.payload, "title": choice.title}} for choice in choices]
