"""Whether a template is of the form that providers take: what they would refuse after a day is said at once. Pure.

The limits are those of WhatsApp (Meta's pages "Template components" and "Template guidelines"), which all of its
providers hand on."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from channels.base import ButtonKind, HeaderKind, TemplateParts
from channels.templates import BLANK, blanks_of, is_number
from hub.replying.blanks import is_attribute
from hub.templates.blanks import example_of, keys_of
from hub.templates.errors import BadTemplate
from hub.templates.models import Blank

NAME = re.compile(r"[a-z0-9_]{1,512}")
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
BLANK_NAME = re.compile(r"[a-z][a-z0-9_]*")
LONGEST_BODY, LONGEST_HEADER, LONGEST_FOOTER, LONGEST_TITLE, LONGEST_URL = 1024, 60, 60, 25, 2000
MOST_BUTTONS = 10
MOST_OF_A_KIND: Mapping[ButtonKind, int] = {ButtonKind.URL: 2, ButtonKind.PHONE: 1, ButtonKind.CODE: 1}
PHONE = re.compile(r"\+[0-9]{5,19}")
# As long as Meta's page "Coupon code templates" says.
CODE = re.compile(r"[^\s{}]{1,20}")
# A blank at the very end counts as there also with a full stop behind it.
LOOSE, ANY_BLANK = r"[\s.,;:!?…*_~'\"()-]*", r"\{\{\s*\w+\s*\}\}"
AT_THE_BEGINNING, AT_THE_END = re.compile(LOOSE + ANY_BLANK), re.compile(ANY_BLANK + LOOSE)
SIDE_BY_SIDE = re.compile(r"\}\}\s*\{\{")
SOURCES = frozenset({"person.name", "person.first_name", "account.name"})


def check_name(name: str, language: str) -> None:
    """Raise BadTemplate unless a provider can call it so."""
    if not NAME.fullmatch(name):
        raise BadTemplate("A name has small letters, digits and _ only, such as order_update.", field="name")
    check_language(language)


def check_language(language: str) -> None:
    """Raise BadTemplate unless providers know languages by such names."""
    if not LANGUAGE.fullmatch(language):
        raise BadTemplate("A language is written such as en or pt_BR.", field="language")


def check_parts(parts: TemplateParts, blanks: Sequence[Blank]) -> None:
    """Raise BadTemplate with all that is wrong, each in words."""
    wrong = [*in_body(parts.body), *in_header(parts), *in_footer(parts.footer), *in_buttons(parts)]
    complain([*wrong, *in_samples(parts, blanks), *in_blanks(parts, blanks)])


def check_blanks(parts: TemplateParts, blanks: Sequence[Blank]) -> None:
    """Raise BadTemplate for what is said of no blank, or would fill none: of words that the provider has taken."""
    complain([*in_blanks(parts, blanks)])


def complain(wrong: Sequence[tuple[str, str]]) -> None:
    """Raise BadTemplate with all of it, if there is any."""
    if wrong:
        raise BadTemplate(" ".join(words for _, words in wrong), field=wrong[0][0], fields=[name for name, _ in wrong])


Wrong = Iterator[tuple[str, str]]


def in_body(body: str) -> Wrong:
    """What is wrong with the body."""
    if not body.strip():
        yield "body", "The body has no words."
    if len(body) > LONGEST_BODY:
        yield "body", f"The body has {len(body)} letters; {LONGEST_BODY} are taken."
    if has_stray_braces(body):
        yield "body", "A blank is written {{first_name}} or {{1}}."
    if AT_THE_BEGINNING.match(body):
        yield "body", "The body begins with a blank: put a word in front of it."
    if (last := last_blank(body)) is not None and AT_THE_END.fullmatch(body, last):
        yield "body", "The body ends with a blank: put a word behind it."
    if SIDE_BY_SIDE.search(body):
        yield "body", "Two blanks stand side by side: put a word between them."
    yield from in_names("body", blanks_of(body))


def last_blank(text: str) -> int | None:
    """Where the last blank begins."""
    return next((found.start() for found in reversed([*BLANK.finditer(text)])), None)


def has_stray_braces(text: str) -> bool:
    """Whether there are braces that would be sent as they are."""
    left = BLANK.sub("", text)
    return "{{" in left or "}}" in left


def in_names(where: str, names: Sequence[str]) -> Wrong:
    """All numbers from 1 on, or all names."""
    numbers = [name for name in names if is_number(name)]
    if is_mixed(names):
        yield where, "Blanks are all numbered, or all named."
    elif numbers and sorted(map(int, numbers)) != [*range(1, len(numbers) + 1)]:
        yield where, "Numbered blanks go from {{1}} on, without a gap."
    elif not numbers and (strange := [name for name in names if not BLANK_NAME.fullmatch(name)]):
        yield where, f"A blank's name has small letters, digits and _ only, and {strange[0]} has others."


def in_header(parts: TemplateParts) -> Wrong:
    """What is wrong above the body."""
    if parts.header_kind is not HeaderKind.TEXT:
        if parts.header:
            yield "header", "Only a header of text has words."
        return
    if not parts.header.strip() or "\n" in parts.header:
        yield "header", "A header of text has one line of words."
    if len(parts.header) > LONGEST_HEADER:
        yield "header", f"The header has {len(parts.header)} letters; {LONGEST_HEADER} are taken."
    blanks = blanks_of(parts.header)
    if len(blanks) > 1 or has_stray_braces(parts.header):
        yield "header", "A header has one blank at most."
    else:
        yield from in_names("header", blanks)
        yield from in_names_above(blanks, blanks_of(parts.body))


def in_names_above(header: Sequence[str], body: Sequence[str]) -> Wrong:
    """The one above is counted by itself, and written as those of the body are."""
    if header and not is_mixed(body) and is_mixed([*header, *body]):
        yield "header", "Blanks are all numbered, or all named, in the header as in the body."


def is_mixed(names: Sequence[str]) -> bool:
    """Whether some have numbers, and some names."""
    return 0 < sum(map(is_number, names)) < len(names)


def in_footer(footer: str) -> Wrong:
    """What is wrong below the body."""
    if len(footer) > LONGEST_FOOTER:
        yield "footer", f"The footer has {len(footer)} letters; {LONGEST_FOOTER} are taken."
    if "{{" in footer or "}}" in footer:
        yield "footer", "A footer has no blanks."


def in_buttons(parts: TemplateParts) -> Wrong:
    """What is wrong with the buttons."""
    if len(parts.buttons) > MOST_BUTTONS:
        yield "buttons", f"These are {len(parts.buttons)} buttons; {MOST_BUTTONS} are taken."
    counted = Counter(button.kind for button in parts.buttons)
    for kind, most in MOST_OF_A_KIND.items():
        if counted[kind] > most:
            yield "buttons", f"There may be {most} buttons of the kind {kind.value}."
    for button in parts.buttons:
        if not 0 < len(button.title.strip()) <= LONGEST_TITLE or BLANK.search(button.title):
            yield "buttons", f"A button's title has 1 to {LONGEST_TITLE} letters, and no blank."
        if complaint := in_value(button.kind, button.value):
            yield "buttons", complaint


def in_value(kind: ButtonKind, value: str) -> str:
    """What is wrong with what a button has; empty when nothing is."""
    if kind is ButtonKind.URL:
        found = [*BLANK.finditer(value)]
        ends = not found or (len(found) == 1 and found[0].end() == len(value))
        is_whole = value.startswith("https://") and len(value) <= LONGEST_URL and ends
        return "" if is_whole else "A button's URL begins with https://, and may have one blank, at its end."
    if kind is ButtonKind.PHONE:
        return "" if PHONE.fullmatch(value) else "A button's phone number is written such as +4930123456."
    if kind is ButtonKind.CODE:
        return "" if CODE.fullmatch(value) else "A button's code has 1 to 20 letters, and neither spaces nor a blank."
    return "Parley cannot make buttons of this kind." if kind is ButtonKind.OTHER else ""


def in_samples(parts: TemplateParts, blanks: Sequence[Blank]) -> Wrong:
    """Of which blanks nobody could tell what will stand there."""
    known = {blank.key: blank.sample for blank in blanks}
    for key in keys_of(parts):
        if not known.get(key, "").strip() and not example_of(parts, key):
            yield "blanks", f"The blank {key} needs a sample: whoever approves it wants to see one."


def in_blanks(parts: TemplateParts, blanks: Sequence[Blank]) -> Wrong:
    """What is said of no blank, and what nothing would ever fill."""
    keys = keys_of(parts)
    for blank in blanks:
        if blank.key not in keys:
            yield "blanks", f"There is no blank {blank.key} in it."
        if blank.source and blank.source not in SOURCES and not is_attribute(blank.source):
            yield "blanks", f"Nothing fills {blank.key} from {blank.source}."
