"""Writes every file that is made from the declarations: `make types`."""

from collections.abc import Callable
from pathlib import Path

from tools import live_types, push_types, typescript
from tools.catalogue import catalogue

ROOT = Path(__file__).parents[1]
MADE: dict[str, Callable[[], str]] = {
    "web/shared/api.ts": typescript.types,
    "web/shared/events.ts": live_types.types,
    "web/push/messages.ts": push_types.types,
    "docs/live-events.md": catalogue,
}

if __name__ == "__main__":
    for name, make in MADE.items():
        (ROOT / name).write_text(make())
