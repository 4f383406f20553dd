"""New credentials of a line count for what is under way already."""

from tests.hub.lines.connected import a_number
from tests.hub.sending.scene import Scene

PHONE = "+4915112345678"


async def change(scene: Scene, **values: str) -> None:
    """Enter something anew."""
    await scene.owner.does("PATCH", f"/lines/{scene.line.id}", {"values": values})


async def test_a_message_that_waits_goes_by_the_new_key(scene: Scene) -> None:
    said = await scene.says("It was written before")
    scene.sandbox.key = "the new key"
    await change(scene, key="the new key")

    await scene.work()

    assert (await scene.state(said), scene.texts) == ("sent", ["It was written before"])


async def test_a_message_that_was_put_off_goes_by_the_new_key(scene: Scene) -> None:
    async with scene.sandbox.gone():
        said = await scene.says("It was tried before")
        await scene.work()
    scene.sandbox.key = "the new key"
    await change(scene, key="the new key")

    await scene.pass_time(minutes=1)

    assert (await scene.state(said), scene.texts) == ("sent", ["It was tried before"])


async def test_what_comes_in_is_believed_by_the_new_secret_and_no_more_by_the_old(scene: Scene) -> None:
    address = a_number()
    line = await scene.connect("sandbox_sms", address=address)
    webhook = scene.sandbox.connect(address, webhook=f"/in/{line.id}", secret="secret", client=scene.hub.client)
    [before] = await scene.sandbox.say(PHONE, address, "Hello")

    await scene.owner.does("PATCH", f"/lines/{line.id}", {"values": {"webhook_secret": "new"}})
    [old] = await scene.sandbox.say(PHONE, address, "Signed by the old one")
    webhook.secrets[:] = ["new"]
    [new] = await scene.sandbox.say(PHONE, address, "Signed by the new one")

    assert [told.answers for told in (before, old, new)] == [[200], [403], [200]]
