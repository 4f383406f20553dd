"""What owners set up: the identity provider of their account."""

import asyncio
from typing import Any

import pytest

from tests.clock import VirtualClock
from tests.dumps import dump, raw
from tests.fakes.dns import NameServer
from tests.fakes.oidc.forger import DISCOVERY, Forger
from tests.hub.sessions.people import Member, join
from tests.hub.sso.businesses import (
    CALLBACK,
    PATH,
    SECRET,
    arrives,
    entries,
    forges,
    prove,
    set_up,
    set_up_forger,
    wanted,
)
from tests.hubs import ORIGIN, Hub
from tests.people import code_of

NOTHING = {
    "mode": "off",
    "redirect_uri": ORIGIN + CALLBACK,
    "issuer": None,
    "client_id": None,
    "has_secret": False,
    "default_role": None,
    "changed_at": None,
}


async def test_redirect_uri_is_known_before_there_is_a_provider(owner: Member) -> None:
    assert await owner.does("GET", PATH) == NOTHING


async def test_provider_is_shown_without_its_secret(owner: Member, company: str) -> None:
    put = await set_up(owner, company)

    shown = await owner.does("GET", PATH)

    assert put == shown
    assert (shown["issuer"], shown["client_id"], shown["has_secret"]) == (company, "parley", True)
    assert SECRET not in str(shown)


@pytest.mark.parametrize("role", ["owner", "boss"])
async def test_nobody_becomes_an_owner_just_in_time(role: str, owner: Member, company: str) -> None:
    answer = await owner.asks("PUT", PATH, wanted(company, default_role=role))

    assert code_of(answer) == (404, "no_such_role")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"issuer": "http://127.0.0.1:1"}, "egress_refused"),
        ({"issuer": "http://provider.test"}, "sso_provider_wrong"),
        ({"client_id": "unknown"}, "sso_client_refused"),
        ({"client_secret": "wrong"}, "sso_client_refused"),
        ({"client_secret": None}, "sso_client_refused"),
    ],
)
async def test_what_would_fail_later_is_told_at_once(
    change: dict[str, Any], code: str, owner: Member, company: str
) -> None:
    answer = await owner.asks("PUT", PATH, wanted(company, **change))

    assert code_of(answer)[1] == code
    assert await owner.does("GET", PATH) == NOTHING


async def test_issuer_with_a_slash_too_many_is_told_at_once(owner: Member, company: str) -> None:
    answer = await owner.asks("PUT", PATH, wanted(f"{company}/"))

    assert code_of(answer) == (422, "sso_provider_wrong")


async def test_secret_that_is_left_out_stays(owner: Member, company: str) -> None:
    await set_up(owner, company)

    put = await set_up(owner, company, client_secret=None, mode="required")

    assert (put["has_secret"], put["mode"]) == (True, "required")


async def test_secret_of_one_provider_is_not_handed_to_another(owner: Member, company: str, forger: Forger) -> None:
    await set_up(owner, company)

    put = await set_up(owner, forger.issuer, client_secret=None)

    assert put["has_secret"] is False
    assert not [request for request in forger.server.requests if SECRET.encode() in request]


@pytest.mark.parametrize(("before", "after"), [("required", "offered"), ("required", "off"), ("offered", "off")])
async def test_broken_provider_can_be_depended_on_less(
    before: str, after: str, founder: Member, forger: Forger
) -> None:
    await set_up_forger(founder, forger, mode=before)
    forger.says(DISCOVERY, b"", "500 Internal Server Error")

    put = await set_up_forger(founder, forger, mode=after)

    assert put["mode"] == after


@pytest.mark.parametrize(("before", "after"), [("off", "offered"), ("offered", "required")])
async def test_broken_provider_cannot_be_depended_on_more(
    before: str, after: str, founder: Member, forger: Forger
) -> None:
    await set_up_forger(founder, forger, mode=before)
    forger.says(DISCOVERY, b"", "500 Internal Server Error")

    answer = await founder.asks("PUT", PATH, wanted(forger.issuer, client_id="parley-at-the-forger", mode=after))

    assert code_of(answer) == (503, "sso_provider_away")


async def change_together(founder: Member, forger: Forger) -> set[str]:
    """Some changes at the same moment: how they ended."""
    modes = ("required", "offered") * 3
    bodies = [wanted(forger.issuer, client_id=f"client-{at}", mode=mode) for at, mode in enumerate(modes)]
    answers = await asyncio.gather(*(founder.asks("PUT", PATH, body) for body in bodies))
    return {"done" if answer.is_success else code_of(answer)[1] for answer in answers}


