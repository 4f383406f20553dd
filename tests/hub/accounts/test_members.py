"""Members: who sees whom, and what each may change."""

import asyncio

import pytest

from tests.clock import VirtualClock
from tests.hub.accounts.staff import hire, last_entry, make_role, make_team, until_known
from tests.people import Person, code_of, found, join

BEN, CARA, DEV = "ben@example.test", "cara@example.test", "dev@example.test"
# May manage members, and has little else to give.
CLERK = {"members.view": "all", "members.manage": "all"}


async def seen_by(person: Person) -> set[str]:
    """Whom the list shows."""
    return {member["id"] for member in (await person.does("GET", "/members"))["items"]}


# Who sees whom


async def test_a_member_is_shown_as_they_are(asha: Person, clock: VirtualClock) -> None:
    ben = await join(asha, BEN, "viewer")
    team = await make_team(asha, "Sales", ben)

    assert await asha.does("GET", f"/members/{ben.member}") == {
        "id": ben.member,
        "name": "Ben",
        "email": BEN,
        "role": "viewer",
        "teams": [team],
        "is_disabled": False,
        "made_at": clock.now().isoformat().replace("+00:00", "Z"),
    }


async def test_scope_all_shows_everybody(asha: Person) -> None:
    ben, cara = await hire(asha, BEN, {"members.view": "all"}), await join(asha, CARA)

    assert await seen_by(ben) == {asha.member, ben.member, cara.member}
    assert (await ben.does("GET", f"/members/{asha.member}"))["role"] == "owner"


async def test_scope_team_shows_oneself_and_whoever_shares_a_team(asha: Person) -> None:
    ben, cara, dev = await hire(asha, BEN, {"members.view": "team"}), await join(asha, CARA), await join(asha, DEV)
    await make_team(asha, "Sales", ben, cara)
    await make_team(asha, "Support", asha, dev)

    assert await seen_by(ben) == {ben.member, cara.member}
    assert (await ben.does("GET", f"/members/{cara.member}"))["email"] == CARA
    assert code_of(await ben.asks("GET", f"/members/{dev.member}")) == (404, "no_such_member")


async def test_scope_own_shows_oneself(asha: Person) -> None:
    ben, cara = await hire(asha, BEN, {"members.view": "own"}), await join(asha, CARA)
    await make_team(asha, "Sales", ben, cara)

    assert await seen_by(ben) == {ben.member}
    assert (await ben.does("GET", f"/members/{ben.member}"))["email"] == BEN
    assert code_of(await ben.asks("GET", f"/members/{cara.member}")) == (404, "no_such_member")


async def test_the_members_of_other_accounts_are_not_there(asha: Person) -> None:
    zoe, ben = await found(asha.hub, "zenith"), await join(asha, BEN)
    path = f"/members/{ben.member}"

    answers = [
        await zoe.asks("GET", path),
        await zoe.asks("PATCH", path, {"name": "Taken over"}),
        await zoe.asks("POST", f"{path}/disable"),
        await zoe.asks("POST", f"{path}/enable"),
        await zoe.asks("DELETE", path),
    ]

    assert [code_of(answer) for answer in answers] == [(404, "no_such_member")] * 5
    assert await seen_by(zoe) == {zoe.member}


async def test_to_manage_members_takes_the_permission(asha: Person) -> None:
    ben, cara = await join(asha, BEN, "editor"), await join(asha, CARA, "viewer")
    path = f"/members/{cara.member}"

    answers = [
        await ben.asks("PATCH", path, {"name": "Other"}),
        await ben.asks("POST", f"{path}/disable"),
        await ben.asks("POST", f"{path}/enable"),
        await ben.asks("DELETE", path),
    ]

    assert [code_of(answer) for answer in answers] == [(403, "forbidden")] * 4


# Changing


async def test_a_member_gets_another_role_other_teams_another_name(asha: Person) -> None:
    ben, team = await join(asha, BEN, "viewer"), await make_team(asha, "Sales")

    changed = await asha.does(
        "PATCH", f"/members/{ben.member}", {"role": "editor", "teams": [team, team], "name": "Benedict"}
    )

    assert (changed["role"], changed["teams"], changed["name"]) == ("editor", [team], "Benedict")
    assert await asha.does("GET", f"/members/{ben.member}") == changed


async def test_what_is_left_out_stays(asha: Person) -> None:
    ben = await join(asha, BEN, "viewer")
    await make_team(asha, "Sales", ben)
    before = await asha.does("GET", f"/members/{ben.member}")

    nothing = await asha.does("PATCH", f"/members/{ben.member}", {})
    renamed = await asha.does("PATCH", f"/members/{ben.member}", {"name": "Benedict"})

    assert nothing == before
    assert renamed == {**before, "name": "Benedict"}


