"""Of which form a template is, said before the provider says it."""

from typing import Any

import pytest

from channels.base import ButtonKind, HeaderKind, TemplateButton, TemplateParts
from hub.templates.blanks import keys_of
from hub.templates.checking import check_name, check_parts
from hub.templates.errors import BadTemplate
from hub.templates.models import Blank

GOOD = "Hello {{first_name}}, shall we meet {{when}} at the flat?"


def parts(body: str = GOOD, **more: Any) -> TemplateParts:
    """A template, but for this."""
    return TemplateParts(body=body, **more)


def button(kind: str, value: str = "", title: str = "Go") -> TemplateButton:
    """One."""
    return TemplateButton(kind=ButtonKind(kind), title=title, value=value)


def check(one: TemplateParts) -> None:
    """With a sample for each blank."""
    check_parts(one, [Blank(key=key, sample="x") for key in keys_of(one)])


FINE: dict[str, TemplateParts] = {
    "names": parts(),
    "numbers": parts("Hello {{1}}, shall we meet {{2}} or {{1}} at the flat?"),
    "other scripts": parts("Привет, {{name}}, встретимся завтра?"),
    "an emoji in front": parts("👋 Hi, {{name}} of ours"),
    "as long as may be": parts("x" * 1024, header_kind=HeaderKind.TEXT, header="y" * 60, footer="z" * 60),
    "a name above and names below": parts(header_kind=HeaderKind.TEXT, header="For {{name}}"),
    "a number above and numbers below": parts("Dear {{1}} of ours.", header_kind=HeaderKind.TEXT, header="For {{1}}"),
    "a number above alone": parts("Dear all of ours.", header_kind=HeaderKind.TEXT, header="For {{1}}"),
    "a code": parts(buttons=(button("code", "SAVE-10_percent"),)),
    "a picture": parts(header_kind=HeaderKind.IMAGE),
    "buttons": parts(buttons=(button("url", "https://acme.test/{{1}}"), button("phone", "+4930123456"))),
    "answers": parts(buttons=tuple(button("reply", title=f"Answer {n}") for n in range(10))),
}


@pytest.mark.parametrize("name", FINE)
def test_what_providers_take_is_taken(name: str) -> None:
    check(FINE[name])


WRONG: dict[str, tuple[TemplateParts, str]] = {
    "no words": (parts(" "), "has no words"),
    "a long body": (parts("x" * 1025), "1025 letters"),
    "a blank at the beginning": (parts("{{name}}, hello."), "begins with a blank"),
    "a blank at the end": (parts("Hello {{name}}"), "ends with a blank"),
    "a blank and a full stop": (parts("Hello {{name}}."), "ends with a blank"),
    "blanks side by side": (parts("Dear {{title}} {{name}}, hello."), "side by side"),
    "a gap": (parts("Dear {{1}} and {{3}}, hello."), "without a gap"),
    "names and numbers": (parts("Dear {{1}} and {{name}}, hello."), "all numbered, or all named"),
    "a capital": (parts("Dear {{Name}} of ours."), "small letters"),
    "a digit above the line": (parts("Dear {{²}} of ours."), "small letters"),
    "half a blank": (parts("Dear {{name of ours."), "A blank is written"),
    "a long header": (parts(header_kind=HeaderKind.TEXT, header="y" * 61), "61 letters"),
    "two blanks in a header": (parts(header_kind=HeaderKind.TEXT, header="{{1}} to {{2}}"), "one blank at most"),
    "a number above names": (parts(header_kind=HeaderKind.TEXT, header="For {{1}}"), "in the header as in the body"),
    "a name above numbers": (
        parts("Dear {{1}} of ours.", header_kind=HeaderKind.TEXT, header="For {{who}}"),
        "in the header as in the body",
    ),
    "a capital above": (parts(header_kind=HeaderKind.TEXT, header="For {{Name}}"), "small letters"),
    "a second one above": (
        parts("Dear {{1}} of ours.", header_kind=HeaderKind.TEXT, header="For {{2}}"),
        "without a gap",
    ),
    "an empty header": (parts(header_kind=HeaderKind.TEXT), "one line of words"),
    "words above a picture": (parts(header_kind=HeaderKind.IMAGE, header="x"), "Only a header of text"),
    "a long footer": (parts(footer="z" * 61), "61 letters"),
    "a blank in the footer": (parts(footer="For {{name}}"), "A footer has no blanks"),
    "eleven buttons": (parts(buttons=(button("reply"),) * 11), "11 buttons"),
    "three URLs": (parts(buttons=(button("url", "https://acme.test"),) * 3), "2 buttons of the kind url"),
    "a title that is too long": (parts(buttons=(button("reply", title="x" * 26),)), "1 to 25 letters"),
    "a URL that is none": (parts(buttons=(button("url", "javascript:x"),)), "https://"),
    "a blank amid a URL": (parts(buttons=(button("url", "https://acme.test/{{1}}/x"),)), "at its end"),
    "a number that is none": (parts(buttons=(button("phone", "030"),)), "+4930123456"),
    "an empty code": (parts(buttons=(button("code"),)), "1 to 20 letters"),
    "a long code": (parts(buttons=(button("code", "x" * 21),)), "1 to 20 letters"),
    "a blank in a code": (parts(buttons=(button("code", "{{code}}"),)), "neither spaces nor a blank"),
    "a kind that nobody knows": (parts(buttons=(button("other"),)), "cannot make"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_providers_refuse_is_said_in_words(name: str) -> None:
    with pytest.raises(BadTemplate) as caught:
        check(WRONG[name][0])

    assert WRONG[name][1] in caught.value.message


@pytest.mark.parametrize(
    ("blanks", "words"),
    [
        ([], "needs a sample"),
        ([Blank(key="first_name", sample=" "), Blank(key="when", sample="x")], "first_name needs a sample"),
        ([Blank(key=key, sample="x") for key in ("first_name", "when", "where")], "no blank where"),
        ([Blank(key="first_name", sample="x", source="person.shoe_size")], "Nothing fills first_name"),
    ],
)
def test_a_blank_needs_a_sample_and_something_that_can_fill_it(blanks: list[Blank], words: str) -> None:
    with pytest.raises(BadTemplate, match=words):
        check_parts(parts(), blanks)


def test_the_code_of_a_button_is_its_own_sample() -> None:
    check_parts(parts("Dear all of ours.", buttons=(button("code", "SAVE10"),)), [])


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(BadTemplate) as caught:
        check(parts("{{name}}", footer="z" * 61))

    assert caught.value.data["fields"] == ["body", "body", "footer"]


@pytest.mark.parametrize(("name", "language"), [("Visit", "en"), ("a visit", "en"), ("", "en"), ("visit", "English")])
def test_a_name_and_a_language_are_written_as_providers_know_them(name: str, language: str) -> None:
    with pytest.raises(BadTemplate):
        check_name(name, language)
