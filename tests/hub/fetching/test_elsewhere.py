"""Files that the business has sent from its phone are seen as those that people send."""

from channels.base import Address, Content, Elsewhere, IdentityKind, Media
from hub.intake.elements import take_in
from tests.hub.fetching.scene import Scene
from tests.hub.files.samples import PNG
from tests.hub.intake.webhooks import LEAD, message, tell


async def test_a_picture_from_the_phone_of_the_business_is_fetched_and_seen(scene: Scene) -> None:
    await tell(scene.hub, scene.line, message("Hello", at=scene.clock.now()))
    kept = scene.sandbox.keep("image/png", "roof.png", PNG)
    picture = Media(type="image/png", name="roof.png", provider_id=kept["id"])
    to = (Address(kind=IdentityKind.PHONE, value=LEAD),)

    echo = Elsewhere(id="echo", to=to, said_at=scene.clock.now(), content=Content(media=(picture,)))
    await take_in(scene.deps, scene.line, [echo])
    await scene.deps.background.settle()
    await scene.work()

    assert [one["state"] for one in await scene.shown()] == ["kept"]
