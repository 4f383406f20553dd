"""A hub on a real socket, and the link in a mail that a rule has written."""

from collections.abc import AsyncIterator

import pytest

from hub.unsubscribing.links import link_for
from tests.hub.letterheads.conftest import *  # noqa: F403 - its mailing
from tests.hub.sending.scene import RULE, Scene
from tests.serving import serving


@pytest.fixture
async def link(mailing: Scene) -> AsyncIterator[str]:
    """Where it leads, as long as the hub is there."""
    said = await mailing.says("Our spring offers", author=RULE)
    path = (await link_for(mailing.deps, said.entry)).removeprefix(mailing.deps.settings.base_url)
    async with serving(mailing.hub) as url:
        yield f"{url}{path}"
