"""What a command of `python -m hub` is. Rooms declare theirs; hub/cli.py makes one program of them."""

import argparse
import sys
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import msgspec

from hub.deps import Deps
from hub.settings import Settings
from hub.work.kinds import Kind


def say(text: str) -> None:
    """To the person: kept away from standard output, where programs read."""
    sys.stderr.write(text + "\n")


@dataclass(frozen=True)
class Terminal:
    """What a command gets: its arguments, the settings, a way to the servers, and the kinds of work there are."""

    args: argparse.Namespace
    settings: Settings
    open_deps: Callable[[], AbstractAsyncContextManager[Deps]]
    kinds: Sequence[Kind]

    def answer(self, result: object, text: str) -> None:
        """The result: JSON for programs with --json, else the text for people."""
        is_json = getattr(self.args, "json", False)
        sys.stdout.write((msgspec.json.encode(result).decode() if is_json else text) + "\n")


@dataclass(frozen=True, kw_only=True)
class Argument:
    """One argument, as argparse takes it."""

    name: str
    help: str
    options: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Command:
    """One command: `path` is what people type, `run` gives the exit code. `has_json` adds --json."""

    path: str
    help: str
    run: Callable[[Terminal], Coroutine[Any, Any, int]]
    arguments: Sequence[Argument] = ()
    has_json: bool = False
