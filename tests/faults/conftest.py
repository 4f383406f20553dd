"""How often faults are forced: some times in the suite, as often as the bars say when somebody asks."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--races 10000`."""
    parser.addoption("--races", type=int, help="how many takeovers race with an agent's answer")
