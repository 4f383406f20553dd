"""What fails beside others is looked at once more, alone; what fails again, or is more than a few, has failed."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.second_look import MOST

ENVIRON = {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
OPTIONS = ("-p", "xdist", "-n2", "-p", "tests.second_look", "-p", "no:cacheprovider")
FAILS_ONCE = """
from pathlib import Path
import pytest

@pytest.mark.parametrize("name", {names})
def test_it(name):
    been = Path(__file__).with_name(f"{{name}}.been")
    if not been.exists():
        been.touch()
        raise AssertionError("the first time")
"""
FAILS_ALWAYS = "def test_it(): raise AssertionError"


def run(folder: Path, source: str) -> tuple[int, str]:
    """A run of these tests by several workers: how it ends, and what it says."""
    (folder / "test_one.py").write_text(source)
    (folder / "pytest.ini").write_text("[pytest]")
    command = [sys.executable, "-m", "pytest", *OPTIONS, "test_one.py"]
    done = subprocess.run(command, cwd=folder, env=ENVIRON, capture_output=True, text=True)
    return done.returncode, done.stdout


def test_what_passes_alone_is_told_and_the_run_is_good(tmp_path: Path) -> None:
    code, said = run(tmp_path, FAILS_ONCE.format(names=["a", "b"]))

    assert code == 0, said
    assert "PASSED ONLY ALONE" in said
    assert "test_one.py::test_it[a]" in said.rpartition("PASSED ONLY ALONE")[2]


@pytest.mark.parametrize("source", [FAILS_ALWAYS, FAILS_ONCE.format(names=[f"n{n}" for n in range(MOST + 1)]), "1 / 0"])
def test_what_fails_again_or_is_much_has_failed(tmp_path: Path, source: str) -> None:
    code, said = run(tmp_path, source)

    assert code != 0
    assert "PASSED ONLY ALONE" not in said
