"""Trying whether a model of an account does what it is for, with something so small that it costs next to nothing."""

import io
import wave

from agents.models.failing import ModelFailed
from agents.models.transcription import Sound
from hub.act import Act
from hub.deps import Deps
from hub.minds.actions import get_mind
from hub.minds.asking import listen
from hub.minds.models import Mind, MindUse
from hub.minds.shapes import MindChecked

# Whoever waits for it sits in front of a screen.
TIMEOUT_S = 20.0
PER_S = 16_000
WELL = "The model answers."


async def check_mind(act: Act, use: MindUse) -> MindChecked:
    """Ask it for something, and say what is wrong."""
    mind = await get_mind(act.deps, act.account, use)
    act.note.target = {"mind": use}
    checked = act.note.after = await tried(act.deps, mind)
    return checked


async def tried(deps: Deps, mind: Mind) -> MindChecked:
    """A second of silence, in which nothing is heard as a rule."""
    try:
        await listen(deps, mind, Sound(silence(), "audio/wav"), timeout_s=TIMEOUT_S)
    except ModelFailed as failed:
        return MindChecked(is_well=False, words=failed.words)
    return MindChecked(is_well=True, words=WELL)


def silence() -> bytes:
    """One second of it, as a WAV."""
    kept = io.BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(PER_S)
        sound.writeframes(bytes(2 * PER_S))
    return kept.getvalue()
