"""The worker in the browser reads exactly what the hub writes."""

from pathlib import Path

from tools.push_types import types

MESSAGES = Path(__file__).parents[3] / "web" / "push" / "messages.ts"


def test_the_workers_types_are_those_of_the_hub() -> None:
    assert MESSAGES.read_text() == types(), "run `make types`"
