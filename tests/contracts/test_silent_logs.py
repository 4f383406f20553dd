"""S8: whoever reads the logs learns nothing of anybody. People write to us by each way there is, are answered, and all
of that fails as well; who they are, what they say and what we sign in by stands in no line, however much is logged."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from ipaddress import ip_network
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest

from hub.deps import Deps
from hub.intake import elements, ledger
from hub.lines import actions as lines
from hub.lines.models import Line
from hub.sending.delivery import KINDS
from hub.sending.models import Saying
from hub.sending.saying import say
from hub.settings import Settings
from hub.threads import log as threads
from hub.threads.delivering import get_entry
from hub.threads.models import Author, AuthorKind
from tests.channels.twilio.stage import LINE, VALUES
from tests.clock import VirtualClock
from tests.fakes.meta import running_meta, signed
from tests.fakes.meta.people import Person
from tests.fakes.smtp import fake_smtp
from tests.fakes.twilio.running import TOKEN, running_twilio
from tests.hub.intake.webhooks import ledger_of
from tests.hub.lines.connected import connect
from tests.hub.postbox.handing_in import a_mail, a_mail_line, open_box, written_to
from tests.hub.postbox.mailroom import at_work, mailroom
from tests.hub.postbox.scripted import Answer, has_mails, scripted
from tests.hub.sending.scene import work_off
from tests.hub.test_logs import Log, log  # noqa: F401 - a fixture
from tests.hubs import Hub, running_hub
from tests.people import Person as Member
from tests.people import found

DIGITS, ADDRESS, NAME, WORDS = "12025550173", "asha.canaria@lead.test", "Asha Canaria", "I can pay forty lakhs"
SOMEBODY = Person("US.77777208655302741918", DIGITS, NAME)
SECRETS = (TOKEN, "the secret of the app", "the token of the app", "the password")
CANARIES = (DIGITS[1:], "canaria", "lakhs", SOMEBODY.user_id, *SECRETS)
# What of ours is broken, and what is logged of that.
BROKEN: dict[str, tuple[Any, str, str]] = {
    "nothing": (ledger, "parsed_of", ""),
    "reading": (ledger, "parsed_of", "event_failed"),
    "taking in": (elements, "take_to", "element_failed"),
}
FAILING = ("refused", "unsure", "unreachable")
Act = Callable[[], Awaitable[object]]
Answers = dict[str, Answer]


@dataclass
class Way:
    """One way by which somebody writes to a business, and is written to."""

    deps: Deps
    owner: Member
    line: Line
    # They write; somebody else does so in their name; what comes makes no sense.
    writes: Act
    forges: Act
    babbles: Act
    # What becomes of what is sent, by a word of FAILING.
    fails: dict[str, Callable[[], AbstractAsyncContextManager[object]]]
    settles: Act
    times: int = field(default=0)

    async def heard(self, act: Act) -> None:
        """Something comes, and whatever becomes of it."""
        await act()
        await self.settles()
        await self.deps.background.settle()

    async def answers(self) -> str:
        """The business says the same to them; how far that has come."""
        (thread_of_theirs,) = await self.deps.mongo["threads"].find({"account": self.line.account}, limit=2)
        thread = await threads.get_thread(self.deps, self.line.account, thread_of_theirs["_id"])
        self.times += 1
        saying = Saying(client_id=f"c{self.times}", text=f"{NAME}: {WORDS}")
        said = await say(self.deps, thread, saying, Author(AuthorKind.MEMBER, self.owner.member))
        await work_off(self.deps, KINDS)
        await self.settles()
        await self.deps.background.settle()
        return said.entry.id


def does(act: Callable[[], object]) -> Callable[[], AbstractAsyncContextManager[object]]:
    """What is done before, and needs no end."""

    @asynccontextmanager
    async def block() -> AsyncIterator[None]:
        act()
        yield

    return block


@asynccontextmanager
async def by_sms(hub: Hub, owner: Member) -> AsyncIterator[Way]:
    """A number at Twilio."""
    async with running_twilio(now=hub.deps.clock.now) as twilio:
        values = {**VALUES, "url": twilio.url}
        line = await connect(hub.deps, "twilio_sms", account=owner.account, address=LINE, values=values)
        webhook = (await lines.access_of(hub.deps, line)).webhook
        twilio.connect(LINE, webhook=webhook, client=hub.client)

        async def forges() -> None:
            twilio.token = "guessed"
            await twilio.say(f"+{DIGITS}", LINE, WORDS)
            twilio.token = TOKEN

        yield Way(
            hub.deps,
            owner,
            line,
            writes=lambda: twilio.say(f"+{DIGITS}", LINE, WORDS),
            forges=forges,
            babbles=lambda: twilio.tell(webhook, {WORDS: NAME, "From": f"+{DIGITS}"}, hub.client),
            fails={
                "refused": does(lambda: twilio.mood("refuse", code="21610")),
                "unsure": does(lambda: twilio.mood("hang_up")),
                "unreachable": twilio.gone,
            },
            settles=twilio.settle,
        )


@asynccontextmanager
async def by_whatsapp(hub: Hub, owner: Member) -> AsyncIterator[Way]:
    """A number at Meta."""
    secret, token = SECRETS[1:3]
    async with running_meta(now=hub.deps.clock.now, secret=secret, token=token) as meta:
        number = meta.connect("12025550142")
        known = {"phone_number_id": number.id, "waba_id": number.account, "verify_token": meta.verify_token}
        values = {**known, "url": f"{meta.url}/v26.0", "app_secret": secret, "access_token": token}
        line = await connect(hub.deps, "meta_whatsapp", account=owner.account, address="+12025550142", values=values)
        webhook = meta.webhooks[number.account]
        webhook.client, webhook.url = hub.client, f"/in/{line.id}"
        rubbish = f'{{"object": "{WORDS} {NAME} {DIGITS}'.encode()

        async def forges() -> None:
            webhook.secret = "guessed"
            await meta.say(SOMEBODY, number.id, WORDS)
            webhook.secret = secret

        yield Way(
            hub.deps,
            owner,
            line,
            writes=lambda: meta.say(SOMEBODY, number.id, WORDS),
            forges=forges,
            babbles=lambda: hub.client.post(webhook.url, content=rubbish, headers=signed(rubbish, secret)),
            fails={
                "refused": does(lambda: meta.mood("refuse", code="131026")),
                "unsure": does(lambda: meta.mood("hang_up")),
                "unreachable": meta.gone,
            },
            settles=meta.settle,
        )


@asynccontextmanager
async def by_mail(hub: Hub, owner: Member) -> AsyncIterator[Way]:
    """A mail server of the business's own, which also hands mail in."""
    async with fake_smtp() as server, open_box(hub.deps) as box:
        line = await a_mail_line(hub.deps, account=owner.account, port=server.port)
        rubbish = b"\xff\xfe: " + f"{WORDS}\r\nFrom: {NAME} <{ADDRESS}\r\n".encode() * 3

        async def forges() -> None:
            with pytest.raises(SMTPRecipientsRefused):
                await box.gets(a_mail(WORDS), f"{ADDRESS.partition('@')[0]}@in.test", sender=ADDRESS)

        yield Way(
            hub.deps,
            owner,
            line,
            writes=lambda: box.gets(a_mail(WORDS, From=f"{NAME} <{ADDRESS}>"), written_to(line), sender=ADDRESS),
            forges=forges,
            babbles=lambda: box.gets(rubbish, written_to(line), sender=ADDRESS),
            fails={
                "refused": does(lambda: server.replies.update(RCPT=f"550 5.1.1 {ADDRESS} is unknown")),
                "unsure": does(lambda: setattr(server, "mood", "hang_up")),
                "unreachable": server.gone,
            },
            settles=hub.deps.background.settle,
        )


