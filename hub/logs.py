"""Logs: a line is an event with known keys. Nothing else gets in, so that no personal data does."""

import contextlib
import json
import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any, TextIO

import structlog

from hub.errors import HubError
from hub.settings import Settings

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]
Event = MutableMapping[str, Any]

# What may stand in a line. A new key is added here on purpose, after asking whether a lead's data could be in it.
KEYS = frozenset(
    {"event", "level", "timestamp", "logger", "request", "account", "thread", "method", "route", "status", "took_ms"}
    | {"kind", "work", "attempt", "error", "exception", "process", "part", "detail", "setting", "count", "line"}
)
# These speak at length at every start and about every job; what matters of it we say ourselves.
LOUD = ("arq", "uvicorn", "uvicorn.error", "pymongo", "motor", "httpx2", "httpcore2", "asyncio")


def configure(settings: Settings) -> None:
    """Logs of this process: JSON for machines, text for a terminal, both to standard error."""
    is_text = settings.log_format == "text" or (settings.log_format == "auto" and sys.stderr.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        frames_only,
        known_keys_only,
    ]
    rendering: list[structlog.typing.Processor] = (
        [frames_as_text, structlog.dev.ConsoleRenderer()] if is_text else [structlog.processors.JSONRenderer()]
    )
    handler = Handler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[foreign_words_out, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendering],
            use_get_message=False,
            pass_foreign_args=True,
        )
    )
    logging.basicConfig(handlers=[handler], level=settings.log_level.upper(), force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


class Handler(logging.StreamHandler[TextIO]):
    """Writes lines, and says no more of one that it cannot write than whose it was."""

    def handleError(self, record: logging.LogRecord) -> None:
        """The standard library would print the message and what was to be filled in."""
        with contextlib.suppress(OSError, ValueError):
            line = {"event": "log_line_failed", "level": "error", "logger": record.name}
            self.stream.write(json.dumps(line) + self.terminator)


def known_keys_only(_: Any, __: str, event: Event) -> Event:
    """Drop what is not on the list; structlog's own keys begin with an underscore."""
    return {key: value for key, value in event.items() if key in KEYS or key.startswith("_")}


def foreign_words_out(_: Any, __: str, event: Event) -> Event:
    """A library's sentence may quote what it choked on: keep where it came from, and its unfilled pattern."""
    record, filled_in = event["_record"], event.pop("positional_args", None)
    event["event"] = record.msg if filled_in and isinstance(record.msg, str) else record.funcName
    return event


def frames_only(_: Any, __: str, event: Event) -> Event:
    """Where an exception was raised, and its words only if they are ours: a foreign message may quote a lead."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = (
            f"{type(error).__name__}: {error.message}" if isinstance(error, HubError) else type(error).__name__
        )
        event["exception"] = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
    return event


def frames_as_text(_: Any, __: str, event: Event) -> Event:
    """A frame a line, for people."""
    if "exception" in event:
        event["exception"] = "\n".join(event["exception"])
    return event
