"""What the fake Twilio is: an account with numbers, the people who write to them, and all that was sent to them."""

import asyncio
import itertools
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2

from tests.fakes.sandbox.moods import Does, Mood, Moods
from tests.fakes.serving import Busy
from tests.fakes.twilio.signing import signature

NOT_REACHED = 0
SECOND = timedelta(seconds=1)
STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"}
START = {"START", "UNSTOP"}
HELP = {"HELP", "INFO"}


@dataclass
class Number:
    """A number of the account, or a WhatsApp sender; what comes in is told to its webhook."""

    address: str
    sid: str
    webhook: str = ""
    client: httpx2.AsyncClient | None = None
    # Where what could not be told there is told once more.
    fallback: str = ""
    can: dict[str, bool] = field(default_factory=lambda: {"voice": True, "sms": True, "mms": True, "fax": False})


@dataclass
class Sent:
    """A message that it has taken: the fields of the request."""

    sid: str
    form: dict[str, list[str]]
    at: datetime
    states: list[str]
    code: int | None = None

    def first(self, name: str) -> str:
        """One field of it."""
        return self.form.get(name, [""])[0]

    @property
    def ours(self) -> str:
        """What its sender calls it, in the address that is told how it fares."""
        return parse_qs(urlsplit(self.first("StatusCallback")).query).get("m", [""])[0]


@dataclass(frozen=True)
class Told:
    """One webhook, and what was answered each time that it was sent; 0 where nobody answered."""

    url: str
    fields: dict[str, str]
    answers: list[int]


