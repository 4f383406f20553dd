"""What every provider's adapter has to keep. A provider's tests derive from `Contract`, and bring a `stage`: the
adapter, a line of it, and a server that speaks the provider's real wire and can be told to fail."""

from contextlib import AbstractAsyncContextManager
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
    Http,
    Media,
    Outbound,
    Refused,
    TooLarge,
    Unreachable,
    Unsure,
)
from tests.clock import MORNING

BODY = b'{"events":[]}'


class Sample(msgspec.Struct, frozen=True):
    """A webhook as the provider sends it, and what must come of it."""

    provider: str
    body: Any
    parsed: Any


class Stage(Protocol):
    """A provider's adapter and its server, for the length of a test."""

    channel: Channel
    samples: Path

    @property
    def access(self) -> Access:
        """The line."""

    @property
    def other(self) -> Access:
        """A line of the same provider with other secrets."""

    def sign(self, body: bytes, at: datetime, access: Access) -> dict[str, str]:
        """The headers by which the provider vouches for a body."""

    def message(self, id: str) -> Outbound:
        """Something that it takes."""

    def fail(self, how: str) -> None:
        """refuse, hang_up, vanish, nonsense, down: what becomes of the next message."""

    def gone(self) -> AbstractAsyncContextManager[None]:
        """Nobody listens there for the length of the block."""

    def sent_to_us(self, content: bytes) -> Media:
        """A file that somebody has sent with a message, as that tells of it."""

    def taken(self, id: str) -> int:
        """How many messages have gone out under our id."""


def hook(stage: Stage, body: bytes = BODY, *, age: timedelta = timedelta(), by: Access | None = None) -> Hook:
    """A webhook that the provider has signed so long ago."""
    headers = stage.sign(body, MORNING - age, by or stage.access)
    url = f"https://parley.test/in/{stage.access.line}"
    return Hook(method="POST", url=url, headers=headers, query={}, body=body, now=MORNING)


def samples(folder: Path) -> dict[str, Sample]:
    """All that lie there, by name."""
    return {path.stem: msgspec.json.decode(path.read_bytes(), type=Sample) for path in sorted(folder.glob("*.json"))}


def plain(parsed: Any) -> Any:
    """As JSON would have it."""
    return msgspec.json.decode(msgspec.json.encode(parsed))


