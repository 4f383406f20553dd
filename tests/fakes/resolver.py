"""A resolver that answers as a test, or an attacker, wants it."""

from collections.abc import Sequence


class ScriptedResolver:
    """Gives the first answer to the first question, and so on; the last one again and again."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.asked: list[str] = []
        self._answers = answers

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self._answers[min(len(self.asked), len(self._answers)) - 1]
