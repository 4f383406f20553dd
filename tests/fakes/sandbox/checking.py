"""Why the sandbox does not take a message, by its own rules."""

from typing import Any

from tests.fakes.sandbox.provider import Sandbox

LONGEST_TEXT = {"sms": 1600, "whatsapp": 4096, "email": 500_000, "chat": 10_000}
CONTENTS = ("text", "media", "location", "template", "reaction", "cards")
STATUSES = {"wrong_key": 401, "rate_limited": 429, "pair_limited": 429, "temporarily_down": 503, "unknown_media": 404}


def status_of(code: str) -> int:
    """By which HTTP status it says so."""
    return STATUSES.get(code, 422)


def why_not(sandbox: Sandbox, body: dict[str, Any]) -> str:
    """The code of what is wrong; empty when nothing is."""
    if not all(isinstance(body.get(name), str) and body[name] for name in ("client_id", "from", "to", "channel")):
        return "invalid"
    if not any(body.get(name) for name in CONTENTS):
        return "invalid"
    if len(str(body.get("text", ""))) > LONGEST_TEXT.get(body["channel"], 0):
        return "too_long"
    if used := body.get("template"):
        return wrong_with_template(sandbox, used)
    return "window_closed" if body["channel"] == "whatsapp" and is_closed(sandbox, body) else ""


def is_closed(sandbox: Sandbox, body: dict[str, Any]) -> bool:
    """Whether they have not written within a day."""
    until = sandbox.line(body["from"]).windows.get(body["to"])
    return until is None or until <= sandbox.now()


def wrong_with_template(sandbox: Sandbox, used: dict[str, Any]) -> str:
    """Whether it is there, approved, and filled in."""
    template = sandbox.templates.get((used["name"], used["language"]))
    if template is None or template.state != "approved":
        return "template_missing"
    return "template_values" if template.lacks(used) else ""
