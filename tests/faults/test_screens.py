"""R2, R9: whatever breaks, every screen shows in the end what a fresh one does. `make drops` breaks things ten thousand
times, the suite some."""

from dataclasses import replace
from pathlib import Path

import pytest

from hub.settings import Secret, Settings
from tests.faults.screens import staged
from tests.own_redis import own_redis

IN_THE_SUITE, A_DAY = 80, 1000
# After so many it is looked whether all are right.
LOOKED_AFTER = 20


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A new day after so many: by then most of the time goes into loading what has piled up."""
    number: int = metafunc.config.getoption("--drops", default=None) or IN_THE_SUITE
    days = [(number + begun, min(A_DAY, number - begun)) for begun in range(0, number, A_DAY)]
    metafunc.parametrize(("seed", "number"), days)


@pytest.mark.slow
async def test_whatever_breaks_every_screen_is_right_in_the_end(
    settings: Settings, tmp_path: Path, seed: int, number: int
) -> None:
    with own_redis(tmp_path) as redis:
        await redis.start()
        settings = replace(settings, open_sign_up=True, redis_url=Secret(redis.url))
        async with staged(settings, redis, seed=seed) as stage:
            for _ in range(number // LOOKED_AFTER):
                await stage.go_on(LOOKED_AFTER)

                assert await stage.wrong_in_the_end() == {}, stage.told