class Contract:
    """The tests. Each says what the hub relies on."""

    @pytest.mark.parametrize("age_s", [0, 299, -299])
    def test_a_fresh_webhook_is_believed(self, stage: Stage, age_s: int) -> None:
        stage.channel.verify(stage.access, hook(stage, age=timedelta(seconds=age_s)))

    @pytest.mark.parametrize("age_s", [301, 86_400, -301])
    def test_an_old_or_postdated_webhook_is_not_believed(self, stage: Stage, age_s: int) -> None:
        with pytest.raises(BadSignature):
            stage.channel.verify(stage.access, hook(stage, age=timedelta(seconds=age_s)))

    @pytest.mark.parametrize("at", [0, 5, len(BODY) - 1])
    def test_a_webhook_with_one_byte_changed_is_not_believed(self, stage: Stage, at: int) -> None:
        good = hook(stage)
        tampered = bytes([*good.body[:at], good.body[at] ^ 1, *good.body[at + 1 :]])

        with pytest.raises(BadSignature):
            stage.channel.verify(stage.access, replace(good, body=tampered))

    def test_a_webhook_with_anything_added_is_not_believed(self, stage: Stage) -> None:
        good = hook(stage)

        with pytest.raises(BadSignature):
            stage.channel.verify(stage.access, replace(good, body=good.body + b" "))

    def test_a_webhook_without_a_signature_is_not_believed(self, stage: Stage) -> None:
        with pytest.raises(BadSignature):
            stage.channel.verify(stage.access, replace(hook(stage), headers={}))

    def test_another_lines_webhook_is_not_believed(self, stage: Stage) -> None:
        with pytest.raises(BadSignature):
            stage.channel.verify(stage.access, hook(stage, by=stage.other))

    def test_a_line_without_secrets_believes_nobody(self, stage: Stage) -> None:
        bare = replace(stage.access, values=dict.fromkeys(stage.access.values, ""))

        with pytest.raises(BadSignature):
            stage.channel.verify(bare, hook(stage, by=bare))

    def test_repeats_of_an_event_have_their_id_in_common(self, stage: Stage) -> None:
        first, repeat = hook(stage, age=timedelta(seconds=60)), hook(stage)

        assert stage.channel.event_id(first) == stage.channel.event_id(repeat) != ""

    def test_every_sample_becomes_what_is_written_beside_it(self, stage: Stage) -> None:
        ours = {name: one for name, one in samples(stage.samples).items() if one.provider == stage.channel.provider}

        parsed = {name: stage.channel.parse(stage.access, msgspec.json.encode(one.body)) for name, one in ours.items()}

        assert ours
        assert plain(parsed) == {name: one.parsed for name, one in ours.items()}

    @pytest.mark.parametrize(
        "body", [b"", b"{", b"null", b"[]", b'"events"', b"\xff\xfe", b"[" * 100_000], ids=range(7)
    )
    def test_what_is_no_event_at_all_is_a_value_error(self, stage: Stage, body: bytes) -> None:
        with pytest.raises(ValueError, match=r"\w"):
            stage.channel.parse(stage.access, body)

    def test_failures_are_told_in_words_with_a_way_on(self, stage: Stage) -> None:
        failures = stage.channel.failures

        assert [code for code, failure in failures.items() if failure.code != code] == []
        assert [code for code, failure in failures.items() if not (failure.words and failure.advice)] == []

    def test_what_suppresses_does_not_pass(self, stage: Stage) -> None:
        assert [one.code for one in stage.channel.failures.values() if one.suppresses and one.is_passing] == []

    async def test_a_message_goes_out_once_and_is_found_again(self, stage: Stage, http: Http) -> None:
        receipt = await stage.channel.send(http, stage.access, stage.message("c-1"))

        assert stage.taken("c-1") == 1
        assert await stage.channel.lookup(http, stage.access, "c-1") == receipt

    async def test_a_message_that_was_never_sent_is_not_found(self, stage: Stage, http: Http) -> None:
        await stage.channel.send(http, stage.access, stage.message("c-1"))

        assert await stage.channel.lookup(http, stage.access, "c-2") is None

    async def test_a_plain_no_is_told_with_its_reason(self, stage: Stage, http: Http) -> None:
        stage.fail("refuse")

        with pytest.raises(Refused) as caught:
            await stage.channel.send(http, stage.access, stage.message("c-1"))

        assert caught.value.failure in stage.channel.failures.values()
        assert stage.taken("c-1") == 0

    async def test_where_nobody_listens_nothing_was_sent(self, stage: Stage, http: Http) -> None:
        async with stage.gone():
            with pytest.raises(Unreachable):
                await stage.channel.send(http, stage.access, stage.message("c-1"))

    @pytest.mark.parametrize(("how", "taken"), [("hang_up", 1), ("nonsense", 1), ("vanish", 0), ("down", 0)])
    async def test_whatever_may_have_been_taken_is_unsure(self, stage: Stage, http: Http, how: str, taken: int) -> None:
        stage.fail(how)

        with pytest.raises(Unsure):
            await stage.channel.send(http, stage.access, stage.message("c-1"))

        assert stage.taken("c-1") == taken
        assert (await stage.channel.lookup(http, stage.access, "c-1") is not None) == bool(taken)

    async def test_a_lookup_that_reaches_nobody_is_no_answer(self, stage: Stage, http: Http) -> None:
        async with stage.gone():
            with pytest.raises(Unreachable):
                await stage.channel.lookup(http, stage.access, "c-1")

    async def test_a_file_of_a_message_is_had(self, stage: Stage, http: Http) -> None:
        media = stage.sent_to_us(b"picture")

        assert await stage.channel.fetch(http, stage.access, media, most_bytes=100) == b"picture"

    async def test_a_file_that_is_too_large_is_not_read_to_its_end(self, stage: Stage, http: Http) -> None:
        media = stage.sent_to_us(bytes(101))

        with pytest.raises(TooLarge):
            await stage.channel.fetch(http, stage.access, media, most_bytes=100)

    async def test_a_file_that_the_provider_does_not_know_is_gone(self, stage: Stage, http: Http) -> None:
        media = msgspec.structs.replace(stage.sent_to_us(b"picture"), provider_id="another", url="")

        with pytest.raises(Gone):
            await stage.channel.fetch(http, stage.access, media, most_bytes=100)

    async def test_where_nobody_listens_no_file_is_had(self, stage: Stage, http: Http) -> None:
        media = stage.sent_to_us(b"picture")

        async with stage.gone():
            with pytest.raises(Unreachable):
                await stage.channel.fetch(http, stage.access, media, most_bytes=100)
