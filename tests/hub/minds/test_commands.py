"""`python -m hub mind …`, as operators type them, beside a hub that runs."""

import json

import pytest

from tests.fakes.openai.provider import KEY, MODEL
from tests.hub.minds.scene import Scene
from tests.processes import Result, command

pytestmark = pytest.mark.slow


async def types(scene: Scene, *argv: str, typed: str = "") -> Result:
    """One command against the servers of the hub."""
    settings = scene.hub.deps.settings
    return await command(
        *("mind", argv[0], scene.owner.account, *argv[1:]),
        typed=typed,
        PARLEY_MONGODB_URL=settings.mongodb_url.reveal(),
        PARLEY_MONGODB_DATABASE=settings.mongodb_database,
        PARLEY_REDIS_URL=settings.redis_url.reveal(),
        PARLEY_MASTER_KEY=settings.master_key.reveal(),
        PARLEY_EGRESS_ALLOW="127.0.0.0/8",
    )


async def sets(scene: Scene, key: str) -> Result:
    """A model at the endpoint, by this key."""
    argv = ("set", "transcription", "--url", scene.openai.base_url, "--secrets-stdin")
    return await types(scene, *argv, typed=json.dumps({"key": key}))


async def test_a_model_is_set_checked_listed_and_removed(scene: Scene) -> None:
    made = await sets(scene, KEY)
    checked = await types(scene, "check", "transcription")
    listed = await types(scene, "list")

    removed = await types(scene, "remove", "transcription")

    assert [one.code for one in (made, checked, listed, removed)] == [0] * 4
    assert [word in listed.out for word in (MODEL, scene.openai.base_url, KEY)] == [True, True, False]
    assert await scene.shown() == []


async def test_a_check_that_fails_says_so_to_scripts(scene: Scene) -> None:
    await sets(scene, "sk-another")

    checked = await types(scene, "check", "transcription", "--json")
    listed = await types(scene, "list")

    words = json.loads(checked.out)["words"]
    assert (checked.code, words in listed.out) == (1, True)


async def test_a_key_that_is_no_json_is_refused(scene: Scene) -> None:
    refused = await types(scene, "set", "transcription", "--secrets-stdin", typed=KEY)

    assert (refused.code, '{"key":' in refused.err, KEY in refused.err) == (1, True, False)
