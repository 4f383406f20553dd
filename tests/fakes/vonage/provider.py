"""The fake Vonage, in its own words."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx2
import msgspec
from starlette.responses import Response

from tests.fakes.carriers.provider import Body, Sent, new_id
from tests.fakes.carriers.running import Served
from tests.fakes.serving import json
from tests.fakes.vonage.signing import signed

KEY, SECRET = "a1b2c3d4", "secret-of-the-account"
SIGNATURE_SECRET = "signature-secret-of-the-whole-account"
APPLICATION = "78d335fa-323d-4114-9c3d-d6f0d48968cf"
ERRORS = "https://developer.vonage.com/api-errors"
STATUSES = {"unauthorized": 401, "low-balance": 402, "forbidden": 403, "not-found": 404, "throttled": 429, "1000": 429}
FILES = ("image", "video", "audio", "file", "vcard")
LONGEST_TEXT, LONGEST_REF = 1000, 100


class Vonage(Served):
    """One account of it with one application."""

    def __init__(self, now: Callable[[], datetime], client: httpx2.AsyncClient, *, signature_secret: str) -> None:
        super().__init__(now, client, key=f"{KEY}:{SECRET}")
        self.signature_secret = signature_secret
        self.application: Body = {
            "id": APPLICATION,
            "name": "Parley",
            "keys": {"public_key": "-----BEGIN PUBLIC KEY-----\nMIIBIjANBg\n-----END PUBLIC KEY-----\n"},
            "privacy": {"improve_ai": False},
            "capabilities": {"voice": {"webhooks": {}}, "messages": {"version": "v1", "webhooks": {}}},
        }

    def connect(self, *numbers: str, webhook: str = "") -> None:
        """These numbers are linked to the application, which tells there what comes in and goes out."""
        self.numbers = [*dict.fromkeys([*self.numbers, *numbers])]
        hook = {"address": webhook, "http_method": "POST"}
        self.messages["webhooks"] = {"inbound_url": hook, "status_url": hook} if webhook else {}

    @property
    def messages(self) -> Body:
        """What the application says of messages."""
        said: Body = self.application["capabilities"]["messages"]
        return said

    def hears(self, sent: Sent | None) -> str:
        """What the message itself says, or else the application."""
        own = sent.body.get("webhook_url") if sent else ""
        place = self.messages["webhooks"].get("status_url" if sent else "inbound_url", {})
        return str(own or place.get("address", ""))

    def incoming(self, sender: str, line: str, text: str, files: Sequence[Body], **more: Any) -> Body:
        """An SMS, or with files an MMS: each of the files is a kind, such as image, and an address."""
        event = {
            "to": line.removeprefix("+"),
            "from": sender.removeprefix("+"),
            "channel": "mms" if files else "sms",
            "message_uuid": new_id(),
            "timestamp": stamp(self.now()),
            "message_type": files[0]["type"] if files else "text",
            "context_status": "none",
        }
        if not files:
            event |= {"text": text, "sms": {"num_messages": "1"}, "origin": {"network_code": "310260"}}
        else:
            event |= {files[0]["type"]: {"url": files[0]["url"], "name": "a", **({"caption": text} if text else {})}}
            event |= {"content": [*files[1:]]} if files[1:] else {}
        return {**event, **more}

    def outcome(self, sent: Sent, state: str, code: str) -> Body:
        """What has become of it, with what it has cost."""
        event = {
            "message_uuid": sent.id,
            "to": sent.to.removeprefix("+"),
            "from": sent.line.removeprefix("+"),
            "timestamp": stamp(self.now()),
            "status": state,
            "channel": sent.body["channel"],
            "client_ref": sent.ours,
            "usage": {"currency": "EUR", "price": "0.0333"},
        }
        problem = {"type": f"{ERRORS}/messages#{code}", "title": code, "detail": "In words.", "instance": new_id()}
        return {**event, "error": problem} if code else event

    def file(self, kind: str, type: str, content: bytes) -> Body:
        """A file that somebody sends, as an MMS has it."""
        return {"type": kind, "url": f"{self.url}/v3/media/{self.keep(type, content)}"}

    def encoded(self, event: Body, url: str, attempt: int) -> bytes:
        """As it is, however often."""
        return msgspec.json.encode(event)

    def signed(self, body: bytes) -> dict[str, str]:
        """By a token."""
        return signed(body, self.now(), self.signature_secret, api_key=KEY, application_id=APPLICATION)

    def read(self, body: Body) -> Sent:
        """What is wanted of it."""
        line, to = (f"+{body.get(name, '')}" for name in ("from", "to"))
        return Sent(new_id(), str(body.get("client_ref", "")), line, to, body, self.now())

    def why_not(self, sent: Sent) -> str:
        """The code of what is wrong; empty when nothing is."""
        body, kind = sent.body, sent.body.get("message_type")
        if not (sent.to.removeprefix("+").isdigit() and sent.line.removeprefix("+").isdigit()):
            return "1150"
        if len(sent.ours) > LONGEST_REF:
            return "1450"
        if self.numbers and sent.line not in self.numbers:
            return "1120"
        if body.get("channel") == "sms":
            return "" if kind == "text" and 0 < len(str(body.get("text", ""))) <= LONGEST_TEXT else "1150"
        files = body.get("content") if kind == "content" else [{"type": kind, **(body.get(str(kind)) or {})}]
        is_right = files and all(one.get("type") in FILES and str(one.get("url")).startswith("http") for one in files)
        return "" if body.get("channel") == "mms" and is_right else "1150"

    def yes(self, sent: Sent) -> Response:
        """Its id."""
        return json({"message_uuid": sent.id}, 202)

    def no(self, code: str, wait_s: float = 0) -> Response:
        """As RFC 7807 has it."""
        code = "throttled" if code == "rate_limited" else code
        self.refused.append(code)
        place = f"{ERRORS}/messages#{code}" if code.isdigit() else f"{ERRORS}#{code}"
        problem = {"type": place, "title": "It is not so.", "detail": "In words.", "instance": new_id()}
        headers = {"retry-after": str(int(wait_s))} if wait_s else {}
        return Response(msgspec.json.encode(problem), STATUSES.get(code, 422), headers, "application/problem+json")


def stamp(at: datetime) -> str:
    """A time as it writes them."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