async def test_whoever_changes_it_at_the_same_moment_is_told_so(founder: Member, forger: Forger) -> None:
    await set_up_forger(founder, forger)

    assert await change_together(founder, forger) == {"done", "sso_changed"}


async def test_whoever_sets_up_the_first_at_the_same_moment_is_told_so(founder: Member, forger: Forger) -> None:
    assert await change_together(founder, forger) == {"done", "sso_changed"}


async def test_account_asks_for_what_was_stored_last(timed: Hub, founder: Member, forger: Forger) -> None:
    await change_together(founder, forger)

    stored = await timed.deps.mongo["accounts"].find_one({"_id": founder.account}) or {}
    mode = (await founder.does("GET", PATH))["mode"]
    assert stored["requires_sso"] == (mode == "required")


async def test_provider_is_for_owners(owner: Member, company: str) -> None:
    admin = await join(owner, "admin@acme.test", "admin")

    answers = [
        await admin.asks("GET", PATH),
        await admin.asks("PUT", PATH, wanted(company)),
        await admin.asks("DELETE", PATH),
    ]

    assert [code_of(answer) for answer in answers] == [(403, "forbidden")] * 3


async def test_provider_that_is_not_there_cannot_be_removed(owner: Member) -> None:
    assert code_of(await owner.asks("DELETE", PATH)) == (404, "no_sso")


@pytest.mark.parametrize("mode", ["off", "removed", "another"])
async def test_whoever_came_in_by_a_provider_that_is_asked_no_more_is_signed_out(
    mode: str, timed: Hub, founder: Member, names: NameServer, forger: Forger, clock: VirtualClock, company: str
) -> None:
    await set_up_forger(founder, forger)
    await prove(founder, names)
    gita = Member(timed, "gita@acme.test")
    await arrives(gita, await forges(gita, forger, clock.now()))
    ways: dict[str, Any] = {
        "off": lambda: set_up_forger(founder, forger, mode="off"),
        "removed": lambda: founder.does("DELETE", PATH),
        "another": lambda: set_up(founder, company),
    }

    await ways[mode]()

    await clock.advance(seconds=3)
    assert [await one.is_in() for one in (founder, gita)] == [True, False]


async def test_another_use_of_the_same_provider_signs_nobody_out(
    timed: Hub, founder: Member, names: NameServer, forger: Forger, clock: VirtualClock
) -> None:
    await set_up_forger(founder, forger)
    await prove(founder, names)
    gita = Member(timed, "gita@acme.test")
    await arrives(gita, await forges(gita, forger, clock.now()))

    await set_up_forger(founder, forger, mode="required")

    await clock.advance(seconds=3)
    assert await gita.is_in()


async def test_provider_that_was_turned_off_lets_nobody_begin(owner: Member, company: str) -> None:
    await set_up(owner, company, mode="off")

    answer = await owner.asks("POST", "/session/sso", {"account_id": owner.account})

    assert code_of(answer) == (404, "no_sso")


@pytest.mark.parametrize(
    "way", [{"account_id": "unknown"}, {"email": "a@unknown.test"}, {"email": "a@1.2b"}, {"email": "a@acme.test"}]
)
async def test_whatever_is_not_there_is_answered_alike(way: dict[str, str], hub: Hub, owner: Member) -> None:
    answer = await Member(hub).asks("POST", "/session/sso", way)

    assert code_of(answer) == (404, "no_sso")


async def test_way_that_says_nothing_is_refused(hub: Hub) -> None:
    assert code_of(await Member(hub).asks("POST", "/session/sso", {})) == (400, "invalid")


async def test_secret_and_issuer_never_stand_there_in_plain(hub: Hub, owner: Member, company: str) -> None:
    await set_up(owner, company)
    await owner.does("POST", f"{PATH}/domains", {"domain": "acme-of-the-owner.test"})

    backup = raw(dump(hub.deps.settings)) + raw(dump(hub.deps.settings, keys=True))

    assert [word for word in (SECRET, company, "acme-of-the-owner") if word.encode() in backup] == []


async def test_changes_stand_in_the_log_without_the_secret(hub: Hub, owner: Member, company: str) -> None:
    await set_up(owner, company)

    [entry] = (await owner.does("GET", "/audit?action=sso.put"))["items"]

    assert (entry["before"]["mode"], entry["after"]["mode"]) == ("off", "offered")
    assert entry["after"]["issuer"] == company
    assert SECRET not in str(entry)
    assert len(await entries(hub, "sso.put")) == 1
