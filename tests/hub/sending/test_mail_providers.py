"""The whole way of a mail at providers of e-mail: their API, what they tell of it, and mails that come in by them."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import pytest

from channels.base import Address, Hook, IdentityKind, Medium
from hub.consent.repository import list_records
from hub.consent.suppression import find_suppression
from hub.intake import ledger
from hub.lines.models import Line
from hub.people.getting import find_known_by
from hub.people.models import ConsentState, Person
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.threads import log
from hub.threads.models import Thread
from hub.threads.repository import list_after
from tests.fakes.mailers.provider import Mailer, Sent, Told
from tests.fakes.mailgun import provider as mailguns
from tests.fakes.mailgun.running import running_mailgun
from tests.fakes.sendgrid import provider as sendgrids
from tests.fakes.sendgrid.running import running_sendgrid
from tests.fakes.sendgrid.signing import public_key
from tests.hub.lines.connected import connect
from tests.hub.sending.scene import Scene
from tests.hubs import ORIGIN

LINE, ASHA, RAVI = "sales@acme.test", "asha@example.com", "ravi@example.com"
WORD = "aLongWordOfOurOwn0123"
BOUNCE: Mapping[str, dict[str, Any]] = {
    "sendgrid_email": {"state": "bounce", "type": "bounce", "status": "5.1.1", "reason": "550 5.1.1 No such user"},
    "mailgun_email": {
        "state": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "delivery-status": {"code": 550, "enhanced-code": "5.1.1"},
    },
}
SAYS: Mapping[str, Mapping[str, str]] = {
    "sendgrid_email": {"taken": "processed", "read": "open", "out": "unsubscribe", "complaint": "spamreport"},
    "mailgun_email": {"taken": "accepted", "read": "opened", "out": "unsubscribed", "complaint": "complained"},
}
Running = Callable[..., AbstractAsyncContextManager[Mailer]]
PROVIDERS: Mapping[str, tuple[Running, Mapping[str, str], str]] = {
    "sendgrid_email": (
        running_sendgrid,
        {"api_key": sendgrids.KEY, "public_key": public_key(sendgrids.SIGNER), "inbound_key": WORD},
        f"/mail?key={WORD}",
    ),
    "mailgun_email": (
        running_mailgun,
        {"api_key": mailguns.KEY, "signing_key": mailguns.SIGNER},
        "/mail?as=mime",
    ),
}


@dataclass
class Posted:
    """A line at one of them, and somebody who has written to it."""

    scene: Scene
    mailer: Mailer
    line: Line

    @property
    def words(self) -> Mapping[str, str]:
        """How the provider says it."""
        return SAYS[self.line.provider]

    async def hears(self, text: str = "Is it free?", sender: str = ASHA, **headers: str) -> list[Told]:
        """Somebody writes a mail."""
        told = await self.mailer.say(sender, LINE, text, **headers)
        await self.settles()
        return told

    async def says(self, text: str = "Yes, it is.") -> Any:
        """The owner answers, and it goes out."""
        said = await say(
            self.scene.deps, await self.thread(), Saying(client_id=f"c-{text}", text=text), self.scene.member
        )
        await self.scene.work()
        await self.settles()
        return said

    async def tells(self, state: str, **more: Any) -> list[Told]:
        """The provider tells what has become of the last mail."""
        told = await self.mailer.report(self.sent, state, **more)
        await self.settles()
        return told

    @property
    def sent(self) -> Sent:
        """The last mail."""
        return self.mailer.sent[-1]

    async def settles(self) -> None:
        """Until all is told and taken in."""
        await self.mailer.settle()
        await self.scene.deps.background.settle()

    async def person(self) -> Person:
        """Whoever is known by Asha's address."""
        found = await find_known_by(self.scene.deps, self.scene.account, address_of(ASHA))
        assert found is not None
        return found

    async def thread(self) -> Thread:
        """The conversation with her."""
        found = await log.find_or_make(self.scene.deps, self.scene.account, (await self.person()).id)
        return await log.catch_up(self.scene.deps, self.scene.account, found.id)

    async def spoken(self) -> list[str]:
        """The words of it, in order."""
        thread = await self.thread()
        entries = await list_after(self.scene.deps.mongo, self.scene.account, thread.id, 0, limit=100)
        return [(await log.opened(self.scene.deps, entry)).text for entry in entries if entry.direction]

    async def suppressed(self, address: str) -> str:
        """Why nothing goes to an address; empty where it may."""
        found = await find_suppression(self.scene.deps, self.scene.account, [address_of(address)], Medium.EMAIL)
        return found.reason.value if found else ""


def address_of(email: str) -> Address:
    """As the hub has them."""
    return Address(kind=IdentityKind.EMAIL, value=email)


