"""The parts of a template as Twilio has them: as contents of several types, of which the richest is sent."""

from collections.abc import Mapping
from mimetypes import guess_type
from typing import Any

from channels.base import (
    Access,
    ButtonKind,
    Failure,
    HeaderKind,
    Media,
    Refused,
    TemplateButton,
    TemplateDraft,
    TemplateParts,
)
from channels.reading import Fields
from channels.templates import BLANK, blanks_of

Part = Mapping[str, Any]
TEXT, QUICK_REPLY, CALL, MEDIA = "twilio/text", "twilio/quick-reply", "twilio/call-to-action", "twilio/media"
CARD = "whatsapp/card"
# The richest first: of several, Twilio sends the first that WhatsApp can show.
TYPES = (CARD, "twilio/card", CALL, QUICK_REPLY, MEDIA, TEXT)
BUTTONS = {
    "QUICK_REPLY": ButtonKind.REPLY,
    "URL": ButtonKind.URL,
    "PHONE_NUMBER": ButtonKind.PHONE,
    "COPY_CODE": ButtonKind.CODE,
}
# The blank of a file: Twilio fetches it from an address of which only the end may be another one in each message.
FILE = "file"
FILES = {"image": HeaderKind.IMAGE, "video": HeaderKind.VIDEO}
TYPES_OF_FILES = ("image/jpeg", "image/png", "video/mp4", "application/pdf")
VALUES = {ButtonKind.URL: "url", ButtonKind.PHONE: "phone", ButtonKind.CODE: "code", ButtonKind.REPLY: "id"}


def home_of(access: Access) -> str:
    """Where files of ours are. The end of such an address opens a file to whoever has it: it goes to no other place."""
    return f"{access.webhook.partition('/in/')[0]}/files/"


def parts(types: Fields, variables: Fields, home: str) -> TemplateParts:
    """What a template says, as it is listed; nothing, of a type that Parley does not know."""
    said = next((types.part(type) for type in TYPES if type in types.values), Fields({}))
    header = said.text("header_text")
    return TemplateParts(
        body=said.text("body") or said.text("title"),
        header_kind=HeaderKind.TEXT if header else file_kind(said, variables, home),
        header=header,
        footer=said.text("footer") or said.text("subtitle"),
        buttons=tuple(button(at, Fields.of(one), variables) for at, one in enumerate(said.items("actions"))),
    )


def file_kind(said: Fields, variables: Fields, home: str) -> HeaderKind:
    """Of which kind a file is that each message brings. One that is the same in all of them is Twilio's business."""
    is_open = f"{home}{written(FILE)}" in said.items("media")
    type = guess_type(variables.text(FILE))[0] or ""
    return FILES.get(type.partition("/")[0], HeaderKind.DOCUMENT) if is_open else HeaderKind.NONE


def button(at: int, one: Fields, variables: Fields) -> TemplateButton:
    """One of its buttons; of quick replies the type may be left out."""
    kind = BUTTONS.get(one.text("type").upper() or "QUICK_REPLY", ButtonKind.OTHER)
    value = one.text(VALUES[kind]) if kind in VALUES and kind is not ButtonKind.REPLY else ""
    if kind is ButtonKind.CODE:
        return code_button(at, one.text("title"), value, variables)
    return TemplateButton(kind=kind, title=one.text("title"), value=value)


def code_button(at: int, title: str, code: str, variables: Fields) -> TemplateButton:
    """One with a code of each message's own. A code that is the same in all of them is Twilio's business."""
    if code == written(code_blank(at)):
        return TemplateButton(kind=ButtonKind.CODE, title=title, value=variables.text(code_blank(at)))
    return TemplateButton(kind=ButtonKind.CODE if BLANK.search(code) else ButtonKind.OTHER, title=title, value=code)


def code_blank(at: int) -> str:
    """What the blank of a code is called, where we have made it."""
    return f"button_{at}"


def written(blank: str) -> str:
    """As it stands in a content."""
    return f"{{{{{blank}}}}}"


def content(draft: TemplateDraft, home: str) -> Part:
    """The same as Twilio wants it: of the simplest type that has room for all of it."""
    said = draft.parts
    if said.header_kind is HeaderKind.PLACE:
        raise refused("At Twilio no template has a place above its words.")
    actions = [action(at, one) for at, one in enumerate(said.buttons)]
    around = {"header_text": said.header, "footer": said.footer}
    whole = {"body": said.body, **{name: words for name, words in around.items() if words}, **media(draft, home)}
    return {type_of(said): {**whole, **({"actions": actions} if actions else {})}}


def media(draft: TemplateDraft, home: str) -> Part:
    """The file above the words: another one in each message."""
    if not has_file(draft):
        return {}
    if not draft.header_media.startswith(home) or draft.header_media == home:
        raise refused("Whoever approves a template with a file wants to see an example: attach one.")
    return {"media": [f"{home}{written(FILE)}"]}


def has_file(draft: TemplateDraft) -> bool:
    """Whether one stands above its words."""
    return draft.parts.header_kind not in (HeaderKind.NONE, HeaderKind.TEXT)


def end_of(url: str) -> str:
    """What stands in the blank of a file."""
    return url.rpartition("/")[2]


def kept_example(file: Media) -> str:
    """Its address: Twilio fetches it from there."""
    if file.type not in TYPES_OF_FILES:
        raise refused("Above the words stands a JPEG or PNG, an MP4 or a PDF.")
    return file.url


def type_of(said: TemplateParts) -> str:
    """Which one that is."""
    kinds = {one.kind for one in said.buttons}
    is_rich = len(kinds) > 1 or kinds - {ButtonKind.REPLY, ButtonKind.URL, ButtonKind.PHONE}
    if said.header_kind or said.footer or is_rich:
        return CARD
    return TEXT if not kinds else QUICK_REPLY if kinds == {ButtonKind.REPLY} else CALL


def action(at: int, one: TemplateButton) -> Part:
    """A button."""
    kind = next((name for name, kind in BUTTONS.items() if kind is one.kind), "")
    if not kind:
        raise refused("Twilio takes buttons that answer, open a page, call or copy a code.")
    value = written(code_blank(at)) if one.kind is ButtonKind.CODE else one.value or f"button.{at}"
    return {"type": kind, "title": one.title, VALUES[one.kind]: value}


def variables(draft: TemplateDraft) -> dict[str, str]:
    """A sample for each blank. At Twilio a blank of one name is the same wherever it stands."""
    said = draft.parts
    places = [("body", said.body), ("header", said.header)]
    places += [(str(at), one.value) for at, one in enumerate(said.buttons) if one.kind is ButtonKind.URL]
    samples = {(one.where, one.blank): one.value for one in draft.samples}
    found = {code_blank(at): one.value for at, one in enumerate(said.buttons) if one.kind is ButtonKind.CODE}
    found |= {FILE: end_of(draft.header_media)} if has_file(draft) else {}
    for where, words in places:
        for blank in blanks_of(words):
            if blank in found:
                raise refused(f"At Twilio {{{{{blank}}}}} stands for one thing only: give the two different names.")
            found[blank] = samples.get((where, blank), "")
    return found


def refused(words: str) -> Refused:
    """Nothing was handed in."""
    return Refused(Failure(code="not_at_twilio", words=words, advice="Change it, and hand it in again."))
