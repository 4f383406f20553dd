"""Starting a fake by hand: python -m tests.fakes sandbox"""

import argparse
import asyncio
import sys

from tests.fakes.sandbox.control import PAUSES_S
from tests.fakes.sandbox.running import KEY, running_sandbox

WORDS = """The sandbox listens at {url}; its key is {key}
docs/sandbox.md says what it can be told, such as:
  curl {url}/control/lines -d '{{"line": "+4930123456", "webhook": "http://127.0.0.1:8000/in/LINE", "secret": "…"}}'
  curl {url}/control/say -d '{{"from": "+4917012345678", "line": "+4930123456", "text": "Hello"}}'
  curl {url}/control
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
    try:
        asyncio.run(sandbox(parser.parse_args()))
    except KeyboardInterrupt:
        sys.stdout.write("The sandbox has stopped.\n")


if __name__ == "__main__":
    main()