@pytest.fixture(params=[*PROVIDERS])
async def posted(scene: Scene, request: pytest.FixtureRequest) -> AsyncIterator[Posted]:
    """Asha has written."""
    running, values, inbound = PROVIDERS[request.param]
    async with running(now=scene.clock.now) as mailer:
        given = {**values, "url": mailer.url}
        line = await connect(scene.deps, request.param, account=scene.account, address=LINE, values=given)
        mailer.client = scene.hub.client
        webhook = f"{ORIGIN}/in/{line.id}"
        mailer.connect(LINE, webhook, inbound=webhook + inbound)
        posted = Posted(scene, mailer, line)
        assert [told.answers for told in await posted.hears(Message_ID="<q-1@example.com>")] == [[200]]
        yield posted


async def test_what_somebody_writes_is_answered_in_one_thread(posted: Posted) -> None:
    said = await posted.says()

    sent = posted.sent
    assert (sent.to, sent.text.strip(), await posted.scene.state(said)) == ([ASHA], "Yes, it is.", "sent")
    assert sent.headers["references"].split()[-1] == "<q-1@example.com>"
    assert await posted.spoken() == ["Is it free?", "Yes, it is."]


async def test_how_a_mail_fares_is_seen(posted: Posted) -> None:
    said = await posted.says()

    states = []
    for state in (posted.words["taken"], "delivered", posted.words["read"], "delivered"):
        await posted.tells(state)
        states.append(await posted.scene.state(said))

    assert states == ["sent", "delivered", "read", "read"]


@pytest.mark.parametrize("mood", ["hang_up", "nonsense"])
async def test_what_was_taken_without_an_answer_is_known_by_what_becomes_of_it(posted: Posted, mood: Any) -> None:
    posted.mailer.mood(mood)
    posted.mailer.follows = (posted.words["taken"], "delivered")

    said = await posted.says()
    await posted.scene.pass_time(minutes=40)

    assert len(posted.mailer.sent) == 1
    assert await posted.scene.state(said) == "delivered"


async def test_an_address_that_there_is_not_gets_nothing_more(posted: Posted) -> None:
    said = await posted.says()

    await posted.tells(**BOUNCE[posted.line.provider])

    assert await posted.scene.state(said) == "failed"
    assert await posted.suppressed(ASHA) == "hard_bounce"


@pytest.mark.parametrize(("wants", "reason"), [("out", "opt_out"), ("complaint", "complaint")])
async def test_whoever_unsubscribes_or_complains_at_the_provider_gets_nothing_more(
    posted: Posted, wants: str, reason: str
) -> None:
    await posted.says()
    await posted.tells("delivered")

    for _ in range(2):
        await posted.tells(posted.words[wants])

    assert await posted.suppressed(ASHA) == reason
    assert (await posted.person()).consent_on(Medium.EMAIL) is ConsentState.REVOKED


async def test_somebody_whom_nobody_knows_unsubscribes_and_is_made_nobody_by_it(posted: Posted) -> None:
    await posted.says()

    told = {"sendgrid_email": {"email": RAVI}, "mailgun_email": {"recipient": RAVI}}[posted.line.provider]
    await posted.tells(posted.words["out"], **told)

    assert (await posted.suppressed(RAVI), await posted.suppressed(ASHA)) == ("opt_out", "")
    assert await find_known_by(posted.scene.deps, posted.scene.account, address_of(RAVI)) is None


async def test_what_is_told_five_times_is_one_thing(posted: Posted) -> None:
    await posted.says()
    posted.mailer.mood("duplicate", count=5)

    [told] = await posted.tells(posted.words["out"])

    assert told.answers == [200] * 5
    person = await posted.person()
    records = await list_records(posted.scene.deps.mongo, posted.scene.account, person.id)
    assert [one.state for one in records].count(ConsentState.REVOKED) == 1


async def test_a_mail_that_comes_five_times_stands_in_the_log_once(posted: Posted) -> None:
    posted.mailer.mood("duplicate", count=5)

    [told] = await posted.hears("And when?")

    assert told.answers == [200] * 5
    assert await posted.spoken() == ["Is it free?", "And when?"]


async def test_the_word_that_proves_who_tells_is_not_kept_with_what_is_told(posted: Posted) -> None:
    deps, comes = posted.scene.deps, next(posted.mailer.incoming(b"From: asha@example.com\r\n\r\nHi", ASHA, LINE))
    query = dict(parse_qsl(comes.url.partition("?")[2]))
    headers = {name.lower(): value for name, value in comes.headers.items()}

    event = await ledger.take(deps, posted.line, Hook("POST", comes.url, headers, query, comes.body, deps.clock.now()))

    assert event is not None
    kept = (await ledger.posted_of(deps, event)).query
    assert kept == {name: value for name, value in query.items() if value != WORD}


async def test_a_mail_of_nobody_who_knows_the_secret_is_refused(posted: Posted) -> None:
    stolen = next(posted.mailer.incoming(b"From: asha@example.com\r\n\r\nHi", ASHA, LINE))
    body = stolen.body.replace(b'name="signature"', b'name="x"')

    answer = await posted.scene.hub.client.post(
        stolen.url.partition("?")[0], content=body, headers=dict(stolen.headers)
    )

    assert answer.status_code == 403
