"""The whole way of WhatsApp over Twilio: what somebody writes, our answer, and a template of the Content API."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from hub.lines import actions as lines
from hub.lines.models import Line
from hub.people.getting import get_person
from hub.sending.delivery import KINDS as SENDING
from hub.settings import Settings
from hub.threads.models import Thread
from tests.channels.twilio.stage import LINE, PERSON, VALUES
from tests.clock import VirtualClock
from tests.fakes.twilio.running import RunningTwilio, running_twilio
from tests.hub.connecting.conftest import reaching  # noqa: F401 - a fixture
from tests.hub.intake.webhooks import only_thread
from tests.hub.lines.connected import connect
from tests.hub.sending.scene import work_off
from tests.hubs import Hub, running_hub
from tests.people import Person, found, sign_in

ASHA, OURS = f"whatsapp:{PERSON.value}", f"whatsapp:{LINE}"
VISIT: dict[str, Any] = {
    "name": "visit",
    "language": "en",
    "category": "utility",
    "body": "Hello {{first_name}}, shall we meet {{when}} at the flat?",
    "blanks": [{"key": "first_name", "sample": "Asha", "fallback": "there"}, {"key": "when", "sample": "on Monday"}],
}


@pytest.fixture
async def hub(reaching: Settings, clock: VirtualClock) -> AsyncIterator[Hub]:  # noqa: F811
    """With time of its own."""
    async with running_hub(reaching, clock=clock) as hub:
        yield hub


@pytest.fixture
async def twilio(clock: VirtualClock) -> AsyncIterator[RunningTwilio]:
    """At the same time."""
    async with running_twilio(now=clock.now) as twilio:
        yield twilio


@pytest.fixture
async def owner(hub: Hub) -> Person:
    """Of the business."""
    return await found(hub, "acme")


@pytest.fixture
async def line(hub: Hub, twilio: RunningTwilio, owner: Person) -> Line:
    """Its sender of WhatsApp, to which Asha has written."""
    values = {**VALUES, "url": twilio.url}
    line = await connect(hub.deps, "twilio_whatsapp", account=owner.account, address=LINE, values=values)
    webhook = (await lines.access_of(hub.deps, line)).webhook
    twilio.connect(OURS, webhook=webhook, client=hub.client)
    await twilio.say(ASHA, OURS, "Is the flat still free?", ProfileName="Asha Rao", WaId=PERSON.value.lstrip("+"))
    await hub.deps.background.settle()
    return line


async def thread(hub: Hub, owner: Person) -> Thread:
    """The conversation with her."""
    return await only_thread(hub.deps, owner.account)


async def sends(hub: Hub, owner: Person, body: dict[str, Any]) -> None:
    """The owner writes to her."""
    await owner.does("POST", f"/threads/{(await thread(hub, owner)).id}/messages", {"client_id": "1", **body})
    await work_off(hub.deps, SENDING)


async def test_whoever_writes_is_known_by_number_and_name(hub: Hub, owner: Person, line: Line) -> None:
    person = await get_person(hub.deps, owner.account, (await thread(hub, owner)).person)

    shown = await owner.does("GET", f"/people/{person.id}")
    assert shown["name"] == "Asha Rao"
    assert PERSON.value in [identity["value"] for identity in shown["identities"]]


async def test_an_answer_goes_out_to_whatsapp(hub: Hub, twilio: RunningTwilio, owner: Person, line: Line) -> None:
    await sends(hub, owner, {"text": "Yes, it is."})

    [sent] = twilio.sent
    assert [sent.first(name) for name in ("From", "To", "Body")] == [OURS, ASHA, "Yes, it is."]


async def test_a_template_is_made_approved_and_sent_after_the_window(
    hub: Hub, twilio: RunningTwilio, owner: Person, line: Line, clock: VirtualClock
) -> None:
    draft = await owner.does("POST", "/templates", {"line_id": line.id, **VISIT})
    submitted = await owner.does("POST", f"/templates/{draft['id']}/submit")
    [kept] = twilio.contents.values()
    kept.approval["status"] = "approved"
    await owner.does("POST", "/templates/sync", {"line_id": line.id})
    approved = await owner.does("GET", f"/templates/{draft['id']}")

    await clock.advance(hours=25)
    template = {"name": "visit", "language": "en", "values": {"when": "on Monday"}}
    await sends(hub, await sign_in(hub, owner.email), {"template": template, "line_id": line.id})

    assert [one["state"] for one in (draft, submitted, approved)] == ["draft", "submitted", "approved"]
    assert [(one.first("To"), one.first("ContentSid")) for one in twilio.sent] == [(ASHA, kept.sid)]
    assert '"Asha"' in twilio.sent[0].first("ContentVariables")
