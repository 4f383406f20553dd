"""The sandbox provider: what docs/sandbox.md describes, as a server that a test, a bench or a person can order about.
What runs it is not imported here: all providers are ordered about by what needs its moods alone.

async with running_sandbox(now=clock.now) as sandbox:
    sandbox.connect(NUMBER, webhook=f"{ORIGIN}/in/{line_id}", secret=SECRET, client=hub.client)
    await sandbox.say("+4917012345678", NUMBER, "Hello")
    sandbox.mood("hang_up", times=1)
"""

from tests.fakes.sandbox.lines import Told
from tests.fakes.sandbox.moods import Mood
from tests.fakes.sandbox.provider import Sandbox, Sent
from tests.fakes.sandbox.signing import signed

__all__ = ["Mood", "Sandbox", "Sent", "Told", "signed"]
