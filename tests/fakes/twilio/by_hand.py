"""Starting the fake Twilio by hand: `python -m tests.fakes twilio`."""

import argparse
import asyncio
import sys
from typing import Any

from tests.fakes.twilio.running import ACCOUNT, TOKEN, running_twilio

WORDS = """Twilio listens at {url}; a line of twilio_sms or twilio_whatsapp with the address {number} needs:
  {{"account_sid": "{account}", "auth_token": "{token}", "url": "{url}"}}
It can be told, such as:
  curl {url}/control/say -d '{{"from": "+447700900123", "to": "{number}", "text": "Hello"}}'
  curl {url}/control/moods -d '{{"does": "refuse", "code": "21610"}}'
  curl {url}/control
"""


async def run(options: argparse.Namespace) -> None:
    """Until Ctrl-C."""
    async with running_twilio(port=options.port) as twilio:
        twilio.follows, twilio.handles_opt_out = ("sent", "delivered"), True
        for address in (options.number, f"whatsapp:{options.number}"):
            twilio.connect(address, webhook=options.webhook)
        sys.stdout.write(WORDS.format(url=twilio.url, number=options.number, account=ACCOUNT, token=TOKEN))
        sys.stdout.flush()
        await asyncio.Event().wait()


def add_to(fakes: Any) -> None:
    """One more that can be started."""
    one = fakes.add_parser("twilio", help="Twilio's SMS, MMS and WhatsApp, with one number that reaches nobody")
    one.add_argument("--port", type=int, default=8906)
    one.add_argument("--number", default="+12025550100")
    one.add_argument("--webhook", default="", help="where its webhooks go: http://127.0.0.1:8000/in/…")
    one.set_defaults(run=run)
