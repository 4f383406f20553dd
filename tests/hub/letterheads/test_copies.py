"""Copies of a mail: who else gets it stands in the conversation, and goes nowhere but by mail."""

from datetime import timedelta
from typing import Any

import pytest

from hub.letterheads.copies import list_left_out, mail_to, read_copies
from tests.hub.sending.scene import NUMBERS, Scene
from tests.people import code_of

RAVI, OPEN, HIDDEN = "ravi@example.test", {"cc": ["ravi@example.test"]}, {"bcc": ["ravi@example.test"]}


async def asked(mailing: Scene, **more: Any) -> Any:
    """The owner says it, or tries to."""
    path = f"/threads/{(await mailing.thread()).id}/messages"
    return await mailing.owner.asks("POST", path, {"client_id": f"c{next(NUMBERS)}", "text": "At nine.", **more})


def test_addresses_are_written_in_one_way_and_each_stands_once() -> None:
    cc = read_copies([" Ravi@Example.test", RAVI, "asha@example.test"])

    assert cc == (RAVI, "asha@example.test")
    assert read_copies([RAVI, "maja@example.test"], but=cc) == ("maja@example.test",)


@pytest.mark.parametrize("more", [OPEN, HIDDEN])
async def test_no_copy_goes_out_where_there_is_no_mail(mailing: Scene, more: dict[str, Any]) -> None:
    answer = await asked(mailing, **more)

    assert code_of(answer) == (409, "send_refused")
    assert answer.json()["error"]["data"]["why"] == "copies_refused"


@pytest.mark.parametrize(
    "address", ["ravi", "ravi@", "ravi@example.test\nBcc: x@example.test", "Ravi <ravi@example.test>"]
)
async def test_what_is_no_address_gets_no_copy(mailing: Scene, address: str) -> None:
    assert code_of(await asked(mailing, cc=[address])) == (400, "not_an_email")


async def test_there_are_fifty_copies_at_most(mailing: Scene) -> None:
    answer = await asked(mailing, bcc=[f"{number}@example.test" for number in range(51)])

    assert code_of(answer) == (400, "invalid")


@pytest.mark.parametrize("more", [OPEN, HIDDEN])
async def test_a_note_goes_to_nobody_outside(mailing: Scene, more: dict[str, Any]) -> None:
    assert code_of(await asked(mailing, note=True, **more)) == (422, "unprocessable")


async def test_whoever_is_to_get_a_copy_later_is_shown(mailing: Scene) -> None:
    tomorrow = (mailing.clock.now() + timedelta(days=1)).isoformat()

    later = (await asked(mailing, send_at=tomorrow, cc=[RAVI], bcc=["maja@example.test"])).json()["scheduled"]

    assert (later["cc"], later["bcc"]) == ([RAVI], ["maja@example.test"])


async def test_addresses_that_nothing_is_sent_to_are_left_out(mailing: Scene) -> None:
    wanted = {"kind": "email", "value": "Ravi@example.test", "medium": "email", "reason": "manual"}
    await mailing.owner.does("POST", "/suppressions", wanted)

    left_out = await list_left_out(mailing.deps, mailing.account, mail_to([RAVI, "maja@example.test"], [RAVI]))

    assert left_out == (RAVI,)
