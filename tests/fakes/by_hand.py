"""Starting a fake by hand: `python -m tests.fakes sandbox`, or `push`."""

import argparse
import asyncio
import json
import sys

from tests.fakes.carriers import by_hand as carriers
from tests.fakes.mailers import by_hand as mailers
from tests.fakes.meta.running import SECRET, TOKEN, VERIFY_TOKEN, running_meta
from tests.fakes.openai import by_hand as openai
from tests.fakes.push import fake_push
from tests.fakes.sandbox.control import PAUSES_S
from tests.fakes.sandbox.running import KEY, running_sandbox
from tests.fakes.smtp import fake_smtp
from tests.fakes.twilio import by_hand as twilio

WORDS = """The sandbox listens at {url}; its key is {key}
docs/sandbox.md says what it can be told, such as:
  curl {url}/control/lines -d '{{"line": "+4930123456", "webhook": "http://127.0.0.1:8000/in/LINE", "secret": "…"}}'
  curl {url}/control/say -d '{{"from": "+4917012345678", "line": "+4930123456", "text": "Hello"}}'
  curl {url}/control
"""
META_WORDS = """Meta listens at {url}; a line of meta_whatsapp needs:
  {{"url": "{url}/v26.0", "phone_number_id": "{number}", "waba_id": "{account}", "app_secret": "{secret}",
   "access_token": "{token}", "verify_token": "{verify_token}"}}
It can be told, such as:
  curl {url}/control/say -d '{{"person": {{"user_id": "US.1349", "number": "12025550117", "name": "Asha"}},
    "number_id": "{number}", "text": "Hello"}}'
  curl {url}/control
"""
PUSH_WORDS = """The push service has a browser. Subscribe it by POST /api/v1/me/push-subscriptions (the hub needs
PARLEY_PUSH_ALLOW=127.0.0.0/8); what it is told is shown here:
  {body}
"""
SMTP_WORDS = """The mail server listens at 127.0.0.1:{port}; a line of smtp_email needs:
  {{"host": "127.0.0.1", "port": "{port}", "security": "none"}}
Every mail that it takes is shown here:
"""


async def sandbox(options: argparse.Namespace) -> None:
    """Run until Ctrl-C."""
    async with running_sandbox(port=options.port, key=options.key) as running:
        running.follows = ("sent", "delivered")
        if options.line:
            running.connect(options.line, webhook=options.webhook, secret=options.secret, pauses_s=PAUSES_S)
        sys.stdout.write(WORDS.format(url=running.url, key=options.key))
        sys.stdout.flush()
        await asyncio.Event().wait()


async def meta(options: argparse.Namespace) -> None:
    """Run until Ctrl-C."""
    async with running_meta(port=options.port) as running:
        running.follows = ("sent", "delivered")
        number = running.connect(options.number.lstrip("+"), webhook=options.webhook, pauses_s=PAUSES_S)
        words = META_WORDS.format(
            url=running.url,
            number=number.id,
            account=number.account,
            secret=SECRET,
            token=TOKEN,
            verify_token=VERIFY_TOKEN,
        )
        sys.stdout.write(words)
        sys.stdout.flush()
        await asyncio.Event().wait()


async def push(options: argparse.Namespace) -> None:
    """Run until Ctrl-C, and say what its one browser shows."""
    async with fake_push(port=options.port) as running:
        browser = running.subscribe(options.key)
        sys.stdout.write(PUSH_WORDS.format(body=json.dumps({**browser.subscription, "name": "A browser"})))
        told = 0
        while True:
            for message in browser.told[told:]:
                sys.stdout.write(f"{json.dumps(message)}\n")
            told = len(browser.told)
            sys.stdout.flush()
            await asyncio.sleep(0.1)


async def smtp(options: argparse.Namespace) -> None:
    """Run until Ctrl-C, and show what comes."""
    async with fake_smtp(port=options.port) as server:
        sys.stdout.write(SMTP_WORDS.format(port=server.port))
        while True:
            while server.taken:
                taken = server.taken.pop(0)
                sys.stdout.write(f"--- to {', '.join(taken.recipients)}\n{taken.content.decode(errors='replace')}\n")
            sys.stdout.flush()
            await asyncio.sleep(0.1)


def main() -> None:
    """Read what is wanted."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes")
    fakes = parser.add_subparsers(required=True)
    one = fakes.add_parser("sandbox", help="a provider of SMS, WhatsApp, e-mail and chat that reaches nobody")
    one.add_argument("--port", type=int, default=8900)
    one.add_argument("--key", default=KEY)
    one.add_argument("--line", default="", help="a line to begin with, such as +4930123456")
    one.add_argument("--webhook", default="", help="where its webhooks go: http://127.0.0.1:8000/in/…")
    one.add_argument("--secret", default="", help="what they are signed by")
    one.set_defaults(run=sandbox)
    graph = fakes.add_parser("meta", help="Meta's WhatsApp Cloud API, with one number")
    graph.add_argument("--port", type=int, default=8902)
    graph.add_argument("--number", default="+12025550142")
    graph.add_argument("--webhook", default="", help="where its webhooks go: http://127.0.0.1:8000/in/…")
    graph.set_defaults(run=meta)
    other = fakes.add_parser("push", help="a push service with one browser")
    other.add_argument("--port", type=int, default=8901)
    other.add_argument("--key", required=True, help="the key that GET /api/v1/me/push-key answers")
    other.set_defaults(run=push)
    letters = fakes.add_parser("smtp", help="a mail server that reaches nobody")
    letters.add_argument("--port", type=int, default=8925)
    letters.set_defaults(run=smtp)
    carriers.add_to(fakes)
    mailers.add_to(fakes)
    openai.add_to(fakes)
    twilio.add_to(fakes)
    options = parser.parse_args()
    try:
        asyncio.run(options.run(options))
    except KeyboardInterrupt:
        sys.stdout.write("It has stopped.\n")
