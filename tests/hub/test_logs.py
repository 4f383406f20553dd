"""Logs: what a line may hold, and that nothing of a lead ever gets in."""

import asyncio
import contextlib
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from hub import logs
from hub.errors import Conflict
from hub.settings import Format, Level, Settings

EMAIL = "asha.rao@example.com"
PHONE = "+919876543210"
MESSAGE = "I can pay 40 lakhs, please call my wife"
CANARIES = (EMAIL, PHONE, MESSAGE)
ALL = " ".join(CANARIES)


class Log:
    """The logs of this process, written to where a test can read them."""

    def __init__(self, errors: pytest.CaptureFixture[str]) -> None:
        self._written = io.StringIO()
        self._errors = errors

    def configure(self, format: Format, level: Level = "debug") -> None:
        # Those of pytest would be closed; they come back by themselves.
        logging.getLogger().handlers.clear()
        with contextlib.redirect_stderr(self._written):
            logs.configure(Settings(log_format=format, log_level=level))

    def read(self) -> str:
        """All of it, and whatever was said beside it."""
        return self._written.getvalue() + self._errors.readouterr().err


@pytest.fixture
def log(capsys: pytest.CaptureFixture[str]) -> Iterator[Log]:
    """In JSON; afterwards logging is as it was."""
    root = logging.getLogger()
    level = root.level
    log = Log(capsys)
    log.configure("json")
    yield log
    root.handlers.clear()
    root.setLevel(level)
    structlog.reset_defaults()


def line(text: str) -> dict[str, Any]:
    """The only line, decoded."""
    found: dict[str, Any] = json.loads(text)
    return found


def canaries_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text or json.dumps(canary)[1:-1] in text]


def choke() -> None:
    raise ValueError(f"cannot read {ALL}")


class Choked(Conflict):
    code = "choked"


# What is said


def test_line_is_json_with_its_event_level_time_and_logger(log: Log) -> None:
    structlog.get_logger("hub.work").info("work_done", kind="intake.parse", took_ms=1.5)

    said = line(log.read())

    assert said.pop("timestamp").endswith("Z")
    assert said == {
        "event": "work_done",
        "level": "info",
        "logger": "hub.work",
        "kind": "intake.parse",
        "took_ms": 1.5,
    }


def test_request_and_account_are_in_every_line_that_belongs_to_them(log: Log) -> None:
    with structlog.contextvars.bound_contextvars(request="r-1", account="acme"):
        structlog.get_logger().info("request")

    said = line(log.read())
    assert (said["request"], said["account"]) == ("r-1", "acme")


def test_lines_of_libraries_belong_to_a_request_too(log: Log) -> None:
    with structlog.contextvars.bound_contextvars(request="r-1"):
        logging.getLogger("library").warning("slow")

    assert line(log.read())["request"] == "r-1"


def test_our_own_errors_say_what_they_mean(log: Log) -> None:
    structlog.get_logger().error("work_failed", exc_info=Choked("The window is closed."))

    assert line(log.read())["error"] == "Choked: The window is closed."


def test_exception_says_what_it_is_and_where(log: Log) -> None:
    try:
        choke()
    except ValueError:
        structlog.get_logger().exception("work_failed")

    said = line(log.read())
    assert said["error"] == "ValueError"
    assert said["exception"][-1].startswith(__file__)
    assert said["exception"][-1].endswith(" choke")


def test_levels_below_the_one_that_is_set_are_silent(log: Log) -> None:
    log.configure("json", "warning")

    structlog.get_logger().info("request")
    logging.getLogger("library").info("hello")

    assert log.read() == ""


@pytest.mark.parametrize("name", ["arq", "uvicorn", "uvicorn.error", "pymongo", "httpx2"])
def test_libraries_that_talk_much_are_heard_from_warnings_on(log: Log, name: str) -> None:
    logging.getLogger(name).info("again")
    logging.getLogger(name).warning("broken")

    assert line(log.read())["level"] == "warning"


def test_text_is_for_people(log: Log) -> None:
    log.configure("text")

    structlog.get_logger().info("request", route="live", status=200)

    text = log.read()
    assert "request" in text
    assert not text.startswith("{")


def test_without_a_terminal_the_format_is_json(log: Log) -> None:
    log.configure("auto")

    structlog.get_logger().info("request")

    assert line(log.read())["event"] == "request"


# What is never said


def test_unknown_keys_are_dropped(log: Log) -> None:
    structlog.get_logger().info("received", body=MESSAGE, sender={"email": EMAIL}, phones=[PHONE], status=200)

    text = log.read()
    assert canaries_in(text) == []
    assert line(text)["status"] == 200


