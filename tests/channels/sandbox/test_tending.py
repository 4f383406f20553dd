"""Asking the sandbox how a line stands, and telling it where its webhooks go."""

from dataclasses import replace

import pytest

from channels.base import Access, Out, Refused, Unreachable, Unsure
from channels.sandbox.tending import point, probe
from tests.channels.sandbox.stage import LINE, SandboxStage
from tests.fakes.loopback import answer, listening, says
from tests.fakes.sandbox.running import RunningSandbox


async def test_webhooks_come_to_us_once_the_sandbox_was_told(out: Out, stage: SandboxStage) -> None:
    [before] = await probe(out, stage.access)

    await point(out, stage.access)
    [after] = await probe(out, stage.access)

    assert (before.is_well, bool(before.advice), after.is_well) == (False, True, True)


async def test_they_are_signed_by_the_lines_secret_and_no_more_by_the_old_one(
    out: Out, stage: SandboxStage, sandbox: RunningSandbox
) -> None:
    sandbox.connect(LINE, webhook="https://elsewhere.test", secret="old")

    await point(out, stage.access)

    assert sandbox.line(LINE).secrets == [stage.access.values["webhook_secret"]]


async def test_a_webhook_that_is_somebody_elses_is_told_apart_from_none(
    out: Out, stage: SandboxStage, sandbox: RunningSandbox
) -> None:
    [none] = await probe(out, stage.access)
    sandbox.line(LINE).webhook = "https://elsewhere.test"

    [elsewhere] = await probe(out, stage.access)

    assert none.words != elsewhere.words


@pytest.mark.parametrize("ask", [probe, point])
async def test_without_the_right_key_it_says_nothing_and_does_nothing(
    out: Out, stage: SandboxStage, sandbox: RunningSandbox, ask: object
) -> None:
    stranger = replace(stage.access, values={**stage.access.values, "key": "another"})

    with pytest.raises(Refused, match="wrong_key"):
        await ask(out, stranger)  # type: ignore[operator]

    assert sandbox.line(LINE).webhook == ""


async def test_whom_nobody_reaches_nobody_asks(out: Out, stage: SandboxStage, sandbox: RunningSandbox) -> None:
    async with sandbox.gone():
        with pytest.raises(Unreachable):
            await probe(out, stage.access)


@pytest.mark.parametrize("said", [answer(status="503 Down"), answer(b"<html>"), answer(b"{}"), b""])
async def test_an_answer_that_says_nothing_is_none(out: Out, said: bytes) -> None:
    async with listening(says(said)) as server:
        access = Access("line-1", LINE, {"url": server.url, "key": "k"})

        with pytest.raises(Unsure):
            await probe(out, access)
