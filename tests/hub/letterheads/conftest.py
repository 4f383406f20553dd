"""A business with a mailbox at the sandbox, and somebody who has written to it."""

import pytest

from channels.base import Address, IdentityKind
from hub.people.finding import find_or_make
from tests.hub.sending.conftest import *  # noqa: F403 - its scene
from tests.hub.sending.scene import Scene

ASHA = "asha@example.test"


@pytest.fixture
async def mailing(scene: Scene) -> Scene:
    """Asha has asked something by mail."""
    address = Address(kind=IdentityKind.EMAIL, value=ASHA)
    someone = await find_or_make(scene.deps, scene.account, [address], name="Asha")
    line = await scene.connect("sandbox_email", address="hello@acme.test")
    mailing = Scene(scene.hub, scene.owner, scene.sandbox, scene.clock, line, someone)
    await mailing.hears("When do you open?")
    return mailing
