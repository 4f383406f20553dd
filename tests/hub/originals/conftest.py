"""A hub that may reach this machine, and somebody who reads mails there."""

from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network

import pytest

from hub.settings import Settings
from tests.hub.originals.mails import Desk
from tests.hubs import running_hub
from tests.people import found


@pytest.fixture
async def desk(settings: Settings) -> AsyncIterator[Desk]:
    """Nothing has come yet. Of this machine's addresses one may be reached, and no other."""
    reaching = replace(settings, open_sign_up=True, egress_allow=(ip_network("127.0.0.1/32"),))
    async with running_hub(reaching) as hub:
        yield Desk(await found(hub, "acme"))
