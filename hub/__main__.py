"""`python -m hub`: also with a Python that has none of the packages, when `make` has set up one beside it that does."""

import importlib.util
import os
import sys
from pathlib import Path

OURS = Path(__file__).parents[1] / ".venv" / "bin" / "python"


def main() -> None:
    """Hand over to the command line."""
    if importlib.util.find_spec("msgspec") is None and OURS.exists() and Path(sys.prefix) != OURS.parents[1]:
        os.execv(OURS, [str(OURS), "-m", "hub", *sys.argv[1:]])  # noqa: S606 - our own interpreter
    from hub.cli import main

    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    main()
