"""How far a provider's word reaches: a forger says of people whatever the test wants."""

from datetime import timedelta
from typing import Any

import pytest

from tests.clock import VirtualClock
from tests.fakes.oidc.forger import DISCOVERY, Forger
from tests.hub.sessions.people import Member, join
from tests.hub.sso.businesses import (
    CALLBACK,
    GITA,
    GITAS,
    begin,
    come_back,
    entries,
    forges,
    is_let_in,
    is_refused,
    question_of,
    refusal,
    set_up_forger,
)
from tests.hubs import ORIGIN, Hub
from tests.people import code_of


async def test_somebody_else_with_the_same_address_is_refused(timed: Hub, ready: Member, forger: Forger) -> None:
    await is_let_in(timed, forger)

    assert await is_refused(timed, forger, sub="another") == "sso_other_person"


async def test_the_same_person_with_another_address_is_the_same_member(
    timed: Hub, ready: Member, forger: Forger
) -> None:
    first = await is_let_in(timed, forger)

    second = await is_let_in(timed, forger, email="gita.rao@acme.test", email_verified=False)

    assert second.id == first.id


async def test_address_of_the_proved_domain_in_other_letters_is_the_same_member(
    timed: Hub, ready: Member, forger: Forger
) -> None:
    first = await join(ready, GITA)

    second = await is_let_in(timed, forger, email="Gita@ACME.test")

    assert second.id == first.id


@pytest.mark.parametrize("email", ["gita@mail.acme.test", "gita@test", "gita@acme.test.", "gita@acme.test@x.test", "x"])
async def test_address_that_only_resembles_the_domain_is_refused(
    email: str, timed: Hub, ready: Member, forger: Forger, clock: VirtualClock
) -> None:
    code = refusal(await forges(Member(timed), forger, clock.now(), account_id=ready.account, email=email))

    assert code == "sso_not_invited"


@pytest.mark.parametrize("said", [{"email_verified": None}, {"email_verified": "yes"}, {"email": ""}])
async def test_address_that_the_provider_does_not_vouch_for_is_refused(
    said: dict[str, Any], timed: Hub, ready: Member, forger: Forger
) -> None:
    forger.says("/me", {"sub": GITAS})

    assert await is_refused(timed, forger, **said) == "sso_not_invited"


async def test_session_does_not_outlast_a_day(timed: Hub, ready: Member, forger: Forger, clock: VirtualClock) -> None:
    gita = await is_let_in(timed, forger)
    await clock.advance(hours=23)
    held = await gita.refreshes()

    await clock.advance(hours=1)

    assert held.status_code == 200
    assert code_of(await gita.refreshes()) == (401, "signed_out")


async def test_sign_in_is_to_be_ended_within_ten_minutes(
    timed: Hub, ready: Member, forger: Forger, clock: VirtualClock
) -> None:
    browser = Member(timed, GITA)
    state = question_of(await begin(browser))["state"]
    await clock.advance(minutes=10)

    answer = await come_back(browser, f"{ORIGIN}{CALLBACK}?code=c&state={state}")

    assert refusal(answer) == "slip_spent"


async def test_words_that_providers_add_do_no_harm(timed: Hub, ready: Member, forger: Forger) -> None:
    browser = Member(timed, GITA)
    state = question_of(await begin(browser))["state"]

    answer = await come_back(
        browser, f"{ORIGIN}{CALLBACK}?error=access_denied&state={state}&error_description=No&session_state=1&$where=1"
    )

    assert refusal(answer) == "sso_refused"


@pytest.mark.parametrize("query", ["", "?code=c", "?state=x", "?state=x&state=y", f"?code={'c' * 9000}", "?state=%00"])
async def test_whatever_else_comes_leads_to_the_sign_in_page(query: str, timed: Hub, ready: Member) -> None:
    browser = Member(timed, GITA)
    await begin(browser)

    answer = await come_back(browser, f"{ORIGIN}{CALLBACK}{query}")

    assert refusal(answer) in ("sso_refused", "slip_spent", "invalid")


