"""Starting a fake provider of SMS by hand: `python -m tests.fakes vonage`, or `telnyx`."""

import argparse
import asyncio
import sys
from typing import Any

from tests.fakes.carriers.control import PAUSES_S
from tests.fakes.carriers.running import Served
from tests.fakes.telnyx import provider as telnyxs
from tests.fakes.telnyx.running import running_telnyx
from tests.fakes.telnyx.signing import public_key
from tests.fakes.vonage import provider as vonages
from tests.fakes.vonage.running import running_vonage

TOLD = """It can be told, such as:
  curl {url}/control/lines -d '{{"numbers": ["{number}"], "webhook": "http://127.0.0.1:8000/in/LINE"}}'
  curl {url}/control/say -d '{{"from": "+12025550171", "line": "{number}", "text": "Hello"}}'
  curl {url}/control/moods -d '{{"does": "hang_up"}}'
  curl {url}/control
"""
VONAGE_WORDS = """Vonage listens at {url}; a line of vonage_sms at {number} needs:
  {{"url": "{url}", "api_key": "{key}", "api_secret": "{secret}", "signature_secret": "{signature_secret}",
   "application": "{application}"}}
"""
TELNYX_WORDS = """Telnyx listens at {url}; a line of telnyx_sms at {number} needs:
  {{"url": "{url}", "api_key": "{key}", "public_key": "{public_key}", "profile": "{profile}"}}
"""


async def vonage(options: argparse.Namespace) -> None:
    """Run until Ctrl-C."""
    async with running_vonage(port=options.port) as running:
        more = {"key": vonages.KEY, "secret": vonages.SECRET, "application": vonages.APPLICATION}
        await go_on(running, options, VONAGE_WORDS, signature_secret=running.signature_secret, **more)


async def telnyx(options: argparse.Namespace) -> None:
    """Run until Ctrl-C."""
    async with running_telnyx(port=options.port) as running:
        more = {"key": telnyxs.KEY, "profile": telnyxs.PROFILE, "public_key": public_key(running.signer)}
        await go_on(running, options, TELNYX_WORDS, **more)


async def go_on(running: Served, options: argparse.Namespace, words: str, **more: Any) -> None:
    """Say what there is, and deliver whatever is sent."""
    running.connect(options.line, webhook=options.webhook)
    running.follows, running.pauses_s = ("delivered",), PAUSES_S
    sys.stdout.write((words + TOLD).format(url=running.url, number=options.line, **more))
    sys.stdout.flush()
    await asyncio.Event().wait()


def add_to(fakes: Any) -> None:
    """What can be asked of them at the start."""
    for name, run, port in (("vonage", vonage, 8920), ("telnyx", telnyx, 8921)):
        one = fakes.add_parser(name, help=f"a {name.title()} that reaches nobody")
        one.add_argument("--port", type=int, default=port)
        one.add_argument("--line", default="+12025550142", help="a number of the account")
        one.add_argument("--webhook", default="", help="where its webhooks go: http://127.0.0.1:8000/in/…")
        one.set_defaults(run=run)
