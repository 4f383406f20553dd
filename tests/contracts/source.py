"""The project's own source, read as text and as a tree."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("hub", "channels", "agents")


@dataclass(frozen=True)
class Source:
    """One Python file of the product."""

    path: Path

    @property
    def name(self) -> str:
        """As the house speaks of it: hub/store/mongo.py."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """As Python imports it: hub.store.mongo."""
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def package(self) -> str:
        """One of the three."""
        return self.module.partition(".")[0]

    @property
    def room(self) -> str:
        """The folder that it stands in: hub.work."""
        return self.path.parent.relative_to(ROOT).as_posix().replace("/", ".")

    @property
    def text(self) -> str:
        """What it says."""
        return self.path.read_text()

    @property
    def tree(self) -> ast.Module:
        """What it means."""
        return parsed(self.path)

    def imports(self) -> Iterator[str]:
        """Every module that it imports, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def parsed(path: Path) -> ast.Module:
    """The tree, read once."""
    return ast.parse(path.read_text())


@cache
def sources(*packages: str) -> tuple[Source, ...]:
    """Every file of these packages, or of all."""
    return tuple(Source(path) for package in packages or PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
