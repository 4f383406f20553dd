"""A business that writes templates, hands them in, and sends them."""

from dataclasses import dataclass
from typing import Any

from channels.base import TemplateUse
from hub.lines.actions import get_line
from hub.lines.models import Line
from hub.people.editing import change as change_person
from hub.people.shapes import PersonChange
from hub.templates.models import KeptTemplate
from hub.templates.repository import list_of_line
from hub.templates.syncing import KINDS
from hub.threads.log import opened
from tests.fakes.sandbox.running import RunningSandbox
from tests.hub.lines.connected import act_in
from tests.hub.sending.scene import Scene, connect_to, lines_address
from tests.hubs import Hub

VISIT: dict[str, Any] = {
    "name": "visit",
    "language": "en",
    "category": "utility",
    "body": "Hello {{first_name}}, shall we meet {{when}} at the flat?",
    "footer": "Acme",
    "blanks": [
        {"key": "first_name", "sample": "Asha", "fallback": "there"},
        {"key": "when", "sample": "on Monday"},
    ],
}


@dataclass
class Stage(Scene):
    """The scene of sending, and what people do about templates in it."""

    number: str = ""

    async def makes(self, **more: Any) -> dict[str, Any]:
        """A draft."""
        made: dict[str, Any] = await self.owner.does("POST", "/templates", self.wanted(**more))
        return made

    def wanted(self, **more: Any) -> dict[str, Any]:
        """An invitation to a visit, but for this."""
        return {"line_id": self.line.id, **VISIT, **more}

    async def has_approved(self, **more: Any) -> dict[str, Any]:
        """A template that was handed in, and that the provider has approved."""
        made = await self.makes(**more)
        await self.owner.does("POST", f"/templates/{made['id']}/submit")
        await self.decides(made, state="approved")
        return await self.shown(made)

    async def is_approved_silently(self) -> dict[str, Any]:
        """A template that was handed in and approved; only whoever looks at the provider knows."""
        made = await self.makes()
        await self.owner.does("POST", f"/templates/{made['id']}/submit")
        self.sandbox.templates["visit", "en"].state = "approved"
        return made

    async def decides(self, template: dict[str, Any], **fields: str) -> None:
        """The provider tells what it makes of it."""
        await self.sandbox.decide_template(self.number, template["name"], template["language"], **fields)
        await self.deps.background.settle()

    async def is_told(self, name: str, **fields: str) -> None:
        """The provider tells something of a template, be it there or not."""
        event = {"type": "template_status", "name": name, "language": "en", "at": self.clock.now().isoformat()}
        await self.sandbox.line(self.number).tell({**event, **fields})
        await self.deps.background.settle()

    async def is_rejected(self) -> dict[str, Any]:
        """A template that was handed in, and that the provider has rejected."""
        made = await self.makes()
        await self.owner.does("POST", f"/templates/{made['id']}/submit")
        await self.decides(made, state="rejected", reason="It promises too much.")
        return made

    async def shown(self, template: dict[str, Any]) -> dict[str, Any]:
        """As it is by now."""
        found: dict[str, Any] = await self.owner.does("GET", f"/templates/{template['id']}")
        return found

    async def state_of(self, template: dict[str, Any]) -> str:
        """How far it has come."""
        return str((await self.shown(template))["state"])

    async def kept(self, line: Line | None = None) -> dict[str, KeptTemplate]:
        """All of a line, by name."""
        found = await list_of_line(self.deps.mongo, self.account, (line or self.line).id)
        return {one.name: one for one in found}

    async def syncs(self) -> dict[str, int]:
        """Somebody wants to see what the provider has."""
        found: dict[str, int] = await self.owner.does("POST", "/templates/sync", {"line_id": self.line.id})
        return found

    async def looks(self) -> None:
        """What is due to be looked up is."""
        await self.work(KINDS)

    async def uses(self, *values: str, language: str = "en", **named: str) -> Any:
        """The owner sends the invitation."""
        used = TemplateUse(name="visit", language=language, values=(*values, *named.values()), names=tuple(named))
        return await self.says("", template=used)

    async def asks(self, language: str | None = "en", **values: str) -> Any:
        """What the gate says to it."""
        template = {"name": "visit", "language": language, "values": values}
        return await self.asks_gate("", template=template)

    async def read(self, said: Any) -> str:
        """The words that stand in the log."""
        return (await opened(self.deps, await self.entry(said))).text

    async def is_called(self, **fields: Any) -> None:
        """Something is known of the person."""
        await change_person(act_in(self.deps, self.account), self.someone.id, PersonChange(**fields))


async def connect_whatsapp(hub: Hub, account: str, sandbox: RunningSandbox) -> Line:
    """A line whose webhooks come to the hub."""
    line = await connect_to(hub.deps, account, sandbox, "sandbox_whatsapp")
    address = await lines_address(hub.deps, line)
    sandbox.connect(address, webhook=f"/in/{line.id}", secret="secret", client=hub.client)
    return await get_line(hub.deps, account, line.id)
