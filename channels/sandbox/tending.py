"""Asking the sandbox how a line stands there, and telling it where the line's webhooks go."""

from collections.abc import Sequence
from urllib.parse import quote

import msgspec

from channels.base import Access, Finding, HttpAnswer, Out, Unsure
from channels.reading import Fields
from channels.sandbox.send import headers, settled


async def probe(out: Out, access: Access) -> Sequence[Finding]:
    """Whether it sends the line's webhooks to us."""
    said = of_line(await out("GET", place(access), headers=headers(access)))
    if said.text("webhook") == access.webhook:
        return [Finding(about="webhook", is_well=True, words="What comes in is sent to this line's webhook.")]
    words = "What comes in is sent somewhere else." if said.text("webhook") else "What comes in is sent nowhere."
    advice = "Let Parley set the webhook, or connect the line at the sandbox by hand."
    return [Finding(about="webhook", is_well=False, words=words, advice=advice)]


async def point(out: Out, access: Access) -> None:
    """To the line's webhook, signed by its secret, from now on."""
    body = {"webhook": access.webhook, "secret": access.values.get("webhook_secret", "")}
    of_line(await out("PUT", place(access), headers=headers(access), content=msgspec.json.encode(body)))


def of_line(answer: HttpAnswer) -> Fields:
    """What it says of the line; raises Refused or Unsure where it says nothing of it."""
    said = settled(answer)
    if not said.text("line"):
        raise Unsure("a yes that names no line")
    return said


def place(access: Access) -> str:
    """Where the line stands."""
    return f"{access.values.get('url', '').rstrip('/')}/v1/lines/{quote(access.address, safe='')}"
