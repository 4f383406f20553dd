"""The link in a mail: one click ends the mails at once, to look ends nothing, and there is a way back."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from msgspec.structs import replace

from channels.base import Address, IdentityKind, Medium
from hub.consent.models import Reason
from hub.consent.suppression import find_suppression, suppress
from hub.people.changing import change
from hub.people.getting import get_person
from hub.people.models import ConsentState
from hub.sending.models import Said
from hub.threads import repository as threads
from hub.threads.happenings import OptChanged
from hub.unsubscribing.links import GOOD_FOR, link_for
from tests.hub.letterheads.conftest import ASHA
from tests.hub.sending.scene import RULE, Scene
from tests.people import code_of, well

CLICK = {"List-Unsubscribe": "One-Click"}
ADDRESS = Address(kind=IdentityKind.EMAIL, value=ASHA)


async def path_of(mailing: Scene, said: Said) -> str:
    """Where its link leads."""
    return (await link_for(mailing.deps, said.entry)).removeprefix(mailing.deps.settings.base_url)


async def mailed(mailing: Scene, text: str = "Our spring offers") -> str:
    """A rule writes to them; where the link in that mail leads."""
    return await path_of(mailing, await mailing.says(text, author=RULE))


async def click(mailing: Scene, path: str, **more: Any) -> httpx2.Response:
    """As mail programs do: without cookies or anything else of theirs."""
    return await mailing.hub.client.post(path, **(more or {"data": CLICK}))


async def consent(mailing: Scene) -> ConsentState:
    """Whether they want to be mailed."""
    return (await get_person(mailing.deps, mailing.account, mailing.someone.id)).consent_on(Medium.EMAIL)


async def opts(mailing: Scene) -> list[bool]:
    """What stands of it in the log: whether they have come or gone."""
    thread = await mailing.thread()
    entries = await threads.list_after(mailing.deps.mongo, mailing.account, thread.id, 0, limit=99)
    return [one.event.is_in for one in entries if isinstance(one.event, OptChanged)]


async def test_one_click_ends_the_mails_and_says_so_in_the_conversation(mailing: Scene) -> None:
    answer = await click(mailing, await mailed(mailing))

    assert answer.status_code == 200
    shown = {"account_name": "acme", "address": "a…@example.test", "is_ended": True}
    assert well(answer) == {**shown, "can_resume": True, "locale": None}
    assert await consent(mailing) is ConsentState.REVOKED
    assert await find_suppression(mailing.deps, mailing.account, [ADDRESS], Medium.EMAIL)
    assert await opts(mailing) == [False]


async def test_what_waits_to_be_sent_is_not_sent_after_a_click(mailing: Scene) -> None:
    first, second = await mailing.says("One", author=RULE), await mailing.says("Two", author=RULE)
    await click(mailing, await path_of(mailing, first))

    await mailing.work()

    assert mailing.texts == []
    delivery = await mailing.delivery(second)
    assert delivery.failure is not None
    assert delivery.failure.code == "opted_out"


async def test_a_click_that_is_repeated_is_one(mailing: Scene) -> None:
    path = await mailed(mailing)

    answers = [await click(mailing, path) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {200}
    assert await opts(mailing) == [False]


async def test_a_click_may_be_a_form_of_the_other_kind(mailing: Scene) -> None:
    answer = await click(mailing, await mailed(mailing), files={"List-Unsubscribe": (None, "One-Click")})

    assert answer.status_code == 200
    assert await consent(mailing) is ConsentState.REVOKED


@pytest.mark.parametrize("body", [b"", b"List-Unsubscribe=Two", b"{}"])
async def test_what_is_no_click_ends_nothing(mailing: Scene, body: bytes) -> None:
    answer = await click(mailing, await mailed(mailing), content=body)

    assert code_of(answer) == (400, "not_one_click")
    assert await consent(mailing) is ConsentState.GRANTED


async def test_the_page_learns_how_the_person_speaks(mailing: Scene) -> None:
    await change(mailing.deps, mailing.account, mailing.someone.id, lambda now: replace(now, locale="pt-BR"))

    state = well(await mailing.hub.client.get(f"{await mailed(mailing)}/state"))

    assert state["locale"] == "pt-BR"


async def test_to_look_changes_nothing(mailing: Scene) -> None:
    path = await mailed(mailing)

    state = well(await mailing.hub.client.get(f"{path}/state"))
    await mailing.hub.client.get(path)

    assert state["is_ended"] is False
    assert await consent(mailing) is ConsentState.GRANTED
    assert await opts(mailing) == []


async def test_there_is_a_way_back_and_out_again(mailing: Scene) -> None:
    path = await mailed(mailing)
    await click(mailing, path)
    await mailing.clock.advance(seconds=1)

    back = well(await mailing.hub.client.post(f"{path}/resume"))
    await mailing.clock.advance(seconds=1)
    gone = well(await click(mailing, path))

    assert (back["is_ended"], gone["is_ended"]) == (False, True)
    assert await opts(mailing) == [False, True, False]


async def test_the_way_back_is_for_whoever_has_gone(mailing: Scene) -> None:
    path = await mailed(mailing)

    await mailing.hub.client.post(f"{path}/resume")

    assert await opts(mailing) == []


async def test_nobody_comes_back_to_an_address_that_bounces(mailing: Scene) -> None:
    path = await mailed(mailing)
    bounced = Reason.HARD_BOUNCE
    await suppress(mailing.deps, mailing.account, ADDRESS, medium=Medium.EMAIL, reason=bounced, evidence="550")
    await click(mailing, path)
    await mailing.clock.advance(seconds=1)

    back = well(await mailing.hub.client.post(f"{path}/resume"))

    assert (back["is_ended"], back["can_resume"]) == (True, False)
    assert await consent(mailing) is ConsentState.REVOKED
    assert await opts(mailing) == [False]


async def test_a_link_that_is_made_up_or_too_old_says_the_same_to_everybody(mailing: Scene) -> None:
    path = await mailed(mailing)
    forged = path[:-1] + ("a" if path[-1] != "a" else "b")
    others = await mailing.hub.client.get(f"{forged}/state"), await click(mailing, "/u/x"), await click(mailing, forged)

    await mailing.clock.advance(seconds=(GOOD_FOR + timedelta(days=1)).total_seconds())
    old = await click(mailing, path)

    assert {answer.text for answer in (*others, old)} == {old.text}
    assert code_of(old) == (404, "no_such_unsubscribe_link")
    assert await consent(mailing) is ConsentState.GRANTED
