"""Who becomes a member by the provider's word, who stays one, and who comes back."""

from typing import Any

import pytest

from hub.accounts import subjects
from hub.accounts.models import Member as StoredMember
from hub.store.documents import read
from tests.clock import VirtualClock
from tests.fakes.oidc.forger import Forger
from tests.hub.sessions.people import Member, invite, join, sign_in, sign_up
from tests.hub.sso.businesses import (
    GITA,
    forges,
    is_let_in,
    is_refused,
    refusal,
    set_up_forger,
)
from tests.hubs import Hub
from tests.people import code_of


async def test_disabled_member_does_not_get_in(timed: Hub, ready: Member, forger: Forger) -> None:
    gita = await is_let_in(timed, forger)
    await ready.does("POST", f"/members/{gita.id}/disable")

    assert await is_refused(timed, forger) == "no_membership"


async def test_disabled_member_is_not_known_by_a_subject_either(timed: Hub, ready: Member, forger: Forger) -> None:
    gita = await join(ready, GITA)
    await ready.does("POST", f"/members/{gita.id}/disable")

    assert await is_refused(timed, forger) == "no_membership"


@pytest.mark.parametrize("said", [{}, {"email": "gita.rao@acme.test"}, {"sub": "another"}])
async def test_removed_member_does_not_come_back_by_the_providers_word(
    said: dict[str, Any], timed: Hub, ready: Member, forger: Forger
) -> None:
    gita = await is_let_in(timed, forger)
    await ready.does("DELETE", f"/members/{gita.id}")

    assert await is_refused(timed, forger, **said) == "sso_not_invited"


async def test_member_who_was_removed_before_ever_coming_this_way_stays_out_too(
    timed: Hub, ready: Member, forger: Forger
) -> None:
    gita = await join(ready, GITA)
    await gita.does("DELETE", "/me")

    assert await is_refused(timed, forger) == "sso_not_invited"


async def test_removed_member_comes_back_by_an_invitation(timed: Hub, ready: Member, forger: Forger) -> None:
    gita = await is_let_in(timed, forger)
    await ready.does("DELETE", f"/members/{gita.id}")
    await invite(ready, GITA, "editor")

    again = await is_let_in(timed, forger)

    assert (await again.does("GET", "/me"))["role"] == "editor"
    assert again.id != gita.id


async def test_invitation_counts_before_the_default_role_and_is_used_up(
    timed: Hub, ready: Member, forger: Forger
) -> None:
    token = await invite(ready, GITA, "admin")

    gita = await is_let_in(timed, forger)

    assert (await gita.does("GET", "/me"))["role"] == "admin"
    looked = await Member(timed).asks("POST", "/invitation", {"token": token})
    assert code_of(looked) == (409, "invitation_used")


async def test_default_role_that_is_gone_makes_a_viewer(timed: Hub, ready: Member, forger: Forger) -> None:
    role = await ready.does("POST", "/roles", {"name": "Guest", "grants": []})
    await set_up_forger(ready, forger, default_role=role["id"])
    await ready.does("DELETE", f"/roles/{role['id']}")

    gita = await is_let_in(timed, forger)

    assert (await gita.does("GET", "/me"))["role"] == "viewer"


async def test_invitation_of_another_domain_needs_its_link(
    timed: Hub, ready: Member, forger: Forger, clock: VirtualClock
) -> None:
    await invite(ready, "gita@elsewhere.test")

    browser = Member(timed, "gita@elsewhere.test")
    answer = await forges(browser, forger, clock.now(), account_id=ready.account)

    assert refusal(answer) == "sso_not_invited"


async def test_login_that_somebody_made_beforehand_for_the_address_does_not_become_a_member(
    timed: Hub, ready: Member, forger: Forger
) -> None:
    squatter = await sign_up(timed, GITA, name="Squat")

    assert await is_refused(timed, forger) == "sso_unproved_login"
    assert code_of(await squatter.refreshes(ready.account)) == (403, "no_membership")


async def test_login_whose_address_was_proved_becomes_a_member(timed: Hub, ready: Member, forger: Forger) -> None:
    elsewhere = await sign_up(timed, GITA, name="Elsewhere")
    await timed.deps.mongo["logins"].update({"last_account": elsewhere.account}, {"$set": {"is_proved": True}})

    gita = await is_let_in(timed, forger)

    assert gita.account == ready.account
    assert (await sign_in(timed, GITA, account=ready.account)).id == gita.id


async def test_login_that_was_made_just_in_time_has_no_password_and_is_not_proved(
    timed: Hub, ready: Member, forger: Forger
) -> None:
    await is_let_in(timed, forger)

    login = await timed.deps.mongo["logins"].find_one({"password": {"$exists": False}})

    assert login and login.get("is_proved", False) is False


async def test_subject_is_one_member_and_no_other(timed: Hub, ready: Member) -> None:
    joined = [await join(ready, email) for email in (GITA, "hari@acme.test")]
    stored = [await timed.deps.mongo["members"].find_one({"_id": one.id}) or {} for one in joined]

    is_linked = [await subjects.link(timed.deps, read(StoredMember, one), "issuer.person") for one in stored]

    assert is_linked == [True, False]


async def test_name_that_the_provider_does_not_tell_is_the_one_of_the_mailbox(
    timed: Hub, ready: Member, forger: Forger
) -> None:
    gita = await is_let_in(timed, forger)

    assert (await gita.does("GET", "/me"))["name"] == "gita"
