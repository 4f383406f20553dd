"""All of it together, by the clock of this machine: said, rung for, sent by a worker, and told of by the provider."""

import asyncio
from dataclasses import replace
from ipaddress import ip_network

from hub.clock import SystemClock
from hub.settings import Settings
from hub.threads import log
from hub.threads.delivering import get_entry
from hub.work.worker import Worker, working
from tests.clock import VirtualClock
from tests.contracts.matrix import Sent
from tests.fakes.sandbox.running import running_sandbox
from tests.hub.sending.scene import Scene, connect_to, make_someone
from tests.hubs import Hub, running_hub
from tests.people import found

ON_THIS_MACHINE = (ip_network("127.0.0.0/8"),)


async def scene_of(hub: Hub, sandbox: object, clock: VirtualClock) -> Scene:
    """Somebody has written by SMS."""
    owner = await found(hub, "acme")
    line = await connect_to(hub.deps, owner.account, sandbox, "sandbox_sms")  # type: ignore[arg-type]
    someone = await make_someone(hub.deps, owner.account)
    scene = Scene(hub, owner, sandbox, clock, line, someone)  # type: ignore[arg-type]
    await scene.hears()
    return scene


async def test_a_worker_sends_what_it_was_rung_for_at_once(settings: Settings) -> None:
    now: object = SystemClock()
    settings = replace(settings, open_sign_up=True, egress_allow=ON_THIS_MACHINE, work_sweep_s=30)
    async with running_hub(settings) as hub, running_sandbox() as sandbox:
        worker = Worker(hub.deps, hub.app.state.house.kinds, settings.redis_url.reveal())
        scene = await scene_of(hub, sandbox, now)  # type: ignore[arg-type]
        async with working(worker), asyncio.timeout(60):
            while not worker.bell_works:
                await asyncio.sleep(0.02)

            said = [await scene.says(str(number)) for number in range(5)]
            while len(scene.texts) < 5:
                await asyncio.sleep(0.02)

        assert scene.texts == ["0", "1", "2", "3", "4"]
        assert {(await get_entry(hub.deps, scene.account, one.entry.id)).author for one in said} == {scene.member}


async def test_saying_something_asks_the_database_as_often_however_much_there_is(settings: Settings) -> None:
    sent, clock = Sent(), VirtualClock()
    settings = replace(settings, open_sign_up=True, egress_allow=ON_THIS_MACHINE)
    async with running_hub(settings, clock=clock, listeners=[sent]) as hub, running_sandbox(now=clock.now) as sandbox:
        scene = await scene_of(hub, sandbox, clock)
        await scene.says()
        await scene.hears()
        counts: list[int] = []
        for _ in range(2):
            thread = await log.get_thread(hub.deps, scene.account, (await scene.thread()).id)
            await clock.advance(seconds=3)
            await hub.deps.bus.settle()
            sent.take()
            await scene.owner.does("POST", f"/threads/{thread.id}/messages", {"client_id": str(counts), "text": "Hi"})
            await hub.deps.background.settle()
            await hub.deps.bus.settle()
            counts.append(len(sent.take()))
            for _ in range(10):
                await scene.connect("sandbox_sms")
                await scene.hears()

    assert counts[0] == counts[1]
    # What screens and members are told of it is among them.
    assert counts[0] <= 34
