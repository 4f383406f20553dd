"""The set-up's own tools: what a person reads at a terminal when something is missing."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tools"


def run(*argv: str, folder: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    """One tool, with little around it."""
    env = {"PATH": os.environ["PATH"], **environ}
    return subprocess.run(argv, cwd=folder, env=env, capture_output=True, text=True, check=False)


def step(script: str, hint: str = "") -> subprocess.CompletedProcess[str]:
    """A step that runs this shell script."""
    return run(str(TOOLS / "step"), "The pages", hint, "--", "sh", "-c", script)


def test_a_step_that_succeeds_is_one_line() -> None:
    done = step("echo much noise; echo more >&2")

    assert (done.returncode, done.stdout, done.stderr) == (0, "✓ The pages (0 s)\n", "")


def test_a_step_that_fails_shows_its_words_and_keeps_its_code() -> None:
    failed = step("echo what went wrong; exit 7", hint="do this instead")

    assert failed.returncode == 7
    assert failed.stderr == "✗ The pages\n    what went wrong\n  → do this instead\n"


@pytest.mark.parametrize(
    ("words", "way_on"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("npm error ENOSPC: no space left on device, write", "the disk is full"),
        ("error: Permission denied (os error 13)", "not writable for"),
        ("mkdir: Read-only file system", "not writable for"),
        ("error: building `cffi==2.1.1` was disabled by --no-build", "no ready-made build for this machine"),
        ("Failed to fetch: dns error: failed to lookup address", "registries cannot be reached"),
        ("npm error code ENOTFOUND", "registries cannot be reached"),
    ],
)
def test_what_people_meet_has_a_way_on(words: str, way_on: str) -> None:
    failed = step(f"echo '{words}'; exit 1")

    assert way_on in failed.stderr.splitlines()[-1]


def test_a_machine_without_a_python_is_told_which_one_is_needed(tmp_path: Path) -> None:
    named = run(str(TOOLS / "find-python"), PATH=str(tmp_path) + ":/nowhere")
    missing = run("/bin/sh", str(TOOLS / "get-uv"), named.stdout.strip() or "not-found", folder=tmp_path)

    assert missing.returncode == 1
    assert "Parley needs Python 3.11 or newer" in missing.stdout


def test_a_python_without_pip_is_told_so(tmp_path: Path) -> None:
    python = tmp_path / "python3"
    python.write_text("#!/bin/sh\nexit 1\n")
    python.chmod(0o755)

    missing = run("/bin/sh", str(TOOLS / "get-uv"), str(python), folder=tmp_path, PATH="/usr/bin:/bin")

    assert missing.returncode == 1
    assert "has neither pip nor uv beside it" in missing.stdout


def test_make_says_what_it_can_do() -> None:
    told = run("make", "help").stdout

    assert [verb for verb in ("run", "test", "check", "bench", "clean") if f"make {verb} " not in told] == []
