"""Who speaks: taking over, handing back, assigning, releasing."""

import asyncio

import pytest

from hub.threads import ownership
from hub.threads.errors import StaleEpoch
from hub.threads.happenings import NOBODY, Owner, OwnerChanged, OwnerKind
from hub.threads.log import opened, under
from hub.threads.models import THE_HUB, Thread
from tests.clock import VirtualClock
from tests.hub.accounts.staff import hire, make_team, until_known
from tests.hub.threads.talk import answer, as_member, events_of, latest, log_of, write
from tests.people import Person, code_of, join

AGENT = Owner(OwnerKind.AGENT)


def path(thread: Thread, what: str) -> str:
    """Of an action on the conversation."""
    return f"/threads/{thread.id}/{what}"


async def test_whoever_takes_over_speaks_and_nothing_of_before_counts(asha: Person, thread: Thread) -> None:
    shown = await asha.does("POST", path(thread, "takeover"), {})

    assert shown["owner"] == {"kind": "member", "id": asha.member}
    assert shown["epoch"] == thread.epoch + 1
    with pytest.raises(StaleEpoch):
        await answer(asha.hub.deps, thread, THE_HUB, check=under(thread.epoch))


async def test_taking_over_what_is_ones_own_changes_nothing(asha: Person, thread: Thread) -> None:
    await asha.does("POST", path(thread, "takeover"), {})

    shown = await asha.does("POST", path(thread, "takeover"), {})

    assert shown["epoch"] == thread.epoch + 1
    assert len(await events_of(asha.hub, thread)) == 1


async def test_a_colleagues_conversation_is_taken_only_when_that_is_meant(asha: Person, thread: Thread) -> None:
    ravi = await join(asha, "ravi@acme.test")
    await asha.does("POST", path(thread, "takeover"), {})

    refused = await ravi.asks("POST", path(thread, "takeover"), {})
    shown = await ravi.does("POST", path(thread, "takeover"), {"from_other": True})

    assert code_of(refused) == (409, "owned_by_other")
    assert refused.json()["error"]["data"]["member"] == asha.member
    assert shown["owner"]["id"] == ravi.member


async def test_of_two_who_take_over_at_once_one_is_told_of_the_other(asha: Person, thread: Thread) -> None:
    ravi = await join(asha, "ravi@acme.test")

    answers = await asyncio.gather(*(one.asks("POST", path(thread, "takeover"), {}) for one in (asha, ravi)))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert (await latest(asha.hub, thread)).epoch == thread.epoch + 1


async def test_whoever_replies_takes_over_from_a_colleague(asha: Person, thread: Thread) -> None:
    deps = asha.hub.deps
    thread = await ownership.take_over(deps, thread, as_member(asha), asha.member)

    after = await ownership.take_over(deps, thread, THE_HUB, "ravi", why="replied")

    assert after.owner == Owner(OwnerKind.MEMBER, "ravi")


async def test_a_takeover_keeps_the_team_that_somebody_sets_at_the_same_moment(asha: Person, thread: Thread) -> None:
    deps, author = asha.hub.deps, as_member(asha)
    await ownership.assign(deps, thread, author, member=None, team="sales")

    after = await ownership.take_over(deps, thread, author, asha.member)

    assert (after.owner.id, after.team) == (asha.member, "sales")


async def a_line(asha: Person, answered_by: str) -> str:
    """The id of a line of the sandbox."""
    values = {"url": "http://127.0.0.1:1", "key": "key", "webhook_secret": "secret"}
    wanted = {"provider": "sandbox_sms", "name": "Shop", "address": "+4930123456", "values": values}
    return str((await asha.does("POST", "/lines", {**wanted, "answered_by": answered_by}))["id"])


async def test_it_is_handed_back_to_the_agent_that_answers_on_the_line(asha: Person, thread: Thread) -> None:
    thread, _ = await write(asha.hub, thread, line=await a_line(asha, "agent"))
    await asha.does("POST", path(thread, "takeover"), {})

    shown = await asha.does("POST", path(thread, "handback"), {"word": "She wants a price."})

    entry = (await log_of(asha.hub, thread))[-1]
    assert shown["owner"]["kind"] == "agent"
    assert (await opened(asha.hub.deps, entry)).text == "She wants a price."
    assert b"price" not in (entry.content or b"")


@pytest.mark.parametrize("has_line", [True, False])
async def test_where_no_agent_answers_it_is_handed_back_to_the_queue(
    asha: Person, thread: Thread, has_line: bool
) -> None:
    line = await a_line(asha, "nobody") if has_line else "unknown"
    thread, _ = await write(asha.hub, thread, line=line)
    await asha.does("POST", path(thread, "takeover"), {})

    shown = await asha.does("POST", path(thread, "handback"), {})

    assert shown["owner"]["kind"] == "nobody"
    assert (await events_of(asha.hub, thread))[-1]["why"] == "handed_back"


