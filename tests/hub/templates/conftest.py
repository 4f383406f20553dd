"""A business with a WhatsApp line at the sandbox, whose webhooks come to the hub, and somebody who has written once."""

import pytest

from tests.clock import VirtualClock
from tests.fakes.sandbox.running import RunningSandbox
from tests.hub.sending.conftest import open_hub as open_hub
from tests.hub.sending.conftest import sandbox as sandbox
from tests.hub.sending.conftest import sending_settings as sending_settings
from tests.hub.sending.scene import lines_address, make_someone
from tests.hub.templates.stage import Stage, connect_whatsapp
from tests.hubs import Hub
from tests.people import found


@pytest.fixture
async def stage(open_hub: Hub, sandbox: RunningSandbox, clock: VirtualClock) -> Stage:
    """Asha has written, and the window is open."""
    owner = await found(open_hub, "acme")
    line = await connect_whatsapp(open_hub, owner.account, sandbox)
    someone = await make_someone(open_hub.deps, owner.account)
    stage = Stage(open_hub, owner, sandbox, clock, line, someone)
    stage.number = await lines_address(stage.deps, line)
    await stage.hears()
    return stage
