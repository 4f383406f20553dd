"""Deps whose mail goes to a server of the test."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from hub.clock import Clock
from hub.deps import Deps, open_deps
from hub.rooms import HOUSE
from hub.settings import Secret, Settings


@asynccontextmanager
async def opened(settings: Settings, clock: Clock | None = None, **more: Any) -> AsyncIterator[Deps]:
    """As a process opens them, with these settings changed; the database goes at the end."""
    async with open_deps(HOUSE.wants(replace(settings, **more), clock=clock), report=lambda text: None) as deps:
        yield deps
        await deps.mongo.drop()


def by_server(port: int, login: str = "") -> dict[str, Any]:
    """The settings that send mail there."""
    return {"mail_url": Secret(f"smtp://{login}127.0.0.1:{port}"), "mail_from": "Parley <parley@example.com>"}