def test_unknown_keys_of_the_context_are_dropped(log: Log) -> None:
    with structlog.contextvars.bound_contextvars(person=EMAIL):
        structlog.get_logger().info("received")

    assert canaries_in(log.read()) == []


def test_words_of_foreign_exceptions_are_dropped(log: Log) -> None:
    try:
        choke()
    except ValueError:
        structlog.get_logger().exception("work_failed")
        logging.getLogger("library").exception("failed")

    assert canaries_in(log.read()) == []


def test_words_of_what_caused_an_exception_are_dropped(log: Log) -> None:
    try:
        try:
            choke()
        except ValueError as error:
            raise Choked("It cannot be read.") from error
    except Choked as error:
        structlog.get_logger().error("work_failed", exc_info=error)

    text = log.read()
    assert canaries_in(text) == []
    assert "It cannot be read." in text


def test_words_of_grouped_exceptions_are_dropped(log: Log) -> None:
    structlog.get_logger().error("work_failed", exc_info=ExceptionGroup(EMAIL, [ValueError(PHONE)]))

    assert canaries_in(log.read()) == []


def test_notes_on_exceptions_are_dropped(log: Log) -> None:
    error = ValueError("x")
    error.add_note(ALL)

    structlog.get_logger().error("work_failed", exc_info=error)

    assert canaries_in(log.read()) == []


def test_what_a_library_fills_in_is_dropped_and_its_pattern_stays(log: Log) -> None:
    logging.getLogger("library").warning("cannot deliver %r to %s", MESSAGE, EMAIL)

    text = log.read()
    assert canaries_in(text) == []
    assert line(text)["event"] == "cannot deliver %r to %s"


def test_what_a_library_fills_in_by_name_is_dropped(log: Log) -> None:
    logging.getLogger("library").warning("cannot deliver to %(email)s", {"email": EMAIL})

    assert canaries_in(log.read()) == []


def test_line_that_a_library_cannot_fill_in_tells_nothing_of_it(log: Log) -> None:
    log.configure("json")  # pytest's own handlers would fail at the line as well

    logging.getLogger("library").warning("cannot deliver %s to %s", ALL)

    text = log.read()
    assert canaries_in(text) == []
    assert line(text)["event"] == "cannot deliver %s to %s"


def test_line_that_cannot_be_written_tells_nothing_of_it(log: Log) -> None:
    class Unspeakable:
        def __repr__(self) -> str:
            choke()
            return ""

    log.configure("json")  # pytest's own handlers would fail at the line as well

    structlog.get_logger("hub.work").info("received", detail=Unspeakable())

    text = log.read()
    assert canaries_in(text) == []
    assert line(text) == {"event": "log_line_failed", "level": "error", "logger": "hub.work"}


def test_of_a_sentence_that_a_library_has_put_together_only_the_place_stays(log: Log) -> None:
    logging.getLogger("library").warning(f"cannot deliver {ALL}")

    text = log.read()
    assert canaries_in(text) == []
    assert line(text)["event"] == "test_of_a_sentence_that_a_library_has_put_together_only_the_place_stays"


def test_exception_as_a_librarys_message_is_dropped(log: Log) -> None:
    logging.getLogger("library").error(ValueError(ALL))

    assert canaries_in(log.read()) == []


def test_extras_of_a_library_are_dropped(log: Log) -> None:
    logging.getLogger("library").warning("odd", extra={"person": ALL}, stack_info=True)

    assert canaries_in(log.read()) == []


async def test_exception_of_a_task_that_nobody_waits_for_is_dropped(log: Log) -> None:
    async def choke_later() -> None:
        choke()

    task = asyncio.create_task(choke_later())
    await asyncio.wait([task])
    del task

    text = log.read()
    assert line(text)["error"] == "ValueError"
    assert canaries_in(text) == []


@pytest.mark.parametrize("format", ["json", "text"])
def test_no_format_lets_anything_through(log: Log, format: Format) -> None:
    log.configure(format)

    try:
        choke()
    except ValueError:
        structlog.get_logger().exception("work_failed", body=MESSAGE)
        logging.getLogger("library").exception("sent %s", EMAIL)

    text = log.read()
    assert canaries_in(text) == []
    assert "choke" in text


def test_nothing_is_written_where_programs_read(log: Log, capsys: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger().info("request")
    logging.getLogger("library").warning("slow")

    assert capsys.readouterr().out == ""
