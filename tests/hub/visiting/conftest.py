"""A hub behind a real socket, and a business with a widget on its site."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from hub.settings import Settings
from tests.hub.visiting.pages import Site, site_of
from tests.hubs import Hub, running_hub
from tests.people import found
from tests.serving import serving


@pytest.fixture
async def live(settings: Settings) -> AsyncIterator[Hub]:
    """In which anybody may found an account, in the time of this machine."""
    async with running_hub(replace(settings, open_sign_up=True)) as hub:
        yield hub


@pytest.fixture
async def url(live: Hub) -> AsyncIterator[str]:
    """Where it is."""
    async with serving(live) as url:
        yield url


@pytest.fixture
async def site(live: Hub, url: str) -> Site:
    """The business."""
    return await site_of(live, url, await found(live, "acme"))
