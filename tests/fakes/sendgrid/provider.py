"""The fake SendGrid, in its own words."""

import base64
import binascii
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import httpx2
import msgspec
from starlette.responses import Response

from tests.fakes.mailers.forms import written
from tests.fakes.mailers.provider import Body, Mailer, Sent, Webhook, domain_of
from tests.fakes.sendgrid.signing import public_key, signed
from tests.fakes.serving import json

KEY, SIGNER = "SG.0123456789ABCDEF.fedcba9876543210", "the-signer-of-sendgrid"
BOUNDARY = "xYzZY"
# What nobody may set by hand.
RESERVED = {
    "x-sg-id", "x-sg-eid", "received", "dkim-signature", "content-type", "content-transfer-encoding", "to", "from",
    "subject", "reply-to", "cc", "bcc",
}  # fmt: skip
# By its code: status, field, words.
NOES: dict[str, tuple[int, str | None, str]] = {
    "rate_limited": (429, None, "too many requests"),
    "wrong_key": (401, None, "The provided authorization grant is invalid, expired, or revoked"),
    "key_not_allowed": (403, None, "access forbidden"),
    "no_credits": (401, None, "Maximum credits exceeded"),
    "sender_unverified": (403, "from", "The from address does not match a verified Sender Identity."),
    "bad_recipient": (400, "personalizations.0.to.0.email", "Does not contain a valid address."),
    "too_large": (413, None, "Payload too large"),
    "twice": (400, "personalizations", "Each email address in the personalization block should be unique."),
    "empty": (400, "content.0.value", "The content value must be a string at least one character in length."),
    "subject": (400, "subject", "The subject is required."),
    "reserved": (400, "headers", "The header is a reserved header and cannot be set."),
    "invalid": (400, None, "Bad Request"),
}
# In the settings of a webhook events are called otherwise than when they are told.
SETTING = {"spamreport": "spam_report"}


class SendGrid(Mailer):
    """One account of it."""

    def __init__(self, now: Callable[[], datetime], client: httpx2.AsyncClient, *, signer: str) -> None:
        super().__init__(now, client, key=KEY)
        self.signer = signer
        self.hooks: list[Body] = []
        self.parses: list[Body] = []

    def connect(self, address: str, webhook: str = "", *, inbound: str = "") -> None:
        """With a signed event webhook, and Inbound Parse to the same line."""
        self.domains.append(domain_of(address))
        if webhook:
            every = dict.fromkeys(
                ("processed", "delivered", "open", "click", "deferred", "bounce", "dropped", "spam_report",
                 "unsubscribe", "group_unsubscribe", "group_resubscribe"), True,
            )  # fmt: skip
            self.hooks.append({**every, "id": secrets.token_hex(8), "url": webhook, "enabled": True})
            self.hooks[-1]["public_key"] = public_key(self.signer)
        if inbound:
            self.parses.append({"hostname": domain_of(address), "url": inbound, "send_raw": True, "spam_check": False})

    def outcomes(self, sent: Sent, state: str, **more: Any) -> Iterator[Webhook]:
        """Batches of one event."""
        event = self.event(sent, state, **more)
        for hook in self.hooks:
            if hook["enabled"] and hook.get(SETTING.get(state, state)):
                yield self.hook(hook["url"], [event], is_signed="public_key" in hook)

    def event(self, sent: Sent, state: str, **more: Any) -> Body:
        """With what was given along."""
        return {
            "email": sent.to[0],
            "timestamp": int(self.now().timestamp()),
            "smtp-id": f"<{sent.message_id}>",
            "event": state,
            "sg_event_id": secrets.token_urlsafe(16),
            "sg_message_id": f"{sent.id}.recvd-5f54b5d587-7xpzl-1-65A6B1C2-3.0",
            **sent.given,
            **more,
        }

    def hook(self, url: str, events: list[Body], *, is_signed: bool = True) -> Webhook:
        """A batch; it ends with a line break, as SendGrid's do."""
        body = msgspec.json.encode(events) + b"\r\n"
        headers = {"content-type": "application/json", "user-agent": "SendGrid Event API"}
        return Webhook(url, body, {**headers, **(signed(body, self.now(), self.signer) if is_signed else {})})

    def incoming(self, raw: bytes, sender: str, recipient: str) -> Iterator[Webhook]:
        """To whoever has the recipient's domain, which nobody signs."""
        envelope = msgspec.json.encode({"to": [recipient], "from": sender})
        fields: dict[str, str | bytes] = {"envelope": envelope, "sender_ip": "198.51.100.7", "email": raw}
        for parse in self.parses:
            if parse["hostname"] == domain_of(recipient):
                body, type = written(fields, boundary=BOUNDARY)
                yield Webhook(parse["url"], body, {"content-type": type, "user-agent": "SendGrid"})

    def read(self, body: bytes, content_type: str) -> Sent:
        """What is wanted of it, as strictly as SendGrid looks at it."""
        try:
            wanted = msgspec.json.decode(body, type=Body)
            [people] = wanted["personalizations"]
            self.check(wanted, people)
            return self.sent_of(wanted, people)
        except (msgspec.MsgspecError, KeyError, TypeError, binascii.Error) as error:
            raise ValueError("invalid") from error

    def check(self, wanted: Body, people: Body) -> None:
        """Raise ValueError with the code of what is wrong."""
        everybody = [one["email"] for name in ("to", "cc", "bcc") for one in people.get(name, [])]
        if not all("@" in one for one in everybody):
            raise ValueError("bad_recipient")
        if len({one.lower() for one in everybody}) < len(everybody):
            raise ValueError("twice")
        if domain_of(wanted["from"]["email"]) not in self.domains:
            raise ValueError("sender_unverified")
        if not wanted.get("subject"):
            raise ValueError("subject")
        if not wanted["content"] or not all(one["value"] for one in wanted["content"]):
            raise ValueError("empty")
        if RESERVED & {name.lower() for name in wanted.get("headers", {})}:
            raise ValueError("reserved")

    def sent_of(self, wanted: Body, people: Body) -> Sent:
        """As it will go out."""
        texts = {one["type"]: one["value"] for one in wanted["content"]}
        files = wanted.get("attachments", [])
        for file in files:
            base64.b64decode(file["content"], validate=True)
        headers = {name.lower(): value for name, value in wanted.get("headers", {}).items()}
        reply_to = {"reply-to": wanted["reply_to"]["email"]} if "reply_to" in wanted else {}
        return Sent(
            id=secrets.token_urlsafe(16),
            ours=people["custom_args"]["parley"],
            sender=f"{wanted['from'].get('name', '')} <{wanted['from']['email']}>".strip(),
            to=[one["email"] for name in ("to", "cc", "bcc") for one in people.get(name, [])],
            cc=[one["email"] for one in people.get("cc", [])],
            subject=wanted["subject"],
            text=texts["text/plain"],
            html=texts.get("text/html", ""),
            headers={**headers, **reply_to},
            given=people["custom_args"],
            files=[file["filename"] for file in files if file["disposition"] == "attachment"],
            pictures=[file["content_id"] for file in files if file["disposition"] == "inline"],
            at=self.now(),
        )

    def yes(self, sent: Sent) -> Response:
        """Only a header says by which id."""
        return Response(b"", 202, {"x-message-id": sent.id})

    def no(self, code: str, wait_s: float = 0) -> Response:
        """A list of what is wrong."""
        self.refused.append(code)
        status, field, words = NOES[code]
        headers = {"retry-after": str(int(wait_s))} if wait_s else {}
        return json({"errors": [{"message": words, "field": field, "help": None}]}, status, **headers)
