"""What a command of `python -m hub` is. Rooms declare theirs; hub/cli.py makes one program of them."""

import argparse
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from hub.access import OPERATOR
from hub.act import Act
from hub.audit.log import record
from hub.deps import Deps
from hub.errors import HubError, Invalid, render
from hub.settings import Settings
from hub.store.ids import new_id
from hub.work.kinds import Kind

Given = TypeVar("Given")


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

    @asynccontextmanager
    async def act(self, action: str) -> AsyncIterator[Act]:
        """For a command that changes something: an act of the operator's, written down as `action` however it ends."""
        async with self.open_deps() as deps:
            id, status = new_id(deps.clock.now()), 200
            act = Act(deps, OPERATOR, id, request=id)
            try:
                yield act
            except BaseException as error:
                status = render(error).status if isinstance(error, Exception) else HubError.status
                raise
            finally:
                await record(act, action, status=status)

    def read(self, type: type[Given], values: Mapping[str, Any]) -> Given:
        """What was typed, as the API would take it."""
        try:
            return msgspec.convert(values, type)
        except msgspec.ValidationError as error:
            raise Invalid(f"This does not fit: {error}") from None

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
