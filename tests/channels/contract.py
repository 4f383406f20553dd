"""What every provider's adapter has to keep. A provider's tests derive from `Contract`, and bring a `stage`: the
adapter, a line of it, and a server that speaks the provider's real wire and can be told to fail.

It has parts, since not every provider has everything: a mail server has no webhooks, and the files of a mail are
fetched from nowhere. Whoever leaves a part out derives from the others by name.
"""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import msgspec
import pytest

from channels.base import (
    Access,
    BadSignature,
    Channel,
    Gone,
    Hook,
    Media,
    Out,
    Outbound,
    Posted,
    Receipt,
    Refused,
    TooLarge,
    Unreachable,
    Unsure,
)
from tests.clock import MORNING


class Sample(msgspec.Struct, frozen=True):
    """A webhook as the provider sends it, and what must come of it. `body` is what the stage writes as bytes."""

    provider: str
    body: Any
    parsed: Any
    query: dict[str, str] = {}


class Stage(Protocol):
    """A provider's adapter and its server, for the length of a test."""

    channel: Channel

    @property
    def access(self) -> Access:
        """The line."""

    def message(self, id: str) -> Outbound:
        """Something that it takes."""

    def fail(self, how: str) -> None:
        """refuse, hang_up, vanish, nonsense, down: what becomes of the next message."""

    def gone(self) -> AbstractAsyncContextManager[None]:
        """Nobody listens there for the length of the block."""

    def taken(self, id: str) -> int:
        """How many messages have gone out under our id."""


class ReadingStage(Stage, Protocol):
    """With events to be read."""

    samples: Path
    content_type: str

    def encode(self, body: Any) -> bytes:
        """A body as the provider writes it."""


class HookedStage(ReadingStage, Protocol):
    """A provider that sends webhooks."""

    # Any event, as the provider sends it.
    event: bytes
    # Whether a signature says when it was made.
    is_dated: bool

    @property
    def other(self) -> Access:
        """A line of the same provider with other secrets."""

    def sign(self, body: bytes, at: datetime, access: Access) -> dict[str, str]:
        """The headers by which the provider vouches for a body."""


class KeepingStage(Stage, Protocol):
    """A provider that keeps the files of messages."""

    def sent_to_us(self, content: bytes) -> Media:
        """A file that somebody has sent with a message, as that tells of it."""


def hook(stage: HookedStage, body: bytes = b"", *, age: timedelta = timedelta(), by: Access | None = None) -> Hook:
    """A webhook that the provider has signed so long ago."""
    body = body or stage.event
    headers = {"content-type": stage.content_type, **stage.sign(body, MORNING - age, by or stage.access)}
    return Hook(method="POST", url=stage.access.webhook, headers=headers, query={}, body=body, now=MORNING)


def samples(folder: Path) -> dict[str, Sample]:
    """All that lie there, by name."""
    return {path.stem: msgspec.json.decode(path.read_bytes(), type=Sample) for path in sorted(folder.glob("*.json"))}


def posted(stage: ReadingStage, sample: Sample) -> Posted:
    """As the ledger has it."""
    return Posted(stage.encode(sample.body), stage.content_type, sample.query, MORNING)


async def found(stage: Stage, out: Out, id: str) -> Sequence[Receipt]:
    """What the provider has of a message of ours; where it cannot be asked, what its server has."""
    if stage.channel.capabilities.looks_up:
        return await stage.channel.lookup(out, stage.access, stage.message(id), since=MORNING)
    return [Receipt(id="")] * stage.taken(id)


def plain(parsed: Any) -> Any:
    """As JSON would have it."""
    return msgspec.json.decode(msgspec.json.encode(parsed))


class Sending:
    """Of every provider that messages go to over a wire."""

    def test_failures_are_told_in_words_with_a_way_on(self, stage: Stage) -> None:
        failures = stage.channel.failures

        assert [code for code, failure in failures.items() if failure.code != code] == []
        assert [code for code, failure in failures.items() if not (failure.words and failure.advice)] == []

    def test_what_suppresses_does_not_pass(self, stage: Stage) -> None:
        assert [one.code for one in stage.channel.failures.values() if one.suppresses and one.is_passing] == []

    async def test_a_message_goes_out_once_and_is_found_again(self, stage: Stage, out: Out) -> None:
        receipt = await stage.channel.send(out, stage.access, stage.message("c-1"))

        assert receipt.id
        assert stage.taken("c-1") == 1
        assert [one.id for one in await found(stage, out, "c-1")] in ([receipt.id], [""])

    async def test_a_message_that_was_never_sent_is_not_found(self, stage: Stage, out: Out) -> None:
        assert await found(stage, out, "c-2") == []

    async def test_a_plain_no_is_told_with_its_reason(self, stage: Stage, out: Out) -> None:
        stage.fail("refuse")

        with pytest.raises(Refused) as caught:
            await stage.channel.send(out, stage.access, stage.message("c-1"))

        assert caught.value.failure in stage.channel.failures.values()
        assert stage.taken("c-1") == 0

    async def test_where_nobody_listens_nothing_was_sent(self, stage: Stage, out: Out) -> None:
        async with stage.gone():
            with pytest.raises(Unreachable):
                await stage.channel.send(out, stage.access, stage.message("c-1"))

    @pytest.mark.parametrize(("how", "taken"), [("hang_up", 1), ("nonsense", 1), ("vanish", 0)])
    async def test_whatever_may_have_been_taken_is_unsure(self, stage: Stage, out: Out, how: str, taken: int) -> None:
        stage.fail(how)

        with pytest.raises(Unsure):
            await stage.channel.send(out, stage.access, stage.message("c-1"))

        assert stage.taken("c-1") == taken
        assert len(await found(stage, out, "c-1")) == taken

    async def test_a_lookup_that_reaches_nobody_is_no_answer(self, stage: Stage, out: Out) -> None:
        async with stage.gone():
            with pytest.raises(Unreachable) if stage.channel.capabilities.looks_up else nullcontext():
                await found(stage, out, "c-1")


