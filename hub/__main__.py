"""`python -m hub`: also with a Python that has none of the packages, when `make` has set up one beside it that does."""

import sys

from hub.interpreter import hand_over


def main() -> None:
    """Hand over to the command line."""
    hand_over("hub")
    from hub.cli import main

    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    main()
