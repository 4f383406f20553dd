"""Which Python runs us: one that has none of the packages hands over to the one that `make` has set up beside us."""

import importlib.util
import os
import sys
from pathlib import Path

OURS = Path(__file__).parents[1] / ".venv" / "bin" / "python"


def hand_over(module: str) -> None:
    """Go on in our own interpreter, where this one cannot and there is one."""
    if importlib.util.find_spec("msgspec") is None and OURS.exists() and Path(sys.prefix) != OURS.parents[1]:
        os.execv(OURS, [str(OURS), "-m", module, *sys.argv[1:]])  # noqa: S606 - our own interpreter
