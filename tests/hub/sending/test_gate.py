"""The gate: each refusal by its facts, and all of them explained."""

import re
from dataclasses import replace as replaced
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from channels.base import ButtonUse, Capabilities, Choice, Content, Mail, Media, Medium, Party, Place, TemplateUse
from hub.consent.models import Reason
from hub.people.models import ConsentState
from hub.sending.gate import decide
from hub.sending.models import Alternative, Facts, Quiet, Template, Why
from hub.sending.quiet import hours_outside

NOW = datetime(2054, 3, 2, 12, 0, tzinfo=UTC)
SMS = Capabilities(longest_text=10, media_types=("image/png", "audio/*"), media_bytes=100, most_media=1)
WHATSAPP = Capabilities(longest_text=10, window=timedelta(hours=24), has_templates=True, needs_opt_in=True)
MAIL = Capabilities(longest_text=10, has_subject=True)
TOGETHER = Capabilities(longest_text=10, media_types=("image/png",), media_bytes=100, bytes_together=150, most_media=3)
COPIED = Content(text="Hello", mail=Mail(bcc=(Party(address="ravi@example.test"),)))
WELCOME = Template(name="welcome", language="en", blanks=1)
NIGHT = hours_outside(Quiet(begins="21:00", ends="08:00"), "Europe/Berlin")
OTHER = Alternative(do="use_line", line_id="mail", medium=Medium.EMAIL)
EMOJI = Content(reaction="👍")
RED, BLUE = Choice(title="Red", payload="r"), Choice(title="Blue", payload="b")
ALLOWED = Facts(
    now=NOW,
    is_automated=False,
    medium=Medium.SMS,
    can=SMS,
    content=Content(text="Hello"),
    has_written=True,
    hours=NIGHT,
    cap=3,
    others=(OTHER,),
)
MOVED = Capabilities(longest_text=10, takes_reactions=True)
OFFER = Template(name="offer", language="en", category="marketing")
SLOW = Template(name="slow", language="en", state="paused", reason="People have blocked you.")
INSTEAD = ["use_template", "change_message", "use_line"]
# What else a template needs beside the blanks of its body.
NEEDY = [
    Template(name="welcome", language="en", **more)
    for more in ({"needs_file": True}, {"needs_place": True}, {"has_header_blank": True}, {"open_buttons": (0, 1)})
]
ON_WHATSAPP = replace(ALLOWED, medium=Medium.WHATSAPP, can=WHATSAPP, window_until=NOW + timedelta(hours=1))
AT_NIGHT = datetime(2054, 3, 2, 23, 0, tzinfo=UTC)


def files(*types: str, size: int = 1) -> Content:
    """A message of these."""
    return Content(media=tuple(Media(type=type, size=size) for type in types))


def captioned(text: str) -> Content:
    """A picture with words."""
    return replace(files("image/png"), text=text)


def used(name: str = "welcome", language: str = "en", *values: str) -> Content:
    """A template."""
    return Content(template=TemplateUse(name=name, language=language, values=values))


