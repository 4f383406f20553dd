"""A second look: the few that have failed beside others are run once more, alone, when everything else is done. A busy
machine makes real servers and browsers late; what fails alone as well has failed. Whatever passes only then is told at
the end of the run, because it may be a race: docs/decisions/second-looks.md. `make test` asks for it."""

import subprocess
import sys

import pytest

# More than these are no accident.
MOST = 5


class SecondLook:
    """What passed only then."""

    def __init__(self) -> None:
        self.only_alone: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """The run is as good as its second look."""
        names = list_failed(session.config)
        if exitstatus == pytest.ExitCode.TESTS_FAILED and 0 < len(names) <= MOST and pass_alone(session, names):
            self.only_alone = names
            session.exitstatus = pytest.ExitCode.OK

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Behind the failures, which are shown all the same."""
        if self.only_alone:
            terminalreporter.section("PASSED ONLY ALONE", sep="!", red=True)
            terminalreporter.write_line(
                "These failed beside others, and passed when they were run alone. Find out why:"
            )
            terminalreporter.write("".join(f"  {name}\n" for name in self.only_alone))


def pytest_configure(config: pytest.Config) -> None:
    """Once for a run, and not in each of its workers."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SecondLook())


def list_failed(config: pytest.Config) -> list[str]:
    """Each once, however often it has."""
    told = config.pluginmanager.getplugin("terminalreporter").stats
    return [*dict.fromkeys(report.nodeid for kind in ("failed", "error") for report in told.get(kind, []))]


def pass_alone(session: pytest.Session, names: list[str]) -> bool:
    """Whether all of them do, with nothing beside them."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *names]
    return subprocess.run(command, cwd=session.config.rootpath).returncode == 0
