"""What a text costs is told before it is sent, where it is paid for by its segments."""

import pytest

from tests.fakes.telnyx.provider import PROFILE, SIGNER
from tests.fakes.telnyx.signing import public_key
from tests.hub.lines.connected import connect
from tests.hub.sending.scene import Scene


async def test_the_gate_says_how_many_segments_a_text_takes(scene: Scene) -> None:
    short, long = await scene.asks_gate("Hi"), await scene.asks_gate("я" * 71)

    assert short["segments"] == {"encoding": "gsm7", "letters": 2, "count": 1, "left": 158}
    assert long["segments"] == {"encoding": "ucs2", "letters": 71, "count": 2, "left": 63}


async def test_a_text_with_a_picture_is_sent_as_one(scene: Scene) -> None:
    picture = await scene.keep("flat.png")

    verdict = await scene.asks_gate("Look", attachment_ids=[picture])

    assert (verdict["is_allowed"], verdict["segments"]) == (True, None)


@pytest.mark.parametrize(
    ("text", "code"), [("x" * 1530, None), ("x" * 1531, "too_long"), ("я" * 670, None), ("я" * 671, "too_long")]
)
async def test_a_text_of_more_segments_than_the_provider_takes_is_too_long(
    scene: Scene, text: str, code: str | None
) -> None:
    values = {"api_key": "key", "public_key": public_key(SIGNER), "profile": PROFILE}
    line = await connect(scene.deps, "telnyx_sms", account=scene.account, address="+12025550142", values=values)

    verdict = await scene.asks_gate(text, line_id=line.id)

    assert verdict["code"] == code


async def test_where_nothing_is_counted_nothing_is_told(scene: Scene) -> None:
    line = await scene.connect("sandbox_whatsapp")

    verdict = await scene.asks_gate("Hi", line_id=line.id)

    assert verdict["segments"] is None
