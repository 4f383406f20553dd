"""The fake Mailgun, in its own words."""

import email
import email.policy
import re
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from email.message import EmailMessage
from typing import Any

import httpx2
import msgspec
from starlette.responses import Response

from tests.fakes.mailers import forms
from tests.fakes.mailers.provider import Body, Mailer, Sent, Webhook, domain_of
from tests.fakes.mailgun.signing import signed
from tests.fakes.serving import json

KEY, SIGNER = "0123456789abcdef0123456789abcdef-01234567-89abcdef", "fedcba9876543210fedcba9876543210"
MATCH = re.compile(r'match_recipient\("(?P<pattern>.+)"\)')
FORWARD = re.compile(r'forward\("(?P<url>[^"]+)"\)')
# By its code: status, words.
NOES: dict[str, tuple[int, str]] = {
    "rate_limited": (429, "Too many requests"),
    "wrong_key": (401, "Forbidden"),
    "no_credits": (402, "Limit exceeded"),
    "domain_unknown": (404, "Domain not found: acme.test"),
    "not_allowed": (403, "Domain acme.test is not allowed to send: The domain is unverified."),
    "bad_recipient": (400, "to parameter is not a valid address. please check documentation"),
    "too_large": (413, "Request entity too large"),
    "invalid": (400, "from parameter is missing"),
}
# In the settings failures are called otherwise than when they are told.
SETTING = {"failed": "permanent_fail", "rejected": "permanent_fail"}


class Mailgun(Mailer):
    """One account of it."""

    def __init__(self, now: Callable[[], datetime], client: httpx2.AsyncClient, *, signer: str) -> None:
        super().__init__(now, client, key=KEY)
        self.signer = signer
        # By the kind of event, the URLs that hear of it.
        self.hooks: dict[str, list[str]] = {}
        self.forwards: list[Body] = []
        self.events: list[Body] = []
        self.state = "active"

    def connect(self, address: str, webhook: str = "", *, inbound: str = "") -> None:
        """With webhooks for everything, and a route to the same line."""
        self.domains.append(domain_of(address))
        if webhook:
            kinds = ("accepted", "delivered", "opened", "clicked", "permanent_fail", "complained", "unsubscribed")
            self.hooks = {kind: [webhook] for kind in kinds}
        if inbound:
            expression = f'match_recipient(".*@{re.escape(domain_of(address))}")'
            self.forwards.append({"expression": expression, "actions": [f'forward("{inbound}")']})

    def outcomes(self, sent: Sent, state: str, **more: Any) -> Iterator[Webhook]:
        """One event each; it is kept to be looked up, too."""
        event = self.event(sent, state, **more)
        self.events.append(event)
        for url in self.hooks.get(SETTING.get(state, state), []):
            yield self.hook(url, event)

    def event(self, sent: Sent, state: str, **more: Any) -> Body:
        """With what was given along."""
        return {
            "id": secrets.token_urlsafe(16),
            "event": state,
            "timestamp": self.now().timestamp(),
            "log-level": "info",
            "recipient": sent.to[0],
            "message": {"headers": {"message-id": sent.message_id, "from": sent.sender, "subject": sent.subject}},
            "user-variables": sent.given,
            "tags": [],
            "flags": {"is-test-mode": False},
            **more,
        }

    def hook(self, url: str, event: Body) -> Webhook:
        """Signed within."""
        body = msgspec.json.encode({"signature": signed(self.now(), self.signer), "event-data": event})
        return Webhook(url, body, {"content-type": "application/json", "user-agent": "Go-http-client/2.0"})

    def incoming(self, raw: bytes, sender: str, recipient: str) -> Iterator[Webhook]:
        """By every route that fits."""
        for route in self.forwards:
            match = MATCH.fullmatch(route["expression"])
            assert match is not None
            if not re.search(match["pattern"], recipient):
                continue
            for url in (found["url"] for one in route["actions"] if (found := FORWARD.fullmatch(one))):
                yield self.mail(url, raw, sender, recipient)

    def mail(self, url: str, raw: bytes, sender: str, recipient: str) -> Webhook:
        """Whole."""
        about: dict[str, str | bytes] = {"recipient": recipient, "sender": sender, "from": sender, "body-mime": raw}
        body, type = forms.written({**about, **signed(self.now(), self.signer)}, boundary=secrets.token_hex(16))
        return Webhook(url, body, {"content-type": type, "user-agent": "mailgun/treq-21.0"})

    def read(self, body: bytes, content_type: str) -> Sent:
        """What is wanted of it: fields, and the whole mail."""
        fields = forms.read(body, content_type)
        to = [value.decode() for name, value in fields if name == "to"]
        given = {name[2:]: value.decode() for name, value in fields if name.startswith("v:")}
        raw = next((value for name, value in fields if name == "message"), b"")
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        if not to or not all("@" in one for one in to):
            raise ValueError("bad_recipient")
        if not mail["From"] or not mail["Message-ID"]:
            raise ValueError("invalid")
        return self.sent_of(mail, to, given)

    def sent_of(self, mail: EmailMessage, to: list[str], given: dict[str, str]) -> Sent:
        """As it will go out; it knows at once that it has been accepted."""
        text, html = mail.get_body(("plain",)), mail.get_body(("html",))
        sent = Sent(
            id=str(mail["Message-ID"]).strip("<>"),
            ours=given["parley"],
            sender=str(mail["From"]),
            to=to,
            cc=[one.addr_spec for one in mail["Cc"].addresses] if mail["Cc"] else [],
            subject=str(mail["Subject"]),
            text=text.get_content().replace("\r\n", "\n") if text else "",
            html=html.get_content() if html else "",
            headers={name.lower(): str(value) for name, value in mail.items()},
            given=given,
            files=[part.get_filename() or "" for part in mail.iter_attachments()],
            at=self.now(),
        )
        self.events.append(self.event(sent, "accepted"))
        return sent

    def yes(self, sent: Sent) -> Response:
        """By the Message-ID."""
        return json({"id": f"<{sent.message_id}>", "message": "Queued. Thank you."})

    def no(self, code: str, wait_s: float = 0) -> Response:
        """In words."""
        self.refused.append(code)
        status, words = NOES[code]
        headers = {"retry-after": str(int(wait_s))} if wait_s else {}
        return Response(b"Forbidden", 401) if status == 401 else json({"message": words}, status, **headers)
