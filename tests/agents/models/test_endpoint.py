"""What models cost a process that asks none."""

import subprocess
import sys

from tests.processes import ROOT

PROGRAM = "import hub.rooms, sys; sys.exit(any(name.partition('.')[0] == 'openai' for name in sys.modules))"


def test_openais_client_is_not_imported_until_somebody_asks_a_model() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, check=False)

    assert ended.returncode == 0