class OverHttp:
    """Of a provider that is asked by HTTP, where a server's own failure says nothing of what became of the request."""

    async def test_a_failure_of_the_server_is_unsure(self, stage: Stage, out: Out) -> None:
        stage.fail("down")

        with pytest.raises(Unsure):
            await stage.channel.send(out, stage.access, stage.message("c-1"))

        assert await found(stage, out, "c-1") == []


class Reading:
    """Of every adapter that something comes to."""

    def test_every_sample_becomes_what_is_written_beside_it(self, stage: ReadingStage) -> None:
        ours = {name: one for name, one in samples(stage.samples).items() if one.provider == stage.channel.provider}

        parsed = {name: stage.channel.parse(stage.access, posted(stage, one)) for name, one in ours.items()}

        assert ours
        assert plain(parsed) == {name: one.parsed for name, one in ours.items()}

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"null", b"[]", b'"events"', b"\xff\xfe", b"[" * 100_000], ids=range(7)
    )
    def test_what_is_no_event_at_all_is_a_value_error(self, stage: ReadingStage, body: bytes) -> None:
        with pytest.raises(ValueError, match=r"\w"):
            stage.channel.parse(stage.access, Posted(body, stage.content_type))


class Hooked:
    """Of a provider that sends webhooks."""

    @pytest.mark.parametrize("age_s", [0, 299, -299])
    def test_a_fresh_webhook_is_believed(self, stage: HookedStage, age_s: int) -> None:
        stage.channel.verify(stage.access, hook(stage, age=timedelta(seconds=age_s)))

    @pytest.mark.parametrize("age_s", [301, 86_400, -301])
    def test_where_signatures_are_dated_an_old_or_postdated_webhook_is_not_believed(
        self, stage: HookedStage, age_s: int
    ) -> None:
        with pytest.raises(BadSignature) if stage.is_dated else nullcontext():
            stage.channel.verify(stage.access, hook(stage, age=timedelta(seconds=age_s)))

    @pytest.mark.parametrize("at", [0, 5, -1])
    def test_a_webhook_with_one_byte_changed_is_not_believed(self, stage: HookedStage, at: int) -> None:
        good = hook(stage)
        at = at % len(good.body)
        tampered = bytes([*good.body[:at], good.body[at] ^ 1, *good.body[at + 1 :]])

        with pytest.raises(BadSignature):
            stage.channel.verify(stage.access, replace(good, body=tampered))

    def test_a_webhook_with_anything_added_is_not_believed(self, stage: HookedStage) -> None:
        good = hook(stage)

        with pytest.raises(BadSignature):
            stage.channel.verify(stage.access, replace(good, body=good.body + b" "))

    def test_a_webhook_without_a_signature_is_not_believed(self, stage: HookedStage) -> None:
        with pytest.raises(BadSignature):
            stage.channel.verify(stage.access, replace(hook(stage), headers={}))

    def test_another_lines_webhook_is_not_believed(self, stage: HookedStage) -> None:
        with pytest.raises(BadSignature):
            stage.channel.verify(stage.access, hook(stage, by=stage.other))

    def test_a_line_without_secrets_believes_nobody(self, stage: HookedStage) -> None:
        bare = replace(stage.access, values=dict.fromkeys(stage.access.values, ""))

        with pytest.raises(BadSignature):
            stage.channel.verify(bare, hook(stage, by=bare))

    def test_repeats_of_an_event_have_their_id_in_common(self, stage: HookedStage) -> None:
        first, repeat = hook(stage, age=timedelta(seconds=60)), hook(stage)

        assert stage.channel.event_id(first) == stage.channel.event_id(repeat)


class Keeping:
    """Of a provider that keeps the files of messages until they are fetched."""

    async def test_a_file_of_a_message_is_had(self, stage: KeepingStage, out: Out) -> None:
        media = stage.sent_to_us(b"picture")

        assert await stage.channel.fetch(out, stage.access, media, most_bytes=100) == b"picture"

    async def test_a_file_that_is_too_large_is_not_read_to_its_end(self, stage: KeepingStage, out: Out) -> None:
        media = stage.sent_to_us(bytes(101))

        with pytest.raises(TooLarge):
            await stage.channel.fetch(out, stage.access, media, most_bytes=100)

    async def test_a_file_that_the_provider_does_not_know_is_gone(self, stage: KeepingStage, out: Out) -> None:
        media = msgspec.structs.replace(stage.sent_to_us(b"picture"), provider_id="another", url="")

        with pytest.raises(Gone):
            await stage.channel.fetch(out, stage.access, media, most_bytes=100)

    async def test_where_nobody_listens_no_file_is_had(self, stage: KeepingStage, out: Out) -> None:
        media = stage.sent_to_us(b"picture")

        async with stage.gone():
            with pytest.raises(Unreachable):
                await stage.channel.fetch(out, stage.access, media, most_bytes=100)


class Contract(Hooked, Reading, Sending, OverHttp, Keeping):
    """The tests, all of them. Each says what the hub relies on."""
