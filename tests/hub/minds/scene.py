"""A business that sets up a model."""

from dataclasses import dataclass
from typing import Any

from tests.fakes.openai.provider import KEY
from tests.fakes.openai.running import RunningOpenAI
from tests.hubs import Hub
from tests.people import Person

PATH = "/minds/transcription"


@dataclass
class Scene:
    """What there is."""

    hub: Hub
    owner: Person
    openai: RunningOpenAI

    async def sets(self, **more: Any) -> Any:
        """A model at the endpoint, with the right key as long as nothing else is said."""
        return await self.owner.does("PUT", PATH, {"url": self.openai.base_url, "key": KEY, **more})

    async def checks(self) -> Any:
        """Whether it answers."""
        return await self.owner.does("POST", f"{PATH}/check")

    async def shown(self) -> Any:
        """All models, as the owner sees them."""
        return (await self.owner.does("GET", "/minds"))["items"]
