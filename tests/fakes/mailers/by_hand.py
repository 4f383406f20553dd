"""Starting a fake provider of e-mail by hand: `python -m tests.fakes sendgrid`, or `mailgun`."""

import argparse
import asyncio
import sys
from typing import Any

from tests.fakes.mailgun import provider as mailguns
from tests.fakes.mailgun.running import running_mailgun
from tests.fakes.sendgrid import provider as sendgrids
from tests.fakes.sendgrid.running import running_sendgrid
from tests.fakes.sendgrid.signing import public_key

PAUSES_S = (0.5, 2, 10, 60)
WORD = "aLongWordOfOurOwn0123"
TOLD = """It can be told, such as:
  curl {url}/control/lines -d '{{"address": "{address}", "webhook": "http://127.0.0.1:8000/in/LINE",
    "inbound": "http://127.0.0.1:8000/in/LINE{inbound}"}}'
  curl {url}/control/say -d '{{"from": "asha@example.com", "to": "{address}", "text": "Hello"}}'
  curl {url}/control/moods -d '{{"does": "hang_up"}}'
  curl {url}/control
"""
SENDGRID_WORDS = """SendGrid listens at {url}; a line of sendgrid_email at {address} needs:
  {{"url": "{url}", "api_key": "{key}", "inbound_key": "{word}",
   "public_key": "{public_key}"}}
"""
MAILGUN_WORDS = """Mailgun listens at {url}; a line of mailgun_email at {address} needs:
  {{"url": "{url}", "api_key": "{key}", "signing_key": "{signing_key}"}}
"""


async def sendgrid(options: argparse.Namespace) -> None:
    """Run until Ctrl-C."""
    async with running_sendgrid(port=options.port) as running:
        running.follows, running.pauses_s = ("processed", "delivered"), PAUSES_S
        inbound = f"/mail?key={WORD}"
        running.connect(options.address, options.webhook, inbound=options.webhook and options.webhook + inbound)
        more = {"key": sendgrids.KEY, "word": WORD, "public_key": public_key(running.signer), "inbound": inbound}
        await go_on(SENDGRID_WORDS, url=running.url, address=options.address, **more)


async def mailgun(options: argparse.Namespace) -> None:
    """Run until Ctrl-C."""
    async with running_mailgun(port=options.port) as running:
        running.follows, running.pauses_s = ("accepted", "delivered"), PAUSES_S
        inbound = "/mail?as=mime"
        running.connect(options.address, options.webhook, inbound=options.webhook and options.webhook + inbound)
        more = {"key": mailguns.KEY, "signing_key": running.signer, "inbound": inbound}
        await go_on(MAILGUN_WORDS, url=running.url, address=options.address, **more)


async def go_on(words: str, **more: Any) -> None:
    """Say what there is."""
    sys.stdout.write((words + TOLD).format(**more))
    sys.stdout.flush()
    await asyncio.Event().wait()


def add_to(fakes: Any) -> None:
    """What can be asked of them at the start."""
    for name, run, port in (("sendgrid", sendgrid, 8922), ("mailgun", mailgun, 8923)):
        one = fakes.add_parser(name, help=f"a {name.title()} that reaches nobody")
        one.add_argument("--port", type=int, default=port)
        one.add_argument("--address", default="sales@acme.test", help="an address of the account's domain")
        one.add_argument("--webhook", default="", help="where its webhooks go: http://127.0.0.1:8000/in/…")
        one.set_defaults(run=run)