async def test_it_is_assigned_to_a_member_with_the_work_of_a_team(asha: Person, thread: Thread) -> None:
    ravi, team = await join(asha, "ravi@acme.test"), await make_team(asha, "Sales")

    shown = await asha.does("POST", path(thread, "assign"), {"member_id": ravi.member, "team_id": team, "word": "!"})

    assert (shown["owner"]["id"], shown["team_id"]) == (ravi.member, team)
    assert (await latest(asha.hub, thread)).reach == sorted([f"member:{ravi.member}", f"team:{team}"])


async def test_a_team_is_asked_and_nobody_speaks(asha: Person, thread: Thread) -> None:
    team = await make_team(asha, "Sales")
    await asha.does("POST", path(thread, "takeover"), {})

    shown = await asha.does("POST", path(thread, "assign"), {"team_id": team})

    assert (shown["owner"]["kind"], shown["team_id"]) == ("nobody", team)


async def test_nobody_gets_it_who_could_do_nothing_about_it(asha: Person, thread: Thread) -> None:
    ravi, viewer = await join(asha, "ravi@acme.test"), await join(asha, "vera@acme.test", "viewer")
    await asha.does("POST", f"/members/{ravi.member}/disable")

    answers = [
        await asha.asks("POST", path(thread, "assign"), body)
        for body in ({"member_id": ravi.member}, {"member_id": viewer.member}, {"member_id": "x"}, {"team_id": "x"}, {})
    ]

    assert [code_of(answer)[1] for answer in answers] == [
        *("member_not_able", "member_not_able", "no_such_member", "no_such_team", "unprocessable")
    ]


async def test_one_assigns_what_the_permission_reaches(asha: Person, thread: Thread, clock: VirtualClock) -> None:
    ravi = await hire(asha, "ravi@acme.test", {"threads.assign": "team", "threads.reply": "all"})
    team, others = await make_team(asha, "Sales", ravi), await make_team(asha, "Service")
    await until_known(clock)
    before = await ravi.asks("POST", path(thread, "assign"), {"member_id": ravi.member})
    await asha.does("POST", path(thread, "assign"), {"team_id": team})

    passed_on = await ravi.does("POST", path(thread, "assign"), {"team_id": others})
    after = await ravi.asks("POST", path(thread, "assign"), {"member_id": ravi.member})

    assert passed_on["team_id"] == others
    assert [code_of(answer) for answer in (before, after)] == [(404, "no_such_thread")] * 2


async def test_what_is_released_waits_for_whoever_takes_it(asha: Person, thread: Thread) -> None:
    await asha.does("POST", path(thread, "takeover"), {})

    first, second = [await asha.does("POST", path(thread, "release")) for _ in range(2)]

    assert first["owner"]["kind"] == "nobody"
    assert second["epoch"] == first["epoch"]


async def test_a_script_says_for_whom_it_takes_over(asha: Person, thread: Thread) -> None:
    wanted = {"name": "script", "grants": [{"permission": "threads.reply", "scope": "all"}]}
    headers = {"authorization": f"Bearer {(await asha.does('POST', '/keys', wanted))['secret']}"}
    url = f"/api/v1{path(thread, 'takeover')}"

    refused = await asha.hub.client.post(url, json={}, headers=headers)
    taken = await asha.hub.client.post(url, json={"member_id": asha.member}, headers=headers)

    assert code_of(refused) == (422, "member_unsaid")
    assert taken.json()["owner"]["id"] == asha.member
    assert (await log_of(asha.hub, thread))[-1].author.kind == "key"


async def test_a_member_takes_over_for_nobody_else(asha: Person, thread: Thread) -> None:
    ravi = await join(asha, "ravi@acme.test")

    refused = await ravi.asks("POST", path(thread, "takeover"), {"member_id": asha.member})

    assert code_of(refused) == (403, "forbidden")


async def test_every_change_of_owner_raises_the_epoch(asha: Person, thread: Thread) -> None:
    changes = [OwnerChanged(owner=owner, why="routed") for owner in (AGENT, NOBODY, AGENT)]

    epochs = []
    for change in changes:
        thread, _ = await ownership.change_owner(asha.hub.deps, thread, change, THE_HUB)
        epochs.append(thread.epoch)

    assert epochs == [1, 2, 3]


async def test_routing_under_an_epoch_that_is_over_changes_nothing(asha: Person, thread: Thread) -> None:
    deps = asha.hub.deps
    await ownership.take_over(deps, thread, as_member(asha), asha.member)

    with pytest.raises(StaleEpoch):
        await ownership.change_owner(
            deps, thread, OwnerChanged(owner=AGENT, why="routed"), THE_HUB, check=under(thread.epoch)
        )

    assert (await latest(asha.hub, thread)).owner.id == asha.member
