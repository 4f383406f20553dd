"""The fake Telnyx, in its own words."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import msgspec
from starlette.responses import Response

from tests.fakes.carriers.provider import Body, Sent, new_id
from tests.fakes.carriers.running import Served
from tests.fakes.serving import json
from tests.fakes.telnyx.signing import signed

KEY, SIGNER = "KEY0123456789ABCDEF", "the-signer-of-telnyx"
PROFILE = "4000eba1-a0c0-4563-9925-b25e842a7cb6"
STATUSES = {"10005": 404, "10009": 401, "10010": 403, "10011": 429}
STOP = {"STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"}
START = {"START", "UNSTOP"}
MOST_FILES, LONGEST_TEXT = 10, 1600


class Telnyx(Served):
    """One account of it with one messaging profile, which keeps a list of those who have opted out."""

    def __init__(self, now: Callable[[], datetime], client: httpx2.AsyncClient, *, signer: str) -> None:
        super().__init__(now, client, key=KEY)
        self.signer = signer
        self.profile: Body = {
            "record_type": "messaging_profile",
            "id": PROFILE,
            "name": "Parley",
            "enabled": True,
            "webhook_url": "",
            "webhook_api_version": "2",
        }
        self.opted_out: set[str] = set()

    def connect(self, *numbers: str, webhook: str = "") -> None:
        """These numbers belong to the profile, which tells there what comes in and goes out."""
        self.numbers = [*dict.fromkeys([*self.numbers, *numbers])]
        self.profile["webhook_url"] = webhook

    def hears(self, sent: Sent | None) -> str:
        """What the message itself says, or else the profile."""
        return str((sent.body.get("webhook_url") if sent else "") or self.profile["webhook_url"])

    def incoming(self, sender: str, line: str, text: str, files: Sequence[Body], **more: Any) -> Body:
        """An SMS, or with files an MMS."""
        to = {"carrier": "Telnyx", "line_type": "Wireless", "phone_number": line, "status": "webhook_delivered"}
        payload = {
            **self.message("inbound", sender, to, text, files),
            "id": new_id(),
            "received_at": stamp(self.now()),
            "autoresponse_type": self.opting(sender, text),
        }
        return self.event("message.received", {**payload, **more})

    def opting(self, sender: str, text: str) -> str | None:
        """It minds opt-out words by itself, and answers them."""
        word = text.strip().upper()
        if word in STOP:
            self.opted_out.add(sender)
        if word in START:
            self.opted_out.discard(sender)
        return "STOP" if word in STOP else "START" if word in START else None

    def outcome(self, sent: Sent, state: str, code: str) -> Body:
        """What has become of it."""
        to = {"carrier": "T-MOBILE USA, INC.", "line_type": "Wireless", "phone_number": sent.to, "status": state}
        errors = [{"code": code, "title": "It is not so", "detail": "In words."}] if code else []
        payload = {
            **self.message("outbound", sent.line, to, str(sent.body.get("text", "")), ()),
            "id": sent.id,
            "webhook_url": sent.body.get("webhook_url"),
            "received_at": stamp(sent.at),
            "sent_at": stamp(self.now()),
            "errors": errors,
        }
        return self.event("message.sent" if state in ("queued", "sent") else "message.finalized", payload)

    def message(self, direction: str, sender: str, to: Body, text: str, files: Sequence[Body]) -> Body:
        """What both directions have."""
        return {
            "record_type": "message",
            "direction": direction,
            "type": "MMS" if files else "SMS",
            "messaging_profile_id": PROFILE,
            "organization_id": "b448f9cc-a842-4784-98e9-03c1a5872950",
            "from": {"phone_number": sender, "carrier": "T-MOBILE USA, INC.", "line_type": "Wireless"},
            "to": [to],
            "cc": [],
            "text": text,
            "media": [*files],
            "encoding": "GSM-7",
            "parts": 1,
            "tags": [],
            "cost": None,
            "errors": [],
        }

    def event(self, kind: str, payload: Body) -> Body:
        """Something that it tells."""
        occurred = stamp(self.now())
        return {"event_type": kind, "id": new_id(), "occurred_at": occurred, "payload": payload, "record_type": "event"}

    def file(self, type: str, content: bytes) -> Body:
        """A file that somebody sends, as an MMS has it."""
        url, sha256 = f"{self.url}/media/{self.keep(type, content)}", hashlib.sha256(content).hexdigest()
        return {"url": url, "content_type": type, "sha256": sha256, "size": len(content)}

    def encoded(self, event: Body, url: str, attempt: int) -> bytes:
        """With the number of the attempt: repeats differ in that."""
        return msgspec.json.encode({"data": event, "meta": {"attempt": attempt, "delivered_to": url}})

    def signed(self, body: bytes) -> dict[str, str]:
        """By the account's key."""
        return signed(body, self.now(), self.signer)

    def read(self, body: Body) -> Sent:
        """What is wanted of it. The sender's own id is no field of Telnyx's: it stands in the address."""
        hook = parse_qs(urlsplit(str(body.get("webhook_url", ""))).query)
        line, to = str(body.get("from", "")), str(body.get("to", ""))
        return Sent(new_id(), hook.get("m", [""])[0], line, to, body, self.now())

    def why_not(self, sent: Sent) -> str:
        """The code of what is wrong; empty when nothing is."""
        files, text = sent.body.get("media_urls", []), str(sent.body.get("text", ""))
        if not (sent.to.startswith("+") and sent.to[1:].isdigit()):
            return "40310"
        if self.numbers and sent.line not in self.numbers:
            return "40305"
        if sent.body.get("messaging_profile_id", PROFILE) != PROFILE:
            return "10005"
        if sent.to in self.opted_out:
            return "40300"
        if not text and not files:
            return "40316"
        if len(text) > LONGEST_TEXT:
            return "40302"
        return "40317" if len(files) > MOST_FILES else ""

    def yes(self, sent: Sent) -> Response:
        """The message as it has it."""
        to = {"phone_number": sent.to, "status": "queued", "carrier": "T-MOBILE USA, INC.", "line_type": "Wireless"}
        message = self.message("outbound", sent.line, to, str(sent.body.get("text", "")), ())
        return json({"data": {**message, "id": sent.id, "webhook_url": sent.body.get("webhook_url")}})

    def no(self, code: str, wait_s: float = 0) -> Response:
        """A list of what is wrong."""
        code = "10011" if code == "rate_limited" else code
        self.refused.append(code)
        headers = {"retry-after": str(int(wait_s))} if wait_s else {}
        meta = {"url": f"https://developers.telnyx.com/docs/overview/errors/{code}"}
        error = {"code": code, "title": "It is not so", "detail": "In words.", "meta": meta}
        return json({"errors": [error]}, STATUSES.get(code, 422), **headers)


def stamp(at: datetime) -> str:
    """A time as it writes them."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")