async def test_provider_that_was_changed_meanwhile_is_not_asked(timed: Hub, ready: Member, forger: Forger) -> None:
    browser = Member(timed, GITA)
    state = question_of(await begin(browser))["state"]
    await set_up_forger(ready, forger, client_secret="another")

    answer = await come_back(browser, f"{ORIGIN}{CALLBACK}?code=c&state={state}")

    assert refusal(answer) == "slip_spent"


async def test_what_a_provider_says_of_itself_is_remembered_for_minutes(
    timed: Hub, ready: Member, forger: Forger, clock: VirtualClock
) -> None:
    await is_let_in(timed, forger)
    forger.server.requests.clear()

    await begin(Member(timed, GITA))
    await clock.advance(minutes=6)
    await begin(Member(timed, GITA))

    assert forger.asked.count(DISCOVERY) == 1


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/me/codes", None),
        ("POST", "/me/codes/confirm", {"ticket": "x", "code": "123456"}),
        ("POST", "/me/invitation", {"token": "x"}),
    ],
)
async def test_provider_does_not_reach_what_a_login_has_elsewhere(
    method: str, path: str, body: Any, timed: Hub, ready: Member, forger: Forger
) -> None:
    await join(ready, GITA)
    by_provider = await is_let_in(timed, forger)

    assert code_of(await by_provider.asks(method, path, body)) == (403, "bound_session")


async def test_provider_neither_sees_nor_ends_the_sessions_of_a_login_elsewhere(
    timed: Hub, ready: Member, forger: Forger, clock: VirtualClock
) -> None:
    by_password = await join(ready, GITA)
    first, second = [await is_let_in(timed, forger) for _ in range(2)]

    seen = await first.does("GET", "/me/sessions")
    one = await first.asks("DELETE", f"/me/sessions/{by_password.session}")
    await first.does("DELETE", "/me/sessions")

    assert {session["id"] for session in seen["items"]} == {first.session, second.session}
    assert code_of(one) == (404, "no_such_session")
    await clock.advance(seconds=3)
    assert [await browser.is_in() for browser in (by_password, first, second)] == [True, True, False]


async def test_what_let_somebody_in_stands_in_the_log_of_the_account(timed: Hub, ready: Member, forger: Forger) -> None:
    gita = await is_let_in(timed, forger)

    page = await ready.does("GET", "/audit?action=session.sso")

    [entry] = page["items"]
    assert entry["target"]["member"] == gita.id
    assert entry["after"] == {"proofs": ["sso"], "joined": "viewer", "linked": True}


async def test_owners_read_why_somebody_was_refused(timed: Hub, ready: Member, forger: Forger) -> None:
    await is_refused(timed, forger, email_verified=False)

    [entry] = (await ready.does("GET", "/audit?action=session.sso"))["items"]

    assert (entry["status"], entry["after"]["refused"]) == (403, "sso_not_invited")
    assert "email_verified" in entry["after"]["because"]


async def test_failures_of_strangers_stand_in_the_log_of_the_installation(timed: Hub) -> None:
    await come_back(Member(timed), f"{ORIGIN}{CALLBACK}?code=c&state=x")

    [entry] = await entries(timed, "session.sso")
    assert (entry["account"], entry["status"]) == ("installation", 401)


async def test_mark_of_the_browser_is_out_of_reach_of_scripts_and_other_paths(
    timed: Hub, ready: Member, forger: Forger
) -> None:
    answer = await Member(timed).asks("POST", "/session/sso", {"account_id": ready.account})

    value, *attributes = answer.headers["set-cookie"].split("; ")
    assert value.startswith("parley_sso=")
    assert attributes == [
        f"Max-Age={timedelta(minutes=10).seconds}",
        "Path=/api/v1/session/sso",
        "HttpOnly",
        "SameSite=Lax",
    ]