async def test_another_role_counts_within_seconds(asha: Person, clock: VirtualClock) -> None:
    ben = await join(asha, BEN, "admin")
    await ben.does("GET", "/invitations")

    await asha.does("PATCH", f"/members/{ben.member}", {"role": "viewer"})
    await until_known(clock)

    assert code_of(await ben.asks("GET", "/invitations")) == (403, "forbidden")


async def test_the_log_says_how_a_member_was_and_is(asha: Person) -> None:
    ben = await join(asha, BEN, "viewer")

    await asha.does("PATCH", f"/members/{ben.member}", {"role": "editor"})

    entry = await last_entry(asha, "member.change")
    assert entry["target"]["member"] == ben.member
    assert (entry["before"]["role"], entry["after"]["role"]) == ("viewer", "editor")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"role": "king"}, "no_such_role"),
        ({"role": "owner"}, "no_such_role"),
        ({"teams": ["nowhere"]}, "no_such_team"),
    ],
    ids=str,
)
async def test_what_is_not_there_is_not_given(asha: Person, change: dict[str, object], code: str) -> None:
    ben = await join(asha, BEN, "viewer")

    answer = await asha.asks("PATCH", f"/members/{ben.member}", change)

    assert code_of(answer) == (404, code)
    assert (await asha.does("GET", f"/members/{ben.member}"))["role"] == "viewer"


async def test_roles_and_teams_of_other_accounts_are_not_given(asha: Person) -> None:
    zoe, ben = await found(asha.hub, "zenith"), await join(asha, BEN, "viewer")
    role, team = await make_role(zoe, "Lead", {}), await make_team(zoe, "Sales")

    answers = [await asha.asks("PATCH", f"/members/{ben.member}", more) for more in ({"role": role}, {"teams": [team]})]

    assert [code_of(answer) for answer in answers] == [(404, "no_such_role"), (404, "no_such_team")]


# Nobody gives, or takes away, what they do not have


@pytest.mark.parametrize("role", ["admin", "editor", "viewer"])
async def test_nobody_lifts_themselves(asha: Person, role: str) -> None:
    ben = await hire(asha, BEN, CLERK)

    answer = await ben.asks("PATCH", f"/members/{ben.member}", {"role": role})

    assert code_of(answer) == (403, "not_yours_to_give")


async def test_an_admin_gives_no_role_that_an_admin_does_not_have(asha: Person) -> None:
    ben, cara = await join(asha, BEN, "admin"), await join(asha, CARA, "viewer")
    role = await make_role(asha, "Bookkeeper", {"billing.manage": "all"})

    answers = [await ben.asks("PATCH", f"/members/{one.member}", {"role": role}) for one in (ben, cara)]

    assert [code_of(answer) for answer in answers] == [(403, "not_yours_to_give")] * 2


async def test_whoever_has_less_touches_nobody_who_has_more(asha: Person) -> None:
    ben, cara = await hire(asha, BEN, CLERK), await join(asha, CARA, "admin")
    dev = await hire(asha, DEV, {})
    await asha.does("POST", f"/members/{cara.member}/disable")
    role, path = (await asha.does("GET", f"/members/{dev.member}"))["role"], f"/members/{cara.member}"

    answers = [
        await ben.asks("PATCH", path, {"role": role}),
        await ben.asks("POST", f"{path}/enable"),
        await ben.asks("POST", f"{path}/disable"),
        await ben.asks("DELETE", path),
    ]

    assert [code_of(answer) for answer in answers] == [(403, "not_yours_to_give")] * 4


async def test_whoever_has_as_much_shuts_out_and_removes(asha: Person) -> None:
    ben, cara = await hire(asha, BEN, CLERK), await hire(asha, CARA, {"members.view": "team"})

    disabled = await ben.does("POST", f"/members/{cara.member}/disable")
    enabled = await ben.does("POST", f"/members/{cara.member}/enable")
    await ben.does("DELETE", f"/members/{cara.member}")

    assert (disabled["is_disabled"], enabled["is_disabled"]) == (True, False)
    assert await seen_by(ben) == {asha.member, ben.member}


async def test_anybody_may_step_down(asha: Person) -> None:
    ben, role = await hire(asha, BEN, CLERK), await make_role(asha, "Nothing", {})

    changed = await ben.does("PATCH", f"/members/{ben.member}", {"role": role})

    assert changed["role"] == role


async def test_nobody_takes_away_a_role_that_was_given_at_the_same_moment(asha: Person) -> None:
    ben, cara = await hire(asha, BEN, CLERK), await hire(asha, CARA, {})
    low, other = (await asha.does("GET", f"/members/{cara.member}"))["role"], await make_role(asha, "Other", {})
    path = f"/members/{cara.member}"

    for _ in range(20):
        await asha.does("PATCH", path, {"role": low})
        raised, _ = await asyncio.gather(
            asha.asks("PATCH", path, {"role": "admin"}), ben.asks("PATCH", path, {"role": other})
        )

        assert ((await asha.does("GET", path))["role"] == "admin") == raised.is_success
