"""Starting the fake endpoint of models by hand: `python -m tests.fakes openai`."""

import argparse
import asyncio
import sys
from typing import Any

from tests.fakes.openai.provider import KEY, MODEL
from tests.fakes.openai.running import running_openai

WORDS = """OpenAI listens at {url}; it knows the model {model}, and its key is {key}. A hub on this machine needs
PARLEY_EGRESS_ALLOW=127.0.0.0/8, and:
  echo '{{"key": "{key}"}}' | python -m hub mind set ACCOUNT transcription --url {url} --secrets-stdin
It can be told, such as:
  curl {root}/control/moods -d '{{"does": "refuse", "code": "rate_limit_exceeded", "wait_s": 20}}'
  curl {root}/control
"""


async def openai(options: argparse.Namespace) -> None:
    """Run until Ctrl-C."""
    async with running_openai(key=options.key, port=options.port) as running:
        sys.stdout.write(WORDS.format(url=running.base_url, root=running.url, model=MODEL, key=options.key))
        sys.stdout.flush()
        await asyncio.Event().wait()


def add_to(fakes: Any) -> None:
    """What can be asked of it at the start."""
    one = fakes.add_parser("openai", help="an endpoint of models, which listens to sounds")
    one.add_argument("--port", type=int, default=8930)
    one.add_argument("--key", default=KEY)
    one.set_defaults(run=openai)
