"""`python -m hub doctor`"""

import json
from pathlib import Path

import pytest

from hub.settings import Settings
from hub.store.embedded import free_port
from tests.processes import command

FIELDS = {"name", "state", "detail", "mend"}


def environ_of(settings: Settings) -> dict[str, str]:
    given = {"PARLEY_MONGODB_URL": settings.mongodb_url.reveal(), "PARLEY_REDIS_URL": settings.redis_url.reveal()}
    key = {"PARLEY_MASTER_KEY": settings.master_key.reveal()}
    return {**given, **key, "PARLEY_MONGODB_DATABASE": settings.mongodb_database}


@pytest.mark.slow
async def test_doctor_of_a_sound_installation_answers_in_json_and_ends_with_0(settings: Settings) -> None:
    result = await command("doctor", "--json", **environ_of(settings))

    findings = json.loads(result.out)
    assert all(finding.keys() == FIELDS for finding in findings)
    assert {finding["state"] for finding in findings} == {"ok", "note"}
    assert result.code == 0


@pytest.mark.slow
async def test_doctor_for_people_shows_the_way_on(settings: Settings) -> None:
    result = await command("doctor", **environ_of(settings))

    assert "✓ writes: acknowledged by a majority, in the journal" in result.out.splitlines()
    assert "· operator token: not set" in result.out
    assert "\n  → PARLEY_OPERATOR_TOKEN=" in result.out


@pytest.mark.slow
async def test_doctor_that_finds_a_failure_ends_with_1(settings: Settings) -> None:
    environ = {**environ_of(settings), "PARLEY_REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"}

    result = await command("doctor", "--json", **environ)

    failed = {finding["name"] for finding in json.loads(result.out) if finding["state"] == "fail"}
    assert "redis" in failed
    assert result.code == 1


async def test_doctor_that_cannot_start_says_why_and_what_else_it_found(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()

    result = await command("doctor", "--json", PARLEY_DATA=str(tmp_path / "a-file" / "data"))

    findings = {finding["name"]: finding for finding in json.loads(result.out)}
    assert findings.keys() == {"pages", "data folder", "start"}
    assert "Not a directory" in findings["start"]["detail"]
    assert result.code == 1