class Twilio(Busy):
    """The provider. What it tells and takes is here; its HTTP API is in api.py."""

    def __init__(self, now: Callable[[], datetime], client: httpx2.AsyncClient, *, account: str, token: str) -> None:
        super().__init__()
        self.now = now
        self.account, self.token = account, token
        self.client = client
        self.url = ""
        self.is_trial = False
        self.handles_opt_out = False
        self.numbers: dict[str, Number] = {}
        # By its SID, the fields of a messaging service.
        self.services: dict[str, dict[str, Any]] = {}
        # By its SID, whatever its Content API keeps.
        self.contents: dict[str, Any] = {}
        self.sent: list[Sent] = []
        self.told: list[Told] = []
        self.refused: list[str] = []
        self.files: dict[str, tuple[str, bytes]] = {}
        self.opted_out: set[tuple[str, str]] = set()
        self.moods = Moods()
        # What becomes of every message by itself, such as sent and delivered.
        self.follows: Sequence[str] = ()
        self._count = itertools.count(1)
        self._run = secrets.token_hex(8)

    def connect(self, address: str, *, webhook: str = "", client: httpx2.AsyncClient | None = None) -> Number:
        """A number, such as +12025550100 or whatsapp:+12025550100, and where what comes in is told."""
        number = Number(address, self.new_id("XE" if ":" in address else "PN"), webhook, client)
        self.numbers[address] = number
        return number

    def mood(self, does: Does, **more: Any) -> Mood:
        """From now on it does this, `times` over, once if nothing is said, or always if that is None."""
        mood = Mood(does=does, **more)
        self.moods.all.append(mood)
        return mood

    def keep(self, type: str, content: bytes) -> str:
        """A file that somebody sends: the address that stands in the webhook."""
        message, file = self.new_id("MM"), self.new_id("ME")
        self.files[f"{message}/{file}"] = (type, content)
        return f"{self.url}/2010-04-01/Accounts/{self.account}/Messages/{message}/Media/{file}"

    async def say(self, sender: str, to: str, text: str = "", **more: str) -> Told:
        """Somebody writes to a number. `more` are fields of the webhook, such as MediaUrl0 or ButtonPayload."""
        sid = self.new_id("SM")
        fields = {"MessageSid": sid, "SmsSid": sid, "SmsMessageSid": sid, "AccountSid": self.account}
        fields |= {"From": sender, "To": to, "Body": text, "NumMedia": "0", "NumSegments": "1"}
        fields |= {"SmsStatus": "received", "ApiVersion": "2010-04-01", **self.opting(sender, to, text), **more}
        number = self.numbers[to]
        told = await self.tell(number.webhook, fields, number.client)
        if number.fallback and not any(200 <= answer < 300 for answer in told.answers):
            again = {**fields, "ErrorCode": "11200", "ErrorUrl": number.webhook}
            return await self.tell(number.fallback, again, number.client)
        return told

    def opting(self, sender: str, to: str, text: str) -> dict[str, str]:
        """It minds opt-out words by itself, where the account wants that."""
        word = text.strip().upper()
        if not self.handles_opt_out or word not in STOP | START | HELP:
            return {}
        if word in HELP:
            return {"OptOutType": "HELP"}
        change = self.opted_out.add if word in STOP else self.opted_out.discard
        change((sender, to))
        return {"OptOutType": "STOP" if word in STOP else "START"}

    async def report(self, sent: Sent, *states: str, code: int | None = None) -> list[Told]:
        """Tell what has become of a message."""
        told = []
        for state in states:
            sent.states.append(state)
            sent.code = code
            fields = {"MessageSid": sent.sid, "SmsSid": sent.sid, "MessageStatus": state, "SmsStatus": state}
            fields |= {"From": sent.first("From"), "To": sent.first("To"), "AccountSid": self.account}
            fields |= {"ApiVersion": "2010-04-01"} | ({"ErrorCode": str(code)} if code else {})
            if state in ("delivered", "undelivered") and ":" not in sent.first("To"):
                fields["RawDlrDoneDate"] = f"{self.now():%y%m%d%H%M}"
            number = self.numbers.get(sent.first("From"))
            told.append(await self.tell(sent.first("StatusCallback"), fields, number.client if number else None))
        return told

    async def tell(self, url: str, fields: dict[str, str], client: httpx2.AsyncClient | None = None) -> Told:
        """One webhook, signed; late or often, as the mood is."""
        told = Told(url, fields, [])
        self.told.append(told)
        line = fields.get("To", "")
        if mood := self.moods.take("late", line):
            await asyncio.sleep(mood.wait_s)
        repeated = self.moods.take("duplicate", line)
        times = repeated.count if repeated else 1
        told.answers.extend(await asyncio.gather(*(self._post(url, fields, client) for _ in range(times))))
        return told

    async def _post(self, url: str, fields: dict[str, str], client: httpx2.AsyncClient | None) -> int:
        headers = {
            "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
            "x-twilio-signature": signature(url, fields.items(), self.token),
            "i-twilio-idempotency-token": secrets.token_hex(8),
            "user-agent": "TwilioProxy/1.1",
        }
        try:
            posted = await (client or self.client).post(url, content=urlencode(fields), headers=headers)
        except (httpx2.TransportError, httpx2.InvalidURL):
            return NOT_REACHED
        return posted.status_code

    def take(self, form: dict[str, list[str]]) -> Sent:
        """One message more that it has to bring to somebody."""
        sid = self.new_id("MM" if "MediaUrl" in form else "SM")
        sent = Sent(sid, form, self.now(), ["accepted" if "MessagingServiceSid" in form else "queued"])
        self.sent.append(sent)
        return sent

    def is_over(self, line: str, per_second: int) -> bool:
        """Whether a number has sent so many within the last second."""
        lately = [sent for sent in self.sent if sent.first("From") == line and sent.at > self.now() - SECOND]
        return len(lately) >= per_second

    def taken(self, ours: str) -> list[Sent]:
        """What went out under an id of its sender: more than one is what must never happen."""
        return [sent for sent in self.sent if sent.ours == ours]

    def new_id(self, kind: str) -> str:
        """A SID: two letters and 32 digits."""
        return f"{kind}{self._run}{next(self._count):016x}"
