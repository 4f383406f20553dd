"""Roles that an account makes itself."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest

from hub.access import SCOPED, Caller, Permission, Scope
from hub.accounts import custom_roles, repository
from hub.accounts.models import CustomRole
from hub.accounts.role_shapes import RoleWanted
from hub.accounts.roles import BUILT_IN, OF_KEYS, OWNER
from hub.accounts.shapes import Grant
from hub.act import Act
from hub.permissions import ABOUT
from hub.settings import Settings
from hub.store.ids import new_id
from tests.clock import VirtualClock
from tests.dumps import dump, raw
from tests.hub.accounts.staff import Given, grants, hire, last_entry, make_role, until_known
from tests.people import Person, code_of, found, invite, join, sign_in

BEN, CARA = "ben@example.test", "cara@example.test"
API = Path(__file__).parents[3] / "docs" / "api.md"
# May make roles, and little else to put into them.
MAKER = {"members.view": "all", "members.manage": "all", "roles.manage": "all", "threads.view": "team"}


async def granted(person: Person, role: str) -> Given:
    """What a role allows."""
    roles = (await person.does("GET", "/roles"))["items"]
    [found] = [shown for shown in roles if shown["id"] == role]
    return {grant["permission"]: grant["scope"] for grant in found["grants"]}


# What there is


def test_every_permission_is_explained() -> None:
    assert list(ABOUT) == list(Permission)
    assert len(set(ABOUT.values())) == len(Permission)


def test_the_docs_say_the_same() -> None:
    rows = re.findall(r"^\| `([a-z._]+)` \| (.+) \| (own, team, all|all) \|$", API.read_text(), re.MULTILINE)

    assert rows == [(one, about, "own, team, all" if one in SCOPED else "all") for one, about in ABOUT.items()]


async def test_whatever_can_be_granted_is_listed_in_plain_words(asha: Person) -> None:
    listed = (await asha.does("GET", "/permissions"))["items"]

    assert {one["permission"] for one in listed} == OF_KEYS
    assert {one["permission"]: one["about"] for one in listed}.items() <= ABOUT.items()
    assert {one["permission"] for one in listed if one["has_scopes"]} == SCOPED


async def test_four_roles_come_with_every_account(asha: Person) -> None:
    listed = (await asha.does("GET", "/roles"))["items"]

    assert [(role["id"], role["name"]) for role in listed] == [
        ("owner", "Owner"),
        ("admin", "Admin"),
        ("editor", "Editor"),
        ("viewer", "Viewer"),
    ]
    assert all(role["is_built_in"] and role["made_at"] is None for role in listed)
    assert [await granted(asha, role) for role in BUILT_IN] == list(BUILT_IN.values())


async def test_a_new_role_is_listed_with_what_it_allows(asha: Person, clock: VirtualClock) -> None:
    given = {"threads.view": "team", "members.view": "own"}

    made = await asha.does("POST", "/roles", {"name": "Team lead", "grants": grants(given)})

    assert (made["name"], made["is_built_in"]) == ("Team lead", False)
    assert made["made_at"] == clock.now().isoformat().replace("+00:00", "Z")
    assert made["grants"] == sorted(grants(given), key=lambda grant: grant["permission"])
    assert (await asha.does("GET", "/roles"))["items"][4:] == [made]


async def test_a_role_may_allow_nothing(asha: Person) -> None:
    ben = await hire(asha, BEN, {})

    assert (await ben.does("GET", "/me"))["permissions"] == {"me": "all", "me.membership": "all"}


async def test_whoever_has_a_role_may_do_what_it_allows_and_nothing_else(asha: Person) -> None:
    ben = await hire(asha, BEN, {"members.view": "team"})

    assert (await ben.does("GET", "/me"))["permissions"] == {
        "members.view": "team",
        "me": "all",
        "me.membership": "all",
    }
    assert [member["id"] for member in (await ben.does("GET", "/members"))["items"]] == [ben.member]
    assert code_of(await ben.asks("GET", "/account")) == (403, "forbidden")


async def test_a_key_may_make_roles_too(asha: Person) -> None:
    given = grants({"roles.manage": "all", "members.view": "all"})
    secret = (await asha.does("POST", "/keys", {"name": "Roles", "grants": given}))["secret"]
    key = replace(asha, token=secret)

    role = await make_role(key, "Watcher", {"members.view": "team"})
    answer = await key.asks("POST", "/roles", {"name": "More", "grants": grants({"threads.view": "own"})})

    assert await granted(asha, role) == {"members.view": "team"}
    assert code_of(answer) == (403, "not_yours_to_give")


# What makes no role


@pytest.mark.parametrize("permission", sorted(set(Permission) - OF_KEYS))
async def test_what_belongs_to_no_role_cannot_be_granted(asha: Person, permission: str) -> None:
    role = await make_role(asha, "Lead", {})

    made = await asha.asks("POST", "/roles", {"name": "Other", "grants": grants({permission: "all"})})
    changed = await asha.asks("PATCH", f"/roles/{role}", {"grants": grants({permission: "all"})})

    assert code_of(made) == code_of(changed) == (400, "bad_grants")


@pytest.mark.parametrize("scope", ["own", "team"])
async def test_what_belongs_to_nobody_has_no_narrower_scope(asha: Person, scope: str) -> None:
    answer = await asha.asks("POST", "/roles", {"name": "Lead", "grants": grants({"roles.manage": scope})})

    assert code_of(answer) == (400, "bad_grants")


async def test_a_permission_is_named_once(asha: Person) -> None:
    twice = [*grants({"threads.view": "own"}), *grants({"threads.view": "all"})]

    answer = await asha.asks("POST", "/roles", {"name": "Lead", "grants": twice})

    assert code_of(answer) == (400, "bad_grants")


@pytest.mark.parametrize("name", ["Lead", "LEAD", " lead", "\uff2cead", "Owner", "ADMIN", " editor ", "viewer"])
async def test_two_roles_do_not_have_the_same_name(asha: Person, name: str) -> None:
    await make_role(asha, "Lead", {})
    other = await make_role(asha, "Other", {})

    made = await asha.asks("POST", "/roles", {"name": name, "grants": []})
    changed = await asha.asks("PATCH", f"/roles/{other}", {"name": name})

    assert code_of(made) == code_of(changed) == (409, "name_taken")


async def test_another_account_may_use_the_name_too(asha: Person) -> None:
    zoe = await found(asha.hub, "zenith")
    await make_role(asha, "Lead", {})

    await make_role(zoe, "Lead", {})

    assert [role["name"] for role in (await zoe.does("GET", "/roles"))["items"][4:]] == ["Lead"]


async def test_a_request_that_was_cut_off_meets_what_it_has_stored(asha: Person) -> None:
    caller = Caller("member", asha.member, asha.account, BUILT_IN[OWNER])
    act = Act(asha.hub.deps, caller, new_id(asha.hub.deps.clock.now()))
    wanted = RoleWanted(name="Lead", grants=[Grant(permission=Permission.THREADS_VIEW, scope=Scope.TEAM)])

    first, again = await custom_roles.make(act, wanted), await custom_roles.make(act, wanted)

    assert first == again


async def test_the_name_of_a_role_stands_nowhere_in_plain(asha: Person, settings: Settings) -> None:
    await make_role(asha, "Canary Keeper", {})

    assert b"anary" not in raw(dump(settings)).lower()


# Changing


async def test_a_change_counts_for_all_who_have_the_role_within_seconds(asha: Person, clock: VirtualClock) -> None:
    ben = await hire(asha, BEN, {"members.view": "all"})
    role = (await ben.does("GET", "/me"))["role"]

    await asha.does("PATCH", f"/roles/{role}", {"grants": grants({"threads.view": "team"})})
    await until_known(clock)

    assert (await ben.does("GET", "/me"))["permissions"] == {
        "threads.view": "team",
        "me": "all",
        "me.membership": "all",
    }
    assert code_of(await ben.asks("GET", "/members")) == (403, "forbidden")


async def test_another_name_leaves_what_a_role_allows(asha: Person) -> None:
    role = await make_role(asha, "Lead", {"threads.view": "team"})

    changed = await asha.does("PATCH", f"/roles/{role}", {"name": "LEAD"})

    assert (changed["name"], changed["grants"]) == ("LEAD", grants({"threads.view": "team"}))
    assert (await asha.does("GET", "/roles"))["items"][4:] == [changed]


async def test_other_grants_leave_the_name(asha: Person) -> None:
    role = await make_role(asha, "Lead", {"threads.view": "team"})

    changed = await asha.does("PATCH", f"/roles/{role}", {"grants": []})

    assert (changed["name"], changed["grants"]) == ("Lead", [])


async def test_nothing_to_change_changes_nothing(asha: Person) -> None:
    role = await make_role(asha, "Lead", {"threads.view": "team"})
    before = (await asha.does("GET", "/roles"))["items"]

    await asha.does("PATCH", f"/roles/{role}", {})

    assert (await asha.does("GET", "/roles"))["items"] == before


@pytest.mark.parametrize("role", BUILT_IN)
async def test_the_roles_of_every_account_stay_as_they_are(asha: Person, role: str) -> None:
    answers = [await asha.asks("PATCH", f"/roles/{role}", {"grants": []}), await asha.asks("DELETE", f"/roles/{role}")]

    assert [code_of(answer) for answer in answers] == [(403, "built_in")] * 2


async def test_the_roles_of_other_accounts_are_not_there(asha: Person) -> None:
    zoe, role = await found(asha.hub, "zenith"), await make_role(asha, "Lead", {})

    answers = [
        await zoe.asks("PATCH", f"/roles/{role}", {"grants": []}),
        await zoe.asks("DELETE", f"/roles/{role}"),
        await zoe.asks("POST", "/invitations", {"email": BEN, "role": role}),
    ]

    assert [code_of(answer) for answer in answers] == [(404, "no_such_role")] * 3
    assert len((await zoe.does("GET", "/roles"))["items"]) == 4


async def test_the_log_says_what_a_role_allowed_and_allows(asha: Person) -> None:
    role = await make_role(asha, "Lead", {"threads.view": "team"})

    await asha.does("PATCH", f"/roles/{role}", {"grants": grants({"threads.view": "all"})})

    entry = await last_entry(asha, "role.change")
    assert entry["target"]["role"] == role
    assert (entry["before"]["grants"], entry["after"]["grants"]) == (
        grants({"threads.view": "team"}),
        grants({"threads.view": "all"}),
    )


# Deleting


async def test_a_role_that_nobody_has_is_deleted(asha: Person) -> None:
    role = await make_role(asha, "Lead", {"threads.view": "team"})

    await asha.does("DELETE", f"/roles/{role}")

    assert len((await asha.does("GET", "/roles"))["items"]) == 4
    assert (await last_entry(asha, "role.delete"))["before"]["name"] == "Lead"


async def test_a_role_that_somebody_has_is_not_deleted(asha: Person) -> None:
    role = await make_role(asha, "Lead", {"threads.view": "team"})
    ben = await join(asha, BEN, role)
    await invite(asha, CARA, role)

    answer = await asha.asks("DELETE", f"/roles/{role}")

    assert code_of(answer) == (409, "role_in_use")
    assert answer.json()["error"]["data"] == {"members": 1, "invitations": 1}
    assert (await ben.does("GET", "/me"))["permissions"] == {
        "threads.view": "team",
        "me": "all",
        "me.membership": "all",
    }


async def test_a_role_is_deleted_once_everybody_has_another(asha: Person) -> None:
    role = await make_role(asha, "Lead", {})
    ben = await join(asha, BEN, role)

    await asha.does("PATCH", f"/members/{ben.member}", {"role": "viewer"})

    await asha.does("DELETE", f"/roles/{role}")


async def test_invitations_that_have_expired_keep_no_role(asha: Person, clock: VirtualClock) -> None:
    role = await make_role(asha, "Lead", {})
    await invite(asha, BEN, role, lasts_days=1)

    await clock.advance(days=1)
    asha = await sign_in(asha.hub, asha.email)

    await asha.does("DELETE", f"/roles/{role}")


async def test_of_two_who_delete_a_role_one_is_told_that_it_is_gone(asha: Person) -> None:
    role = await make_role(asha, "Lead", {})

    answers = await asyncio.gather(*(asha.asks("DELETE", f"/roles/{role}") for _ in range(2)))

    assert sorted(answer.status_code for answer in answers) == [204, 404]


async def test_a_role_that_is_gone_allows_nothing(asha: Person, clock: VirtualClock) -> None:
    ben = await hire(asha, BEN, {"members.view": "all"})
    role = (await ben.does("GET", "/me"))["role"]

    await repository.remove(asha.hub.deps.mongo, asha.account, CustomRole, role)
    await until_known(clock)

    assert (await ben.does("GET", "/me"))["permissions"] == {"me": "all", "me.membership": "all"}
    assert code_of(await ben.asks("GET", "/members")) == (403, "forbidden")


async def test_a_role_that_goes_while_it_is_given_allows_nothing(asha: Person, clock: VirtualClock) -> None:
    ben = await join(asha, BEN, "viewer")

    for number in range(10):
        role = await make_role(asha, f"Role {number}", {"threads.view": "all"})
        await asyncio.gather(
            asha.asks("PATCH", f"/members/{ben.member}", {"role": role}), asha.asks("DELETE", f"/roles/{role}")
        )
        await until_known(clock)

        me = await ben.does("GET", "/me")
        roles = {shown["id"] for shown in (await asha.does("GET", "/roles"))["items"]}
        assert me["role"] in roles or me["permissions"] == {"me": "all", "me.membership": "all"}
