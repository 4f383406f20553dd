"""The examples of docs/live.md do what they say."""

import asyncio
import os
import re
from pathlib import Path

from tests.hub.inbox.talking import Talk
from tests.people import Person

ROOT = Path(__file__).parents[3]
PATIENCE_S = 40.0


def example(language: str) -> str:
    """As it stands in the guide."""
    found = re.search(rf"```{language}\n(.*?)```", (ROOT / "docs/live.md").read_text(), re.DOTALL)
    assert found
    return found[1]


async def test_the_one_in_javascript_tells_who_has_written(url: str, owner: Person, talk: Talk) -> None:
    key = await owner.does("POST", "/keys", {"name": "Bot", "grants": [{"permission": "threads.view"}]})
    environment = {**os.environ, "HUB_URL": url, "API_KEY": key["secret"]}
    command = (ROOT / ".tools/node/bin/node", "--input-type=module", "--eval", example("js"))
    running = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT / "web", env=environment, stdout=asyncio.subprocess.PIPE
    )
    assert running.stdout
    try:
        async with asyncio.timeout(PATIENCE_S):
            connected = await running.stdout.readline()
            thread = await talk.begin(says="Hello")
            await owner.does("POST", f"/threads/{thread.id}/tags", {"put": ["hot"]})
            await talk.reply(thread, "Good morning")
            await talk.hear(thread, "Bye")
            told = [await running.stdout.readline() for _ in range(2)]
    finally:
        running.kill()
        await running.wait()

    assert connected.startswith(b"connected false")
    assert told == [b"Asha wrote Hello\n", b"Asha wrote Bye\n"]


async def test_the_one_in_python_is_python() -> None:
    compile(example("python"), "docs/live.md", "exec")
