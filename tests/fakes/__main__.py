"""`python -m tests.fakes`: also with a Python that has none of the packages."""

from hub.interpreter import hand_over


def main() -> None:
    """Hand over to what starts a fake."""
    hand_over("tests.fakes")
    from tests.fakes.by_hand import main

    main()


if __name__ == "__main__":
    main()
