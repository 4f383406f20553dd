"""How often faults are forced: some times in the suite, as often as the bars say when somebody asks."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--races 10000`, `--drops 10000`."""
    parser.addoption("--races", type=int, help="how many takeovers race with an agent's answer")
    parser.addoption("--moves", type=int, help="how many messages go while their line goes and comes back")
    parser.addoption("--drops", type=int, help="how often something breaks between the hub and a screen")
