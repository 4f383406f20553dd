"""The gate: each refusal by its facts, and all of them explained."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from channels.base import Capabilities, Content, Media, Medium, TemplateUse
from hub.people.models import ConsentState
from hub.sending.gate import decide
from hub.sending.models import Alternative, Facts, Quiet, Template, Why
from hub.sending.quiet import hours_outside

NOW = datetime(2054, 3, 2, 12, 0, tzinfo=UTC)
SMS = Capabilities(longest_text=10, media_types=("image/png", "audio/*"), media_bytes=100, most_media=1)
WHATSAPP = Capabilities(longest_text=10, window=timedelta(hours=24), has_templates=True, needs_opt_in=True)
MAIL = Capabilities(longest_text=10, has_subject=True)
WELCOME = Template(name="welcome", language="en", blanks=1)
NIGHT = hours_outside(Quiet(begins="21:00", ends="08:00"), "Europe/Berlin")
OTHER = Alternative(do="use_line", line_id="mail", medium=Medium.EMAIL)
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
ON_WHATSAPP = replace(ALLOWED, medium=Medium.WHATSAPP, can=WHATSAPP, window_until=NOW + timedelta(hours=1))
AT_NIGHT = datetime(2054, 3, 2, 23, 0, tzinfo=UTC)


def files(*types: str, size: int = 1) -> Content:
    """A message of these."""
    return Content(media=tuple(Media(type=type, size=size) for type in types))


def used(name: str = "welcome", language: str = "en", *values: str) -> Content:
    """A template."""
    return Content(template=TemplateUse(name=name, language=language, values=values))


REFUSED: list[tuple[Why, Facts, list[str]]] = [
    (Why.LINE_REMOVED, replace(ALLOWED, is_removed=True), ["use_line"]),
    (Why.PERSON_BLOCKED, replace(ALLOWED, is_blocked=True), []),
    (Why.NO_ADDRESS, replace(ALLOWED, has_address=False), ["use_line"]),
    (Why.OPTED_OUT, replace(ALLOWED, consent=ConsentState.REVOKED), []),
    (Why.SUPPRESSED, replace(ALLOWED, is_suppressed=True), ["use_line"]),
    (Why.NO_OPT_IN, replace(ON_WHATSAPP, has_written=False), ["use_line"]),
    (Why.EMPTY, replace(ALLOWED, content=Content(text=" \n")), ["change_message"]),
    (Why.TOO_LONG, replace(ALLOWED, content=Content(text="x" * 11)), ["change_message"]),
    (Why.MEDIA_REFUSED, replace(ALLOWED, content=files("image/png", "image/png")), ["change_message"]),
    (Why.MEDIA_REFUSED, replace(ALLOWED, content=files("video/mp4")), ["change_message"]),
    (Why.MEDIA_REFUSED, replace(ALLOWED, content=files("image/png", size=101)), ["change_message"]),
    (Why.SUBJECT_NEEDED, replace(ALLOWED, can=MAIL, is_first=True), ["change_message"]),
    (Why.SUBJECT_REFUSED, replace(ALLOWED, content=Content(text="x", subject="y")), ["change_message"]),
    (Why.TEMPLATE_UNKNOWN, replace(ALLOWED, content=used()), ["change_message"]),
    (Why.TEMPLATE_UNKNOWN, replace(ON_WHATSAPP, content=used("bye"), templates=(WELCOME,)), ["use_template"]),
    (Why.TEMPLATE_UNKNOWN, replace(ON_WHATSAPP, content=used(), templates=(WELCOME,)), ["change_message"]),
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


ALLOWED_ALL: dict[str, Facts] = {
    "a text": ALLOWED,
    "a file": replace(ALLOWED, content=files("audio/ogg")),
    "a text within the window": ON_WHATSAPP,
    "a template out of the window": replace(
        ON_WHATSAPP, window_until=None, content=used("welcome", "en", "Maja"), templates=(WELCOME,)
    ),
    "a template of which nobody has told": replace(ON_WHATSAPP, window_until=None, content=used()),
    "an opt-in and a template, to whoever has never written": replace(
        ON_WHATSAPP, has_written=False, consent=ConsentState.GRANTED, window_until=None, content=used()
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


def test_a_machine_is_told_when_the_morning_comes() -> None:
    verdict = decide(replace(ALLOWED, is_automated=True, now=AT_NIGHT))

    assert verdict.alternatives[0].until == datetime(2054, 3, 3, 7, 0, tzinfo=UTC)


def test_templates_that_are_known_are_suggested_by_name() -> None:
    verdict = decide(replace(ON_WHATSAPP, window_until=None, templates=(WELCOME,)))

    assert verdict.alternatives[0].template == "welcome"


@pytest.mark.parametrize(
    "stronger",
    [{"is_blocked": True}, {"consent": ConsentState.REVOKED}, {"is_suppressed": True}],
    ids=["blocked", "opted out", "suppressed"],
)
def test_what_no_change_of_the_message_helps_is_said_before_what_is_wrong_with_it(stronger: dict[str, Any]) -> None:
    plain = decide(replace(ALLOWED, **stronger))

    assert decide(replace(ALLOWED, **stronger, content=Content(), is_paused=True)) == plain
