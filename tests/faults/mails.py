"""A line by which mails go out, somebody who gets them, and what is said of both while something is wrong."""

from dataclasses import dataclass, replace
from typing import Any

from channels.base import Address, IdentityKind, Medium
from hub.consent import ledger
from hub.egress import Egress
from hub.lines.actions import get_line
from hub.lines.health import HealthShown, shown
from hub.lines.models import Line
from hub.people.finding import find_or_make
from hub.people.models import Person
from hub.sending.models import Said, Saying
from hub.sending.saying import say
from hub.threads import log
from tests.fakes.mailgun import provider as mailguns
from tests.hub.lines.connected import connect
from tests.hub.sending.scene import Scene

LINE = "sales@acme.test"
ASHA = Address(kind=IdentityKind.EMAIL, value="asha@example.com")
# Another machine, as far as the hub can tell.
HOST = "mail.acme.test"


@dataclass
class Mails:
    """What the business says to Asha over one line."""

    scene: Scene
    line: Line
    asha: Person

    async def says(self, text: str = "Yes, it is.", *, work: bool = True) -> Said:
        """The owner writes, and it goes out if it can, unless no worker is there."""
        thread = await log.find_or_make(self.scene.deps, self.scene.account, self.asha.id)
        thread = await log.catch_up(self.scene.deps, self.scene.account, thread.id)
        saying = Saying(client_id=text, text=text, subject="The flat", line=self.line.id)
        said = await say(self.scene.deps, thread, saying, self.scene.member)
        if work:
            await self.scene.work()
        return said

    async def stands(self, said: Said) -> tuple[str, str]:
        """How far it has come, and why no further."""
        delivery = await self.scene.delivery(said)
        return delivery.state.value, delivery.failure.code if delivery.failure else ""

    async def health(self) -> HealthShown:
        """What the owner sees of how the line fares."""
        await self.scene.deps.pulses.write()
        return shown(await self.stored_line())

    async def stored_line(self) -> Line:
        """As it is by now."""
        return await get_line(self.scene.deps, self.scene.account, self.line.id)


async def by_server(scene: Scene, port: int, **values: str) -> Mails:
    """Over a mail server."""
    return await over(scene, "smtp_email", {"host": "127.0.0.1", "port": str(port), "security": "none", **values})


async def by_mailgun(scene: Scene, url: str) -> Mails:
    """Over a provider with an API."""
    values = {"api_key": mailguns.KEY, "signing_key": mailguns.SIGNER, "url": url}
    return await over(scene, "mailgun_email", values)


async def over(scene: Scene, provider: str, values: Any) -> Mails:
    """Asha has asked something before."""
    line = await connect(scene.deps, provider, account=scene.account, address=LINE, values=values)
    asha = await find_or_make(scene.deps, scene.account, [ASHA], name="Asha")
    await ledger.note_inquiry(scene.deps, asha, Medium.EMAIL, scene.clock.now())
    return Mails(scene, line, asha)


def goes_out_by(scene: Scene, egress: Egress) -> None:
    """From now on the hub has this way out."""
    scene.hub.app.state.deps = replace(scene.deps, egress=egress)