REFUSED: list[tuple[Why, Facts, list[str]]] = [
    (Why.LINE_REMOVED, replace(ALLOWED, is_removed=True), ["use_line"]),
    (Why.PERSON_BLOCKED, replace(ALLOWED, is_blocked=True), []),
    (Why.NO_ADDRESS, replace(ALLOWED, has_address=False), ["use_line"]),
    (Why.OPTED_OUT, replace(ALLOWED, consent=ConsentState.REVOKED), []),
    (Why.SUPPRESSED, replace(ALLOWED, suppressed=Reason.HARD_BOUNCE), ["use_line"]),
    (Why.SUPPRESSED, replace(ALLOWED, medium=Medium.EMAIL, suppressed=Reason.HARD_BOUNCE), []),
    (Why.NO_MARKETING, replace(ALLOWED, is_campaign=True, marketing=ConsentState.REVOKED), ["wait"]),
    (
        Why.NO_MARKETING,
        replace(ON_WHATSAPP, marketing=ConsentState.REVOKED, content=used("offer"), templates=(OFFER,)),
        ["change_message"],
    ),
    (Why.NO_OPT_IN, replace(ON_WHATSAPP, has_written=False), ["use_line"]),
    (Why.EMPTY, replace(ALLOWED, content=Content(text=" \n")), ["change_message"]),
    (Why.REACTION_REFUSED, replace(ALLOWED, content=EMOJI, takes_reaction=True), ["change_message"]),
    (Why.REACTION_REFUSED, replace(ALLOWED, can=MOVED, content=EMOJI), ["change_message"]),
    (
        Why.REACTION_REFUSED,
        replace(ALLOWED, can=MOVED, content=replace(EMOJI, text="x"), takes_reaction=True),
        ["change_message"],
    ),
    (
        Why.CHOICES_REFUSED,
        replace(ALLOWED, content=Content(media=files("image/png").media, choices=(RED,))),
        ["change_message"],
    ),
    (Why.CHOICES_REFUSED, replace(ALLOWED, content=Content(text="?", choices=(RED, RED))), ["change_message"]),
    (Why.CHOICES_REFUSED, replace(ALLOWED, content=replace(used(), choices=(RED,))), ["change_message"]),
    (Why.TOO_LONG, replace(ALLOWED, content=Content(text="?", choices=(RED, BLUE))), ["change_message"]),
    (Why.TOO_LONG, replace(ALLOWED, content=Content(place=Place(latitude=1, longitude=1))), ["change_message"]),
    (Why.TOO_LONG, replace(ALLOWED, content=Content(text="x" * 11)), ["change_message"]),
    (Why.MEDIA_REFUSED, replace(ALLOWED, content=files("image/png", "image/png")), ["change_message"]),
    (Why.MEDIA_REFUSED, replace(ALLOWED, content=files("video/mp4")), ["change_message"]),
    (Why.MEDIA_REFUSED, replace(ALLOWED, content=files("image/png", size=101)), ["change_message"]),
    (Why.MEDIA_REFUSED, replace(ALLOWED, can=TOGETHER, content=files(*["image/png"] * 3, size=51)), ["change_message"]),
    (Why.SUBJECT_NEEDED, replace(ALLOWED, can=MAIL, is_first=True), ["change_message"]),
    (Why.SUBJECT_REFUSED, replace(ALLOWED, content=Content(text="x", subject="y")), ["change_message"]),
    (Why.COPIES_REFUSED, replace(ALLOWED, content=COPIED), ["change_message"]),
    (Why.TEMPLATE_UNKNOWN, replace(ALLOWED, content=used()), ["change_message"]),
    (Why.TEMPLATE_UNKNOWN, replace(ON_WHATSAPP, content=used("bye"), templates=(WELCOME,)), ["use_template"]),
    (Why.TEMPLATE_UNKNOWN, replace(ON_WHATSAPP, content=used(), templates=(WELCOME,)), ["change_message"]),
    (Why.TEMPLATE_NOT_APPROVED, replace(ON_WHATSAPP, content=used("slow"), templates=(WELCOME, SLOW)), INSTEAD),
    (
        Why.TEMPLATE_NOT_APPROVED,
        replace(ON_WHATSAPP, window_until=None, content=used("slow"), templates=(SLOW,)),
        ["wait", "use_line"],
    ),
    (
        Why.TEMPLATE_INCOMPLETE,
        replace(ON_WHATSAPP, content=used("welcome", "en", " "), templates=(WELCOME,)),
        ["change_message"],
    ),
    *(
        (Why.TEMPLATE_INCOMPLETE, replace(ON_WHATSAPP, content=used(), templates=(one,)), ["change_message"])
        for one in NEEDY
    ),
    (Why.TEMPLATE_NEEDED, replace(ON_WHATSAPP, window_until=None), ["use_template", "wait", "use_line"]),
    (Why.WINDOW_CLOSED, replace(ON_WHATSAPP, window_until=NOW), ["use_template", "wait", "use_line"]),
    (Why.LINE_PAUSED, replace(ALLOWED, is_paused=True), ["use_line"]),
    (Why.QUIET_HOURS, replace(ALLOWED, is_automated=True, now=AT_NIGHT), ["wait"]),
    (Why.CAP_REACHED, replace(ALLOWED, is_automated=True, unanswered=3), ["wait"]),
]


@pytest.mark.parametrize(
    ("code", "facts", "alternatives"), REFUSED, ids=lambda value: value if isinstance(value, Why) else ""
)
def test_each_refusal_has_its_code_a_reason_and_what_would_be_allowed(
    code: Why, facts: Facts, alternatives: list[str]
) -> None:
    verdict = decide(facts)

    assert (verdict.is_allowed, verdict.code) == (False, code)
    assert verdict.reason.endswith(".")
    assert [alternative.do for alternative in verdict.alternatives] == alternatives


