"""Why Meta does not take a message, by its own rules."""

from typing import Any

from tests.fakes.meta.provider import Meta, Number
from tests.fakes.meta.templates import Template

Body = dict[str, Any]
STATUSES = {
    **dict.fromkeys(("190", "0"), 401),
    **dict.fromkeys(("10", "3", "368", "131031", "131005"), 403),
    "132001": 404,
    "4": 429,
    **dict.fromkeys(("131000", "131016", "131057"), 500),
    **dict.fromkeys(("2", "133004"), 503),
}
LINKED = ("image", "video", "audio", "document", "sticker")
LONGEST = {"text": 4096, "button": 1024, "list": 4096, "code": 20}
STANDS = {"PAUSED": "132015", "DISABLED": "132016"}


def status_of(code: str) -> int:
    """By which HTTP status it says so."""
    return STATUSES.get(code, 400)


def why_not(meta: Meta, number: Number, body: Body) -> str:
    """The code of what is wrong at once; empty when nothing is."""
    type = body.get("type")
    if body.get("messaging_product") != "whatsapp" or not (body.get("to") or body.get("recipient")):
        return "100"
    said = body.get(type) if isinstance(type, str) else None
    if not said:
        return "131008"
    if type == "template":
        return wrong_with_template(meta, number, said)
    if type == "text":
        return "" if 0 < len(said["body"]) <= LONGEST["text"] else "100"
    if type == "interactive":
        return wrong_with_choices(said)
    if type in LINKED:
        return "" if str(said.get("link", "")).startswith(("http://", "https://")) else "131009"
    if type == "reaction":
        return "" if said["message_id"] else "131009"
    return "" if type in ("location", "contacts") else "131051"


def wrong_with_choices(said: Body) -> str:
    """Whether they are as few and short as may be."""
    if not 0 < len(said["body"]["text"]) <= LONGEST[said["type"]]:
        return "131009"
    if said["type"] == "button":
        buttons = [button["reply"] for button in said["action"]["buttons"]]
        return "" if 1 <= len(buttons) <= 3 and all(0 < len(one["title"]) <= 20 for one in buttons) else "131009"
    rows = [row for section in said["action"]["sections"] for row in section["rows"]]
    are_short = all(0 < len(row["title"]) <= 24 and 0 < len(row["id"]) <= 200 for row in rows)
    return "" if 1 <= len(rows) <= 10 and are_short and 0 < len(said["action"]["button"]) <= 20 else "131009"


def wrong_with_template(meta: Meta, number: Number, used: Body) -> str:
    """Whether it is there, approved, and filled in."""
    fitting = [one for one in meta.templates if is_named(one, number, used)]
    if not fitting or fitting[0].status not in ("APPROVED", *STANDS):
        return "132001"
    template = fitting[0]
    if template.status in STANDS:
        return STANDS[template.status]
    given = {part["type"]: part["parameters"] for part in used.get("components", []) if part["type"] != "button"}
    for part in ("header", "body"):
        blanks, values = template.blanks(part), [one for one in given.get(part, []) if one["type"] == "text"]
        if len(values) != len(blanks):
            return "132000"
        if template.format == "NAMED" and {one.get("parameter_name") for one in values} != set(blanks):
            return "132012"
    return "" if codes_in(used).issuperset(template.needs_code()) else "131008"


def codes_in(used: Body) -> set[int]:
    """For which buttons the message brings a code."""
    buttons = [part for part in used.get("components", []) if part.get("sub_type") == "copy_code"]
    return {int(one["index"]) for one in buttons if 0 < len(one["parameters"][0]["coupon_code"]) <= LONGEST["code"]}


def is_named(template: Template, number: Number, used: Body) -> bool:
    """Whether it is meant."""
    wanted = (number.account, used["name"], used["language"]["code"])
    return (template.account, template.name, template.language) == wanted


def fails_later(meta: Meta, number: Number, body: Body) -> str:
    """The code of what Meta notices only once it has said yes: it tells by webhook."""
    until = number.windows.get(body.get("to") or body.get("recipient") or "")
    is_open = until is not None and until > meta.now()
    return "" if is_open or body["type"] == "template" else "131047"
