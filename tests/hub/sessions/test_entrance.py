"""What strangers are told of the ways in: which there are, and nothing else."""

from dataclasses import replace

from hub.settings import Secret, Settings
from tests.clock import VirtualClock
from tests.hub.sessions.people import sign_up
from tests.hubs import Hub, running_hub
from tests.people import well

PATH = "/api/v1/entrance"


async def test_open_sign_up_is_said_however_many_accounts_there_are(hub: Hub) -> None:
    await sign_up(hub)

    told = well(await hub.client.get(PATH))

    assert told == {"can_sign_up": True, "mail_is_set_up": False}


async def test_sign_up_closes_behind_the_first_one(settings: Settings, clock: VirtualClock) -> None:
    async with running_hub(replace(settings, open_sign_up=False), clock=clock) as hub:
        before = well(await hub.client.get(PATH))
        await sign_up(hub)

        after = well(await hub.client.get(PATH))

    assert (before["can_sign_up"], after["can_sign_up"]) == (True, False)


async def test_whether_a_forgotten_password_can_be_mailed_for_is_said(settings: Settings, clock: VirtualClock) -> None:
    settings = replace(settings, mail_url=Secret("smtp://127.0.0.1:9"), mail_from="Parley <parley@example.test>")
    async with running_hub(settings, clock=clock) as hub:
        told = well(await hub.client.get(PATH))

    assert told["mail_is_set_up"] is True