RICH = Template(name="welcome", language="en", needs_file=True, has_header_blank=True, open_buttons=(1,))
FULL = Content(
    template=TemplateUse(
        name="welcome",
        language="en",
        header="Maja",
        header_media=Media(type="image/png"),
        buttons=(ButtonUse(at=1, kind="url", value="flat-7"),),
    )
)
ALLOWED_ALL: dict[str, Facts] = {
    "a text": ALLOWED,
    "a reaction to a message of this line": replace(ALLOWED, can=MOVED, content=EMOJI, takes_reaction=True),
    "a file with a text of any number of segments": replace(
        ALLOWED, can=replaced(SMS, most_segments=1, longest_text=200), content=captioned("x" * 161)
    ),
    "a file": replace(ALLOWED, content=files("audio/ogg")),
    "a text within the window": ON_WHATSAPP,
    "a template out of the window": replace(
        ON_WHATSAPP, window_until=None, content=used("welcome", "en", "Maja"), templates=(WELCOME,)
    ),
    "a template of which nobody has told": replace(ON_WHATSAPP, window_until=None, content=used()),
    "a template with all that it needs": replace(ON_WHATSAPP, window_until=None, content=FULL, templates=(RICH,)),
    "an opt-in and a template, to whoever has never written": replace(
        ON_WHATSAPP, has_written=False, consent=ConsentState.GRANTED, window_until=None, content=used()
    ),
    "an offer, to whoever has asked for offers": replace(
        ON_WHATSAPP,
        has_written=False,
        marketing=ConsentState.GRANTED,
        window_until=None,
        content=used("offer"),
        templates=(OFFER,),
    ),
    "a text, to whoever wants no offers": replace(ALLOWED, marketing=ConsentState.REVOKED),
    "a template that offers nothing, to whoever wants no offers": replace(
        ON_WHATSAPP,
        marketing=ConsentState.REVOKED,
        content=used("welcome", "en", "Maja"),
        templates=(WELCOME, OFFER),
    ),
    "an answer to a mail": replace(ALLOWED, can=MAIL),
    "a person's message at night": replace(ALLOWED, now=AT_NIGHT),
    "a machine's message by day": replace(ALLOWED, is_automated=True, unanswered=2),
}


@pytest.mark.parametrize("name", ALLOWED_ALL)
def test_what_nothing_forbids_is_allowed(name: str) -> None:
    assert decide(ALLOWED_ALL[name]).is_allowed


def test_every_refusal_has_a_test() -> None:
    assert {code for code, _, _ in REFUSED} == set(Why)


def test_every_refusal_is_explained() -> None:
    table = (Path(__file__).parents[3] / "docs/gate.md").read_text()

    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \|$", table, re.MULTILINE)

    assert {*Why} <= {*rows}


def test_a_person_is_told_that_it_is_night_there() -> None:
    verdict = decide(replace(ALLOWED, now=AT_NIGHT))

    assert verdict.is_allowed
    assert len(verdict.warnings) == 1


def test_a_person_is_told_who_gets_no_copy() -> None:
    can = Capabilities(longest_text=10, has_subject=True, is_mail=True)

    verdict = decide(replace(ALLOWED, can=can, content=COPIED, left_out=("ravi@example.test",)))

    assert verdict.is_allowed
    assert "ravi@example.test" in verdict.warnings[0]


def test_a_machine_is_told_when_the_morning_comes() -> None:
    verdict = decide(replace(ALLOWED, is_automated=True, now=AT_NIGHT))

    assert verdict.alternatives[0].until == datetime(2054, 3, 3, 7, 0, tzinfo=UTC)


def test_templates_that_are_known_are_suggested_by_name_if_they_would_go() -> None:
    verdict = decide(replace(ON_WHATSAPP, window_until=None, templates=(SLOW, WELCOME)))

    assert [one.template for one in verdict.alternatives if one.do == "use_template"] == ["welcome"]


def test_a_template_that_is_not_approved_is_refused_with_the_providers_reason() -> None:
    verdict = decide(replace(ON_WHATSAPP, content=used("slow"), templates=(SLOW,)))

    assert verdict.reason == "The template 'slow' is paused: People have blocked you."


def test_an_address_to_which_nothing_goes_says_why_and_what_would_change_that() -> None:
    said = {why: decide(replace(ALLOWED, suppressed=why)).reason for why in Reason}

    assert len({*said.values()}) == len(Reason)
    assert "record their opt-in" in said.pop(Reason.OPT_OUT)
    assert all("suppressed addresses" in words for words in said.values())


@pytest.mark.parametrize(
    "stronger",
    [{"is_blocked": True}, {"consent": ConsentState.REVOKED}, {"suppressed": Reason.MANUAL}],
    ids=["blocked", "opted out", "suppressed"],
)
def test_what_no_change_of_the_message_helps_is_said_before_what_is_wrong_with_it(stronger: dict[str, Any]) -> None:
    plain = decide(replace(ALLOWED, **stronger))

    assert decide(replace(ALLOWED, **stronger, content=Content(), is_paused=True)) == plain