WAYS = {"sms": by_sms, "whatsapp": by_whatsapp, "mail": by_mail}


@pytest.fixture(params=WAYS)
async def way(
    settings: Settings,
    clock: VirtualClock,
    log: Log,  # noqa: F811
    request: pytest.FixtureRequest,
) -> AsyncIterator[Way]:
    """Each of them; all that is logged is in JSON."""
    nearby = replace(settings, egress_allow=(ip_network("127.0.0.0/8"),))
    async with running_hub(nearby, clock=clock) as hub, WAYS[request.param](hub, await found(hub, "acme")) as way:
        yield way


class Choking:
    """Something of ours that fails, and says of what."""

    async def __call__(self, *_: Any, **__: Any) -> Any:
        raise RuntimeError(f"{NAME}, {ADDRESS}, +{DIGITS}: {WORDS}", SECRETS)


def told(logged: str) -> list[str]:
    """What it tells that it must not."""
    return [canary for canary in CANARIES if canary.lower() in logged.lower()]


@pytest.mark.parametrize("how", FAILING)
async def test_no_line_says_who_it_was_when_an_answer_is_sent_or_fails(way: Way, log: Log, how: str) -> None:  # noqa: F811
    await way.heard(way.writes)
    await way.answers()
    async with way.fails[how]():
        entry = await way.answers()

    delivery = (await get_entry(way.deps, way.line.account, entry)).delivery
    assert delivery and (delivery.state != "sent" or how == "unsure")
    assert told(log.read()) == []


@pytest.mark.parametrize("broken", ["nothing", "reading", "taking in"])
async def test_no_line_says_who_it_was_when_something_comes_or_is_refused_or_fails(
    way: Way,
    log: Log,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
) -> None:
    place, name, event = BROKEN[broken]
    monkeypatch.setattr(place, name, Choking() if event else getattr(place, name))

    for act in (way.writes, way.forges, way.babbles):
        await way.heard(act)

    logged = log.read()
    assert (event in logged, await ledger_of(way.deps) != []) == (True, True)
    assert told(logged) == []


def holding(mail: str) -> Answers:
    """The mailbox has one mail."""
    read = f"* 1 FETCH (UID 1 BODY[]<0> {{{len(mail)}}}\r\n{mail})\r\n{{tag}} OK done\r\n"
    return has_mails(1, refuses={1: read})


MAIL = a_mail(WORDS, From=f"{NAME} <{ADDRESS}>").as_string().replace("\n", "\r\n")
REFUSAL = f"{{tag}} NO [AUTHENTICATIONFAILED] {ADDRESS} has another {SECRETS[-1]}\r\n"


@pytest.mark.parametrize("answers", [holding(MAIL), {"LOGIN": REFUSAL}], ids=["read", "refused"])
async def test_no_line_says_what_a_mailbox_holds_or_why_it_lets_nobody_in(
    settings: Settings,
    log: Log,  # noqa: F811
    answers: Answers,
) -> None:
    async with scripted(**answers) as server, mailroom(settings, server) as room, at_work(room.deps):
        await room.until(lambda folder: folder.trouble or folder.next_uid == 2)
        await room.deps.background.settle()

    logged = log.read()

    assert SECRETS[-1] in " ".join(server.heard)
    assert told(logged) == []
