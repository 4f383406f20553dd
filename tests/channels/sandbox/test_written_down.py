"""docs/sandbox.md says what is so."""

import re
from pathlib import Path
from typing import get_args

import pytest

from channels.base import Failure
from channels.sandbox.channel import CHANNELS
from channels.sandbox.failures import FAILURES
from tests.fakes.sandbox import control
from tests.fakes.sandbox.moods import Does
from tests.fakes.sandbox.running import RunningSandbox

WORDS = (Path(__file__).parents[3] / "docs/sandbox.md").read_text()


def test_every_code_stands_there_as_it_is() -> None:
    def yes(is_so: bool) -> str:
        return " yes |" if is_so else " |"

    def row(failure: Failure) -> str:
        return f"| `{failure.code}` |{yes(failure.is_passing)}{yes(failure.suppresses)}"

    written = re.findall(r"^\| `\w+` \|(?: yes)? \|(?: yes)? \|$", WORDS, re.MULTILINE)

    assert written == [row(failure) for failure in FAILURES.values()]


@pytest.mark.parametrize("name", [*get_args(Does), *CHANNELS])
def test_every_mood_and_channel_stands_there(name: str) -> None:
    assert re.search(rf"^\| `{name}` \|", WORDS, re.MULTILINE)


def test_every_control_stands_there(sandbox: RunningSandbox) -> None:
    paths = {route.path for route in control.routes(sandbox)}

    assert [path for path in paths if f" {path}` |" not in WORDS] == []


@pytest.mark.parametrize("name", [field.name for field in CHANNELS["sandbox_sms"].fields])
def test_every_field_of_a_line_stands_there(name: str) -> None:
    assert f"`{name}` (" in WORDS
