"""An API key is a part of the power of whoever made it: no more of it, and no longer."""

from datetime import timedelta
from typing import Any

import pytest

from hub.access import Permission, Scope
from hub.accounts import api_keys, repository
from hub.accounts.models import ApiKey
from tests.clock import VirtualClock
from tests.hub.accounts.staff import Given, grants, hire, operators_act, until_known
from tests.people import Person, code_of, found, join

BEN, CARA = "ben@example.test", "cara@example.test"
MAKES_KEYS = {"keys.manage": "all", "members.view": "all"}


async def make(maker: Person, given: Given = MAKES_KEYS, **more: Any) -> tuple[str, Person]:
    """The id of a new key, and the script that has it."""
    made = await maker.does("POST", "/keys", {"name": "for the CRM", "grants": grants(given), **more})
    return made["key"]["id"], script(maker, made["secret"])


def script(maker: Person, secret: str) -> Person:
    """Whoever has the key."""
    return Person(maker.hub, maker.account, "", "", secret)


async def rotate(person: Person, id: str) -> Person:
    """Whoever has the successor."""
    return script(person, (await person.does("POST", f"/keys/{id}/rotate", {}))["secret"])


async def status_of(key: Person) -> int:
    """What it is answered."""
    return (await key.asks("GET", "/members")).status_code


async def roots(owner: Person) -> set[str]:
    """Whose power the keys of the account are a part of."""
    keys = await repository.list_all(owner.hub.deps.mongo, owner.account, ApiKey)
    return {key.root for key in keys}


@pytest.mark.parametrize(("method", "end"), [("POST", "/disable"), ("DELETE", "")], ids=["disabled", "removed"])
async def test_with_its_maker_a_key_is_out(asha: Person, clock: VirtualClock, method: str, end: str) -> None:
    ben = await join(asha, BEN, "admin")
    _, crm = await make(ben)
    before = await status_of(crm)

    await asha.does(method, f"/members/{ben.member}{end}")
    await until_known(clock)

    assert (before, await status_of(crm)) == (200, 401)


async def test_a_key_may_no_more_than_its_maker_may_now(asha: Person, clock: VirtualClock) -> None:
    ben = await join(asha, BEN, "admin")
    _, crm = await make(ben)

    await asha.does("PATCH", f"/members/{ben.member}", {"role": "viewer"})
    await until_known(clock)

    assert (await status_of(crm), code_of(await crm.asks("GET", "/keys"))) == (200, (403, "forbidden"))


async def test_what_its_maker_may_for_a_team_only_a_key_may_not(asha: Person, clock: VirtualClock) -> None:
    ben = await hire(asha, BEN, MAKES_KEYS)
    _, crm = await make(ben)
    role = (await ben.does("GET", "/me"))["role"]

    await asha.does("PATCH", f"/roles/{role}", {"grants": grants({**MAKES_KEYS, "members.view": "team"})})
    await until_known(clock)

    assert await status_of(crm) == 403


async def test_a_key_that_a_key_made_is_a_part_of_the_same_power(asha: Person, clock: VirtualClock) -> None:
    ben = await join(asha, BEN, "admin")
    _, first = await make(ben)
    _, second = await make(first)

    await asha.does("POST", f"/members/{ben.member}/disable")
    await until_known(clock)

    assert await status_of(second) == 401


async def test_a_key_that_a_key_made_ends_no_later(asha: Person, clock: VirtualClock) -> None:
    _, first = await make(asha, lasts_days=3)
    others = [(await make(first, lasts_days=days))[1] for days in (None, 30)]

    await clock.advance(days=3)

    assert [await status_of(key) for key in others] == [401, 401]


async def test_with_a_key_go_all_that_were_made_by_it(asha: Person) -> None:
    id, first = await make(asha)
    _, second = await make(first)
    _, third = await make(second)
    before = [await status_of(key) for key in (first, second, third)]

    await asha.does("DELETE", f"/keys/{id}")

    assert before == [200, 200, 200]
    assert [await status_of(key) for key in (first, second, third)] == [401, 401, 401]


async def test_whoever_rotates_a_key_answers_for_it(asha: Person, clock: VirtualClock) -> None:
    ben = await join(asha, BEN, "admin")
    id, _ = await make(ben)
    successor = await rotate(asha, id)

    await asha.does("POST", f"/members/{ben.member}/disable")
    await until_known(clock)

    assert await status_of(successor) == 200
    assert await roots(asha) == {asha.member, ben.member}


async def test_a_key_that_rotates_itself_lives_no_longer(asha: Person, clock: VirtualClock) -> None:
    id, crm = await make(asha, lasts_days=3)
    successor = await rotate(crm, id)

    await clock.advance(days=3)

    assert await status_of(successor) == 401


async def test_the_operators_key_depends_on_nobody(asha: Person, clock: VirtualClock) -> None:
    all_of_it = {Permission.MEMBERS_VIEW: Scope.ALL}
    act = operators_act(asha)
    made = await api_keys.add(act, asha.account, "CRM", all_of_it, timedelta(days=9), id=act.new_id)

    assert await status_of(script(asha, made.secret)) == 200
    assert await roots(asha) == {""}


async def test_the_keys_of_others_stay(asha: Person) -> None:
    zoe = await found(asha.hub, "zenith")
    _, theirs = await make(zoe)
    id, _ = await make(asha)

    await asha.does("DELETE", f"/keys/{id}")

    assert await status_of(theirs) == 200
